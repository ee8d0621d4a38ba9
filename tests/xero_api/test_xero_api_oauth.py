"""Signing in: each answer of Xero's identity server, good and bad."""

import logging
import os
import tempfile
from base64 import b64encode
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.tests import BaseCase, tagged

from ... import xero_api
from ..xero_stub import Reply, Stub

REDIRECT = "https://odoo.example.com/xero_sync/oauth/callback"
CONNECTION_ID = "33333333-3333-4333-8333-333333333333"
TENANT = "11111111-1111-4111-8111-111111111111"
TOKEN_ANSWER = {
    "access_token": "access-1",
    "refresh_token": "refresh-1",
    "expires_in": 1800,
    "token_type": "Bearer",
    "scope": "offline_access accounting.invoices",
    "id_token": "identity-1",
}


class OAuthCase(BaseCase):
    def app(self, *replies, client_id="app-1", client_secret="s3cret"):
        self.stub = self.enterContext(Stub(*replies))
        return xero_api.OAuthApp(
            client_id,
            client_secret,
            identity_url=self.stub.url,
            login_url=self.stub.url,
        )

    def form(self):
        return parse_qs(self.stub.requests[-1].body.decode())

    def refresh_error(self, *replies, **kwargs):
        with self.assertRaises(xero_api.XeroError) as caught:
            self.app(*replies, **kwargs).refresh("refresh-0")
        return caught.exception


@tagged("post_install", "-at_install")
class TestConsentUrl(OAuthCase):
    def test_it_carries_what_xero_asks_for(self):
        app = xero_api.OAuthApp("app-1", "s3cret")
        url = urlsplit(app.consent_url(REDIRECT, "state/1 &?"))
        self.assertEqual(url.netloc, "login.xero.com")
        self.assertEqual(url.path, "/identity/connect/authorize")
        expected = {
            "response_type": ["code"],
            "client_id": ["app-1"],
            "redirect_uri": [REDIRECT],
            "scope": [" ".join(xero_api.const.SCOPES)],
            "state": ["state/1 &?"],
        }
        self.assertEqual(parse_qs(url.query), expected)

    def test_it_holds_no_secret_and_no_plus_for_a_space(self):
        url = xero_api.OAuthApp("app-1", "s3cret").consent_url(REDIRECT, "s")
        self.assertNotIn("s3cret", url)
        self.assertNotIn("+", url)

    def test_only_granular_scopes_are_asked_for(self):
        """Apps made since 2 March 2026 are refused the old ones as a whole."""
        self.assertEqual(
            set(xero_api.const.SCOPES),
            {
                "offline_access",
                "accounting.attachments",
                "accounting.contacts",
                "accounting.invoices",
                "accounting.settings.read",
            },
        )


@tagged("post_install", "-at_install")
class TestTokens(OAuthCase):
    def test_a_code_becomes_tokens(self):
        before = datetime.now(timezone.utc)
        tokens = self.app(Reply(TOKEN_ANSWER)).exchange_code("code-1", REDIRECT)
        self.assertEqual(tokens.access_token, "access-1")
        self.assertEqual(tokens.refresh_token, "refresh-1")
        self.assertEqual(tokens.scopes, ("offline_access", "accounting.invoices"))
        lifetime = tokens.expires_at - before
        self.assertLess(abs(lifetime - timedelta(minutes=30)), timedelta(seconds=5))
        expected = {
            "grant_type": ["authorization_code"],
            "code": ["code-1"],
            "redirect_uri": [REDIRECT],
        }
        self.assertEqual(self.form(), expected)

    def test_the_app_signs_in_by_header_and_not_in_the_form(self):
        self.app(Reply(TOKEN_ANSWER)).refresh("refresh-0")
        expected = b64encode(b"app-1:s3cret").decode()
        header = self.stub.requests[0].headers["Authorization"]
        self.assertEqual(header, f"Basic {expected}")
        self.assertNotIn(b"s3cret", self.stub.requests[0].body)

    def test_a_refresh_gives_the_new_refresh_token(self):
        tokens = self.app(Reply(TOKEN_ANSWER)).refresh("refresh-0")
        self.assertEqual(tokens.refresh_token, "refresh-1")
        self.assertEqual(self.form()["refresh_token"], ["refresh-0"])

    def test_a_refresh_that_names_no_new_token_keeps_the_old_one(self):
        answer = {**TOKEN_ANSWER, "refresh_token": None}
        self.assertEqual(
            self.app(Reply(answer)).refresh("refresh-0").refresh_token, "refresh-0"
        )

    def test_client_credentials_give_no_refresh_token(self):
        answer = {**TOKEN_ANSWER, "refresh_token": None}
        tokens = self.app(Reply(answer)).client_credentials()
        self.assertIsNone(tokens.refresh_token)
        scopes = " ".join(xero_api.const.SCOPES_CLIENT_CREDENTIALS)
        self.assertEqual(self.form()["scope"], [scopes])
        self.assertNotIn("offline_access", scopes)

    def test_revoking_sends_the_refresh_token(self):
        self.assertIsNone(self.app(Reply(b"")).revoke("refresh-0"))
        self.assertEqual(self.stub.requests[0].path, "/connect/revocation")
        self.assertEqual(self.form(), {"token": ["refresh-0"]})

    def test_spaces_around_pasted_credentials_do_not_count(self):
        self.app(
            Reply(TOKEN_ANSWER), client_id=" app-1\n", client_secret="s3cret "
        ).refresh("refresh-0")
        expected = b64encode(b"app-1:s3cret").decode()
        header = self.stub.requests[0].headers["Authorization"]
        self.assertEqual(header, f"Basic {expected}")

    def test_a_lifetime_beyond_reason_is_not_believed(self):
        for value in (None, 0, -5, "soon", 10**12, 1e300):
            with self.subTest(value=value):
                answer = Reply({**TOKEN_ANSWER, "expires_in": value})
                tokens = self.app(answer).refresh("refresh-0")
                left = tokens.expires_at - datetime.now(timezone.utc)
                self.assertLessEqual(left, timedelta(days=1))
                self.assertGreater(left, timedelta(0))


