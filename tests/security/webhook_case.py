"""A connection whose application has a webhook, and what Xero posts there."""

import base64
import hashlib
import hmac
import json

from ..xero_server import CUSTOM_CLIENT_ID, TENANT_AU
from .security_case import SecurityCase

KEY = "a-key-of-the-portal"
# A contact of every fresh local Xero
CITY_AGENCY = "a8e7b6f2-8fe1-57dd-85ce-9c6698ab6316"
EVENT = {
    "resourceUrl": f"https://api.xero.com/api.xro/2.0/Contacts/{CITY_AGENCY}",
    "resourceId": CITY_AGENCY,
    "eventDateUtc": "2026-03-02T01:02:03.456",
    "eventType": "UPDATE",
    "eventCategory": "CONTACT",
    "tenantId": TENANT_AU,
    "tenantType": "ORGANISATION",
}


def body_of(*events, first=1):
    """A post as Xero writes it."""
    told = {
        "events": events,
        "firstEventSequence": first,
        "lastEventSequence": first + len(events) - 1,
        "entropy": "SAKZGQCEGSYABCDEFGHI",
    }
    return json.dumps(told).encode()


def signature(body, key=KEY):
    digest = hmac.new(key.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


class WebhookCase(SecurityCase):
    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].sudo().set_param(
            "web.base.url", self.base_url()
        )
        self.connection.webhook_key = KEY
        self.authenticate(None, None)
        # What connecting itself asked for
        self.env["xero.doorbell"].sudo().search([]).unlink()

    def portal(self):
        """Enter address and key as an administrator does."""
        url = self.connection.webhook_url
        key = self.xero.enter_webhook(url, CUSTOM_CLIENT_ID)
        self.connection.webhook_key = key
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            return self.xero.intent_to_receive(CUSTOM_CLIENT_ID)

    def deliver(self):
        with self.allow_requests(all_requests=True):
            posts = self.xero.deliver()
        self.env.invalidate_all()
        return posts

    def post(self, body, given=None, url=None, **headers):
        """What came back to a post, signed rightly unless told otherwise.

        :param given: the header's signature; "" leaves the header out
        """
        given = signature(body) if given is None else given
        if given:
            headers["x-xero-signature"] = given
        headers = {"Content-Type": "application/json; charset=utf-8", **headers}
        url = url or self.connection.webhook_url
        # The cookie that Odoo's tests know their requests by is not Xero's
        answer = self.url_open(url, data=body, headers=headers, method="POST")
        self.env.invalidate_all()
        return answer

    def asked(self, connection=None):
        """How many wishes for a reading there are."""
        domain = [("connection_id", "=", (connection or self.connection).id)]
        return self.env["xero.doorbell"].sudo().search_count(domain)

    def assert_taken(self, answer):
        self.assertEqual((answer.status_code, answer.content), (200, b""))
        self.assertNotIn("Set-Cookie", answer.headers)

    def assert_turned_away(self, answer):
        self.assertEqual((answer.status_code, answer.content), (401, b""))
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertEqual(self.asked(), 0)
