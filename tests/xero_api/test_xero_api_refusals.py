"""What each bad answer of Xero is called, and what no error may ever tell."""

import json
import logging
import ssl
import time
from unittest.mock import patch

import urllib3

from odoo.tests import BaseCase, tagged

from ... import xero_api
from ...xero_api.wire import transport_error
from ..xero_stub import Reply, Stub

TENANT = "11111111-1111-4111-8111-111111111111"
BODY = '{"Invoices":[{"Reference":"S00042"}]}'
OUT_OF_SCOPE = 'Bearer error="{}"'


class StubCase(BaseCase):
    def client(self, *replies, token="token", **kwargs):
        self.stub = self.enterContext(Stub(*replies))
        client = xero_api.XeroClient(token, TENANT, self.stub.url, **kwargs)
        return self.enterContext(client)

    def read_error(self, *replies, **kwargs):
        with self.assertRaises(xero_api.XeroError) as caught:
            self.client(*replies, **kwargs).contacts_page(1)
        return caught.exception

    def write_error(self, *replies, **kwargs):
        with self.assertRaises(xero_api.XeroError) as caught:
            self.client(*replies, **kwargs).write("Invoices", "PUT", BODY, "key-1")
        return caught.exception


@tagged("post_install", "-at_install")
class TestStatuses(StubCase):
    def test_what_each_status_means_for_a_write(self):
        meanings = {
            302: xero_api.OutcomeUnknown,
            400: xero_api.RequestRefused,
            401: xero_api.TokenRejected,
            403: xero_api.Forbidden,
            404: xero_api.NotFound,
            408: xero_api.OutcomeUnknown,
            412: xero_api.RequestRefused,
            413: xero_api.RequestRefused,
            429: xero_api.RateLimited,
            500: xero_api.OutcomeUnknown,
            501: xero_api.OutcomeUnknown,
            503: xero_api.OutcomeUnknown,
            504: xero_api.OutcomeUnknown,
        }
        for status, kind in meanings.items():
            with self.subTest(status=status):
                error = self.write_error(Reply(b"<html>", status=status))
                self.assertIs(type(error), kind)
                self.assertEqual(error.status, status)
                self.assertEqual(len(self.stub.requests), 1)

    def test_what_each_status_means_for_a_read(self):
        meanings = {
            302: xero_api.UnreadableAnswer,
            400: xero_api.RequestRefused,
            401: xero_api.TokenRejected,
            403: xero_api.Forbidden,
            404: xero_api.NotFound,
            429: xero_api.RateLimited,
            500: xero_api.Unavailable,
            503: xero_api.Unavailable,
        }
        for status, kind in meanings.items():
            with self.subTest(status=status):
                error = self.read_error(Reply(b"<html>", status=status))
                self.assertIs(type(error), kind)
                self.assertEqual(len(self.stub.requests), 1)

    def test_both_spellings_of_a_missing_scope(self):
        for status in (401, 403):
            for word in ("insufficient_scope", "insufficent_scope"):
                with self.subTest(status=status, word=word):
                    headers = {"WWW-Authenticate": OUT_OF_SCOPE.format(word)}
                    error = self.read_error(Reply(status=status, headers=headers))
                    self.assertIs(type(error), xero_api.ScopeMissing)

    def test_a_missing_scope_is_told_without_the_header_too(self):
        for status in (401, 403):
            with self.subTest(status=status):
                body = {"Title": "Unauthorized", "Detail": "AuthorizationUnsuccessful"}
                error = self.read_error(Reply(body, status=status))
                self.assertIs(type(error), xero_api.ScopeMissing)
        body = {"Title": "Unauthorized", "Detail": "AuthenticationUnsuccessful"}
        error = self.read_error(Reply(body, status=401))
        self.assertIs(type(error), xero_api.TokenRejected)

    def test_403_tells_a_left_organisation_from_a_low_role(self):
        body = {"Title": "Forbidden", "Detail": "AuthenticationUnsuccessful"}
        left = self.read_error(Reply(body, status=403))
        role = self.read_error(Reply({"Title": "Forbidden"}, status=403))
        self.assertTrue(left.disconnected)
        self.assertFalse(role.disconnected)

    def test_each_limit_is_named_however_it_is_written(self):
        for word, problem in (
            ("minute", "minute"),
            ("Day", "day"),
            ("concurrent", "concurrent"),
            ("app-minute", "appminute"),
            ("appminute", "appminute"),
            ("", ""),
            ("<new>", ""),
        ):
            with self.subTest(word=word):
                headers = {"X-Rate-Limit-Problem": word}
                error = self.read_error(Reply(status=429, headers=headers))
                self.assertEqual((error.problem, error.retry_after), (problem, None))

    def test_retry_after_is_bounded_and_never_fatal(self):
        for text, seconds in (
            ("26", 26),
            ("0", 0),
            ("9" * 400, 24 * 3600),
            ("-1", None),
            ("soon", None),
            ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ):
            with self.subTest(text=text[:20]):
                reply = Reply(status=503, headers={"Retry-After": text})
                self.assertEqual(self.write_error(reply).retry_after, seconds)

    def test_xero_s_sentence_of_a_503_is_kept(self):
        text = b"The Xero API is currently offline for maintenance"
        error = self.read_error(Reply(text, status=503))
        self.assertEqual(error.message, text.decode())

    def test_400_lists_the_elements_and_xero_s_type(self):
        body = {
            "ErrorNumber": 10,
            "Type": "ValidationException",
            "Message": "A validation exception occurred",
            "Elements": [
                {
                    "Reference": "S00042",
                    "ValidationErrors": [{"Message": "Invoice # must be unique."}],
                }
            ],
        }
        error = self.write_error(Reply(body, status=400))
        self.assertEqual(error.kind, "ValidationException")
        self.assertEqual(error.elements[0].errors, ("Invoice # must be unique.",))
        self.assertEqual(error.elements[0].reference, "S00042")

    def test_a_key_used_for_another_body_is_told(self):
        body = {"Message": "Idempotency Key: k is used with a different request."}
        error = self.write_error(Reply(body, status=400))
        self.assertEqual(error.kind, "IdempotencyKeyReuse")


