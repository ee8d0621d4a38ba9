"""Quotation, order, invoice and credit note: make one, and see its Xero number."""

from .office import ACCOUNTANT, SALESPERSON

DRAFT, INVOICE = r"INV-\d+", r"INV/[\d/-]+"


def test_a_quotation_that_is_saved_shows_the_number_of_its_quote(ready_office, log_in):
    walk = ready_office.walk("Quoted")
    person = log_in(SALESPERSON)
    person.write_order(walk.contact, "Espresso machine")
    person.save()
    quote = ready_office.find("Quotes", person.sees(r"^QU-\d+$", "a draft"))
    assert (quote["Status"], quote["Contact"]["Name"]) == ("DRAFT", walk.contact)
    assert quote["Total"] == 2079.00


def test_a_confirmed_order_shows_the_number_of_its_draft_invoice(ready_office, log_in):
    ready_office.set(auto_quotation=False)
    walk = ready_office.walk("Ordered")
    order = walk.create_order("sale.order", "product_uom_qty")
    person = log_in(SALESPERSON)
    person.open_order(order)
    person.confirm_order()
    invoice = ready_office.find("Invoices", person.sees(f"^{DRAFT}$", "a draft"))
    assert (invoice["Status"], invoice["Type"]) == ("DRAFT", "ACCREC")


def test_an_invoice_of_the_whole_order_is_the_orders_draft_in_xero(
    ready_office, log_in
):
    ready_office.set(auto_quotation=False)
    walk = ready_office.walk("Invoiced")
    order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", order)
    person = log_in(ACCOUNTANT)
    person.open_order(order)
    draft = ready_office.find("Invoices", person.sees(f"^{DRAFT}$", "a draft"))
    person.press("Create Invoice")
    person.press_in_dialog("Create Draft")
    person.post()
    number = person.sees(f"^{INVOICE}$", "awaiting payment")
    invoice = ready_office.find("Invoices", number)
    assert invoice["Status"] == "AUTHORISED"
    assert invoice["InvoiceID"] == draft["InvoiceID"]
    person.open_order(order)
    assert person.sees(INVOICE, "awaiting payment") == number


def test_an_order_invoiced_in_part_shows_both_numbers(ready_office, log_in):
    ready_office.set(auto_quotation=False)
    walk = ready_office.walk("In Parts")
    order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", order)
    invoice = walk.invoice_order(order)
    walk.edit_lines(invoice, lambda _, line: (1, line["id"], {"quantity": 1}))
    person = log_in(ACCOUNTANT)
    person.open(f"customer-invoices/{invoice}")
    person.post()
    person.sees(f"^{INVOICE}$", "awaiting payment")
    person.open_order(order)
    numbers = person.sees(f"^{DRAFT}, {INVOICE}$", "a draft").split(", ")
    totals = [ready_office.find("Invoices", each)["Total"] for each in numbers]
    assert round(sum(totals), 2) == ready_office.read(
        "sale.order", order, "amount_total"
    )


def test_the_credit_note_of_an_invoice_shows_its_number(ready_office, log_in):
    walk = ready_office.walk("Credited")
    _order, invoice = walk.sell()
    person = log_in(ACCOUNTANT)
    person.open(f"customer-invoices/{invoice}")
    person.sees(f"^{INVOICE}$", "awaiting payment")
    person.press("Credit Note")
    person.press_in_dialog("Reverse")
    person.post()
    number = person.sees(f"^R{INVOICE}$", "awaiting payment")
    credit = ready_office.find("CreditNotes", number)
    assert (credit["Type"], credit["Total"]) == ("ACCRECCREDIT", 4776.20)


def test_a_number_appears_on_a_form_that_was_open_for_long(ready_office, log_in):
    order = ready_office.walk("Patient").create_order("sale.order", "product_uom_qty")
    ready_office.wait_until_in_xero("sale.order", order)
    person = log_in(SALESPERSON)
    person.page.clock.install()
    person.open_order(order)
    person.sees(r"^QU-\d+$", "a draft")
    person.page.clock.run_for(120_000)
    person.confirm_order()
    person.sees(rf"^QU-\d+, {DRAFT}$", "a draft")
