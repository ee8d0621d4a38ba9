import functools

from odoo import models

from ... import xero_api

# Xero shows customers no drafts
# (https://developer.xero.com/documentation/api/accounting/invoices)
ONLINE_STATUSES = ("SUBMITTED", "AUTHORISED", "PAID")


class XeroDocument(models.Model):
    """The page at which a customer sees an invoice, and may pay it."""

    _inherit = "xero.document"

    def _has_online_invoice(self):
        """Whether Xero can have such a page for this document."""
        approved = self.xero_status in ONLINE_STATUSES
        # sudo: that there is a connection is no secret
        live = self.sudo().connection_id._is_live()
        return bool(self.kind == "invoice" and self.xero_id and approved and live)

    def _online_invoice_url(self):
        """Ask Xero for its address: one call, so only when a person wants it.

        Must own the cursor, which holds no lock while Xero is asked.

        :raise xero_api.XeroError: when Xero names none
        """
        connection = self.connection_id
        if not connection._is_open() or connection._is_moved(None):
            raise xero_api.RateLimited(
                connection._why_closed() or self.env._("Xero is not connected.")
            )
        try:
            with connection._client() as client:
                url = client.online_invoice_url(self.xero_id)
        except xero_api.RateLimited as error:
            # The pause is everybody's
            heed = functools.partial(connection._handle_call_error, error)
            connection._with_retry(heed)
            raise
        connection._with_retry(functools.partial(connection._note_budget, client))
        return url
