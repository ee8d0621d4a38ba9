import logging

from odoo import http
from odoo.http import request

from .. import xero_api

_logger = logging.getLogger(__name__)


class XeroOAuth(http.Controller):
    """The way back from Xero's consent page."""

    @http.route("/xero_sync/oauth/callback", type="http", auth="user", methods=["GET"])
    def callback(self, state=None, code=None, error=None, **_others):
        """Take the code Xero sends the browser with, and go on with the first steps.

        Nothing the browser says is trusted but a state made by us for this user.

        :param state: as given to Xero
        :param code: to be exchanged for tokens, when consent was given
        :param error: Xero's word for why it was not
        """
        # On cursors of our own, committed apart from this request's transaction, which
        # stays empty: a state is used up even when what follows fails, and no row is
        # locked while Xero is asked.
        with request.env.registry.cursor() as cr:
            connections = request.env["xero.connection"].with_env(request.env(cr=cr))
            connection_id = connections._from_oauth_state(state).id
        if not connection_id:
            return request.render("xero_sync.oauth_state_invalid", status=400)
        with request.env.registry.cursor() as cr:
            # sudo: the state was made for this user, who may write this connection
            connection = connections.with_env(request.env(cr=cr)).sudo()
            self._finish(connection.browse(connection_id), code, error)
        return request.redirect("/odoo/xero")

    def _finish(self, connection, code, error):
        try:
            if error or not code:
                # Anybody may have written it into the address
                error = (error or "")[: xero_api.const.MAX_MESSAGE]
                raise xero_api.OAuthRefused(error or "no code", code=error)
            connection._exchange_code(code)
        except xero_api.XeroError as refusal:
            _logger.info("connection %s: consent failed: %s", connection.id, refusal)
            connection._set_not_connected(connection._explain_oauth(refusal))
        if connection.state == "connected":
            connection._run_after_commit()
