"""The manual, as the addon's forms and its menu open it."""

from playwright.sync_api import expect

from .office import ACCOUNTANT


def test_the_manual_opens_from_an_empty_list_at_its_heading(connected_office, log_in):
    accountant = log_in(ACCOUNTANT)
    accountant.open("action-xero_sync.xero_issue_action")
    with accountant.page.expect_popup() as opened:
        accountant.page.get_by_role("link", name="Manual: Issues").click()
    heading = opened.value.get_by_role("heading", name="Issues", exact=True)
    expect(heading).to_be_in_viewport()


def test_the_manual_opens_from_the_menu(connected_office, log_in):
    accountant = log_in(ACCOUNTANT)
    accountant.open("action-xero_sync.xero_issue_action")
    menu = accountant.page.locator(".o_menu_sections")
    with accountant.page.expect_popup() as opened:
        menu.get_by_text("Manual", exact=True).click()
    title = opened.value.get_by_role("heading", name="Xero Sync", exact=True)
    expect(title).to_be_in_viewport()
