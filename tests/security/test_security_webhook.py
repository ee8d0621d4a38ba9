"""The webhook's address is open to the whole world: strangers knock, over HTTP."""

import gzip

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..xero_server import TENANT_UK
from .security_case import ACCESS_ERROR
from .webhook_case import EVENT, KEY, WebhookCase, body_of, signature


@tagged("post_install", "-at_install")
class TestHostileWebhook(WebhookCase):
    def test_a_wrong_signature_is_turned_away(self):
        body = body_of(EVENT)
        right = signature(body)
        for wrong in (
            signature(body, "another key"),
            signature(body_of(EVENT, first=2)),
            signature(b""),
            right[:-1],
            right + "=",
            right.lower(),
            f"{right} x",
            "é" * 44,
            "\x7f",
            "A" * 7000,
        ):
            with self.subTest(signature=wrong[:60]):
                self.assert_turned_away(self.post(body, wrong.encode()))

    def test_no_signature_is_turned_away(self):
        self.assert_turned_away(self.post(body_of(EVENT), ""))

    def test_a_changed_body_is_turned_away(self):
        body = body_of(EVENT)
        other = body.replace(b"UPDATE", b"CREATE")
        for changed in (body + b" ", body[:-1], other, b""):
            with self.subTest(body=changed[-20:]):
                self.assert_turned_away(self.post(changed, signature(body)))

    def test_without_a_key_nothing_is_signed(self):
        self.connection.sudo().webhook_key_stored = False
        body = body_of(EVENT)
        for key in ("", "False", "None"):
            with self.subTest(key=key):
                self.assert_turned_away(self.post(body, signature(body, key)))

    def test_an_address_that_was_made_up_is_turned_away(self):
        token = self.connection.webhook_url.rpartition("/")[2]
        number, _, mac = token.partition("-")
        for wrong in (
            number,
            f"{number}-",
            f"{int(number) + 1}-{mac}",
            f"0{token}",
            f"{token}0",
            f"-{mac}",
            "9" * 40 + f"-{mac}",
            "٣-" + mac,
            "%00",
            "x" * 2000,
        ):
            with self.subTest(token=wrong[:60]):
                url = f"/xero_sync/webhook/{wrong}"
                self.assert_turned_away(self.post(body_of(EVENT), url=url))

    def test_a_deleted_connections_address_is_turned_away(self):
        other = self.env["res.company"].create({"name": "Hobart Pty"})
        gone = self.env["xero.connection"].create(
            {"company_id": other.id, "webhook_key": KEY}
        )
        url = gone.webhook_url
        gone.unlink()
        self.env.flush_all()
        self.assert_turned_away(self.post(body_of(EVENT), url=url))

    def test_signed_nonsense_is_taken_and_does_nothing(self):
        deep = b"[" * 100_000
        for body in (
            b"",
            b"null",
            b"{",
            b"[]",
            b"\xff\xfe\x00",
            b'{"events": null}',
            b'{"events": [null, 1, {"tenantId": ["x"], "eventCategory": "INVOICE"}]}',
            body_of({**EVENT, "resourceId": "\0"}),
            body_of({**EVENT, "resourceId": "x' OR 1=1 --"}),
            body_of({**EVENT, "tenantId": "\0"}),
            body_of({**EVENT, "eventCategory": ["INVOICE"]}),
            b'{"events": {"tenantId": "x"}}',
            deep,
        ):
            with self.subTest(body=body[:60]):
                self.assert_taken(self.post(body))
                self.assertEqual(self.asked(), 0)

    def test_another_organisations_events_do_nothing(self):
        self.assert_taken(self.post(body_of({**EVENT, "tenantId": TENANT_UK})))
        self.assertEqual(self.asked(), 0)

    def test_a_replayed_post_asks_for_a_reading_at_most(self):
        """Nobody can tell it from Xero's own retry; it writes one row, and no call."""
        body = body_of(EVENT)
        self.xero.clear_calls()
        for _time in range(3):
            self.assert_taken(self.post(body))
        self.assertEqual((self.asked(), self.xero.calls()), (1, []))

    @mute_logger("odoo.http")
    def test_a_huge_body_is_refused_unread(self):
        for size, status in ((1_000_000, 200), (1_000_001, 413), (5_000_000, 413)):
            with self.subTest(size=size):
                answer = self.post(b" " * size)
                self.assertEqual(answer.status_code, status)
                self.assertNotIn("Set-Cookie", answer.headers)

    def test_a_packed_body_is_not_unpacked(self):
        body = gzip.compress(body_of(EVENT))
        given = signature(body_of(EVENT))
        self.assert_turned_away(self.post(body, given, **{"Content-Encoding": "gzip"}))

    def test_a_form_is_turned_away(self):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assert_turned_away(self.post(b"a=b&token=1", **kind))

    @mute_logger("odoo.http")
    def test_only_posts_are_taken(self):
        url = self.connection.webhook_url
        for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH"):
            with self.subTest(method=method):
                answer = self.url_open(url, method=method, allow_redirects=False)
                self.assertEqual(answer.status_code, 405)
                self.assertEqual(self.asked(), 0)

    def test_a_post_leaves_no_session(self):
        for given in (None, "wrong"):
            answer = self.post(body_of(), given)
            self.assertNotIn("Set-Cookie", answer.headers)
            self.assertFalse(answer.cookies)

    def test_a_logged_in_browser_gets_no_further(self):
        """A page that makes an administrator's browser post here reaches nothing."""
        self.log_in("administrator")
        self.assert_turned_away(self.post(body_of(EVENT), ""))


