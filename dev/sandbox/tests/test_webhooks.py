"""Webhooks: what is told, how it is signed, and what Xero does with the answers."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from .client import AU, UK, Xero

DAY = 24 * 3600
QUARTER = 15 * 60


@dataclass
class Receiver:
    """Somebody's webhook address; answers as told, and keeps what came."""

    key: str = ""
    statuses: list[int] = field(default_factory=list)  # of the next answers
    headers: dict = field(default_factory=dict)
    content: bytes = b""
    came: list[tuple[bytes, str]] = field(default_factory=list)
    url: str = ""

    def status_for(self, body: bytes, given: str) -> int:
        self.came.append((body, given))
        if self.statuses:
            return self.statuses.pop(0)
        mac = hmac.new(self.key.encode(), body, hashlib.sha256).digest()
        return 200 if given == base64.b64encode(mac).decode() else 401

    def bodies(self) -> list[dict]:
        return [json.loads(body) for body, _given in self.came]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    known = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            given = self.headers["x-xero-signature"]
            self.send_response(known.status_for(body, given))
            for name, value in known.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(known.content)))
            self.end_headers()
            self.wfile.write(known.content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    known.url = f"http://127.0.0.1:{server.server_port}/hook?a=b"
    yield known
    server.shutdown()
    server.server_close()


@pytest.fixture
def told(xero: Xero, receiver: Receiver) -> Xero:
    """A client whose app has a webhook that passed the intent to receive."""
    entered = xero.control("POST", "webhook", url=receiver.url, by_itself=False)
    receiver.key = entered["key"]
    assert xero.control("POST", "intent")["status"] == "OK"
    receiver.came.clear()
    return xero


def deliver(xero: Xero) -> int:
    return xero.control("POST", "deliver")["attempts"]


def last(xero: Xero) -> dict:
    return xero.control("GET", "webhooks")["deliveries"][-1]


def status(xero: Xero) -> str:
    return xero.control("GET", "webhooks")["webhooks"][0]["status"]


class TestIntentToReceive:
    @pytest.fixture
    def entered(self, xero, receiver) -> Xero:
        entered = xero.control("POST", "webhook", url=receiver.url, by_itself=False)
        receiver.key = entered["key"]
        return xero

    def test_posts_without_events_come_rightly_and_wrongly_signed(
        self, entered, receiver
    ):
        assert entered.control("POST", "intent")["status"] == "OK"
        assert [body["events"] for body in receiver.bodies()] == [[]] * 4
        assert len({given for _body, given in receiver.came}) == 4

    @pytest.mark.parametrize("answers", [[200, 200], [401], [500], [302]])
    def test_other_answers_do_not_pass(self, entered, receiver, answers):
        receiver.statuses = answers
        told = entered.control("POST", "intent")["status"]
        assert told.startswith("Intent to receive required: answered")

    def test_an_answer_with_a_cookie_does_not_pass(self, entered, receiver):
        receiver.headers = {"Set-Cookie": "session_id=1"}
        assert "cookie" in entered.control("POST", "intent")["status"]

    def test_an_answer_with_a_body_does_not_pass(self, entered, receiver):
        receiver.content = b"ok"
        assert "body" in entered.control("POST", "intent")["status"]

    def test_nothing_is_told_before_it_passed(self, entered, receiver):
        entered.create("Contacts", {"Name": "Untold"})
        assert deliver(entered) == 0
        assert receiver.came == []


class TestEvents:
    def test_a_contact_is_told_with_its_address_and_organisation(self, told, receiver):
        made = told.create("Contacts", {"Name": "Told"})
        assert deliver(told) == 1
        [body] = receiver.bodies()
        [event] = body["events"]
        assert event["resourceId"] == made["ContactID"]
        assert event["resourceUrl"].endswith(f"/Contacts/{made['ContactID']}")
        assert (event["eventCategory"], event["eventType"]) == ("CONTACT", "CREATE")
        assert (event["tenantId"], event["tenantType"]) == (AU, "ORGANISATION")
        assert (body["firstEventSequence"], body["lastEventSequence"]) == (1, 1)

    def test_a_payment_is_told_as_a_change_of_its_invoice(self, told, receiver):
        invoice = told.create("Invoices", told.invoice(Status="AUTHORISED"))
        deliver(told)
        receiver.came.clear()
        payment = {
            "Invoice": {"InvoiceID": invoice["InvoiceID"]},
            "Account": {"Code": "090"},
            "Amount": 1,
        }
        told.control("POST", "seed", tenant=AU, endpoint="Payments", elements=[payment])
        deliver(told)
        [event] = receiver.bodies()[0]["events"]
        assert (event["eventCategory"], event["eventType"]) == ("INVOICE", "UPDATE")
        assert event["resourceId"] == invoice["InvoiceID"]

    def test_a_credit_note_is_told_with_its_type_and_status(self, told, receiver):
        note = told.invoice(Type="ACCRECCREDIT", Status="AUTHORISED")
        told.create("CreditNotes", note)
        deliver(told)
        [event] = receiver.bodies()[0]["events"]
        assert event["eventCategory"] == "CREDITNOTE"
        assert event["data"] == {"Type": "ACCRECCREDIT", "Status": "AUTHORISED"}

    def test_what_a_person_does_is_told(self, told, receiver):
        kept, closed = told.contact(), told.contact("Bayside Wholesale")
        values = {"id": closed["ContactID"], "into": kept["ContactID"]}
        told.control("POST", "merge", tenant=AU, **values)
        deliver(told)
        [event] = receiver.bodies()[0]["events"]
        assert event["resourceId"] == closed["ContactID"]

    def test_quotes_and_purchase_orders_are_not_told(self, told):
        told.create("Quotes", told.quote())
        told.create("PurchaseOrders", told.order())
        assert deliver(told) == 0

    def test_organisations_that_are_not_connected_are_not_told(self, told):
        told.control("POST", "disconnect", tenant=UK)
        elements = [{"Name": "British"}]
        told.control("POST", "seed", tenant=UK, endpoint="Contacts", elements=elements)
        assert deliver(told) == 0

    def test_many_come_in_batches_whose_numbers_go_on(self, told, receiver):
        told.control("POST", "seed", tenant=AU, endpoint="Contacts", count=150)
        assert deliver(told) == 2
        first, second = sorted(receiver.bodies(), key=lambda each: -len(each["events"]))
        assert (first["firstEventSequence"], first["lastEventSequence"]) == (1, 100)
        assert (second["firstEventSequence"], second["lastEventSequence"]) == (101, 150)

    def test_they_come_by_themselves_soon_after_the_change(self, xero, receiver):
        receiver.key = xero.control("POST", "webhook", url=receiver.url)["key"]
        xero.control("POST", "intent")
        xero.create("Contacts", {"Name": "Soon"})
        for _attempt in range(600):
            deliveries = xero.control("GET", "webhooks")["deliveries"]
            if deliveries and deliveries[0]["outcome"] == "delivered":
                return
            time.sleep(0.05)
        raise AssertionError(xero.control("GET", "webhooks"))


class TestRetries:
    def test_once_more_at_once_then_every_quarter_of_an_hour(self, told, receiver):
        receiver.statuses = [500, 500, 500]
        told.create("Contacts", {"Name": "Retried"})
        assert deliver(told) == 2
        assert deliver(told) == 0
        told.control("POST", "clock", advance=QUARTER)
        assert deliver(told) == 1
        told.control("POST", "clock", advance=QUARTER)
        assert deliver(told) == 1
        assert last(told)["outcome"] == "delivered"
        assert len({body for body, _given in receiver.came}) == 1

    def test_a_day_without_success_disables_the_webhook(self, told, receiver):
        receiver.statuses = [503] * 5
        told.create("Contacts", {"Name": "Lost"})
        deliver(told)
        told.control("POST", "clock", advance=DAY)
        deliver(told)
        assert last(told)["outcome"] == "given up"
        assert status(told).startswith("Disabled")
        told.grant()
        told.create("Contacts", {"Name": "Untold"})
        assert deliver(told) == 0

    def test_nobody_there_is_a_failure_too(self, told):
        url = "http://127.0.0.1:9/"
        told.control("POST", "webhook", url=url, by_itself=False)
        assert "no answer" in told.control("POST", "intent")["status"]


class TestPage:
    def press(self, xero: Xero, action: str, **form: str) -> int:
        return xero.form(f"/webhooks/{action}", **form).status

    def test_a_person_enters_an_address_and_sees_the_key(self, xero, receiver):
        form = {"client_id": "LOCAL-WEB-APP", "url": receiver.url}
        assert self.press(xero, "enter", **form) == 302
        page = xero.request("GET", "/webhooks").text
        assert "Intent to receive required" in page
        assert receiver.url in page

    def test_deliveries_are_shown_with_their_answers(self, told):
        made = told.create("Contacts", {"Name": "Shown"})
        deliver(told)
        page = told.request("GET", "/webhooks").text
        assert f"CONTACT CREATE {made['ContactID'][:8]}" in page
        assert "200 taken" in page

    def test_what_is_no_address_is_refused(self, xero):
        form = {"client_id": "LOCAL-WEB-APP", "url": "file:///etc/passwd"}
        assert self.press(xero, "enter", **form) == 400
        assert self.press(xero, "intent", client_id="LOCAL-WEB-APP") == 400
        assert self.press(xero, "enter", client_id="none", url="http://x") == 400


def test_the_key_is_listed_nowhere(told, receiver):
    told.create("Contacts", {"Name": "Listed"})
    deliver(told)
    listed = json.dumps(told.control("GET", "webhooks"))
    assert receiver.key not in listed
