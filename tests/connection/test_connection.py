from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...hooks import uninstall_hook
from ..common import XeroCase
from ..xero_server import CLIENT_ID, CLIENT_SECRET, TENANT_AU, TENANT_UK
from .consent_case import ConsentCase


@tagged("post_install", "-at_install")
class TestCustomConnection(XeroCase):
    """Client credentials: no browser takes part."""

    def test_connecting_reads_the_organisation_and_its_choices(self):
        connection = self.connect()
        self.assertEqual(connection.tenant_name, "Demo Company (AU)")
        self.assertEqual(connection.country_code, "AU")
        self.assertEqual(connection.base_currency, "AUD")
        self.assertEqual(connection.default_sale_account_id.code, "200")
        for model in ("xero.account", "xero.tax.rate", "xero.currency", "xero.contact"):
            self.assertTrue(
                self.env[model].search_count([("connection_id", "=", connection.id)])
            )

    def test_wrong_secret_is_told_in_words(self):
        connection = self.env["xero.connection"].create(
            {
                "company_id": self.company.id,
                "auth_method": "client_credentials",
                "client_id": "LOCAL-CUSTOM-CONNECTION",
                "client_secret": "wrong",
            }
        )
        connection.action_connect()
        self.finish_request()
        self.assertEqual(connection.state, "draft")
        self.assertIn("does not know this client ID", connection.state_message)

    def test_connecting_without_credentials_asks_for_them(self):
        connection = self.env["xero.connection"].create({"company_id": self.company.id})
        with self.assertRaisesRegex(UserError, "client ID and the client secret"):
            connection.action_connect()

    def test_other_base_currency_than_the_companys_is_warned_of(self):
        connection = self.connect()
        self.assertFalse(connection.currency_warning)
        connection.sudo().base_currency = "GBP"
        self.assertIn("GBP", connection.currency_warning)

    def test_company_has_one_live_connection(self):
        self.connect()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError):
            self.env["xero.connection"].create({"company_id": self.company.id})

    def test_branch_uses_its_parents_connection(self):
        connection = self.connect()
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self.assertEqual(branch._xero_connection(), connection)

    def test_system_archived_and_bank_accounts_are_not_offered(self):
        connection = self.connect()
        offered = self.env["xero.account"].search(
            [("connection_id", "=", connection.id), ("for_documents", "=", True)]
        )
        self.assertTrue(offered)
        self.assertFalse({"205", "610", "800"} & set(offered.mapped("code")))
        self.assertNotIn("BANK", offered.mapped("account_type"))

    def test_choice_gone_in_xero_is_archived_not_deleted(self):
        connection = self.connect()
        account = connection.default_sale_account_id
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        self.press_refresh(connection)
        self.finish_request()
        self.assertTrue(account.exists())
        self.assertFalse(account.active)

    def test_choices_are_read_again_after_a_day_only(self):
        connection = self.connect()
        self.run_job(connection)
        self.assertEqual(self.xero.calls(path="/Accounts"), [])
        connection.choices_at = "2020-01-01"
        self.run_job(connection)
        self.assertEqual(len(self.xero.calls(path="/Accounts")), 1)

    def test_choices_are_not_read_twice_in_two_minutes(self):
        connection = self.connect()
        with self.assertRaisesRegex(UserError, "try again in 1[12][0-9] seconds"):
            connection.action_refresh_choices()
        self.run_job(connection)
        self.assertEqual(self.xero.calls(path="/Accounts"), [])
        with self.later(seconds=121):
            connection.action_refresh_choices()
            self.finish_request()
        self.assertEqual(len(self.xero.calls(path="/Accounts")), 1)

    def test_only_accountants_have_the_choices_read(self):
        connection = self.connect()
        users = {name: self.new_user(name, name) for name in ("user", "accountant")}
        connection.sudo().choices_at = False
        with self.assertRaises(AccessError):
            connection.with_user(users["user"]).action_refresh_choices()
        self.assertTrue(
            connection.with_user(users["accountant"]).action_refresh_choices()
        )

    def test_contacts_are_read_with_if_modified_since_after_the_first_time(self):
        connection = self.connect()
        self.press_refresh(connection)
        self.finish_request()
        (call,) = self.xero.calls(path="/Contacts")
        self.assertIn("If-Modified-Since", call["headers"])

    def test_tax_proposals_go_by_use_and_rate(self):
        self.connect()
        purchase = self.company_data["default_tax_purchase"]
        self.assertEqual(self.gst.xero_tax_rate_id.tax_type, "OUTPUT")
        self.assertNotEqual(purchase.xero_tax_rate_proposal_id.tax_type, "OUTPUT")