@tagged("post_install", "-at_install")
class TestWebhookKey(WebhookCase):
    """The key can be entered, never read; only an administrator enters it."""

    @mute_logger("odoo.http")
    def test_nobody_reads_it(self):
        for group in ("portal", "employee", "user", "accountant", "administrator"):
            self.log_in(group)
            with self.subTest(group=group):
                read = self.outcome(
                    "xero.connection",
                    "read",
                    self.connection.ids,
                    ["webhook_key_stored"],
                )
                self.assertEqual(read, ACCESS_ERROR)
        [shown] = self.call("xero.connection", "read", self.connection.ids)
        self.assertNotIn("webhook_key_stored", shown)
        self.assertFalse(shown["webhook_key"])
        self.assertTrue(shown["has_webhook_key"])

    @mute_logger("odoo.http")
    def test_nobody_finds_it_by_searching(self):
        self.log_in("administrator")
        domain = [("webhook_key_stored", "=like", "a%")]
        found = self.outcome("xero.connection", "search", domain)
        self.assertEqual(found, ACCESS_ERROR)

    @mute_logger("odoo.http")
    def test_only_an_administrator_sees_the_address_and_enters_the_key(self):
        for group in ("user", "accountant"):
            self.log_in(group)
            for method, value in (
                ("read", ["webhook_url"]),
                ("write", {"webhook_key": "mine"}),
                ("write", {"webhook_key_stored": "mine"}),
            ):
                with self.subTest(group=group, method=method):
                    done = self.outcome(
                        "xero.connection", method, self.connection.ids, value
                    )
                    self.assertEqual(done, ACCESS_ERROR)
        self.log_in("administrator")
        values = {"webhook_key": " a-new-key\n"}
        self.call("xero.connection", "write", self.connection.ids, values)
        self.env.invalidate_all()
        self.assertEqual(self.connection.sudo().webhook_key_stored, "a-new-key")

    def test_an_empty_entry_keeps_it(self):
        """As the settings save the field that nobody touched."""
        self.log_in("administrator")
        values = {"webhook_key": False}
        self.call("xero.connection", "write", self.connection.ids, values)
        self.env.invalidate_all()
        self.assertEqual(self.connection.sudo().webhook_key_stored, KEY)

    def test_a_copied_database_forgets_it(self):
        self.connection.sudo().database = "another"
        self.run_job(self.connection)
        self.connection.sudo().action_disconnect()
        self.run_job(self.connection)
        self.assertFalse(self.connection.sudo().webhook_key_stored)
