"""Every trap of Xero's SDK: it fails as it comes, and our client does not.

Each pair shows the plain SDK failing first, so that the test means something, and
tells us when a new version of the SDK makes a work-around unnecessary.
"""

import contextlib
import http.client
import logging
import threading
import time
from datetime import datetime, timezone
from unittest.mock import patch

import urllib3
from xero_python import exceptions as sdk_errors
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token, TokenApi

from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import xero_api
from ..xero_stub import Reply
from .trap_case import ACCEPTED, DROPPED, INVOICE_ID, TENANT, TrapCase, plain_api


@tagged("post_install", "-at_install")
class TestSharedConfiguration(TrapCase):
    def test_sdk_keeps_the_first_company_s_app(self):
        first = Configuration(oauth2_token=OAuth2Token("first"))
        second = Configuration(oauth2_token=OAuth2Token("second"))
        self.assertEqual(second.oauth2_token.client_id, "first")
        self.assertIs(first.oauth2_token, second.oauth2_token)

    def test_two_clients_send_their_own_token_and_tenant(self):
        stub = self.stub(Reply({"Accounts": []}))
        first, second = self.ours(stub, "token-1"), self.ours(stub, "token-2")
        first.accounts()
        second.accounts()
        first.accounts()
        self.assertEqual(
            [request.headers["Authorization"] for request in stub.requests],
            ["Bearer token-1", "Bearer token-2", "Bearer token-1"],
        )

    def test_two_threads_send_their_own_token(self):
        stub = self.stub(Reply({"Accounts": []}, wait=0.05))

        def call(token):
            with xero_api.XeroClient(token, TENANT, stub.url) as client:
                client.accounts()

        threads = [threading.Thread(target=call, args=(f"t{n}",)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sent = sorted(request.headers["Authorization"] for request in stub.requests)
        self.assertEqual(sent, [f"Bearer t{n}" for n in range(8)])

    def test_another_addon_s_configuration_is_not_ours(self):
        foreign = Configuration(oauth2_token=OAuth2Token("foreign"))
        foreign.verify_ssl = False
        Configuration.set_default(foreign)
        stub = self.stub(Reply({"Accounts": []}))
        configuration = self.ours(stub)._api.api_client.configuration
        self.assertTrue(configuration.verify_ssl)
        self.assertIsNone(configuration.oauth2_token.client_id)

    def test_our_token_is_not_left_for_another_addon(self):
        stub = self.stub(Reply({"Accounts": []}))
        self.ours(stub).accounts()
        self.assertIsNone(Configuration().oauth2_token)

    def test_sdk_changes_log_and_debug_levels_of_the_process(self):
        logger = logging.getLogger("xero_python")
        logger.setLevel(logging.ERROR)
        with patch.object(http.client.HTTPConnection, "debuglevel", 3):
            Configuration()
            self.assertEqual(http.client.HTTPConnection.debuglevel, 0)
        self.assertEqual(logger.level, logging.WARNING)

    def test_our_client_leaves_log_and_debug_levels_alone(self):
        logger = logging.getLogger("xero_python")
        logger.setLevel(logging.ERROR)
        stub = self.stub(Reply({"Accounts": []}))
        with patch.object(http.client.HTTPConnection, "debuglevel", 3):
            self.ours(stub)
            self.assertEqual(http.client.HTTPConnection.debuglevel, 3)
        self.assertEqual(logger.level, logging.ERROR)


@tagged("post_install", "-at_install")
class TestHiddenRetries(TrapCase):
    @mute_logger("urllib3.connectionpool")
    def test_sdk_sends_a_dropped_put_four_times(self):
        stub = self.stub(DROPPED)
        with self.assertRaises(urllib3.exceptions.MaxRetryError):
            plain_api(stub.url).create_invoices(TENANT, {"Invoices": [{}]})
        self.assertEqual(len(stub.requests), 4)

    def test_a_dropped_put_is_sent_once(self):
        stub = self.stub(DROPPED)
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.write_invoice(self.ours(stub))
        self.assertEqual(len(stub.requests), 1)

    def test_a_dropped_read_is_sent_once(self):
        stub = self.stub(DROPPED)
        with self.assertRaises(xero_api.Unavailable):
            self.ours(stub).accounts()
        self.assertEqual(len(stub.requests), 1)

    def test_sdk_sleeps_through_retry_after(self):
        for status in (429, 503):
            with self.subTest(status=status):
                stub = self.stub(Reply(status=status, headers={"Retry-After": "1"}))
                started = time.monotonic()
                with self.assertRaises(sdk_errors.HTTPStatusException):
                    plain_api(stub.url).get_accounts(TENANT)
                self.assertGreaterEqual(time.monotonic() - started, 3)
                self.assertEqual(len(stub.requests), 4)

    def test_retry_after_is_told_and_not_slept(self):
        limit = {"Retry-After": "7200", "X-Rate-Limit-Problem": "day"}
        stub = self.stub(Reply(status=429, headers=limit))
        started = time.monotonic()
        with self.assertRaises(xero_api.RateLimited) as caught:
            self.write_invoice(self.ours(stub))
        self.assertLess(time.monotonic() - started, 2)
        self.assertEqual(len(stub.requests), 1)
        self.assertEqual(
            (caught.exception.problem, caught.exception.retry_after), ("day", 7200)
        )

    def test_sdk_repeats_a_write_at_another_address(self):
        target = self.stub(Reply(ACCEPTED))
        stub = self.stub(Reply(status=307, headers={"Location": f"{target.url}/else"}))
        plain_api(stub.url).create_invoices(TENANT, {"Invoices": [{}]})
        self.assertEqual(len(target.requests), 1)

    def test_a_redirect_is_not_followed(self):
        target = self.stub(Reply(ACCEPTED))
        stub = self.stub(Reply(status=307, headers={"Location": f"{target.url}/else"}))
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.write_invoice(self.ours(stub))
        with self.assertRaises(xero_api.UnreadableAnswer):
            self.ours(stub).accounts()
        self.assertEqual(target.requests, [])


@tagged("post_install", "-at_install")
class TestTimeouts(TrapCase):
    def test_sdk_ignores_a_timeout_that_is_a_float(self):
        stub = self.stub(Reply(ACCEPTED, wait=0.6))
        api = plain_api(stub.url)
        api.create_invoices(TENANT, {"Invoices": [{}]}, _request_timeout=0.1)
        self.assertEqual(len(stub.requests), 1)

    def test_a_float_timeout_counts(self):
        stub = self.stub(Reply(ACCEPTED, wait=0.6))
        with self.assertRaises(xero_api.OutcomeUnknown) as caught:
            self.write_invoice(self.ours(stub, timeout=(5, 0.1)))
        self.assertEqual(caught.exception.detail, "ReadTimeoutError")

    def test_sdk_waits_for_ever_by_default(self):
        stub = self.stub(Reply({"Accounts": []}))
        self.assertIsNone(self._timeout_of(plain_api(stub.url).get_accounts, TENANT))

    def test_every_call_has_a_timeout(self):
        stub = self.stub(Reply({"Accounts": []}))
        timeout = self._timeout_of(self.ours(stub).accounts)
        expected = xero_api.const.TIMEOUT
        self.assertEqual((timeout.connect_timeout, timeout.read_timeout), expected)

    def _timeout_of(self, call, *args):
        pool = urllib3.HTTPConnectionPool
        with patch.object(
            pool, "urlopen", autospec=True, side_effect=pool.urlopen
        ) as spy:
            call(*args)
        return spy.call_args.kwargs["timeout"]

    def test_a_body_that_drips_in_is_given_up(self):
        stub = self.stub(Reply(b" " * 200, drip=0.05))
        client = self.ours(stub)
        started = time.monotonic()
        with (
            patch.object(xero_api.const, "MAX_ANSWER_SECONDS", 0.5),
            self.assertRaises(xero_api.Unavailable),
        ):
            client.accounts()
        self.assertLess(time.monotonic() - started, 3)

    def test_an_answer_without_end_is_given_up(self):
        stub = self.stub(Reply(b" " * 300_000))
        client = self.ours(stub)
        with patch.object(xero_api.const, "MAX_ANSWER_BYTES", 100_000):
            with self.assertRaises(xero_api.UnreadableAnswer):
                client.accounts()
            with self.assertRaises(xero_api.OutcomeUnknown):
                self.write_invoice(client)


@tagged("post_install", "-at_install")
class TestParsing(TrapCase):
    def read_both(self, call_plain, call_ours, body):
        """Run the same answer through the SDK and through our client."""
        stub = self.stub(Reply(body))
        with contextlib.suppress(ValueError, TypeError):
            return call_plain(plain_api(stub.url)), call_ours(self.ours(stub))
        return None, call_ours(self.ours(stub))

    def test_an_unknown_word_does_not_kill_the_page(self):
        organisation = {
            "OrganisationID": INVOICE_ID,
            "Name": "Acme",
            "Class": "NEW_PLAN",
        }
        body = {"Organisations": [organisation]}
        plain, ours = self.read_both(
            lambda api: api.get_organisations(TENANT),
            lambda client: client.organisation(),
            body,
        )
        self.assertIsNone(plain)
        self.assertEqual(ours.name, "Acme")

    def test_an_unknown_currency_does_not_kill_the_page(self):
        body = {"Invoices": [{"InvoiceID": INVOICE_ID, "CurrencyCode": "XXY"}]}
        plain, ours = self.read_both(
            lambda api: api.get_invoices(TENANT),
            lambda client: client.documents_page("Invoices", 1),
            body,
        )
        self.assertIsNone(plain)
        self.assertEqual(ours.items[0].currency, "XXY")

    def test_a_null_text_is_empty_and_not_the_word_none(self):
        body = {"Invoices": [{"InvoiceID": INVOICE_ID, "Reference": None}]}
        plain, ours = self.read_both(
            lambda api: api.get_invoices(TENANT),
            lambda client: client.documents_page("Invoices", 1),
            body,
        )
        self.assertEqual(plain.invoices[0].reference, "None")
        self.assertEqual(ours.items[0].reference, "")

    def test_a_null_list_does_not_kill_the_page(self):
        body = {"Contacts": [{"ContactID": INVOICE_ID, "Name": "A", "Phones": None}]}
        plain, ours = self.read_both(
            lambda api: api.get_contacts(TENANT),
            lambda client: client.contacts_page(1),
            body,
        )
        self.assertIsNone(plain)
        self.assertEqual(ours.items[0].name, "A")

    def test_a_quote_may_answer_in_mixed_case(self):
        body = {"Quotes": [{"QuoteID": INVOICE_ID, "LineAmountTypes": "Exclusive"}]}
        plain, ours = self.read_both(
            lambda api: api.get_quotes(TENANT),
            lambda client: client.documents_page("Quotes", 1),
            body,
        )
        self.assertIsNone(plain)
        self.assertEqual(ours.items[0].xero_id, INVOICE_ID)

    def test_not_modified_is_an_empty_page_and_no_error(self):
        stub = self.stub(Reply(status=304))
        with self.assertRaises(sdk_errors.HTTPStatusException):
            plain_api(stub.url).get_contacts(TENANT)
        since = datetime(2026, 11, 1, tzinfo=timezone.utc)
        page = self.ours(stub).contacts_page(1, modified_since=since)
        self.assertEqual((page.items, page.page_count), ([], 1))

    def test_a_refusal_that_is_no_json_can_be_told(self):
        stub = self.stub(Reply(b"<html>Bad Request</html>", status=400))
        with self.assertRaises(sdk_errors.HTTPStatusException) as plain:
            plain_api(stub.url).create_invoices(TENANT, {"Invoices": [{}]})
        with self.assertRaises(ValueError):
            str(plain.exception)
        with self.assertRaises(xero_api.RequestRefused) as ours:
            self.write_invoice(self.ours(stub))
        self.assertIn("400", str(ours.exception))

    def test_html_with_200_is_no_answer(self):
        stub = self.stub(Reply(b"<html>Maintenance</html>"))
        with self.assertRaises(ValueError):
            plain_api(stub.url).get_accounts(TENANT)
        with self.assertRaises(xero_api.UnreadableAnswer):
            self.ours(stub).accounts()
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.write_invoice(self.ours(stub))

    def test_an_empty_429_is_read_without_json(self):
        headers = {"X-Rate-Limit-Problem": "minute", "Retry-After": "26"}
        stub = self.stub(Reply(status=429, headers=headers))
        with self.assertRaises(xero_api.RateLimited) as caught:
            self.ours(stub).accounts()
        self.assertEqual(caught.exception.retry_after, 26)

    def test_headers_are_read_without_what_urllib3_removed_once(self):
        """urllib3 2.6.0 had neither getheader nor getheaders."""
        headers = {"X-Rate-Limit-Problem": "minute", "Retry-After": "26"}
        stub = self.stub(Reply(status=429, headers=headers))
        gone = AttributeError("removed in urllib3 2.6.0")
        with contextlib.ExitStack() as stack:
            for name in ("getheader", "getheaders"):
                stack.enter_context(
                    patch.object(
                        urllib3.HTTPResponse, name, side_effect=gone, create=True
                    )
                )
            with self.assertRaises(xero_api.RateLimited) as caught:
                self.ours(stub).accounts()
        self.assertEqual(caught.exception.problem, "minute")


@tagged("post_install", "-at_install")
class TestTokenRefresh(TrapCase):
    def test_sdk_refreshes_inside_a_call_and_disguises_the_failure(self):
        stub = self.stub(Reply({"error": "invalid_grant"}, status=400))
        expired = {"expires_at": time.time() - 1, "refresh_token": "spent"}
        with (
            patch.object(TokenApi, "refresh_token_url", f"{stub.url}/connect/token"),
            self.assertRaises(sdk_errors.AccountingBadRequestException),
        ):
            plain_api(stub.url, **expired).get_accounts(TENANT)
        self.assertEqual(stub.requests[0].path, "/connect/token")

    def test_our_client_never_refreshes(self):
        stub = self.stub(Reply({"Title": "Unauthorized"}, status=401))
        client = self.ours(stub)
        with (
            patch.object(time, "time", return_value=time.time() + 90 * 24 * 3600),
            self.assertRaises(xero_api.TokenRejected),
        ):
            client.accounts()
        paths = [request.path for request in stub.requests]
        self.assertEqual(paths, ["/api.xro/2.0/Accounts"])

    def test_sdk_fails_on_a_token_answer_with_a_key_it_does_not_know(self):
        with self.assertRaises(TypeError):
            plain_api("http://127.0.0.1:9", new_key=1).get_accounts(TENANT)

    def test_a_token_that_is_no_header_is_refused_without_quoting_it(self):
        with self.assertRaises(ValueError) as caught:
            xero_api.XeroClient("secret\r\nX-Evil: 1", TENANT)
        self.assertNotIn("secret", str(caught.exception))


@tagged("post_install", "-at_install")
class TestOneConnection(TrapCase):
    def test_a_client_keeps_its_connection_open(self):
        stub = self.stub(Reply({"Accounts": [], **ACCEPTED}))
        client = self.ours(stub)
        client.accounts()
        self.write_invoice(client)
        client.accounts()
        self.assertEqual(len({request.connection for request in stub.requests}), 1)
