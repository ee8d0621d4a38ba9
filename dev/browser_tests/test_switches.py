"""What is sent by itself: the switch of a kind, and the box of one document."""

from playwright.sync_api import expect

from .office import ADMINISTRATOR


def test_a_kind_is_switched_off_and_one_document_on_again(ready_office, log_in):
    person = log_in(ADMINISTRATOR)
    person.open_settings()
    person.field("xero_auto_quotation").locator("input").uncheck()
    person.save_settings()
    walk = ready_office.walk("Switched Off")
    order = walk.create_order("sale.order", "product_uom_qty")
    person.open_order(order)
    expect(person.button("Send to Xero")).to_be_visible()
    person.page.get_by_role("tab", name="Xero").click()
    box = person.field("xero_send").locator("input")
    expect(box).not_to_be_checked()
    assert not ready_office.read("sale.order", order, "xero_state")
    box.check()
    person.save()
    number = person.sees(r"^QU-\d+$", "a draft")
    assert ready_office.find("Quotes", number)["Contact"]["Name"] == walk.contact
