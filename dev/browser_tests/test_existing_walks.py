"""The first day: documents of before are linked to what Xero has, or sent."""

from playwright.sync_api import expect

from .office import ACCOUNTANT

DAY = "2026-03-02"
WORK = {"name": "Work", "price_unit": 100}


def posted_before(office, walk):
    """Post an invoice that stays at home; return its id and number."""
    ten_percent = [("type_tax_use", "=", "sale"), ("amount", "=", 10)]
    gst = office.call("account.tax", "search", ten_percent)[:1]
    move = walk.create(
        "account.move",
        {
            "move_type": "out_invoice",
            "partner_id": walk.partner,
            "invoice_date": DAY,
            "invoice_line_ids": [(0, 0, {**WORK, "tax_ids": [(6, 0, gst)]})],
        },
    )
    walk.press("account.move", "action_post", move)
    return move, office.read("account.move", move, "name")


def test_a_newcomer_links_what_is_in_xero_and_sends_the_rest(
    ready_office, log_in, tmp_path
):
    ready_office.set(auto_invoice=False)
    walk = ready_office.walk("Existing Customer")
    linked, linked_name = posted_before(ready_office, walk)
    asked, asked_name = posted_before(ready_office, walk)
    sent, sent_name = posted_before(ready_office, walk)
    ready_office.type_into_xero(linked_name, walk.contact, DAY)
    ready_office.type_into_xero(
        asked_name, walk.contact, DAY, Status="DRAFT", Date="2026-03-09"
    )
    person = log_in(ACCOUNTANT)
    page = person.page

    person.open("action-xero_sync.xero_existing_action")
    expect(page.get_by_text("Bring what was in Odoo before to Xero")).to_be_visible()
    page.screenshot(path=tmp_path / "empty.png")
    person.open("action-xero_sync.xero_existing_action/new")
    person.set_date(person.field("date_from"), "03/01/2026")
    person.set_date(person.field("date_to"), "03/31/2026")
    page.screenshot(path=tmp_path / "new.png")
    person.press("Preview")
    person.sees_step("To review")
    page.screenshot(path=tmp_path / "review.png", full_page=True)

    page.locator(".oe_stat_button", has_text="To decide").click()
    expect(person.row(asked_name)).to_contain_text("a draft")
    page.screenshot(path=tmp_path / "decide.png", full_page=True)
    person.row(asked_name).locator(".o_list_record_selector").click()
    page.get_by_role("button", name="Link to the only one").click()
    person.go_back()
    expect(page.locator(".oe_stat_button", has_text="To decide")).to_have_count(0)
    person.press("Start")
    page.get_by_role("dialog").get_by_role("button", name="Start").click()
    person.sees_step("Done")
    page.screenshot(path=tmp_path / "done.png", full_page=True)
    page.locator(".oe_stat_button", has_text="Linked").click()
    expect(person.row(linked_name)).to_contain_text("In Xero")
    page.screenshot(path=tmp_path / "linked.png", full_page=True)
    with page.expect_download():
        person.go_back()
        person.press("Spreadsheet")
    for move in (linked, asked, sent):
        rows = ready_office.read("account.move", move, "xero_document_ids")
        assert len(rows) == 1
    assert ready_office.find("Invoices", sent_name)
