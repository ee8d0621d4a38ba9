import logging

from odoo import http
from odoo.http import request

from .. import xero_api

_logger = logging.getLogger(__name__)


class XeroOnlineInvoice(http.Controller):
    """The way to what a customer sees of an invoice in Xero."""

    @http.route(
        "/xero_sync/online_invoice/<int:document_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def online_invoice(self, document_id):
        """Ask Xero for the address of an invoice's page, and go there.

        :param document_id: of a ``xero.document`` that the user may see
        """
        # On cursors of our own: this request's transaction stays empty, and none is
        # open while Xero is asked but the one that notes the calls that are left.
        with request.env.registry.cursor() as cr:
            documents = request.env["xero.document"].with_env(request.env(cr=cr))
            document = documents.browse(document_id).exists()
            if not document.has_access("read") or not document._has_online_invoice():
                raise request.not_found()
        with request.env.registry.cursor() as cr:
            # sudo: whoever sees the document may see its page; the token is not theirs
            document = documents.with_env(request.env(cr=cr)).sudo()
            return self._redirect(document.browse(document_id))

    def _redirect(self, document):
        try:
            url = document._online_invoice_url()
        except xero_api.XeroError as error:
            _logger.info("no online invoice of document %s: %s", document.id, error)
            values = {"name": document.record_name, "reason": error.message}
            return request.render("xero_sync.online_invoice_failed", values, status=502)
        return request.redirect(url, local=False)