@tagged("post_install", "-at_install")
class TestTransport(StubCase):
    def test_a_refused_connection_was_not_sent(self):
        client = self.client(Reply())
        self.stub.__exit__()
        with self.assertRaises(xero_api.NotSent):
            client.write("Invoices", "PUT", BODY, "key-1")
        with self.assertRaises(xero_api.NotSent):
            client.accounts()

    def test_an_unknown_host_was_not_sent(self):
        with (
            xero_api.XeroClient("t", TENANT, "http://nowhere.invalid") as client,
            self.assertRaises(xero_api.NotSent),
        ):
            client.write("Invoices", "PUT", BODY, "key-1")

    def test_what_is_no_address_was_not_sent_to(self):
        for url in ("nonsense://x", "http://"):
            with (
                self.subTest(url=url),
                xero_api.XeroClient("t", TENANT, url) as client,
                self.assertRaises(xero_api.NotSent),
            ):
                client.write("Invoices", "PUT", BODY, "key-1")

    def test_an_untrusted_certificate_was_not_sent(self):
        cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
        wrapped = urllib3.exceptions.MaxRetryError(
            None, "/", urllib3.exceptions.SSLError(cause)
        )
        self.assertIs(type(transport_error(wrapped, write=True)), xero_api.NotSent)

    def test_another_tls_failure_may_have_come_after_the_request(self):
        cause = ssl.SSLError(1, "decryption failed or bad record mac")
        wrapped = urllib3.exceptions.MaxRetryError(
            None, "/", urllib3.exceptions.SSLError(cause)
        )
        error = transport_error(wrapped, write=True)
        self.assertIs(type(error), xero_api.OutcomeUnknown)

    def test_no_answer_in_time(self):
        slow = Reply({"Invoices": []}, wait=0.6)
        error = self.write_error(slow, timeout=(5, 0.1))
        self.assertIs(type(error), xero_api.OutcomeUnknown)
        error = self.read_error(slow, timeout=(5, 0.1))
        self.assertIs(type(error), xero_api.Unavailable)

    def test_an_answer_cut_short(self):
        cut = Reply({"Invoices": [{}], "Contacts": [{}]}, cut=10)
        self.assertIs(type(self.write_error(cut)), xero_api.OutcomeUnknown)
        self.assertIsInstance(
            self.read_error(cut), (xero_api.Unavailable, xero_api.UnreadableAnswer)
        )

    def test_a_client_works_on_after_a_dropped_connection(self):
        client = self.client(Reply(drop=True), Reply({"Accounts": []}))
        with self.assertRaises(xero_api.Unavailable):
            client.accounts()
        self.assertEqual(client.accounts(), [])

    def test_a_proxy_of_the_server_is_used(self):
        proxy = self.enterContext(Stub(Reply({"Accounts": []})))
        with (
            patch.dict("os.environ", {"http_proxy": proxy.url, "no_proxy": ""}),
            xero_api.XeroClient("t", TENANT, "http://nowhere.invalid") as client,
        ):
            client.accounts()
        self.assertIn("nowhere.invalid", proxy.requests[0].path)


