"""Takes the pictures of ``static/description`` anew, and writes what goes with them.

That is the page which shows them, and the translations' template and catalogues.

Run it in ``dev`` with the checkout's Python: ``python -m browser_tests.pictures``.
"""

import sys
import tempfile
from pathlib import Path

from environment import translations
from environment.console import activity
from environment.paths import ROOT
from environment.processes import guarded
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from . import description
from .office import ACCOUNTANT, ADMINISTRATOR, DATABASE, Office, browser_path, running
from .person import Person

PICTURES = ROOT / "static" / "description"
WINDOW = {"width": 1280, "height": 760}
DRAWINGS = {"icon": (256, 256), "how_it_works": (960, 408)}
# In Xero, beside what the local one holds at first
CONTACTS = (
    {"Name": "The Corner Group", "EmailAddress": "accounts@corner.example"},
    {"Name": "Corner Store Pty Ltd", "EmailAddress": "hello@store.example"},
)
# In Odoo: one is in Xero by its name, one nearly, one not
PARTNERS = ("Gateway Motors", "City Agency Pty Ltd", "Lighthouse Books")
LOCKED = "2026-06-30"  # up to which Xero's books are locked at last
COLOURS = 128  # enough for a screen, and a fifth of the file


def main() -> int:
    """Take all pictures, and write the files that go with them."""
    with (
        tempfile.TemporaryDirectory() as directory,
        sync_playwright() as playwright,
        running(Path(directory)) as office,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path())
        with activity("Drawing the icon and the picture of how it works"):
            draw(browser)
        with activity("Taking pictures of the screens"):
            take(browser, office)
        browser.close()
        with activity("Exporting the texts to translate"):
            translations.write(office.odoo, DATABASE)
    description.write()
    return 0


def draw(browser: Browser) -> None:
    """Make a PNG of each SVG."""
    page = browser.new_page()
    for name, (width, height) in DRAWINGS.items():
        svg = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
        size = f"width:{width}px;height:{height}px"
        style = f"<style>body{{margin:0}}svg{{display:block;{size}}}</style>"
        page.set_viewport_size({"width": width, "height": height})
        page.set_content(style + svg)
        page.screenshot(path=PICTURES / f"{name}.png", omit_background=True)
    page.close()


def take(browser: Browser, office: Office) -> None:
    """Go through the screens as the people do, and keep what they see."""
    office.forget_xero()
    office.call("res.company", "write", [1], {"name": "Southern Cross Coffee"})
    take_settings(_person(browser, office, ADMINISTRATOR))
    accountant = _person(browser, office, ACCOUNTANT)
    orders = office.create_orders("Harbour Cafe", "Bayside Club", "Olive Bar")
    take_mapping(accountant, orders[0])
    office.map_taxes()
    take_orders(accountant, office, *orders)
    customer = take_contacts(accountant, office)
    take_import(accountant, office)
    take_issues(accountant, office, customer)


def take_settings(person: Person) -> None:
    """Connect, and look at the settings."""
    person.set_up()
    person.enter_credentials()
    person.press("Connect to Xero")
    person.allow("Demo Company (AU)")
    person.open_settings()
    _keep(person.page, "settings")
    title = person.settings.get_by_role("heading", name="What is sent automatically")
    title.evaluate("heading => heading.scrollIntoView()")
    _keep(person.page, "switches")


def take_mapping(accountant: Person, order: int) -> None:
    """An order that waits for its tax, and where it is put right."""
    accountant.open_order(order)
    accountant.confirm_order()
    expect(accountant.banner).to_be_visible()
    _keep(accountant.page, "order_to_fix")
    accountant.open("action-xero_sync.xero_mapping_action")
    expect(accountant.row("10% GST")).to_contain_text("GST on")
    _keep(accountant.page, "mapping")


