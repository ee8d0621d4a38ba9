"""A Xero that means harm: whatever it answers, a call ends soon and with our errors."""

import contextlib
import gzip
import json
import socket
import threading
import time
from unittest.mock import patch

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ... import xero_api
from ...xero_api import details, oauth, pairing, readers, refusals, sdk
from ...xero_api.wire import Answer
from ..xero_stub import Reply, Stub
from .xero_answers import ALLOCATION, CONTACT, ID_1, ID_2, INVOICE

TENANT = "11111111-1111-4111-8111-111111111111"
BODY = '{"Invoices":[{"Reference":"S00042"}]}'
ENDLESS = b"a" * 1000
# What a server may do for as long as it likes: (bytes, seconds between each of them)
DRIPS = {
    "a header": (b"HTTP/1.1 200 OK\r\nX-Long: " + ENDLESS, 0.05),
    "a header of an error": (b"HTTP/1.1 429 No\r\nRetry-After: " + ENDLESS, 0.05),
    "the size of a chunk": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + ENDLESS,
        0.05,
    ),
    "promises": (b"HTTP/1.1 100 Continue\r\n\r\n" * 4000, 0),
    "nothing": (b"", 0),
}


class RawServer:
    """Context manager: sends bytes as they are, one by one, and then keeps silent."""

    def __init__(self, raw, pause):
        self._raw, self._pause = raw, pause
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._open = []
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *exc_info):
        for each in [self._socket, *self._open]:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self._socket.accept()
                self._open.append(connection)
                connection.recv(65536)
                self._send(connection)

    def _send(self, connection):
        step = 1 if self._pause else len(self._raw) or 1
        for start in range(0, len(self._raw), step):
            connection.sendall(self._raw[start : start + step])
            time.sleep(self._pause)


@tagged("post_install", "-at_install")
class TestTimeAndSize(BaseCase):
    """The worker is let go after a time and a size of our choice."""

    def calls(self, url):
        """One call of each kind: the API, tokens, organisations."""
        client = self.enterContext(xero_api.XeroClient("token", TENANT, url))
        app = xero_api.OAuthApp("app", "secret", identity_url=url)
        return {
            "list": client.accounts,
            "write": lambda: client.write("Invoices", "PUT", BODY, "key-1"),
            "refresh": lambda: app.refresh("refresh-0"),
            "connections": lambda: xero_api.connections("token", url),
        }

    def test_no_drip_holds_a_call_beyond_its_time(self):
        for name, (raw, pause) in DRIPS.items():
            with RawServer(raw, pause) as server:
                for call_name, call in self.calls(server.url).items():
                    with (
                        self.subTest(drip=name, call=call_name),
                        patch.object(xero_api.const, "MAX_ANSWER_SECONDS", 0.2),
                        self.assertRaises(xero_api.XeroError),
                    ):
                        started = time.monotonic()
                        try:
                            call()
                        finally:
                            self.assertLess(time.monotonic() - started, 3)

    def test_a_write_that_took_too_long_may_have_been_done(self):
        with (
            RawServer(*DRIPS["a header"]) as server,
            patch.object(xero_api.const, "MAX_ANSWER_SECONDS", 0.2),
            self.assertRaises(xero_api.OutcomeUnknown),
        ):
            self.calls(server.url)["write"]()

    def test_a_call_ends_before_odoo_ends_the_worker(self):
        """Odoo's own limit is 120 seconds (limit_time_real)."""
        const = xero_api.const
        self.assertLess(const.TIMEOUT[0] + const.MAX_ANSWER_SECONDS, 120)

    def test_a_small_body_that_unpacks_to_a_huge_one_is_not_unpacked(self):
        bomb = gzip.compress(b'{"Accounts": [' + b"0," * 5_000_000 + b"0]}")
        headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
        with (
            Stub(Reply(bomb, headers=headers)) as stub,
            self.assertRaises(xero_api.UnreadableAnswer),
        ):
            self.calls(stub.url)["list"]()

    def test_more_values_than_any_page_has_are_not_parsed(self):
        many = b"[" + b"{}," * 3_000_000 + b"{}]"
        self.assertLess(len(many), xero_api.const.MAX_ANSWER_BYTES)
        with self.assertRaises(ValueError):
            Answer(200, {}, many).json()

    def test_the_largest_pages_are_parsed(self):
        line = dict.fromkeys((f"Key{number}" for number in range(15)), 1.5)
        invoice = {**INVOICE, "LineItems": [line] * 50}
        body = json.dumps({"Invoices": [invoice] * 1000}).encode()
        self.assertEqual(len(Answer(200, {}, body).json()["Invoices"]), 1000)


