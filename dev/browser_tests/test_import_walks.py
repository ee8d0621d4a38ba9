"""Contacts and items of Xero come to Odoo: read, reviewed, imported, reported."""

import openpyxl
import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT


@pytest.fixture
def harvest(ready_office):
    """Contacts of one word in Xero: one is in Odoo, one nearly, two are not."""
    word = ready_office.unused_name("Harvest")
    ready_office.seed(
        "Contacts",
        {"Name": f"{word} Bakery"},
        {"Name": f"{word} Mill Pty Ltd"},
        {"Name": f"{word} Silo"},
        {"Name": f"{word} =1+1", "EmailAddress": "hello@harvest.example"},
    )
    names = (f"{word} Bakery", f"{word} Mill")
    ready_office.call("res.partner", "create", [{"name": name} for name in names])
    return word


@pytest.fixture
def accountant(harvest, log_in):
    """Somebody who has read those contacts."""
    person = log_in(ACCOUNTANT)
    read(person, harvest)
    return person


def read(person, word, kind="Contacts"):
    """Start an import of what has this word, and wait for the proposals."""
    person.open("action-xero_sync.xero_import_action/new")
    if kind != "Contacts":
        person.select("kind", kind)
    person.field("search_text").locator("input").fill(word)
    person.press("Read from Xero")
    person.sees_step("To review")


def counts(person):
    """The figures above the form, by their names."""
    names = person.page.locator(".oe_stat_button .o_stat_text").all_inner_texts()
    values = person.page.locator(".oe_stat_button .o_stat_value").all_inner_texts()
    return dict(zip(names, map(int, values), strict=True))


def report(person, directory):
    """Download the report; return (action, in Odoo, result) by the name in Xero."""
    with person.page.expect_download() as download:
        person.press("Report")
    download.value.save_as(directory / "report.xlsx")
    sheet = openpyxl.load_workbook(directory / "report.xlsx").active
    _titles, *rows = sheet.iter_rows(values_only=True)
    return {row[0]: (row[3], row[5], row[6]) for row in rows}


def test_what_is_proposed_is_counted_before_anything_is_done(
    ready_office, harvest, accountant
):
    expected = {"To link": 1, "To decide": 1, "To create": 2}
    assert counts(accountant) == expected
    found = [("name", "=like", f"{harvest}%")]
    assert ready_office.call("res.partner", "search_count", found) == 2


def test_lines_are_changed_one_by_one_and_in_bulk_and_then_imported(
    ready_office, harvest, accountant, tmp_path
):
    person = accountant
    person.press("Review")
    person.edit_cell(f"{harvest} Silo", "action", "Skip")
    person.tick(f"{harvest} Bakery", f"{harvest} Mill Pty Ltd")
    person.press("Link to the likeliest")
    expect(person.row(f"{harvest} Mill Pty Ltd")).not_to_contain_text("To decide")
    person.go_back()
    assert counts(person) == {"To link": 2, "To create": 1, "To skip": 1}
    person.press("Import")
    person.sees_step("Done")
    assert counts(person) == {"Linked": 2, "Created": 1, "Skipped": 1}
    assert report(person, tmp_path) == {
        f"{harvest} =1+1": ("Create", f"{harvest} =1+1", "Created"),
        f"{harvest} Bakery": ("Link", f"{harvest} Bakery", "Linked"),
        f"{harvest} Mill Pty Ltd": ("Link", f"{harvest} Mill", "Linked"),
        f"{harvest} Silo": ("Skip", "", "Skipped"),
    }


def test_an_import_goes_on_while_its_page_is_left(ready_office, harvest, accountant):
    accountant.press("Import")
    accountant.open("action-xero_sync.xero_contact_action")
    accountant.open("action-xero_sync.xero_import_action")
    accountant.page.locator(".o_data_row").first.locator("[name=kind]").click()
    accountant.sees_step("Done")
    expected = {"Linked": 1, "Created": 2, "Skipped": 1}
    assert counts(accountant) == expected


def test_a_second_import_changes_nothing(ready_office, harvest, accountant):
    accountant.press("Import")
    accountant.sees_step("Done")
    found = [("name", "=like", f"{harvest}%")]
    partners = ready_office.call("res.partner", "search", found)
    read(accountant, harvest)
    assert counts(accountant) == {"Already linked": 3, "To decide": 1}
    accountant.press("Import")
    accountant.sees_step("Done")
    assert ready_office.call("res.partner", "search", found) == partners


def test_items_become_products_by_their_codes(ready_office, log_in, tmp_path):
    word = ready_office.unused_name("Tool").replace(" ", "")
    ready_office.seed(
        "Items",
        {"Code": f"{word}-1", "Name": "Hammer", "IsSold": True},
        {"Code": f"{word}-2", "Name": "Saw", "IsSold": True},
    )
    product = {"name": "Claw hammer", "default_code": f"{word}-1"}
    (hammer,) = ready_office.call("product.product", "create", [product])
    person = log_in(ACCOUNTANT)
    read(person, word, "Items")
    assert counts(person) == {"To link": 1, "To create": 1}
    person.press("Import")
    person.sees_step("Done")
    assert report(person, tmp_path) == {
        "Hammer": ("Link", f"[{word}-1] Claw hammer", "Linked"),
        "Saw": ("Create", f"[{word}-2] Saw", "Created"),
    }
    item = ready_office.read("product.product", hammer, "xero_item_id")
    assert item[1] == f"[{word}-1] Hammer"