@tagged("post_install", "-at_install")
class TestDisconnect(XeroCase):
    """Leaving Xero, on purpose and not."""

    def test_disconnecting_leaves_in_xeros_order(self):
        connection = self.connect()
        self.connect_through_grant(connection)
        connection.action_disconnect()
        self.finish_request()
        self.assertEqual(connection.state, "draft")
        steps = [(c["method"], c["path"].split("/")[1]) for c in self.xero.calls()]
        self.assertEqual(
            [step for step in steps if step[0] in ("DELETE", "POST")],
            [("DELETE", "connections"), ("POST", "connect")],
        )
        self.assertFalse(
            self.env["xero.token"]
            .sudo()
            .search_count([("connection_id", "=", connection.id)])
        )

    def test_orders_confirmed_after_disconnecting_are_not_queued(self):
        connection = self.connect()
        connection.action_disconnect()
        self.finish_request()
        self.assertFalse(self.confirmed_order().xero_document_ids)

    def test_change_made_while_disconnected_goes_out_after_connecting_again(self):
        connection = self.connect()
        order = self.confirmed_order()
        self.run_job(connection)
        connection.action_disconnect()
        self.finish_request()
        order.order_line.product_uom_qty = 11
        self.end_click()
        self.assertEqual(order.xero_state, "pending")
        connection.action_connect()
        self.finish_request()
        self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)

    def test_order_confirmed_while_reconnecting_is_queued(self):
        connection = self.connect()
        connection.sudo().state = "connecting"
        order = self.confirmed_order()
        self.run_job(connection)
        self.assertEqual(order.xero_state, "synced")

    def test_thrown_out_in_xero_holds_documents_and_says_so(self):
        connection = self.connect()
        self.xero.disconnect()
        order = self.confirmed_order()
        self.run_job(connection)
        self.assertEqual(connection.state, "broken")
        self.assertIn("disconnected in Xero", connection.state_message)
        self.assertEqual(order.xero_state, "held")
        self.assertIn("not connected", order.xero_message)

    def test_after_reconnecting_what_waited_goes_out_by_itself(self):
        connection = self.connect()
        self.xero.fault("forbidden", path="/Contacts")
        order = self.confirmed_order()
        self.run_job(connection)
        self.assertEqual(connection.state, "broken")
        connection.action_connect()
        self.finish_request()
        self.assertEqual(order.xero_state, "synced")

    def test_uninstalling_removes_the_connections_job(self):
        connection = self.connect()
        cron = connection.sudo().cron_id
        uninstall_hook(self.env(su=True))
        self.assertFalse(cron.exists())

    def test_connected_organisation_cannot_be_deleted(self):
        with self.assertRaisesRegex(UserError, "Disconnect it first"):
            self.connect().unlink()

    def connect_through_grant(self, connection):
        """Swap the custom connection's token for one of the web app's."""
        connection.write(
            {
                "auth_method": "authorization_code",
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
            }
        )
        granted = self.xero.grant()
        (remote,) = granted["connections"]
        connection.sudo().remote_connection_id = remote["id"]
        token = self.env["xero.token"].sudo().search([])
        token.filtered(lambda row: row.connection_id == connection).write(
            {
                "access_token": granted["access_token"],
                "refresh_token": granted["refresh_token"],
            }
        )


