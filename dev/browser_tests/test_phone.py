"""The screens on a phone: cards instead of lists, with what can be done."""

import re

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT, ADMINISTRATOR

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone_of(log_in):
    """Somebody with a phone: ``phone_of(login)``."""

    def phone_of(login: str):
        person = log_in(login)
        person.page.set_viewport_size(PHONE)
        return person

    return phone_of


def card(person, text):
    """The card that has this text."""
    return person.page.locator(".o_kanban_record", has_text=text).first


def assert_fits(page):
    """Nothing has to be pushed aside to be read."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], width


def assert_named(part):
    """Who hears the page instead of seeing it is told what each control is."""
    nameless = r"^\s*- (?:button|link|textbox|checkbox|combobox)(?: \[.*\])?:?$"
    assert not re.findall(nameless, part.aria_snapshot(), re.M)


@pytest.fixture
def unmapped(ready_office):
    """The office while its tax on sales is not mapped."""
    tax = ready_office.call("account.tax", "search", [("name", "=", "10% GST")])
    ready_office.call("account.tax", "write", tax[:1], {"xero_tax_rate_id": False})
    yield ready_office
    ready_office.map_taxes()


def test_an_issue_is_a_card_with_its_action(unmapped, phone_of):
    office = unmapped
    (order,) = office.create_orders("Phone Unmapped Ltd")
    office.call("sale.order", "action_confirm", [order])
    office.wait_for_issue("sale.order", order)
    person = phone_of(ACCOUNTANT)
    person.open("action-xero_sync.xero_issue_action")
    issue = card(person, "has no Xero tax rate")
    assert_fits(person.page)
    assert_named(issue)
    assert_named(person.page.locator(".o_xero_issue_systray"))
    issue.get_by_role("button", name="Map", exact=True).click()
    person.press("Accept")
    expect(person.button("Accept")).to_have_count(0)
    assert office.wait_until_in_xero("sale.order", order)


def test_cards_say_number_and_state_and_the_form_shows_xeros_line(
    ready_office, phone_of
):
    office = ready_office
    (order,) = office.create_orders("Phone Customer Ltd")
    office.call("sale.order", "action_confirm", [order])
    number = office.wait_until_in_xero("sale.order", order)
    person = phone_of(ADMINISTRATOR)
    person.open("orders")
    for text in (number.split(", ")[-1], "In Xero"):
        expect(card(person, "Phone Customer Ltd")).to_contain_text(text)
    person.open("action-xero_sync.xero_document_action")
    expect(card(person, "Phone Customer Ltd")).to_contain_text("In Xero")
    assert_fits(person.page)
    person.open("action-xero_sync.xero_contact_action")
    expect(card(person, "Phone Customer Ltd")).to_be_visible()
    person.open_order(order)
    line = person.page.locator("div[name=xero]")
    expect(line.get_by_role("button", name="Open in Xero")).to_be_in_viewport(ratio=1)
    assert_fits(person.page)
    assert_named(line)
