"""Books compared: a month of documents here and in Xero, and what is only in one."""

from datetime import date, timedelta

import openpyxl
from playwright.sync_api import expect

from .office import ACCOUNTANT

LAST_MONTH = date.today().replace(day=1) - timedelta(days=1)
DAY = LAST_MONTH.isoformat()


def posted_invoice(office, partner):
    """Post an invoice of an order; return its id and its number."""
    walk = office.walk(partner)
    order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", order)
    invoice = walk.invoice_order(order)
    office.call("account.move", "write", [invoice], {"invoice_date": DAY})
    walk.press("account.move", "action_post", invoice)
    return invoice, office.wait_until_in_xero("account.move", invoice)


def compare(person):
    """Compare what is proposed, last month's books, and wait for the end."""
    person.open("action-xero_sync.xero_comparison_action/new")
    person.press("Compare")
    person.sees_step("Done")


def test_a_month_is_compared_and_each_difference_leads_to_its_document(
    ready_office, log_in, tmp_path
):
    _invoice, name = posted_invoice(ready_office, "Compared Customer")
    found = ready_office.find("Invoices", name)
    ready_office.edit_in_xero("Invoices", found["InvoiceID"], Total=1, TotalTax=0)
    number = ready_office.unused_name("HAND")
    ready_office.type_into_xero(number, "Hand Writer", DAY)
    person = log_in(ACCOUNTANT)
    compare(person)
    expect(person.page.locator(".alert-warning")).to_contain_text(f"{LAST_MONTH:%B %Y}")
    person.page.screenshot(path=tmp_path / "form.png", full_page=True)
    person.page.locator(".oe_stat_button", has_text="Differ").click()
    expect(person.row(name)).to_contain_text("Amounts differ")
    person.page.screenshot(path=tmp_path / "lines.png", full_page=True)
    person.row(name).get_by_role("button", name="Odoo").click()
    expect(person.field("name")).to_contain_text(name)
    person.page.locator(".o_breadcrumb a").last.click()
    expect(person.row(name)).to_be_visible()
    person.go_back()
    with person.page.expect_download() as download:
        person.press("Spreadsheet")
    download.value.save_as(tmp_path / "books.xlsx")
    _sums, lines = openpyxl.load_workbook(tmp_path / "books.xlsx").worksheets
    assert number in {cell for row in lines.values for cell in row}


def test_what_is_only_in_xero_is_linked_from_there(ready_office, log_in, tmp_path):
    ready_office.set(auto_invoice=False)
    walk = ready_office.walk("Typing Customer")
    line = (0, 0, {"name": "By hand", "price_unit": 100})
    move = walk.create(
        "account.move",
        {
            "move_type": "out_invoice",
            "partner_id": walk.partner,
            "invoice_date": DAY,
            "invoice_line_ids": [line],
        },
    )
    walk.press("account.move", "action_post", move)
    name = ready_office.read("account.move", move, "name")
    ready_office.type_into_xero(name, walk.contact, DAY)
    person = log_in(ACCOUNTANT)
    compare(person)
    person.page.locator(".oe_stat_button", has_text="Only in Xero").click()
    expect(person.row(name)).to_contain_text("like one in Odoo")
    person.row(name).get_by_role("button", name="Link").click()
    expect(person.dialog.locator("[name=move_id] input")).to_have_value(name)
    person.page.screenshot(path=tmp_path / "link.png")
    person.press_in_dialog("Link")
    expect(person.row(name).get_by_role("button", name="Link")).to_have_count(0)
    rows = ready_office.read("account.move", move, "xero_document_ids")
    assert len(rows) == 1