@tagged("post_install", "-at_install")
class TestConsent(ConsentCase):
    """The authorization code flow, through the real controller."""

    def test_consent_connects_the_only_organisation(self):
        self.come_back(self.xero.consent(self.consent_url()))
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(self.connection.tenant_id, TENANT_AU)

    def test_only_granular_scopes_are_asked_for(self):
        query = parse_qs(urlsplit(self.consent_url()).query)
        scopes = query["scope"][0].split()
        self.assertIn("offline_access", scopes)
        self.assertNotIn("accounting.transactions", scopes)

    def test_several_organisations_are_put_to_a_person(self):
        tenants = (TENANT_AU, TENANT_UK)
        self.come_back(self.xero.consent(self.consent_url(), tenants=tenants))
        self.assertEqual(self.connection.state, "choose")
        choose = self.env["xero.organisation.choose"].with_user(self.admin)
        choose = choose.with_context(default_connection_id=self.connection.id)
        choose.create({"tenant_id": TENANT_UK}).action_choose()
        self.assertEqual(self.connection.tenant_name, "Demo Company (UK)")

    def test_cancel_on_xeros_page_is_told_in_words(self):
        self.come_back(self.xero.consent(self.consent_url(), allow=False))
        self.assertEqual(self.connection.state, "draft")
        self.assertIn("not allowed", self.connection.state_message)

    def test_state_works_once(self):
        location = self.xero.consent(self.consent_url())
        self.come_back(location)
        self.assertEqual(self.come_back(location).status_code, 400)

    def test_state_of_another_user_is_refused(self):
        location = self.xero.consent(self.consent_url())
        self.new_user("other_admin", "xero_sync.xero_sync_group_administrator")
        self.authenticate("other_admin", "other_admin")
        self.assertEqual(self.come_back(location).status_code, 400)
        self.assertEqual(self.connection.state, "draft")

    def test_tampered_and_missing_states_are_refused(self):
        location = self.xero.consent(self.consent_url())
        for bad in (location.replace("state=", "state=A"), "/?code=x", "/?state=%00"):
            path = "/xero_sync/oauth/callback?" + urlsplit(bad).query
            self.assertEqual(self.url_open(path).status_code, 400, bad)
        self.assertEqual(self.connection.state, "draft")

    def test_state_expires(self):
        location = self.xero.consent(self.consent_url())
        with freeze_time(datetime.now() + timedelta(minutes=11)):
            self.assertEqual(self.come_back(location).status_code, 400)

    def test_callback_needs_a_login(self):
        location = self.xero.consent(self.consent_url())
        self.authenticate(None, None)
        answer = self.come_back(location)
        self.assertIn("/web/login", answer.headers.get("Location", ""))
        self.assertEqual(self.connection.state, "draft")

    def test_reconnecting_keeps_the_organisation(self):
        self.come_back(self.xero.consent(self.consent_url()))
        self.connection.sudo().state = "broken"
        tenants = (TENANT_UK, TENANT_AU)
        self.come_back(self.xero.consent(self.consent_url(), tenants=tenants))
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(self.connection.tenant_id, TENANT_AU)

    def test_other_organisation_on_a_used_connection_is_refused(self):
        self.come_back(self.xero.consent(self.consent_url()))
        self.env["xero.contact"].sudo().create(
            {
                "connection_id": self.connection.id,
                "name": "Linked",
                "xero_id": "11111111-1111-4111-8111-111111111111",
                "state": "synced",
                "request_id": self.some_request().id,
            }
        )
        self.come_back(self.xero.consent(self.consent_url(), tenants=(TENANT_UK,)))
        self.assertEqual(self.connection.tenant_id, TENANT_AU)

    def some_request(self):
        return (
            self.env["xero.request"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "idempotency_key": "a key",
                    "endpoint": "Contacts",
                    "method": "PUT",
                    "body": "{}",
                    "binding_model": "xero.contact",
                    "binding_ids": [1],
                    "element_count": 1,
                    "outcome": "answered",
                }
            )
        )

    def test_missing_scope_is_named(self):
        url = self.consent_url().replace("accounting.contacts", "openid")
        self.come_back(self.xero.consent(url))
        self.assertIn("accounting.contacts", self.connection.state_message)
        self.assertEqual(self.connection.state, "draft")

    def test_user_without_rights_cannot_connect(self):
        seller = self.new_user("a_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.connection.with_user(seller).action_connect()
