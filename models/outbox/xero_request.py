from datetime import timedelta

from odoo import api, fields, models

from ... import xero_api
from .xero_outbox import CHANNELS


class XeroRequest(models.Model):
    """One write call to Xero: committed before the call, closed with its outcome.

    It is the audit trail, and what recovery reads after a lost answer: the key and
    the exact body are there, and which bindings it carried, in the body's order.
    """

    _name = "xero.request"
    _inherit = ["xero.retention.mixin"]
    _description = "Xero request"
    _order = "id desc"
    _rec_name = "idempotency_key"
    # Bodies are large, and hold personal data
    _gc_moment = "sent_at"

    connection_id = fields.Many2one(
        "xero.connection", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    idempotency_key = fields.Char(required=True, copy=False)
    endpoint = fields.Char(required=True, help="Collection in Xero, e.g. Invoices")
    method = fields.Selection(
        [
            ("PUT", "Create (PUT)"),
            ("POST", "Update (POST)"),
            ("DELETE", "Remove (DELETE)"),
        ],
        required=True,
    )
    parent_xero_id = fields.Char(help="Xero ID of what the sent objects are a part of")
    body = fields.Text(required=True, help="Exactly what was sent")
    binding_model = fields.Char(required=True)
    binding_ids = fields.Json(required=True, help="Bindings carried, in body order")
    element_count = fields.Integer(required=True)
    sent_at = fields.Datetime(required=True, default=fields.Datetime.now)
    answered_at = fields.Datetime()
    outcome = fields.Selection(
        [
            ("open", "Sent, no answer yet"),
            ("unknown", "No answer: being checked"),
            ("answered", "Answered"),
            ("refused", "Refused as a whole"),
            ("not_sent", "Certainly not processed"),
            ("looked_up", "Established later"),
        ],
        required=True,
        default="open",
    )
    error = fields.Text()

    _idempotency_key_uniq = models.UniqueIndex(
        "(idempotency_key)", "An idempotency key is used once."
    )
    _open_idx = models.Index(
        "(connection_id, id) WHERE outcome IN ('open', 'unknown')",
    )
    _sent_at_idx = models.Index("(connection_id, sent_at)")

    def _unsettled_bindings(self):
        """The rows that still wait for this very request, in the body's order."""
        self.ensure_one()
        rows = self.env[self.binding_model].browse(self.binding_ids).exists()
        return rows.filtered(
            lambda row: row.state == "sending" and row.request_id == self
        )

    def _key_is_alive(self):
        """Whether Xero surely still knows this request's idempotency key."""
        return self._age() < timedelta(seconds=xero_api.const.IDEMPOTENCY_SAFE_SECONDS)

    def _may_be_under_way(self):
        """Whether Xero may still be at a repetition made while its key was alive.

        What a look-up does not find then, may appear a moment later.
        """
        return self._age() < timedelta(seconds=xero_api.const.IDEMPOTENCY_KEY_SECONDS)

    def _mistrust_clock(self):
        """Where the clock was set back since, nobody knows if Xero knows the key."""
        for request in self.filtered(lambda request: request._age() < timedelta(0)):
            safe = timedelta(seconds=xero_api.const.IDEMPOTENCY_SAFE_SECONDS)
            request.sent_at = fields.Datetime.now() - safe

    def _age(self):
        return fields.Datetime.now() - self.sent_at

    def _close(self, outcome, error=None):
        """Note what became of the call.

        :param outcome: a value of the field ``outcome``
        :param error: Xero's words or the transport's, without secrets
        """
        self.write(
            {
                "outcome": outcome,
                "error": error,
                "answered_at": fields.Datetime.now(),
            }
        )

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        """Closed, and no row waits for what became of it."""
        return [
            ("outcome", "not in", ("open", "unknown")),
            ("id", "not in", self._awaited().ids),
        ]

    @api.model
    def _awaited(self):
        """The requests that carry rows which are being sent."""
        rows = [self.env[m].search([("state", "=", "sending")]) for m in CHANNELS]
        return self.union(*(each.request_id for each in rows))