@tagged("post_install", "-at_install")
class TestWriteGuards(StubCase):
    ID = "22222222-2222-4222-8222-222222222222"

    def refused_unsent(self, endpoint, method, body, key="key-1"):
        client = self.client(Reply({endpoint: []}))
        with self.assertRaises(ValueError):
            client.write(endpoint, method, body, key)
        self.assertEqual(self.stub.requests, [])

    def test_an_update_needs_each_id(self):
        elements = [{"ContactID": self.ID}, {"Name": "Acme"}]
        self.refused_unsent("Contacts", "POST", json.dumps({"Contacts": elements}))

    def test_the_zero_guid_is_no_id_to_update(self):
        body = '{"Contacts":[{"ContactID":"00000000-0000-0000-0000-000000000000"}]}'
        self.refused_unsent("Contacts", "POST", body)

    def test_a_create_takes_no_id(self):
        elements = [{"ContactID": self.ID}]
        self.refused_unsent("Contacts", "PUT", json.dumps({"Contacts": elements}))

    def test_the_body_must_be_of_the_endpoint(self):
        for body in ("{}", "[]", '{"Items":[{}]}', '{"Contacts":[]}', "not json"):
            with self.subTest(body=body):
                self.refused_unsent("Contacts", "PUT", body)

    def test_unknown_endpoints_and_methods(self):
        self.refused_unsent("Payments", "PUT", '{"Payments":[{}]}')
        self.refused_unsent("Contacts", "DELETE", '{"Contacts":[{}]}')

    def test_a_key_xero_would_refuse(self):
        for key in ("", "k" * 129, "k\r\nX-Evil: 1"):
            with self.subTest(key=key[:3]):
                self.refused_unsent("Contacts", "PUT", '{"Contacts":[{}]}', key)

    def test_a_body_beyond_xero_s_size_is_not_sent(self):
        client = self.client(Reply({"Contacts": []}))
        body = xero_api.serialise("Contacts", [{"Name": "é" * 1_800_000}])
        with self.assertRaises(xero_api.RequestRefused) as caught:
            client.write("Contacts", "PUT", body, "key-1")
        self.assertEqual(caught.exception.kind, "BodyTooLarge")
        self.assertEqual(self.stub.requests, [])

    def test_what_each_endpoint_is_told(self):
        query = "summarizeErrors=False"
        for endpoint in set(xero_api.const.ID_KEYS) - {"Allocations"}:
            with_unitdp = endpoint in ("Items", "Invoices", "CreditNotes")
            expected = f"{query}&unitdp=4" if with_unitdp else query
            for method in ("PUT", "POST"):
                with self.subTest(endpoint=endpoint, method=method):
                    client = self.client(Reply({endpoint: [{}]}))
                    id_key = xero_api.const.ID_KEYS[endpoint]
                    element = {"PUT": {}, "POST": {id_key: self.ID}}[method]
                    body = json.dumps({endpoint: [element]})
                    client.write(endpoint, method, body, "key-1")
                    sent = self.stub.requests[0]
                    self.assertEqual(sent.method, method)
                    self.assertEqual(sent.path, f"/api.xro/2.0/{endpoint}")
                    self.assertEqual(sent.query, expected)
                    self.assertEqual(sent.headers["Idempotency-Key"], "key-1")
                    self.assertEqual(sent.headers["xero-tenant-id"], TENANT)


