import logging
import secrets
from contextlib import contextmanager
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq, hash_sign, verify_hash_signed

from ... import xero_api
from .sealing import needs_sealing, seal, unseal

_logger = logging.getLogger(__name__)

STATE_SCOPE = "xero_sync.oauth.state"
STATE_LIFETIME = timedelta(minutes=10)
# Answers to disconnecting that mean that Xero has let us go already
GONE = (
    xero_api.NotFound,
    xero_api.GrantInvalid,
    xero_api.Forbidden,
    xero_api.TokenRejected,
)


class XeroConnection(models.Model):
    """Connecting and disconnecting: everything that has to do with OAuth."""

    _inherit = "xero.connection"

    def _oauth_app(self):
        """The application of Xero's developer portal, ready to talk to.

        :raise xero_api.WrongSetting: its stored secret cannot be decrypted
        """
        # sudo: the secret is closed to every group; it leaves only towards Xero
        connection = self.sudo()
        return xero_api.OAuthApp(
            connection.client_id or "",
            unseal(connection.client_secret_stored) or "",
            identity_url=self._base_url("identity"),
            login_url=self._base_url("login"),
        )

    # === ACTIONS === #

    def action_connect(self):
        """Button "Connect to Xero" and "Reconnect"."""
        self.ensure_one()
        self._check_administrator()
        if not (self.client_id and self.has_client_secret):
            raise UserError(
                self.env._("Enter the client ID and the client secret first.")
            )
        if self.auth_method == "client_credentials":
            # sudo: state is read-only for people; they change it with this button
            self.sudo().write({"state": "connecting", "state_message": False})
            self._run_after_commit()
            return True
        with self._settings_in_words():
            app = self._oauth_app()
        return {
            "type": "ir.actions.act_url",
            # Xero's consent page must be a top-level page, no frame and no pop-up
            "target": "self",
            "url": app.consent_url(
                self.redirect_uri, self._oauth_state(), xero_api.const.SCOPES
            ),
        }

    def action_choose_organisation(self):
        """Open the question which of the allowed organisations is meant."""
        self.ensure_one()
        choose = self.env["xero.organisation.choose"]
        choose = choose.with_context(default_connection_id=self.id).create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Choose the organisation"),
            "res_model": choose._name,
            "res_id": choose.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_disconnect(self):
        """Button "Disconnect": leaves Xero in Xero's order, right after the commit."""
        self.ensure_one()
        self._check_administrator()
        # sudo: state is read-only for people; they change it with this button
        self.sudo().write({"state": "disconnecting", "state_message": False})
        self._run_after_commit()
        return True

    def _check_administrator(self):
        """:raise AccessError: for everybody but a Xero administrator of the company"""
        self.check_access("write")
        if not self._is_administrators():
            raise AccessError(
                self.env._("Only a Xero administrator connects and disconnects.")
            )

    def _is_administrators(self):
        """Whether the user may connect and disconnect in the companies of these."""
        group = "xero_sync.xero_sync_group_administrator"
        is_administrator = self.env.su or self.env.user.has_group(group)
        return is_administrator and self.has_access("write")

    # === CLIENT SECRET === #

    def _keep_client_secret(self, secret):
        """Store the secret of the application in Xero's developer portal.

        :param secret: in plain text
        :raise UserError: the key to encrypt it with is none
        """
        with self._settings_in_words():
            # sudo: closed to every group; this is its only way in
            self.sudo().client_secret_stored = seal(secret.strip())

    def _seal_secrets(self):
        """Encrypt with the configured key what was stored before it.

        :raise xero_api.XeroError: it cannot be decrypted, or Xero renews no token
        """
        stored = self.client_secret_stored
        if needs_sealing(stored):
            self.env["xero.token"]._access_token(self)
            self.client_secret_stored = seal(unseal(stored))

    @contextmanager
    def _settings_in_words(self):
        """What a person reads when a setting of the server stops their click."""
        try:
            yield
        except xero_api.WrongSetting as error:
            raise UserError(self._explain_setting(error)) from None

    # === AUTHORISATION CODE === #

    def _oauth_state(self):
        """A state that is signed, expires, works once, for this user and company."""
        self.ensure_one()
        nonce = secrets.token_urlsafe(24)
        # sudo: nobody reads the nonce
        self.sudo().oauth_nonce = nonce
        payload = [self.id, self.env.uid, self.company_id.id, nonce]
        return hash_sign(
            self.sudo().env, STATE_SCOPE, payload, expiration=STATE_LIFETIME
        )

    @api.model
    def _from_oauth_state(self, state):
        """The connection a state was made for, when it is good for this user now.

        Uses the state up.

        :param state: as Xero echoed it; anything a browser may send
        :return: ``xero.connection``, empty when the state is not good
        """
        none = self.browse()
        try:
            payload = verify_hash_signed(self.sudo().env, STATE_SCOPE, state or "")
            connection_id, user_id, company_id, nonce = payload
        except (ValueError, TypeError):
            return none
        connection = self.browse(connection_id).exists()
        if (
            not connection
            or user_id != self.env.uid
            or not connection._is_administrators()
        ):
            return none
        # sudo: nobody reads the nonce
        stored = connection.sudo().oauth_nonce or ""
        if not consteq(stored, nonce) or connection.company_id.id != company_id:
            return none
        connection.sudo().oauth_nonce = False
        return connection

    def _exchange_code(self, code):
        """Turn the code of the consent page into tokens, and learn who allowed what.

        :param code: from Xero's redirect
        :raise xero_api.XeroError: when Xero refuses the code
        """
        self.ensure_one()
        token_set = self._oauth_app().exchange_code(code, self.redirect_uri)
        self.env["xero.token"]._store(self, token_set)
        missing = xero_api.missing_scopes(token_set.scopes)
        if missing:
            self._set_not_connected(
                self.env._(
                    "Xero did not grant everything that is needed: %(scopes)s. Allow"
                    " them in the application of Xero's developer portal and connect"
                    " again.",
                    scopes=", ".join(missing),
                )
            )
            return
        tenants = xero_api.connections(
            token_set.access_token, api_url=self._base_url("api")
        )
        self._offer_organisations(tenants)

    def _set_not_connected(self, message):
        """Back to the start, or to "reconnect" when there was an organisation."""
        self.write(
            {
                "state": "broken" if self.remote_connection_id else "draft",
                "state_message": message,
            }
        )

    # === CLIENT CREDENTIALS === #

    def _connect_custom(self):
        """Get a token for a custom connection and learn its organisation."""
        self.ensure_one()
        scopes = xero_api.const.SCOPES_CLIENT_CREDENTIALS
        try:
            token_set = self._oauth_app().client_credentials(scopes)
            tenants = xero_api.connections(
                token_set.access_token, api_url=self._base_url("api")
            )
        except xero_api.XeroError as error:
            self._set_not_connected(self._explain_oauth(error))
            return
        self.env["xero.token"]._store(self, token_set)
        self._offer_organisations(tenants)

    def _explain_oauth(self, error):
        """An answer of Xero's identity server in words, with what to do."""
        code = getattr(error, "code", None)
        if code in ("invalid_client", "unauthorized_client"):
            return self.env._("Xero does not know this client ID and secret.")
        if code == "invalid_scope":
            return self.env._(
                "The application may not ask for these permissions. Create a new one"
                " in Xero's developer portal; older ones lack the scopes that Xero"
                " introduced in 2026."
            )
        if code == "access_denied":
            return self.env._("Access was not allowed on Xero's page.")
        if isinstance(error, xero_api.GrantInvalid):
            return self.env._(
                "Xero's permission has expired or was taken back, or another copy of"
                " this database uses it."
            )
        if isinstance(error, xero_api.WrongSetting):
            return self._explain_setting(error)
        return self.env._("Xero could not be reached: %(error)s", error=error.message)

    # === DISCONNECTING === #

    def _disconnect(self):
        """Leave Xero: the connection first, then the tokens, then our copy of them.

        The other order would leave a connection in Xero that nobody can delete
        (https://developer.xero.com/documentation/guides/oauth2/token-types). Revoking
        ends every connection of the login, so it waits for the last one. A custom
        connection stays in Xero: the organisation authorises it once, outside of Odoo.

        :raise xero_api.XeroError: when Xero cannot be reached; all is kept then
        """
        self.ensure_one()
        web_app = self.auth_method == "authorization_code"
        try:
            if web_app and self.remote_connection_id:
                token = self.env["xero.token"]._access_token(self)
                xero_api.disconnect(
                    token, self.remote_connection_id, api_url=self._base_url("api")
                )
        except GONE as error:
            _logger.info("connection %s: already gone in Xero (%s)", self.id, error)
        refresh_token = self.env["xero.token"]._forget(self)
        if refresh_token and not self._shares_application():
            try:
                self._oauth_app().revoke(refresh_token)
            except xero_api.XeroError as error:
                _logger.info("connection %s: not revoked (%s)", self.id, error)
        self.write(
            {"state": "draft", "remote_connection_id": False, "state_message": False}
        )

    def _shares_application(self):
        """Whether another connection uses the application with this client ID."""
        # sudo: other companies' connections count too, and only their existence does
        return bool(
            self.sudo().search_count(
                [
                    ("id", "!=", self.id),
                    ("client_id", "=", self.sudo().client_id),
                    ("state", "in", ("connected", "broken", "choose", "moved")),
                ],
                limit=1,
            )
        )
