"""Our screens, checked by axe, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from .accessibility import faults
from .office import ADMINISTRATOR, DATABASE

WINDOWS = ({"width": 1366, "height": 768}, {"width": 390, "height": 844})
LISTS = (
    "xero_sync.xero_overview_action",
    "xero_sync.xero_document_action",
    "xero_sync.xero_issue_action",
    "xero_sync.xero_contact_action",
    "xero_sync.xero_import_action",
    "xero_sync.xero_existing_action",
    "xero_sync.xero_request_action",
    "xero_sync.account_tax_action_xero",
    "xero_sync.xero_mapping_action",
)
LONG_WORK = ("xero.comparison", "xero.existing", "xero.import")
# Of Odoo's own forms and pages
XERO_PARTS = (".o_form_view [name^=xero]:not(.nav-link)", ".o_xero_issue_systray")
PORTAL = "[name=xero_number]"


@pytest.fixture
def office(ready_office):
    """The office without the robot that greets those who log in first."""
    users = ready_office.call("res.users", "search", [("share", "=", False)])
    ready_office.call("res.users", "write", users, {"odoobot_state": "disabled"})
    return ready_office


@pytest.fixture
def person(office, log_in):
    """The administrator, who sees every screen."""
    return log_in(ADMINISTRATOR)


@pytest.fixture
def kept_back(office):
    """An order in Xero, and one that its tax keeps back; the latter."""
    names = [office.unused_name(kind) for kind in ("Heard", "Read Aloud")]
    sent, kept = office.create_orders(*names)
    office.call("sale.order", "action_confirm", [sent])
    office.wait_until_in_xero("sale.order", sent)
    tax = office.call("account.tax", "search", [("name", "=", "10% GST")], limit=1)
    office.call("account.tax", "write", tax, {"xero_tax_rate_id": False})
    office.call("sale.order", "action_confirm", [kept])
    office.wait_for_issue("sale.order", kept)
    yield kept
    office.map_taxes()


@pytest.fixture
def changed(office):
    """A posted invoice that a person changed in Xero."""
    walk = office.walk("Changed Aloud")
    _order, invoice = walk.sell()
    number = office.wait_until_in_xero("account.move", invoice)
    found = office.find("Invoices", number)
    office.edit_in_xero("Invoices", found["InvoiceID"], Total=1, TotalTax=0)
    office.odoo.query(DATABASE, "UPDATE xero_connection SET holdings_at = '2026-01-01'")
    connections = office.call("xero.connection", "search", [])
    office.call("xero.connection", "action_check_now", connections)
    office.wait_for_issue("account.move", invoice)
    return invoice


def newest(office, model):
    """The last record of a model."""
    return office.call(model, "search", [], limit=1, order="id desc")[0]


@pytest.fixture
def listen(person):
    """Note what axe finds in our parts of what is shown: ``listen(*ours)``."""
    noted = {}

    def listen(*ours):
        for fault in faults(person.page, *ours):
            noted.setdefault(fault, person.page.url)

    yield listen
    assert not noted, "\n".join(f"{url}: {fault}" for fault, url in noted.items())


@pytest.fixture
def left_alone(office):
    """Take away the long work that was opened, which Odoo saved when it was left."""
    yield
    for model in LONG_WORK:
        drafts = office.call(model, "search", [("state", "=", "draft")])
        office.call(model, "unlink", drafts)


@pytest.mark.parametrize("window", WINDOWS, ids=["desk", "phone"])
def test_our_own_screens(office, kept_back, person, listen, left_alone, window):
    person.page.set_viewport_size(window)
    for action in LISTS:
        person.open(f"action-{action}")
        listen()
    for model in ("xero.document", "xero.issue", "xero.connection"):
        person.open(f"{model}/{newest(office, model)}")
        listen()
    for model in LONG_WORK:
        person.open(f"{model}/new")
        listen()
    person.open_settings()
    listen(".app_settings_block[data-key=xero_sync]")


@pytest.mark.parametrize("window", WINDOWS, ids=["desk", "phone"])
def test_xeros_part_of_odoos_screens(office, changed, person, listen, window):
    page = person.page
    page.set_viewport_size(window)
    person.open(f"customer-invoices/{changed}")
    expect(person.banner).to_be_visible()
    listen(*XERO_PARTS)
    for label in ("Replace what is in Xero", "Link to one in Xero", "Skip"):
        person.press(label)
        expect(person.dialog.locator(".o_form_view")).to_be_visible()
        listen(".modal .o_form_view")
        person.dialog.get_by_role("button", name="Cancel", exact=True).click()
        expect(person.dialog).to_have_count(0)
    order = newest(office, "sale.order")
    person.open_order(order)
    listen(*XERO_PARTS)
    person.turn_to("Xero")
    person.press("Preview for Xero")
    expect(person.field("content")).to_be_visible()
    listen(".modal .o_form_view")
    person.open_customer(office.read("sale.order", order, "partner_id")[0])
    listen(*XERO_PARTS)
    person.open(f"product.product/{newest(office, 'product.product')}")
    listen(*XERO_PARTS)
    for model, record in (("sale.order", order), ("account.move", changed)):
        page.goto(office.url + office.call(model, "get_portal_url", [record]))
        listen(PORTAL)


def test_a_fault_is_found(office, person):
    person.open("action-xero_sync.xero_issue_action")
    assert not faults(person.page)
    person.page.locator(".o_content").evaluate(
        "part => part.insertAdjacentHTML('afterbegin', '<button></button>"
        '<p style="color: #ccc; background: #fff">grey</p><a href="/">Xero</a>\')'
    )
    assert {each.partition(":")[0] for each in faults(person.page)} == {
        "button-name",
        "color-contrast",
    }