@tagged("post_install", "-at_install")
class TestSecretsInRefusals(StubCase):
    """No token, secret or body in a log, a message or a representation."""

    TOKEN = "eyJhbGciOi.SECRET-ACCESS-TOKEN.c2lnbmF0dXJl"

    def echo(self, status):
        """A server that throws everything it got back at us, wherever it can."""
        echoed = f"Bearer {self.TOKEN} {BODY}"
        body = {"Message": echoed, "Detail": echoed, "Type": "T", "Title": echoed}
        return Reply(body, status=status, headers={"Xero-Correlation-Id": self.TOKEN})

    def test_errors_and_logs_hold_no_secret(self):
        for status in (200, 400, 401, 403, 404, 429, 500, 503):
            with (
                self.subTest(status=status),
                self.assertLogs(level=logging.INFO) as logs,
            ):
                error = self.write_error(self.echo(status), token=self.TOKEN)
                told = " ".join([repr(error), str(error), error.detail, *logs.output])
                self.assertNotIn("SECRET-ACCESS-TOKEN", told)

    def test_transport_errors_hold_neither_address_nor_query(self):
        with self.assertRaises(xero_api.Unavailable) as caught:
            self.client(Reply(drop=True)).contacts_page(1, where='Name=="Private"')
        error = caught.exception
        self.assertNotIn("Private", f"{error!r} {error.detail}")
        self.assertTrue(error.__suppress_context__)

    def test_a_call_is_logged_by_method_path_status_time_and_id(self):
        headers = {"Xero-Correlation-Id": "5b1f-42"}
        client = self.client(Reply({"Contacts": []}, headers=headers))
        with self.assertLogs(level=logging.INFO) as logs:
            client.contacts_page(1, search="Private")
        (line,) = (line for line in logs.output if "/api.xro/" in line)
        self.assertRegex(
            line, r"GET /api\.xro/2\.0/Contacts: 200 in \d+ ms, correlation id 5b1f-42$"
        )

    def test_a_correlation_id_cannot_forge_a_log_line(self):
        headers = {"Xero-Correlation-Id": "x INFO all is well"}
        client = self.client(Reply({"Contacts": []}, headers=headers))
        with self.assertLogs(level=logging.INFO) as logs:
            client.contacts_page(1)
        self.assertNotIn("all is well", " ".join(logs.output))

    def test_a_client_does_not_show_its_token(self):
        client = self.client(Reply(), token=self.TOKEN)
        self.assertNotIn("SECRET", repr(client) + repr(client._api))


@tagged("post_install", "-at_install")
class TestSpeed(StubCase):
    def test_a_hostile_answer_costs_little_time(self):
        hostile = b'{"Accounts": [' + b'{"Code": 1e9},' * 200_000 + b"{}]}"
        started = time.monotonic()
        self.assertEqual(self.client(Reply(hostile)).accounts(), [])
        self.assertLess(time.monotonic() - started, 10)
