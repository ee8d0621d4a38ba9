"""Something goes wrong; an accountant reads what, presses the button, and it goes."""

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT, ADMINISTRATOR, SALESPERSON

ISSUES = "action-xero_sync.xero_issue_action"


@pytest.fixture
def office(ready_office):
    """Orders and invoices are sent, quotations are not."""
    ready_office.set(auto_quotation=False)
    return ready_office


@pytest.fixture
def order_of(office):
    """Confirm an order of three products for somebody: ``order_of(walk)``."""

    def order_of(walk) -> int:
        order = walk.create_order("sale.order", "product_uom_qty")
        walk.press("sale.order", "action_confirm", order)
        return order

    return order_of


@pytest.fixture
def invoice_of(office, order_of):
    """A draft invoice of a new order: ``invoice_of(walk)``."""
    return lambda walk: walk.invoice_order(order_of(walk))


def wait_for_state(office, model, record, state):
    office.client.wait_for(
        model, record, ["xero_state"], lambda values: values["xero_state"] == state
    )


def look_at_issues(log_in, login=ACCOUNTANT):
    """Open Xero → Issues."""
    person = log_in(login)
    person.open(ISSUES)
    return person


def cure(person, text, label):
    """Press the button of the issue that has this text."""
    row = person.row(text)
    row.get_by_role("button", name=label, exact=True).click()


def test_a_tax_that_is_not_mapped_is_mapped_from_its_issue(office, order_of, log_in):
    (tax,) = office.call("account.tax", "search", [("name", "=", "10% GST")], limit=1)
    office.call("account.tax", "write", [tax], {"xero_tax_rate_id": False})
    order = order_of(office.walk("Taxed"))
    wait_for_state(office, "sale.order", order, "failed")
    person = look_at_issues(log_in)
    expect(person.page.locator(".o_group_name")).to_contain_text(["Taxes to map"])
    cure(person, "has no Xero tax rate", "Map")
    person.press("Accept")
    expect(person.button("Accept")).to_have_count(0)
    person.open_order(order)
    person.sees(r"^INV-\d+$", "a draft")


def test_an_archived_contact_is_replaced_from_its_issue(office, order_of, log_in):
    walk = office.walk("Archived")
    first = order_of(walk)
    number = office.wait_until_in_xero("sale.order", first)
    contact = office.find("Invoices", number)["Contact"]
    office.edit_in_xero("Contacts", contact["ContactID"], ContactStatus="ARCHIVED")
    office.refresh_from_xero()
    order = order_of(walk)
    wait_for_state(office, "sale.order", order, "failed")
    person = look_at_issues(log_in)
    cure(person, walk.contact, "Choose the contact")
    person.press_in_dialog("Create new in Xero")
    person.open_order(order)
    number = person.sees(r"^INV-\d+$", "a draft")
    new = office.find("Invoices", number)["Contact"]
    assert new["ContactID"] != contact["ContactID"]


def test_an_invoice_is_held_until_its_period_opens(office, invoice_of, log_in):
    walk = office.walk("Locked")
    invoice = invoice_of(walk)
    office.lock_books("2099-12-31")
    walk.press("account.move", "action_post", invoice)
    wait_for_state(office, "account.move", invoice, "failed")
    person = look_at_issues(log_in)
    cure(person, "locked up to", "Hold until the period opens")
    expect(person.row("locked up to")).to_have_count(0)
    person.open(f"customer-invoices/{invoice}")
    expect(person.banner).to_contain_text("Waits until Xero's books are open")
    office.lock_books(None)
    person.sees(r"^INV/", "awaiting payment")


@pytest.fixture
def taken(office, order_of):
    """A posted invoice whose number somebody used in Xero: its id and number."""
    walk = office.walk("Taken")
    office.wait_until_in_xero("sale.order", order_of(walk))
    products = office.call("product.product", "search", [("default_code", "!=", False)])
    values = {"move_type": "out_invoice", "partner_id": walk.partner}
    values["invoice_line_ids"] = [(0, 0, {"product_id": products[0]})]
    earlier, invoice = (walk.create("account.move", values) for _each in range(2))
    walk.press("account.move", "action_post", earlier)
    prefix, last = office.read("account.move", earlier, "name").rsplit("/", 1)
    number = f"{prefix}/{int(last) + 1:0{len(last)}}"
    by_hand = {"Type": "ACCREC", "InvoiceNumber": number}
    by_hand["Contact"] = {"Name": walk.contact}
    by_hand["LineItems"] = [{"Description": "Typed in Xero"}]
    office.xero.control("POST", "seed", endpoint="Invoices", elements=[by_hand])
    walk.press("account.move", "action_post", invoice)
    wait_for_state(office, "account.move", invoice, "failed")
    return invoice, number


