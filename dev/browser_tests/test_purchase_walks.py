"""Purchase order, bill and refund: make one, and see its Xero number."""

from datetime import date

from .office import ACCOUNTANT

PURCHASE_ORDER = r"PO-\d+"
TODAY = date.today().isoformat()
REFERENCE = "VB-1001"  # the vendor's number of the bill


def test_a_confirmed_purchase_order_shows_its_number(ready_office, log_in):
    walk = ready_office.walk("Vendor")
    order = walk.create_order("purchase.order", "product_qty")
    person = log_in(ACCOUNTANT)
    person.open(f"purchase-orders/{order}")
    person.press("Confirm Order")
    person.sees_step("Purchase Order")
    number = person.sees(f"^{PURCHASE_ORDER}$", "approved")
    found = ready_office.find("PurchaseOrders", number)
    assert (found["Status"], found["Contact"]["Name"]) == ("AUTHORISED", walk.contact)


def test_the_bill_of_a_purchase_order_is_a_draft_until_it_is_posted(
    ready_office, log_in
):
    walk = ready_office.walk("Billing Vendor")
    order = walk.create_order("purchase.order", "product_qty")
    walk.press("purchase.order", "button_confirm", order)
    person = log_in(ACCOUNTANT)
    person.open(f"purchase-orders/{order}")
    person.upload("Upload Bill", f"{REFERENCE}.pdf")
    person.field("ref").locator("input").fill(REFERENCE)
    person.enter_today("invoice_date")
    person.save()
    person.press("Send to Xero")  # a draft's changes wait for further ones otherwise
    bill = ready_office.find("Invoices", person.sees(f"^{REFERENCE}$", "a draft"))
    assert (bill["Status"], bill["Type"]) == ("DRAFT", "ACCPAY")
    person.post()
    person.sees(f"^{REFERENCE}$", "awaiting payment")
    posted = ready_office.find("Invoices", REFERENCE)
    assert posted["Status"] == "AUTHORISED"
    assert posted["InvoiceID"] == bill["InvoiceID"]
    person.open(f"purchase-orders/{order}")
    person.sees(f"^{PURCHASE_ORDER}, {REFERENCE}$", "billed")


def test_the_refund_of_a_bill_shows_its_number(ready_office, log_in):
    walk = ready_office.walk("Refunding Vendor")
    order = walk.create_order("purchase.order", "product_qty")
    walk.press("purchase.order", "button_confirm", order)
    bill = walk.press("purchase.order", "action_create_invoice", order)["res_id"]
    ready_office.call("account.move", "write", [bill], {"invoice_date": TODAY})
    walk.press("account.move", "action_post", bill)
    person = log_in(ACCOUNTANT)
    person.open(f"vendor-bills/{bill}")
    person.press("Credit Note")
    person.press_in_dialog("Reverse")
    person.post()
    number = person.sees(r"\w", "awaiting payment")
    refund = ready_office.find("CreditNotes", number)
    assert (refund["Type"], refund["Total"]) == ("ACCPAYCREDIT", 2992.00)