@tagged("post_install", "-at_install")
class TestRedirects(BaseCase):
    def test_the_token_follows_no_redirect(self):
        for status in (301, 302, 303, 307, 308):
            with (
                self.subTest(status=status),
                Stub(Reply({"Accounts": []})) as other,
                Stub(Reply(status=status, headers={"Location": other.url})) as stub,
                xero_api.XeroClient("token", TENANT, stub.url) as client,
            ):
                with self.assertRaises(xero_api.XeroError):
                    client.accounts()
                with self.assertRaises(xero_api.XeroError):
                    client.write("Invoices", "PUT", BODY, "key-1")
                with self.assertRaises(xero_api.XeroError):
                    xero_api.connections("token", stub.url)
                self.assertEqual(other.requests, [])


# === WRONG TYPES EVERYWHERE === #

KNOWN_KEYS = sorted(
    {*INVOICE, *CONTACT, *ALLOCATION}
    | {"Message", "Detail", "Title", "Type", "Elements", "ValidationErrors", "Warnings"}
    | {"error", "error_description", "access_token", "token_type", "expires_in"}
    | {"refresh_token", "scope", "id", "tenantId", "tenantName", "tenantType"}
    | {"Code", "ItemID", "SalesDetails", "UnitPrice", "Options", "SortOrder", "Day"}
    | {"TrackingCategoryID", "TrackingOptionID", "BrandingThemeID", "TaxType"}
    | {"EffectiveRate", "AccountID", "Class", "Tracking", "Allocations", "pagination"}
    | {"PeriodLockDate", "OrganisationID", "ShortCode", "page", "pageCount"}
)
ODD_TEXTS = (
    "/Date(9999999999999+0000)/",
    "/Date(-99999999999999)/",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-02-30T00:00:00",
    ID_1,
    ID_2,
    xero_api.const.ZERO_GUID,
    "\0\ud800",
    "<script>alert(1)</script>",
    "ERROR",
    "bearer",
    "ORGANISATION",
    "1e999999999",
)
ODD_NUMBERS = (0, -1, 10**40, -(10**40), 1e308, 1e-308, 2**63, 10**20, 0.1)
ODD_VALUES = (*ODD_TEXTS, *ODD_NUMBERS, None, True, [], {}, [[]], [None], [{}])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from(ODD_TEXTS + ODD_NUMBERS)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KNOWN_KEYS), inner, max_size=6)
    ),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.sampled_from(KNOWN_KEYS), JSON, max_size=10)
HEADERS = st.dictionaries(
    st.sampled_from(["Retry-After", "X-Rate-Limit-Problem", "WWW-Authenticate"]),
    st.sampled_from(
        ["", "-5", "1e9", "day", "9" * 500, "insufficient_scope", "\u0663"]
    ),
)


def fuzz(**strategies):
    """Decorator: 150 answers, the same every day."""

    def decorate(function):
        quiet = [HealthCheck.too_slow, HealthCheck.differing_executors]
        set_up = settings(
            max_examples=150, database=None, deadline=None, suppress_health_check=quiet
        )
        return seed(20261122)(set_up(given(**strategies)(function)))

    return decorate


def as_parsed(data):
    """As our client gets it: numbers are decimals."""
    return Answer(200, {}, json.dumps(data).encode()).json()


