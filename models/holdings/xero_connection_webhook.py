from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools import consteq, hmac

from ... import xero_api
from ..connection.sealing import needs_sealing, readable, seal, unseal

WEBHOOK_SCOPE = "xero_sync.webhook"
ADMINISTRATOR = "xero_sync.xero_sync_group_administrator"
# All that a post needs, so that it costs few queries and no other column is read
HEEDED_FIELDS = (
    "active",
    "client_id",
    "client_secret_stored",
    "cron_id",
    "holdings_at",
    "holdings_calls",
    "state",
    "tenant_id",
    "webhook_key_stored",
)
# Between an object's own time of change and the event's
ECHO = timedelta(seconds=2)


class XeroConnection(models.Model):
    """The webhook: Xero rings when something changed, and a reading tells what.

    An application of Xero's has one webhook, with one key, for all its organisations.
    Its address is that of any connection made with the application, where the key is
    kept; the posts name the organisations.
    """

    _inherit = "xero.connection"

    webhook_url = fields.Char(
        "Webhook address",
        compute="_compute_webhook_url",
        groups=ADMINISTRATOR,
        help="The delivery URL of the application's webhooks.",
    )
    webhook_key = fields.Char(
        "Webhooks key",
        compute="_compute_webhook_key",
        inverse="_inverse_webhook_key",
        groups=ADMINISTRATOR,
        help="Can be set, never read.",
    )
    webhook_key_stored = fields.Char(groups=fields.NO_ACCESS, copy=False)
    has_webhook_key = fields.Boolean(compute="_compute_has_webhook_key")

    # === COMPUTE METHODS === #

    def _compute_webhook_url(self):
        for connection in self:
            token = connection._webhook_token()
            base = connection.get_base_url()
            connection.webhook_url = token and f"{base}/xero_sync/webhook/{token}"

    def _compute_webhook_key(self):
        self.webhook_key = False

    def _inverse_webhook_key(self):
        for connection in self.filtered("webhook_key"):
            with connection._settings_in_words():
                key = seal(connection.webhook_key.strip())
            # sudo: the stored key is closed to every group; this is its only way in
            connection.sudo().webhook_key_stored = key
        self.invalidate_recordset(["webhook_key"], flush=False)

    @api.depends("webhook_key_stored")
    def _compute_has_webhook_key(self):
        for connection in self:
            # sudo: only whether there is one
            connection.has_webhook_key = bool(connection.sudo().webhook_key_stored)

    # === BUSINESS METHODS === #

    def _webhook_token(self):
        """What tells this connection's address from any that a stranger makes up.

        :return: text for an address, False while the connection is not saved
        """
        if not isinstance(self.id, int):
            return False
        # sudo: made with the database's own secret, which stays here
        mac = hmac(self.sudo().env, WEBHOOK_SCOPE, self.id)
        return f"{self.id}-{mac[:32]}"

    @api.model
    def _from_webhook_token(self, token):
        """The connection of an address, empty for any that we did not give.

        Costs a stranger's post no query.

        :param token: what stood in the address; anything a stranger may send
        """
        number = token.partition("-")[0]
        # No longer than a PostgreSQL integer
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            return self.browse()
        connection = self.browse(int(number))
        if not consteq(connection._webhook_token().encode(), token.encode()):
            return self.browse()
        every = self.with_context(active_test=False)
        return every.search_fetch([("id", "=", connection.id)], HEEDED_FIELDS)

    def _is_signed_by_xero(self, body, signature):
        """Whether a post to this connection's address came from Xero.

        :param body: bytes, as they came
        :param signature: of the post's header
        """
        key = readable(self.webhook_key_stored)
        return xero_api.is_signed(body, signature, key)

    def _heed_webhook(self, events):
        """Have those of the application's connections read in which there is news.

        However often Xero rings before the reading begins, nothing more is written, so
        that a flood of posts waits for nobody and keeps nobody waiting.

        :param events: list of ``xero_api.Event``
        """
        for connection in self._of_same_application() if events else ():
            told = [each for each in events if each.tenant_id == connection.tenant_id]
            if told and connection._is_live() and connection._is_news(told):
                connection._ask_for_reading()

    def _is_news(self, events):
        """Whether something that is here, too, changed after Xero last told of it.

        What Odoo itself changes in Xero rings as well: its answer told all. What others
        make there is none of Odoo's.

        :param events: list of ``xero_api.Event`` of this organisation
        """
        told = {}  # the latest of each
        for event in events:
            moment = self._naive_utc(event.moment) or datetime.max
            told[event.xero_id] = max(moment, told.get(event.xero_id, moment))
        mine = [("connection_id", "=", self.id), ("xero_id", "in", list(told))]
        fields_read = ["xero_id", "xero_updated"]
        return any(
            not row.xero_updated or row.xero_updated + ECHO < told[row.xero_id]
            for model in ("xero.document", "xero.contact")
            for row in self.env[model].search_fetch(mine, fields_read)
        )

    def _of_same_application(self):
        """The connections made with this one's application, itself among them."""
        same = self.search_fetch([("client_id", "=", self.client_id)], HEEDED_FIELDS)
        # Whoever knows the secret, too, has the application and not only its name
        secret = readable(self.client_secret_stored)
        return same.filtered(
            lambda connection: readable(connection.client_secret_stored) == secret
        )

    # EXTENDS 'xero.connection'
    def _seal_secrets(self):
        result = super()._seal_secrets()
        if needs_sealing(self.webhook_key_stored):
            self.webhook_key_stored = seal(unseal(self.webhook_key_stored))
        return result

    # EXTENDS 'xero.connection'
    def _leave_to_original(self):
        self.webhook_key_stored = False
        return super()._leave_to_original()
