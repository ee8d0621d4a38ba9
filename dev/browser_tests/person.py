"""What a person does, and sees, at the browser."""

import re

from playwright.sync_api import Locator, Page, expect

from .office import Office

# Odoo builds its assets when they are asked for the first time.
FIRST_PAGE = 90_000  # milliseconds
PATIENCE = 20_000  # milliseconds; until the scheduler's worker has sent a document
expect.set_options(timeout=PATIENCE)
WEB_APP, WEB_APP_SECRET = "LOCAL-WEB-APP", "local-web-secret"


class Person:
    """Somebody who is logged in to Odoo."""

    def __init__(self, page: Page, office: Office, login: str) -> None:
        self.page = page
        self.office = office
        page.goto(f"{office.url}/web/login")
        page.fill("#login", login)
        page.fill("#password", login)
        page.click("button[type=submit]")
        expect(page.locator(".o_main_navbar")).to_be_visible(timeout=FIRST_PAGE)

    # === GOING SOMEWHERE === #

    def open(self, path: str) -> None:
        """Open a page of Odoo's web client, e.g. ``orders/3``."""
        self.page.goto(f"{self.office.url}/odoo/{path}")
        self.page.wait_for_selector(".o_action_manager .o_view_controller")

    def open_settings(self) -> None:
        """Open Settings → Xero."""
        self.open("settings#xero_sync")
        expect(self.settings).to_be_visible()

    def open_order(self, order: int) -> None:
        """Open a sales order's form."""
        self.open(f"orders/{order}")

    def open_customer(self, partner: int) -> None:
        """Open a customer's form at the tab where Xero's fields are."""
        self.open(f"customers/{partner}")
        self.turn_to("Sales & Purchase")

    def turn_to(self, tab: str) -> None:
        """Open a tab of the form."""
        self.page.get_by_role("tab", name=tab, exact=True).click()

    def open_taxes(self) -> None:
        """Open Xero → Mapping → Taxes."""
        self.open("action-xero_sync.account_tax_action_xero")

    # === CONNECTING === #

    def set_up(self) -> None:
        """Press *Set up Xero*."""
        self.open_settings()
        self.press("Set up Xero")
        expect(self.field("xero_client_id")).to_be_visible()

    def enter_credentials(self) -> None:
        """Enter client ID and secret of the local Xero's web app."""
        self.field("xero_client_id").locator("input").fill(WEB_APP)
        self.field("xero_client_secret").locator("input").fill(WEB_APP_SECRET)

    def allow(self, *organisations: str) -> None:
        """On Xero's page: tick these organisations and allow access."""
        for name in organisations:
            self.page.get_by_label(name).check()
        self.page.get_by_role("button", name="Allow access").click()
        self.page.wait_for_selector(".o_action_manager .o_kanban_record")

    def cancel_consent(self) -> None:
        """On Xero's page: press *Cancel*."""
        self.page.get_by_role("button", name="Cancel").click()
        self.page.wait_for_selector(".o_action_manager .o_kanban_record")

    @property
    def card(self) -> Locator:
        """The connection on the start page of the app."""
        return self.page.locator(".o_kanban_record:not(.o_kanban_ghost)").first

    # === SELLING === #

    def write_order(self, customer: str, *products: str) -> None:
        """Write a quotation in the form, one unit of each product."""
        self.open("orders/new")
        self.choose(self.field("partner_id"), customer)
        for product in products:
            self.page.get_by_role("button", name="Add a product").click()
            row = self.page.locator(".o_selected_row")
            field = row.locator("td[name^=product]").first
            # The new row is there: the one before stays selected while it is checked
            expect(field.locator("input")).to_have_value("")
            self.choose(field, product)
            # Odoo has filled in the rest of the row
            expect(row.locator("td[name=tax_ids]")).to_contain_text("GST")

    def confirm_order(self) -> None:
        """Press *Confirm* and wait until the order is a sales order."""
        self.press("Confirm")
        self.sees_step("Sales Order")

    def post(self) -> None:
        """Press *Confirm* and wait until the invoice or bill is posted."""
        self.press("Confirm")
        self.sees_step("Posted")

    # === SEEING === #

    @property
    def settings(self) -> Locator:
        """The Xero part of the settings."""
        return self.page.locator(".app_settings_block[data-key=xero_sync]")

    @property
    def banner(self) -> Locator:
        """What a form says above its sheet."""
        return self.page.locator(".o_form_view .alert:visible")

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.locator(".modal")

    def field(self, name: str) -> Locator:
        """A field of the form that is open."""
        return self.page.locator(f".o_form_view .o_field_widget[name={name}]").first

    def row(self, text: str) -> Locator:
        """The row of a list that has this text."""
        return self.page.locator(".o_data_row", has_text=text).first

    def button(self, label: str) -> Locator:
        """The button of this label, be there one or not; its icon does not count."""
        text = re.compile(rf"^\s*{re.escape(label)}\s*$")
        return self.page.locator("button:visible", has_text=text)

    def sees_step(self, step: str) -> None:
        """Wait until the form's status bar is at this step."""
        status = self.page.locator(".o_statusbar_status [aria-checked=true]")
        expect(status).to_have_text(step)

    def sees(self, number: str, status: str) -> str:
        """Wait until the form shows a document in Xero, without a reload.

        :param number: a regular expression
        :param status: Xero's, in words
        :return: the numbers that are shown
        """
        shown = self.field("xero_number")
        expect(shown).to_have_text(re.compile(number))
        expect(self.field("xero_status")).to_have_text(status)
        expect(self.field("xero_shown_state")).to_have_text("In Xero")
        return shown.inner_text().strip()

    # === DOING === #

    def press(self, label: str) -> None:
        """Press a button."""
        self.button(label).first.click()

    def choose(self, field: Locator, text: str) -> None:
        """Type into a field that proposes records, and take the proposal."""
        field.locator("input").fill(text)
        self.page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()

    def clear(self, field: Locator) -> None:
        """Empty a field that has a record."""
        field.locator("input").fill("")
        self.page.keyboard.press("Tab")

    def search(self, text: str) -> None:
        """Search a list for a text, and wait until it has found that alone."""
        self.page.locator(".o_searchview_input").fill(text)
        # Before Odoo offers where to search for it, Enter does nothing
        expect(self.page.locator(".o_searchview_autocomplete")).to_contain_text(text)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".o_facet_value", has_text=text)).to_be_visible()
        others = self.page.locator(".o_data_row", has_not_text=text)
        expect(others).to_have_count(0)

    def select(self, name: str, choice: str) -> None:
        """Choose from the few values of a field of the form."""
        self._pick(self.field(name), choice)

    def _pick(self, field: Locator, choice: str) -> None:
        field.locator("input").click()
        choices = self.page.locator(".o_select_menu_item")
        choices.get_by_text(choice, exact=True).click()

    def tick(self, *rows: str) -> None:
        """Tick the rows of a list that have these texts."""
        for text in rows:
            self.row(text).locator(".o_list_record_selector input").check()

    def edit_cell(self, row: str, name: str, choice: str) -> None:
        """Choose another value in a cell of a list."""
        cell = self.row(row).locator(f"td[name={name}]")
        cell.click()
        self._pick(cell, choice)
        self.page.locator(".o_control_panel").click()
        expect(self.page.locator(".o_selected_row")).to_have_count(0)

    def set_date(self, field: Locator, day: str) -> None:
        """Type a day into a date field, in the user's format."""
        field.locator("button, input").first.click()
        field.locator("input").fill(day)
        self.page.keyboard.press("Tab")

    def go_back(self) -> None:
        """Go to the page before, in the breadcrumbs."""
        self.page.locator(".o_breadcrumb a").last.click()
        self.page.wait_for_selector(".o_action_manager .o_form_view")

    def press_in_dialog(self, label: str) -> None:
        """Press a button at the bottom of the dialog, and wait until it closes."""
        footer = self.dialog.locator("footer")
        footer.get_by_role("button", name=label, exact=True).click()
        expect(self.dialog).to_have_count(0)

    def save(self) -> None:
        """Press *Save*, and wait until Odoo has saved."""
        self.page.locator(".o_form_button_save").click()
        expect(self.page.locator(".o_form_button_save:visible")).to_have_count(0)

    def save_settings(self) -> None:
        """Press *Save* in the settings, and wait until Odoo has saved."""
        with self.page.expect_response("**/res.config.settings/execute*"):
            self.press("Save")

    def enter_today(self, name: str) -> None:
        """Choose today in a date field."""
        field = self.field(name)
        field.locator("button, input").first.click()
        self.page.locator(".o_datetime_picker .o_today").click()

    def upload(self, label: str, name: str) -> None:
        """Press a button that asks for a file, and choose a PDF of this name."""
        content = self.page.pdf()
        with self.page.expect_file_chooser() as chooser:
            self.press(label)
        chooser.value.set_files(
            {"name": name, "mimeType": "application/pdf", "buffer": content}
        )