@tagged("post_install", "-at_install")
class TestWrongTypes(BaseCase):
    """No answer makes a reader raise anything but our own errors."""

    def test_no_single_value_breaks_a_reader_or_a_column(self):
        for key in KNOWN_KEYS:
            for value in ODD_VALUES:
                with self.subTest(key=key, value=str(value)[:40]):
                    self.read_everything(as_parsed({key: value}))

    def test_a_code_no_index_takes_is_none(self):
        long = as_parsed({"TaxType": "x" * 9000, "Code": "x" * 9000})
        self.assertIsNone(readers.tax_rate(long))
        self.assertIsNone(readers.currency(long))

    @fuzz(data=OBJECTS)
    def test_no_object_breaks_a_reader_or_a_column(self, data):
        self.read_everything(as_parsed(data))

    def read_everything(self, data):
        readers.organisation(data)
        readers.action(data)
        readers.currency(data)
        readers.tax_rate(data)
        readers.account({**data, "AccountID": ID_1})
        readers.tracking_category({**data, "TrackingCategoryID": ID_1})
        json.dumps(
            details.contact_details(readers.contact({**data, "ContactID": ID_1}))
        )
        json.dumps(details.item_details(readers.item({**data, "ItemID": ID_1})))
        theme = readers.branding_theme({**data, "BrandingThemeID": ID_1})
        self.assertLess(abs(theme.sort_order), 2**31, "no integer of a database")
        sent = pairing.sent_elements("Invoices", BODY)
        for endpoint in xero_api.const.NUMBER_KEYS:
            readers.head(data, endpoint)
        for endpoint in xero_api.const.ID_KEYS:
            found = readers.element(data, endpoint)
            pairing.pair(sent, [found], "Invoices")
            pairing.is_ours(sent[0], found, "Invoices")
            pairing.is_like(sent[0], found, "Invoices")
            named = {**sent[0], "Name": "Acme", "LineItems": [{"UnitAmount": 1.5}]}
            pairing.is_ours(named, found, endpoint)

    @fuzz(data=JSON, status=st.integers(100, 599), headers=HEADERS)
    def test_no_refusal_breaks_its_reader(self, data, status, headers):
        answer = Answer(status, headers, json.dumps(data).encode())
        for write in (True, False):
            error = refusals.refusal(answer, write=write, endpoint="Invoices")
            self.assertIsInstance(error, xero_api.XeroError)
            self.assertLessEqual(len(error.message), xero_api.const.MAX_MESSAGE)
        self.assertIsInstance(refusals.oauth_refusal(answer), xero_api.XeroError)

    @fuzz(data=JSON)
    def test_no_answer_breaks_a_call(self, data):
        """All the way through the client, with the wire left out."""
        answer = Answer(200, {}, json.dumps(data).encode())
        self.all_calls_end_well(answer)

    @fuzz(body=st.binary(max_size=40), kind=st.sampled_from(["utf-16", "latin-1"]))
    def test_no_bytes_break_a_call(self, body, kind):
        self.all_calls_end_well(Answer(200, {}, body))
        text = '{"Accounts": [{"Name": "Bücher"}]}'
        self.all_calls_end_well(Answer(200, {}, text.encode(kind)))

    def all_calls_end_well(self, answer):
        with (
            patch.object(sdk._Transport, "request", return_value=answer),
            patch.object(oauth, "_request", return_value=answer),
            xero_api.XeroClient("token", TENANT, "http://127.0.0.1:9") as client,
        ):
            app = xero_api.OAuthApp("app", "secret")
            for call in (
                client.organisation,
                client.tax_rates,
                client.tracking_categories,
                client.items,
                lambda: client.contacts_page(1),
                lambda: client.documents_page("Quotes", 1),
                lambda: client.write("Invoices", "PUT", BODY, "key-1"),
                lambda: app.refresh("refresh-0"),
                lambda: xero_api.connections("token"),
            ):
                with contextlib.suppress(xero_api.XeroError):
                    call()
