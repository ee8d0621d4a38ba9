"""The way back from Xero's consent page, walked by somebody else than was asked."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..xero_server import CLIENT_ID, CLIENT_SECRET, TENANT_UK
from .security_case import SecurityCase

CALLBACK = "/xero_sync/oauth/callback"
MARKUP = "<script>alert(1)</script>"


@tagged("post_install", "-at_install")
class TestCallback(SecurityCase):
    def setUp(self):
        super().setUp()
        base_url = f"http://localhost:{self.http_port()}"
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("web.base.url", base_url)
        self.company = self.env["res.company"].create({"name": "Hobart Pty"})
        self.admin = self.log_in("administrator", self.company)
        connections = self.env["xero.connection"].with_user(self.admin)
        self.connection = connections.create(
            {
                "company_id": self.company.id,
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
            }
        )

    def consented(self):
        """What Xero adds to the callback's address when a person agreed."""
        url = self.connection.action_connect()["url"]
        location = self.xero.consent(url, tenants=(TENANT_UK,))
        query = parse_qs(urlsplit(location).query)
        self.env.flush_all()
        return {name: values[0] for name, values in query.items()}

    def come_back(self, query):
        answer = self.url_open(f"{CALLBACK}?{urlencode(query)}", allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def assert_refused(self, query):
        self.xero.clear_calls()
        self.assertEqual(self.come_back(query).status_code, 400)
        self.assertEqual(self.connection.sudo().state, "draft")
        self.assertEqual(self.xero.calls(), [], "not even asked")

    def test_a_state_works_once(self):
        query = self.consented()
        self.assertEqual(self.come_back(query).status_code, 303)
        self.assertEqual(self.connection.sudo().state, "connected")
        self.assertEqual(self.come_back(query).status_code, 400)
        self.assertEqual(self.connection.sudo().state, "connected")

    def test_a_colleague_with_the_same_rights_is_refused(self):
        query = self.consented()
        self.log_in("accountant", self.company)
        self.assert_refused(query)

    def test_who_lost_the_rights_meanwhile_is_refused(self):
        query = self.consented()
        self.admin.sudo().group_ids = self.env.ref("base.group_user")
        self.assert_refused(query)

    def test_an_accountant_cannot_come_back_in_an_administrators_place(self):
        """Who may write some settings, but lost the right to connect."""
        query = self.consented()
        group = self.env.ref("xero_sync.xero_sync_group_accountant")
        self.admin.sudo().group_ids = self.env.ref("base.group_user") + group
        self.assert_refused(query)

    def test_a_connection_that_moved_to_another_company_is_refused(self):
        query = self.consented()
        other = self.env["res.company"].create({"name": "Perth Pty"})
        self.connection.sudo().company_id = other
        self.admin.sudo().write({"company_ids": [(4, other.id)]})
        self.assert_refused(query)

    def test_an_old_state_is_refused(self):
        query = self.consented()
        with freeze_time(datetime.now() + timedelta(minutes=11)):
            self.assert_refused(query)

    def test_an_old_state_does_not_spoil_a_new_one(self):
        """Somebody pressed Connect in two windows."""
        first = self.consented()
        second = self.consented()
        self.assert_refused(first)
        self.assertEqual(self.come_back(second).status_code, 303)
        self.assertEqual(self.connection.sudo().state, "connected")

    def test_a_state_changed_anywhere_is_refused(self):
        query = self.consented()
        state = query["state"]
        for position in range(0, len(state), 7):
            other = "A" if state[position] != "A" else "B"
            changed = state[:position] + other + state[position + 1 :]
            with self.subTest(position=position):
                self.assert_refused({**query, "state": changed})

    def test_a_flood_leaves_nothing_and_asks_xero_nothing(self):
        tables = ("ir_logging", "mail_message", "xero_token", "xero_request")
        before = self.counts(tables)
        for number in range(30):
            self.assert_refused({"state": f"A{number}" * 500, "code": "x" * 2000})
        self.assertEqual(self.counts(tables), before)

    def counts(self, tables):
        self.env.flush_all()
        found = {}
        for table in tables:
            query = SQL("SELECT count(*) FROM %s", SQL.identifier(table))
            found[table] = self.env.execute_query(query)[0][0]
        return found

    def test_the_browser_is_led_nowhere_else(self):
        evil = "https://evil.example.com"
        names = ("redirect", "redirect_uri", "next", "url", "return_to")
        query = {**self.consented(), **dict.fromkeys(names, evil)}
        address = urlsplit(self.come_back(query).headers["Location"])
        self.assertIn(address.netloc, ("", f"localhost:{self.http_port()}"))
        self.assertEqual(address.path, "/odoo/xero")

    def test_what_the_address_calls_an_error_is_text(self):
        query = {"state": self.consented()["state"], "error": MARKUP * 1000}
        answer = self.come_back(query)
        self.assertNotIn(MARKUP, answer.text)
        connection = self.connection.sudo()
        self.assertEqual(connection.state, "draft")
        self.assertLess(len(connection.state_message), 1000)
        page = self.url_open(f"{CALLBACK}?state={MARKUP}&error={MARKUP}")
        self.assertNotIn(MARKUP, page.text)

    def test_nothing_but_a_browsers_visit_is_taken(self):
        query = self.consented()
        with mute_logger("odoo.http"):
            answer = self.url_open(CALLBACK, data=query, allow_redirects=False)
        self.assertEqual(answer.status_code, 405)
        self.assertEqual(self.connection.sudo().state, "draft")

    def test_a_parameter_given_twice_or_unknown_breaks_nothing(self):
        for query in ("state=a&state=b&code=c", "state[]=a", "scope=%ff%fe&x=%00"):
            with self.subTest(query=query):
                answer = self.url_open(f"{CALLBACK}?{query}", allow_redirects=False)
                self.assertEqual(answer.status_code, 400)
