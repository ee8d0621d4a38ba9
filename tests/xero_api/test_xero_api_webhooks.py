"""What a webhook's post tells, and whether it is from Xero."""

import json
from datetime import datetime, timezone

from odoo.tests import BaseCase, tagged

from ... import xero_api
from .xero_answers import ID_1

EVENT = {
    "resourceId": ID_1.upper(),
    "eventDateUtc": "2026-03-02T01:02:03.456",
    "eventCategory": "INVOICE",
    "tenantId": "a tenant",
}


def told(*events):
    return xero_api.events_told(json.dumps({"events": events}).encode())


@tagged("post_install", "-at_install")
class TestEvents(BaseCase):
    def test_an_event_names_organisation_object_and_time(self):
        [event] = told(EVENT)
        self.assertEqual((event.tenant_id, event.endpoint), ("a tenant", "Invoices"))
        self.assertEqual(event.xero_id, ID_1.lower())
        moment = event.moment.replace(microsecond=0)
        self.assertEqual(moment, datetime(2026, 3, 2, 1, 2, 3, tzinfo=timezone.utc))

    def test_what_is_of_no_use_is_left_out_and_the_rest_is_read(self):
        useless = [
            None,
            [],
            {},
            {**EVENT, "eventCategory": "SUBSCRIPTION"},
            {**EVENT, "eventCategory": None},
            {**EVENT, "resourceId": 1},
            {**EVENT, "resourceId": f"{ID_1}\n"},
            {**EVENT, "tenantId": None},
        ]
        self.assertEqual(told(*useless, EVENT), told(EVENT))

    def test_a_time_that_cannot_be_read_is_none(self):
        for moment in (None, 1, "", "soon", "0000-00-00", "9" * 400, "/Date(9e99)/"):
            with self.subTest(moment=moment):
                [event] = told({**EVENT, "eventDateUtc": moment})
                self.assertIsNone(event.moment)

    def test_a_body_that_cannot_be_read_tells_nothing(self):
        for body in (b"", b"{", b"[]", b"\xff", b'{"events": 1}', b"[" * 99_999):
            with self.subTest(body=body[:9]):
                self.assertEqual(xero_api.events_told(body), [])


@tagged("post_install", "-at_install")
class TestSignature(BaseCase):
    BODY = b'{"events":[],"firstEventSequence":0,"lastEventSequence":0}'
    # printf BODY | openssl dgst -sha256 -hmac a-key -binary | base64
    SIGNATURE = "s5iAcogfyOe5q7Lid0dqxp9vMuzhgLSb9vklnMGBi3Y="

    def test_the_right_one_is_known_and_no_other(self):
        self.assertTrue(xero_api.is_signed(self.BODY, self.SIGNATURE, "a-key"))
        for signature in (
            "",
            self.SIGNATURE[:-1],
            self.SIGNATURE.lower(),
            "é",
            "\udc80",
        ):
            with self.subTest(signature=signature):
                self.assertFalse(xero_api.is_signed(self.BODY, signature, "a-key"))
        self.assertFalse(xero_api.is_signed(self.BODY, self.SIGNATURE, "A-key"))
        self.assertFalse(xero_api.is_signed(self.BODY + b"\n", self.SIGNATURE, "a-key"))
