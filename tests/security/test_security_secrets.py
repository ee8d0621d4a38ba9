"""Secrets stay where they are: what is logged, shown, exported, told by errors."""

import io
import logging
import re
from urllib.parse import parse_qs, quote, urlsplit

import psycopg2

from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ...models.connection.xero_connection_settings import NOBODYS_FIELDS
from ..xero_server import CLIENT_ID, CLIENT_SECRET, CUSTOM_CLIENT_SECRET, TENANT_UK
from .security_case import ACCESS_ERROR, SecurityCase

# Where a secret is kept, in plain text: Odoo must hand it over to Xero
KEPT_IN = {
    ("xero_connection", "client_secret_stored"),
    ("xero_connection", "webhook_key_stored"),
    ("xero_token", "access_token"),
    ("xero_token", "refresh_token"),
}


WEBHOOK_KEY = "hook-key-of-the-portal"


class EverythingLogged(logging.Handler):
    """Context manager: every logger at DEBUG, all of it in ``text``, none on screen."""

    def __init__(self):
        super().__init__()
        self._stream = io.StringIO()
        self._before = {}

    @property
    def text(self):
        return self._stream.getvalue()

    def emit(self, record):
        self._stream.write(f"{record.name} {self.format(record)}\n")

    def __enter__(self):
        known = logging.root.manager.loggerDict.values()
        loggers = [each for each in known if isinstance(each, logging.Logger)]
        for logger in [logging.root, *loggers]:
            if logger.level != logging.NOTSET or logger is logging.root:
                self._before[logger] = logger.level
                logger.setLevel(logging.DEBUG)
        self._handlers, logging.root.handlers = logging.root.handlers, [self]
        return self

    def __exit__(self, *exc_info):
        logging.root.handlers = self._handlers
        for logger, level in self._before.items():
            logger.setLevel(level)


