"""What people are shown when the database is a copy, or an older one."""

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT, ADMINISTRATOR, DATABASE

COPIED = "UPDATE xero_connection SET database = 'another/original'"
RESTORED = "UPDATE xero_connection SET place = split_part(place, '/', 1) || '/1/1/1'"


@pytest.fixture
def connection(ready_office):
    """The connection of an office that has worked; it is as before afterwards."""
    [identifier] = ready_office.call("xero.connection", "search", [])
    look(ready_office, identifier)
    query = ready_office.odoo.query
    [[name, place]] = query(DATABASE, "SELECT database, place FROM xero_connection")
    yield identifier
    query(
        DATABASE,
        f"UPDATE xero_connection SET database = '{name}', place = '{place}',"
        " state = 'connected', restored_from = NULL, unknown_since = NULL",
    )
    query(DATABASE, "DELETE FROM xero_found")


def test_a_copy_asks_and_an_administrator_says_that_it_replaces(
    ready_office, connection, log_in
):
    ready_office.odoo.query(DATABASE, COPIED)
    look(ready_office, connection)
    accountant = log_in(ACCOUNTANT)
    accountant.open(f"xero.connection/{connection}")
    expect(accountant.banner.first).to_contain_text("is a copy of “original”")
    expect(accountant.button("Use this database")).to_have_count(0)
    expect(accountant.button("Disconnect")).to_have_count(0)
    administrator = log_in(ADMINISTRATOR)
    administrator.open(f"xero.connection/{connection}")
    expect(administrator.button("Disconnect")).to_be_visible()
    administrator.press("Use this database")
    administrator.dialog.get_by_role("button", name="Ok").click()
    expect(administrator.button("Use this database")).to_have_count(0)


def test_after_a_restore_what_xero_has_more_is_listed(ready_office, connection, log_in):
    (order,) = ready_office.create_orders("Lost Pty Ltd")
    ready_office.call("sale.order", "action_confirm", [order])
    ready_office.wait_until_in_xero("sale.order", order)
    name = ready_office.read("sale.order", order, "name")
    ready_office.odoo.query(
        DATABASE, f"DELETE FROM xero_document WHERE sale_order_id = {order}"
    )
    ready_office.odoo.query(DATABASE, RESTORED)
    look(ready_office, connection)
    accountant = log_in(ACCOUNTANT)
    accountant.open(f"xero.connection/{connection}")
    expect(accountant.banner.first).to_contain_text("Restored from a backup of")
    expect(accountant.banner.first).to_contain_text("lists those to enter again")
    accountant.page.locator("button[name=action_open_found]").click()
    expect(accountant.row(name)).to_contain_text("Lost Pty Ltd")


def look(office, connection):
    """Have the job work, and wait until it has."""
    office.call("xero.connection", "action_check_now", [connection])
