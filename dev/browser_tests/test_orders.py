"""Orders at the browser, when the company is connected."""

from playwright.sync_api import expect

from .office import ACCOUNTANT, SALESPERSON


def test_an_unmapped_tax_is_told_fixed_and_the_order_goes_out(connected_office, log_in):
    (order,) = connected_office.create_orders("Not Mapped Pty Ltd")
    person = log_in(ACCOUNTANT)
    person.open_order(order)
    person.confirm_order()
    expect(person.banner).to_contain_text("has no Xero tax rate")
    person.press("Fix")
    person.choose(person.field("xero_tax_rate_id"), "GST on Income")
    person.save()
    person.open_order(order)
    quote, draft = person.sees(r"^QU-\d+, INV-\d+$", "a draft").split(", ")
    assert connected_office.find("Quotes", quote)["Status"] == "ACCEPTED"
    assert connected_office.find("Invoices", draft)["Status"] == "DRAFT"


def test_a_salesperson_reads_who_can_fix_it(connected_office, log_in):
    (order,) = connected_office.create_orders("Ask The Accountant Ltd")
    person = log_in(SALESPERSON)
    person.open_order(order)
    person.confirm_order()
    expect(person.banner).to_contain_text(
        "An accountant can fix this",
    )
    expect(person.button("Fix")).to_have_count(0)


def test_orders_are_sent_from_the_list(ready_office, log_in):
    ready_office.set(auto_quotation=False, auto_sale_order=False)
    customers = [f"List Customer {number}" for number in range(3)]
    orders = ready_office.create_orders(*customers)
    ready_office.call("sale.order", "action_confirm", orders)
    person = log_in(SALESPERSON)
    person.open("orders")
    for customer in customers:
        person.row(customer).locator(".o_list_record_selector input").check()
    person.press("Actions")
    person.page.get_by_role("menuitem", name="Send to Xero").click()
    expect(person.field("summary")).to_contain_text("New in Xero")
    person.press_in_dialog("Send")
    # The list that follows them, without a reload of the page
    numbers = person.page.locator(".o_data_row [name=xero_number]")
    expect(numbers).to_contain_text(["INV-"] * len(orders))
    for order in orders:
        number = ready_office.read("sale.order", order, "xero_number")
        total = ready_office.read("sale.order", order, "amount_total")
        assert ready_office.find("Invoices", number)["Total"] == total