@tagged("post_install", "-at_install")
class TestSecretsOfARun(SecurityCase):
    """One whole life of a connection; then every place is searched."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].sudo().set_param(
            "web.base.url", f"http://localhost:{self.http_port()}"
        )
        self.other = self.env["res.company"].create({"name": "Hobart Pty"})
        self.secrets = {CLIENT_SECRET, CUSTOM_CLIENT_SECRET, WEBHOOK_KEY}

    def note_tokens(self):
        """Remember what must not be found anywhere."""
        self.env.invalidate_all()
        for token in self.env["xero.token"].sudo().search([]):
            kept = (token.access_token, token.refresh_token)
            self.secrets.update(filter(None, kept))

    def connect_in_the_browser(self):
        """A second connection, through the consent page and our callback."""
        user = self.log_in("administrator", self.other)
        connection = self.env["xero.connection"].with_user(user)
        values = {"company_id": self.other.id, "client_id": CLIENT_ID}
        made = self.call("xero.connection", "create", [values])
        self.call("xero.connection", "write", made, {"client_secret": CLIENT_SECRET})
        connection = connection.browse(made)
        url = self.call("xero.connection", "action_connect", made)["url"]
        location = urlsplit(self.xero.consent(url, tenants=(TENANT_UK,)))
        query = parse_qs(location.query)
        self.secrets.update(query["code"] + query["state"])
        self.url_open(f"{location.path}?{location.query}", allow_redirects=False)
        self.env.invalidate_all()
        self.assertEqual(connection.state, "connected", connection.state_message)
        self.note_tokens()
        return connection.sudo()

    def live(self):
        """Connect, refresh, send, fail in several ways, and leave."""
        self.log_in("administrator")
        values = {"webhook_key": WEBHOOK_KEY}
        self.call("xero.connection", "write", self.connection.ids, values)
        self.url_open(self.connection.webhook_url, data=b"unsigned", method="POST")
        theirs = self.connect_in_the_browser()
        token = self.env["xero.token"].sudo().search([]) - self.token()
        token.expires_at = "2020-01-01"
        self.run_job(theirs)
        self.note_tokens()
        for fault in ("expired_token", "server_error_after", "html_ok", None):
            if fault:
                self.xero.fault(fault, method="PUT", path="/Contacts")
            self.customer.copy({"name": f"Customer of {fault}"})
            self.customer.name = f"Renamed by {fault}"
            self.confirmed_order()
            self.run_job(self.connection)
            self.note_tokens()
        self.token().expires_at = "2020-01-01"
        self.connection.sudo().client_secret_stored = "wrong-client-secret"
        self.secrets.add("wrong-client-secret")
        self.confirmed_order()
        self.run_job(self.connection)
        theirs.action_disconnect()
        self.finish_request()

    def token(self):
        tokens = self.env["xero.token"].sudo()
        return tokens.search([("connection_id", "=", self.connection.id)])

    def tells(self, text):
        return any(secret in text for secret in self.secrets)

    def test_no_secret_is_logged_or_kept_in_any_other_place(self):
        with EverythingLogged() as logged:
            self.live()
        self.assert_nothing_logged(logged.text)
        self.assert_kept_only_where_it_must_be()
        self.assert_nobody_reads_them()

    def test_the_web_servers_log_has_no_code_of_the_consent_page(self):
        callback = "/xero_sync/oauth/callback?code=c0de&state=5tate"
        login = f"/web/login?redirect={quote(callback, safe='')}"
        for name in ("werkzeug", "longpolling"):
            with self.assertLogs(name) as logged:
                for address in (callback, login):
                    logging.getLogger(name).info('"GET %s HTTP/1.1" 200', address)
            with self.subTest(name):
                self.assertNotRegex("".join(logged.output), "c0de|5tate")
                self.assertEqual(len(logged.output), 2)

    def assert_nothing_logged(self, text):
        for logger in ("odoo.sql_db", "odoo.service.model", "urllib3.connectionpool"):
            self.assertIn(logger, text, "the log is not whole")
        self.assertIn("/xero_sync/oauth/callback", text)
        # The browser is the test itself, in this process
        browser = re.compile(r"^urllib3.*(/identity/connect/authorize|oauth/callback)")
        told = [
            line
            for line in text.splitlines()
            if self.tells(line) and not browser.match(line)
        ]
        self.assertEqual(told, [])

    def assert_kept_only_where_it_must_be(self):
        """Every column of every table: chatter, requests, parameters, Odoo's log…"""
        self.env.flush_all()
        tables = self.env.execute_query(
            SQL("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
        )
        secrets = [re.escape(secret) for secret in self.secrets]
        kept = set()
        for (table,) in tables:
            rows = self.env.execute_query(
                SQL(
                    "SELECT DISTINCT pair.key"
                    " FROM %s AS t, jsonb_each_text(to_jsonb(t)) AS pair"
                    " WHERE t::text ~ %s AND pair.value ~ %s",
                    SQL.identifier(table),
                    "|".join(secrets),
                    "|".join(secrets),
                )
            )
            kept.update((table, key) for (key,) in rows)
        self.assertLessEqual(kept, KEPT_IN)
        self.assertIn(("xero_token", "access_token"), kept, "nothing was looked at")

    def assert_nobody_reads_them(self):
        """Each field of each of our rows that each group may read, or export."""
        # Rights a colleague may have besides, without which less would be read
        more = ("base.group_allow_export", "analytic.group_analytic_accounting")
        for group in ("user", "accountant", "administrator"):
            user = self.person(group)
            user.group_ids += self.env.ref(more[0]) + self.env.ref(more[1])
            for name, model in self.env.registry.items():
                if model._original_module != "xero_sync" or model._abstract:
                    continue
                rows = self.env[name].with_user(user)
                if rows.has_access("read"):
                    with self.subTest(group=group, model=name):
                        self.assert_shows_none(rows.search([]))

    def assert_shows_none(self, rows):
        fields = [
            name
            for name, field in rows._fields.items()
            if field.exportable
            and not field.relational
            and rows._has_field_access(field, "read")
        ]
        self.assertFalse(self.tells(str(rows.read())))
        self.assertFalse(self.tells(str(rows.export_data(fields))))


@tagged("post_install", "-at_install")
class TestSecretsUnderAttack(SecurityCase):
    """What somebody with rights on the connection could make Odoo tell."""

    def answer(self, model, method, *args):
        """The whole answer to a call, with the details of an error."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {"model": model, "method": method, "args": args}
                | {"kwargs": {}},
            },
        )
        return answer.text

    def required(self):
        """The fields whose lack PostgreSQL refuses, quoting the row."""
        fields = self.env["xero.connection"]._fields.values()
        return [field.name for field in fields if field.required and field.store]

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_an_error_does_not_quote_the_row_with_the_secret(self):
        self.connection.sudo().oauth_nonce = "a-nonce-of-ours"
        self.connection.webhook_key = WEBHOOK_KEY
        for group in ("accountant", "administrator"):
            self.log_in(group)
            for name in self.required():
                with self.subTest(group=group, field=name):
                    told = self.answer(
                        "xero.connection", "write", self.connection.ids, {name: False}
                    )
                    self.assertIn("error", told)
                    self.assertNotIn(CUSTOM_CLIENT_SECRET, told)
                    self.assertNotIn("a-nonce-of-ours", told)
                    self.assertNotIn(WEBHOOK_KEY, told)

    def test_a_query_that_fails_is_logged_without_the_secret(self):
        with EverythingLogged() as logged:
            for query in (
                "UPDATE xero_token SET connection_id = NULL",
                "UPDATE xero_token SET access_token = 'hush-hush', id = NULL",
                "UPDATE xero_connection SET client_secret_stored = 'hush-hush', id = x",
                'UPDATE "xero_connection" SET company_id = NULL',
                "UPDATE xero_connection SET webhook_key_stored = 'hush-hush', id = x",
            ):
                with self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                    self.env.cr.execute(query)
        self.assertIn("NotNullViolation", logged.text)
        self.assertNotIn("hush-hush", logged.text)
        self.assertNotIn(CUSTOM_CLIENT_SECRET, logged.text)

    @mute_logger("odoo.http")
    def test_not_even_an_administrator_sets_what_only_xero_leads_to(self):
        self.log_in("administrator")
        for name in sorted(NOBODYS_FIELDS):
            value = 1 if name == "cron_id" else "connected"
            with self.subTest(field=name):
                written = self.outcome(
                    "xero.connection", "write", self.connection.ids, {name: value}
                )
                self.assertEqual(written, ACCESS_ERROR)
                values = {"company_id": self.new_company().id, name: value}
                made = self.outcome("xero.connection", "create", [values])
                self.assertEqual(made, ACCESS_ERROR)

    def test_a_default_in_the_context_connects_nothing(self):
        company = self.new_company()
        self.log_in("administrator", company)
        context = {"default_state": "connected", "default_tenant_id": "x"}
        values = {"company_id": company.id}
        made = self.call("xero.connection", "create", [values], context=context)
        connection = self.env["xero.connection"].browse(made)
        self.assertEqual((connection.state, connection.tenant_id), ("draft", False))

    @mute_logger("odoo.http")
    def test_the_names_of_other_organisations_are_for_administrators(self):
        """One login at Xero may hold the books of many people."""
        for group in ("user", "accountant"):
            self.log_in(group)
            refused = self.outcome(
                "xero.connection", "read", self.connection.ids, ["tenant_choices"]
            )
            self.assertEqual(refused, ACCESS_ERROR)

    def test_a_neutralised_copy_holds_none_of_them(self):
        self.connection.sudo().oauth_nonce = "a-nonce-of-ours"
        self.connection.webhook_key = WEBHOOK_KEY
        self.env.flush_all()
        for query in get_neutralization_queries(["xero_sync"]):
            self.env.cr.execute(query)
        left = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM xero_connection c WHERE c::text ~ %s",
                f"{CUSTOM_CLIENT_SECRET}|a-nonce-of-ours|{WEBHOOK_KEY}",
            )
        )
        self.assertEqual(left, [(0,)])
        self.assertFalse(self.env["xero.token"].sudo().search_count([]))

    def new_company(self):
        name = f"Hobart Pty {self.env['res.company'].search_count([])}"
        return self.env["res.company"].create({"name": name})
