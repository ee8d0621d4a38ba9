import logging
from datetime import timedelta, timezone

import psycopg2

from odoo import api, fields, models

from ... import xero_api
from .sealing import needs_sealing, readable, seal, unseal

_logger = logging.getLogger(__name__)

# A token this close to its end is renewed first: a batch takes up to a minute.
RENEW_BEFORE_SECONDS = 120
LOCK_ATTEMPTS = 5


class XeroToken(models.Model):
    """The secrets of one connection, in a row that only this model's methods lock.

    Xero's refresh tokens rotate: each can be spent once, so two workers must never
    refresh at the same time and a rollback must not lose the new one. Everything here
    therefore happens on a cursor of its own, under a row lock, and is committed
    before the token is used (https://developer.xero.com/documentation/guides/oauth2/token-types).
    No transaction but these may lock or write the row: it would wait for itself.

    Both tokens are stored as ``sealing.py`` says.
    """

    _name = "xero.token"
    _description = "Xero token"
    _rec_name = "connection_id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, index=True, ondelete="cascade"
    )
    access_token = fields.Char(groups=fields.NO_ACCESS, copy=False)
    refresh_token = fields.Char(groups=fields.NO_ACCESS, copy=False)
    expires_at = fields.Datetime(groups=fields.NO_ACCESS)
    scopes = fields.Char(groups=fields.NO_ACCESS)

    _connection_uniq = models.UniqueIndex(
        "(connection_id)", "A connection has one token row."
    )

    @api.model
    def _access_token(self, connection, renew=False):
        """An access token that is valid for the next minutes, renewed when needed.

        :param connection: ``xero.connection``, its row committed
        :param bool renew: renew even if the stored one looks valid (Xero refused it)
        :return: the bare access token
        :raise xero_api.GrantInvalid: when only a new consent helps
        :raise xero_api.XeroError: any other answer of Xero's token endpoint
        """
        for attempt in range(LOCK_ATTEMPTS):
            try:
                with self.env.registry.cursor() as cr:
                    return self._locked_access_token(cr, connection, renew)
            except psycopg2.errors.SerializationFailure:
                # Another worker renewed it while we waited for the row: look again.
                _logger.debug("token of connection %s changed meanwhile", connection.id)
                renew = False
                if attempt + 1 == LOCK_ATTEMPTS:
                    raise
        return None

    def _locked_access_token(self, cr, connection, renew):
        """The access token, renewed where need be, under the lock of its row.

        :param cr: a cursor of its own, committed before the token is used
        :param renew: whether to renew it however fresh it is
        :raise xero_api.XeroError: it cannot be renewed
        """
        # sudo: no group reads tokens; only this method and _store touch them
        env = self.with_env(self.env(cr=cr)).sudo().env
        cr.execute(
            "SELECT id FROM xero_token WHERE connection_id = %s FOR NO KEY UPDATE",
            [connection.id],
        )
        row = cr.fetchone()
        if not row:
            raise xero_api.GrantInvalid("no token is stored")
        token = env["xero.token"].browse(row[0])
        if renew or not token._is_fresh():
            token._write_token_set(token._request_token_set())
        elif needs_sealing(token.access_token) or needs_sealing(token.refresh_token):
            token._seal_anew()
        return unseal(token.access_token)

    def _seal_anew(self):
        """Encrypt with the configured key what was stored before it."""
        for field in ("access_token", "refresh_token"):
            self[field] = seal(unseal(self[field]))

    def _is_fresh(self):
        limit = fields.Datetime.now() + timedelta(seconds=RENEW_BEFORE_SECONDS)
        return bool(self.access_token and self.expires_at and self.expires_at > limit)

    def _request_token_set(self):
        """Have Xero grant new tokens (``xero_api.TokenSet``).

        :raise xero_api.GrantInvalid: a person must connect anew
        :raise xero_api.WrongSetting: the stored ones cannot be decrypted
        """
        connection = self.connection_id
        app = connection._oauth_app()
        if connection.auth_method == "client_credentials":
            return app.client_credentials(xero_api.const.SCOPES_CLIENT_CREDENTIALS)
        if not self.refresh_token:
            raise xero_api.GrantInvalid("no refresh token is stored")
        return app.refresh(unseal(self.refresh_token))

    def _write_token_set(self, token_set):
        """:param token_set: ``xero_api.TokenSet``"""
        self.write(
            {
                "access_token": seal(token_set.access_token),
                "refresh_token": seal(token_set.refresh_token),
                "expires_at": token_set.expires_at.astimezone(timezone.utc).replace(
                    tzinfo=None
                ),
                "scopes": " ".join(token_set.scopes),
            }
        )

    @api.model
    def _store(self, connection, token_set):
        """Keep a token set just received, committed at once.

        :param connection: ``xero.connection``, its row committed
        :param token_set: ``xero_api.TokenSet``
        """
        with self.env.registry.cursor() as cr:
            # sudo: see _locked_access_token
            tokens = self.with_env(self.env(cr=cr)).sudo()
            token = tokens.search([("connection_id", "=", connection.id)])
            if not token:
                token = tokens.create({"connection_id": connection.id})
            token._write_token_set(token_set)

    @api.model
    def _forget(self, connection):
        """Delete the token row; returns the refresh token it held, to revoke it.

        Nothing when it cannot be decrypted: what is lost is of no use to anybody.
        """
        with self.env.registry.cursor() as cr:
            # sudo: see _locked_access_token
            tokens = self.with_env(self.env(cr=cr)).sudo()
            token = tokens.search([("connection_id", "=", connection.id)])
            refresh_token = token.refresh_token
            token.unlink()
        return readable(refresh_token)