@tagged("post_install", "-at_install")
class TestTokenRefusals(OAuthCase):
    def refused(self, code, status=400):
        return self.refresh_error(Reply({"error": code}, status=status))

    def test_a_spent_grant_needs_a_new_consent(self):
        self.assertIs(type(self.refused("invalid_grant")), xero_api.GrantInvalid)

    def test_every_other_refusal_names_its_code(self):
        codes = ("invalid_client", "invalid_scope", "unauthorized_client", "new_one")
        for code in codes:
            for status in (400, 401):
                with self.subTest(code=code, status=status):
                    error = self.refused(code, status)
                    self.assertIs(type(error), xero_api.OAuthRefused)
                    self.assertEqual(error.code, code)

    def test_a_refusal_in_no_known_form(self):
        for body in (b"", b"<html>", b"[]", b'{"error": {}}'):
            with self.subTest(body=body):
                error = self.refresh_error(Reply(body, status=400))
                self.assertIs(type(error), xero_api.OAuthRefused)
                self.assertEqual(error.code, "")

    def test_no_answer_leaves_open_whether_the_token_was_spent(self):
        for reply in (Reply(drop=True), Reply(status=500), Reply(status=503)):
            with self.subTest(reply=reply):
                error = self.refresh_error(reply)
                self.assertIs(type(error), xero_api.OutcomeUnknown)
                self.assertEqual(len(self.stub.requests), 1)

    def test_an_unreachable_server_spent_nothing(self):
        app = self.app(Reply(TOKEN_ANSWER))
        self.stub.__exit__()
        with self.assertRaises(xero_api.NotSent):
            app.refresh("refresh-0")

    def test_a_limit_of_the_token_endpoint(self):
        error = self.refresh_error(Reply(status=429, headers={"Retry-After": "9"}))
        self.assertIs(type(error), xero_api.RateLimited)
        self.assertEqual(error.retry_after, 9)

    def test_an_answer_without_a_usable_bearer_token(self):
        for wrong in (
            {"access_token": None},
            {"access_token": ""},
            {"access_token": "two\nlines"},
            {"access_token": ["x"]},
            {"token_type": "mac"},
            {"token_type": None},
        ):
            with self.subTest(wrong=wrong):
                error = self.refresh_error(Reply({**TOKEN_ANSWER, **wrong}))
                self.assertIs(type(error), xero_api.UnreadableAnswer)
        error = self.refresh_error(Reply(b"<html>"))
        self.assertIs(type(error), xero_api.UnreadableAnswer)

    def test_a_redirect_takes_no_credentials_elsewhere(self):
        other = self.enterContext(Stub(Reply(TOKEN_ANSWER)))
        self.refresh_error(Reply(status=307, headers={"Location": other.url}))
        self.assertEqual(other.requests, [])

    def test_an_answer_without_end_is_given_up(self):
        with patch.object(xero_api.const, "MAX_ANSWER_BYTES", 1000):
            error = self.refresh_error(Reply(b" " * 200_000))
        self.assertIs(type(error), xero_api.OutcomeUnknown)

    def test_characters_xero_never_issues_are_refused_unsent(self):
        error = self.refresh_error(Reply(TOKEN_ANSWER), client_secret="s3cret…")
        self.assertEqual(error.code, "invalid_client")
        self.assertEqual(self.stub.requests, [])