def take_orders(accountant: Person, office: Office, order: int, *others: int) -> None:
    """An order with its numbers, in parts, and among others."""
    accountant.open_order(order)
    accountant.sees(r"INV-", "a draft")
    _keep(accountant.page, "order")
    office.call("sale.order", "action_confirm", others)
    accountant.open_order(others[-1])
    accountant.sees(r"INV-", "a draft")
    invoice_in_part(office, order)
    accountant.open_order(order)
    accountant.sees(r"INV/", "a draft")
    accountant.turn_to("Xero")
    _keep(accountant.page, "parts", height=680)
    accountant.open("orders")
    _keep(accountant.page, "orders", height=260)


def take_contacts(accountant: Person, office: Office) -> int:
    """A customer's contact is chosen; who it is in Xero is not sure.

    :return: the customer's id
    """
    office.seed("Contacts", *CONTACTS)
    values = {"name": "Corner Store", "email": "accounts@corner.example"}
    (customer,) = office.call("res.partner", "create", [values])
    accountant.open_customer(customer)
    choices = accountant.field("xero_create_choice")
    choices.evaluate("field => field.scrollIntoView({block: 'end'})")
    accountant.field("xero_contact_id").locator("input").fill("bay")
    expect(accountant.page.locator(".o-autocomplete--dropdown-menu")).to_be_visible()
    _keep(accountant.page, "contact")
    accountant.open_customer(customer)
    accountant.press("Find in Xero")
    expect(accountant.dialog).to_contain_text("Similar name")
    _keep(accountant.page, "match", height=660)
    return customer


def take_import(accountant: Person, office: Office) -> None:
    """What an import found, and what it proposes."""
    office.call("res.partner", "create", [{"name": name} for name in PARTNERS])
    accountant.open("action-xero_sync.xero_import_action/new")
    accountant.press("Read from Xero")
    accountant.sees_step("To review")
    _keep(accountant.page, "import", height=400)
    accountant.press("Review")
    expect(accountant.row("City Agency")).to_contain_text("To decide")
    _keep(accountant.page, "import_lines", height=600)


def take_issues(accountant: Person, office: Office, customer: int) -> None:
    """Documents that several causes keep back.

    :param customer: who may be several contacts in Xero
    """
    office.lock_books(LOCKED)
    (late,) = office.create_orders("Tide Kiosk")
    office.call("sale.order", "action_confirm", [late])
    invoice = office.walk("Nobody").invoice_order(late)
    office.call("account.move", "write", [invoice], {"invoice_date": LOCKED})
    office.call("account.move", "action_post", [invoice])
    office.wait_for_issue("account.move", invoice)
    taxes = office.call("account.tax", "search", [("name", "=", "10% GST")])
    office.call("account.tax", "write", taxes, {"xero_tax_rate_id": False})
    orders = office.create_orders("Gateway Cafe", "City Espresso", "Lighthouse Beans")
    office.call("sale.order", "write", orders[:1], {"partner_id": customer})
    office.call("sale.order", "action_confirm", orders)
    for order in orders:
        office.wait_for_issue("sale.order", order)
    accountant.open("action-xero_sync.xero_issue_action")
    expect(accountant.row("has no Xero tax rate")).to_be_visible()
    _keep(accountant.page, "issues", height=460)


def invoice_in_part(office: Office, order: int) -> None:
    """Post an invoice for one piece of each line, and wait until Xero has it."""
    walk = office.walk("Nobody")
    invoice = walk.invoice_order(order)
    walk.edit_lines(invoice, lambda _, line: (1, line["id"], {"quantity": 1}))
    walk.press("account.move", "action_post", invoice)
    office.wait_until_in_xero("account.move", invoice)


def _person(browser: Browser, office: Office, login: str) -> Person:
    return Person(browser.new_page(viewport=WINDOW), office, login)


def _keep(page: Page, name: str, height: int = WINDOW["height"]) -> None:
    path = PICTURES / f"{name}.png"
    page.mouse.move(0, 0)
    page.wait_for_timeout(700)  # animations
    visible = {"x": 0, "y": 0, "width": WINDOW["width"], "height": height}
    page.screenshot(path=path, clip=visible)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(guarded(main))