def test_a_number_taken_in_xero_is_linked_from_its_issue(office, taken, log_in):
    invoice, number = taken
    person = look_at_issues(log_in)
    cure(person, number, "Link to one in Xero")
    expect(person.field("number").locator("input")).to_have_value(number)
    person.press_in_dialog("Link")
    person.open(f"customer-invoices/{invoice}")
    person.sees(f"^{number}$", "awaiting payment")


def test_the_form_says_what_xero_said_and_leads_to_what_is_kept_back(
    office, taken, log_in
):
    _invoice, number = taken
    person = look_at_issues(log_in)
    person.row(number).locator("td[name=name]").click()
    expect(person.field("xero_words")).to_have_text("Invoice # must be unique.")
    expect(person.field("kind")).to_have_text("Numbers taken in Xero")
    expect(person.row(number)).to_be_visible()
    person.press("Skip with a reason")
    person.field("reason").locator("input").fill("Booked by hand")
    person.press_in_dialog("Skip")
    expect(person.field("state").locator("[aria-checked=true]")).to_have_text("Solved")


def test_a_lost_connection_is_reconnected_from_its_issue(office, order_of, log_in):
    elsewhere = log_in(ACCOUNTANT)
    elsewhere.open("customers")
    office.xero.control("POST", "revoke_role", revoked=True)
    order = order_of(office.walk("Lost"))
    (connection,) = office.call("xero.connection", "search", [])
    office.client.wait_for(
        "xero.connection",
        connection,
        ["state"],
        lambda values: values["state"] == "broken",
    )
    lost = elsewhere.page.get_by_text("Xero is not connected", exact=True)
    expect(lost).to_be_visible()
    office.xero.control("POST", "revoke_role", revoked=False)
    person = look_at_issues(log_in, ADMINISTRATOR)
    expect(person.row("not connected")).to_contain_text("Administrator")
    cure(person, "not connected", "Reconnect")
    person.open_order(order)
    person.sees(r"^INV-\d+$", "a draft")
    expect(lost).to_have_count(0)


@pytest.fixture
def unmapped(office):
    """A tax of the orders that is not mapped until the walk ends."""
    (tax,) = office.call("account.tax", "search", [("name", "=", "10% GST")], limit=1)
    mapped = office.read("account.tax", tax, "xero_tax_rate_id")
    office.call("account.tax", "write", [tax], {"xero_tax_rate_id": False})
    yield lambda: office.call(
        "account.tax", "write", [tax], {"xero_tax_rate_id": mapped[0]}
    )
    office.call("account.tax", "write", [tax], {"xero_tax_rate_id": mapped[0]})


def test_the_count_beside_the_menu_renews_by_itself(office, order_of, unmapped, log_in):
    person = log_in(ACCOUNTANT)
    person.open("orders")
    before = open_issues(office)
    order = order_of(office.walk("Counted"))
    wait_for_state(office, "sale.order", order, "failed")
    expect(count_of(person)).to_have_text(str(before + 1))
    unmapped()
    wait_for_state(office, "sale.order", order, "synced")
    expect(count_of(person)).to_have_text([str(before)] if before else [])


def test_the_count_leads_to_the_issues(office, order_of, unmapped, log_in):
    order = order_of(office.walk("Led"))
    wait_for_state(office, "sale.order", order, "failed")
    person = log_in(ACCOUNTANT)
    person.open("orders")
    expect(count_of(person)).to_have_text(str(open_issues(office)))
    count_of(person).click()
    expect(person.row("has no Xero tax rate")).to_contain_text("S0")
    unmapped()


def test_a_salesperson_reads_on_the_order_who_can_help(
    office, order_of, unmapped, log_in
):
    order = order_of(office.walk("Sold"))
    wait_for_state(office, "sale.order", order, "failed")
    name = office.read("sale.order", order, "name")
    person = log_in(SALESPERSON)
    person.open_order(order)
    expect(person.banner).to_contain_text("has no Xero tax rate")
    expect(person.banner).to_contain_text("An accountant can fix this")
    expect(count_of(person)).to_have_count(0)
    person.open("action-xero_sync.xero_document_action")
    menus = person.page.locator(".o_menu_sections")
    expect(menus).to_contain_text("Documents")
    expect(menus).not_to_contain_text("Issues")
    person.row(name).locator("td[name=record_name]").click()
    expect(person.field("message")).to_contain_text("has no Xero tax rate")


def open_issues(office):
    return office.call("xero.issue", "search_count", [("state", "=", "open")])


def count_of(person):
    """How many issues are open, at the top of the page."""
    return person.page.locator(".o_xero_issue_systray .badge")