@tagged("post_install", "-at_install")
class TestConnections(OAuthCase):
    def connections(self, *replies):
        self.stub = self.enterContext(Stub(*replies))
        return xero_api.connections("access-1", self.stub.url)

    def test_organisations_only(self):
        organisation = {
            "id": CONNECTION_ID,
            "tenantId": TENANT,
            "tenantType": "ORGANISATION",
            "tenantName": "Demo",
            "authEventId": None,
        }
        practice = {**organisation, "tenantType": "PRACTICEMANAGER"}
        broken = {**organisation, "tenantId": None}
        found = self.connections(Reply([practice, broken, None, organisation]))
        expected = xero_api.TenantConnection(
            CONNECTION_ID, TENANT, "Demo", "ORGANISATION"
        )
        self.assertEqual(found, [expected])

    def test_the_token_is_the_bearer(self):
        self.connections(Reply([]))
        header = self.stub.requests[0].headers["Authorization"]
        self.assertEqual(header, "Bearer access-1")

    def test_a_password_of_netrc_does_not_replace_the_token(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        netrc = Path(folder) / "netrc"
        netrc.write_text("machine 127.0.0.1 login someone password else\n")
        netrc.chmod(0o600)
        with patch.dict(os.environ, {"NETRC": str(netrc)}):
            self.connections(Reply([]))
        header = self.stub.requests[0].headers["Authorization"]
        self.assertEqual(header, "Bearer access-1")

    def test_errors_are_those_of_the_api(self):
        for reply, kind in (
            (Reply(status=401), xero_api.TokenRejected),
            (Reply(status=403), xero_api.Forbidden),
            (Reply(status=503), xero_api.Unavailable),
            (Reply(drop=True), xero_api.Unavailable),
            (Reply(b"<html>"), xero_api.UnreadableAnswer),
            (Reply({"Message": "no list"}), xero_api.UnreadableAnswer),
        ):
            with self.subTest(kind=kind), self.assertRaises(kind):
                self.connections(reply)

    def test_disconnecting_names_the_connection_and_not_the_tenant(self):
        stub = self.enterContext(Stub(Reply(status=204)))
        xero_api.disconnect("access-1", CONNECTION_ID, stub.url)
        request = stub.requests[0]
        self.assertEqual(
            (request.method, request.path), ("DELETE", f"/connections/{CONNECTION_ID}")
        )

    def test_what_is_gone_needs_no_disconnecting(self):
        stub = self.enterContext(Stub(Reply(b"<html>", status=404)))
        xero_api.disconnect("access-1", CONNECTION_ID, stub.url)

    def test_missing_scopes_are_named(self):
        granted = ["openid", "accounting.contacts", "accounting.settings"]
        missing = ["accounting.attachments", "accounting.invoices"]
        self.assertEqual(xero_api.missing_scopes(granted), missing)
        self.assertEqual(xero_api.missing_scopes(xero_api.const.SCOPES), [])


@tagged("post_install", "-at_install")
class TestSecrets(OAuthCase):
    SECRETS = ("s3cret", "refresh-0", "access-1", "refresh-1", "code-1", "identity-1")

    def assert_no_secret(self, told):
        for secret in self.SECRETS:
            self.assertNotIn(secret, told)

    def test_tokens_do_not_show_in_a_representation(self):
        app = self.app(Reply(TOKEN_ANSWER))
        tokens = app.refresh("refresh-0")
        self.assert_no_secret(f"{app!r} {tokens!r} {tokens}")

    def test_no_call_logs_a_secret(self):
        app = self.app(Reply(TOKEN_ANSWER))
        with self.assertLogs(level=logging.DEBUG) as logs:
            app.exchange_code("code-1", REDIRECT)
            app.refresh("refresh-0")
            app.client_credentials()
            app.revoke("refresh-0")
        self.assert_no_secret(" ".join(logs.output))

    def test_an_error_that_echoes_what_was_sent_tells_none_of_it(self):
        words = "s3cret refresh-0"
        for status in (400, 401, 429, 500):
            body = {"error": words, "error_description": words, "Message": words}
            with self.subTest(status=status):
                error = self.refresh_error(Reply(body, status=status))
                code = getattr(error, "code", "")
                self.assert_no_secret(f"{error!r} {error.detail} {code}")
