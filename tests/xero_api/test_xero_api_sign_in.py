"""The sign-in against the local Xero, from the consent page to the end."""

from urllib.parse import parse_qs, urlsplit

from odoo.tests import tagged

from ... import xero_api
from .. import xero_server
from ..xero_server import TENANT_AU
from .client_case import ClientCase

REDIRECT = "http://localhost:8069/xero_sync/oauth/callback"


@tagged("post_install", "-at_install")
class TestSignIn(ClientCase):
    def app(self, client_id=xero_server.CLIENT_ID, secret=xero_server.CLIENT_SECRET):
        url = self.xero.url
        return xero_api.OAuthApp(client_id, secret, identity_url=url, login_url=url)

    def code(self, scopes=xero_api.const.SCOPES, **consent):
        url = self.app().consent_url(REDIRECT, "state-1", scopes)
        answer = urlsplit(self.xero.consent(url, **consent))
        return parse_qs(answer.query)

    def test_from_the_consent_page_to_the_organisation(self):
        answer = self.code()
        self.assertEqual(answer["state"], ["state-1"])
        tokens = self.app().exchange_code(answer["code"][0], REDIRECT)
        self.assertEqual(xero_api.missing_scopes(tokens.scopes), [])
        (connection,) = xero_api.connections(tokens.access_token, self.xero.url)
        self.assertEqual(connection.tenant_id, TENANT_AU)
        client = self.connect(tokens.access_token, connection.tenant_id)
        self.assertEqual(client.organisation().name, connection.tenant_name)

    def test_a_person_who_says_no(self):
        answer = self.code(allow=False)
        self.assertEqual(answer["error"], ["access_denied"])

    def test_a_code_works_once_and_for_its_address_only(self):
        code = self.code()["code"][0]
        self.app().exchange_code(code, REDIRECT)
        with self.assertRaises(xero_api.GrantInvalid):
            self.app().exchange_code(code, REDIRECT)
        with self.assertRaises(xero_api.GrantInvalid):
            self.app().exchange_code(self.code()["code"][0], REDIRECT + "/other")

    def test_refresh_rotates_and_the_old_one_works_for_half_an_hour(self):
        first = self.xero.grant()["refresh_token"]
        second = self.app().refresh(first).refresh_token
        self.assertNotEqual(first, second)
        self.xero.advance(20 * 60)
        self.app().refresh(first)
        self.xero.advance(20 * 60)
        with self.assertRaises(xero_api.GrantInvalid):
            self.app().refresh(first)
        self.app().refresh(second)

    def test_a_refreshed_token_works_after_the_first_has_expired(self):
        granted = self.xero.grant()
        self.xero.advance(31 * 60)
        tokens = self.app().refresh(granted["refresh_token"])
        self.assertTrue(self.connect(tokens.access_token).accounts())

    def test_a_wrong_secret(self):
        with self.assertRaises(xero_api.OAuthRefused) as caught:
            self.app(secret="wrong").refresh("any")
        self.assertEqual(caught.exception.code, "invalid_client")

    def test_a_lost_answer_of_the_token_endpoint(self):
        refresh_token = self.xero.grant()["refresh_token"]
        self.xero.fault("lost_answer", path="/connect/token")
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.app().refresh(refresh_token)
        self.app().refresh(refresh_token)

    def test_a_custom_connection_needs_no_tenant(self):
        app = self.app(xero_server.CUSTOM_CLIENT_ID, xero_server.CUSTOM_CLIENT_SECRET)
        tokens = app.client_credentials()
        self.assertIsNone(tokens.refresh_token)
        client = self.connect(tokens.access_token, tenant=None)
        self.assertEqual(client.organisation().country_code, "AU")
        (call,) = self.xero.calls(path="/Organisation")
        names = {name.lower() for name in call["headers"]}
        self.assertNotIn("xero-tenant-id", names)

    def test_scopes_of_old_apps_are_refused(self):
        app = self.app(xero_server.CUSTOM_CLIENT_ID, xero_server.CUSTOM_CLIENT_SECRET)
        with self.assertRaises(xero_api.OAuthRefused) as caught:
            app.client_credentials(["accounting.transactions"])
        self.assertEqual(caught.exception.code, "invalid_scope")

    def test_disconnecting_then_revoking(self):
        granted = self.xero.grant()
        token = granted["access_token"]
        (connection,) = xero_api.connections(token, self.xero.url)
        xero_api.disconnect(token, connection.id, self.xero.url)
        self.assertEqual(xero_api.connections(token, self.xero.url), [])
        self.app().revoke(granted["refresh_token"])
        with self.assertRaises(xero_api.GrantInvalid):
            self.app().refresh(granted["refresh_token"])
