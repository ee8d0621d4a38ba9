from odoo import http
from odoo.http import request

from .. import xero_api

# A post of a hundred events has 40 kB; Odoo answers 413 to a longer one, unread
LARGEST_BODY = 1_000_000


class XeroWebhook(http.Controller):
    """The doorbell: Xero rings when something changed in an organisation's books."""

    # Xero wants an answer without a cookie, so no session is kept
    # (https://developer.xero.com/documentation/guides/webhooks/overview/)
    @http.route(
        "/xero_sync/webhook/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=LARGEST_BODY,
    )
    def webhook(self, token, **_others):
        """Have Xero read anew when the post is from Xero; nothing in it is believed.

        :param token: which connection's key signs, see ``_webhook_token``
        :return: 200 to what Xero signed, whatever it says, else 401; both empty
        """
        body = request.httprequest.get_data()
        signature = request.httprequest.headers.get(xero_api.SIGNATURE_HEADER, "")
        # sudo: nobody is logged in; the signature is what tells Xero from strangers
        connections = request.env["xero.connection"].sudo()
        connection = connections._from_webhook_token(token)
        if not connection._is_signed_by_xero(body, signature):
            return request.make_response("", status=401)
        connection._heed_webhook(xero_api.events_told(body))
        return request.make_response("", status=200)
