import logging
from datetime import timedelta

from odoo import models

from .. import xero_api

_logger = logging.getLogger(__name__)

# Xero's clock and ours may differ by some minutes.
CLOCK_TOLERANCE = timedelta(minutes=10)


class XeroConnection(models.Model):
    """Finding out what became of calls whose answer never came.

    Xero keeps an idempotency key for six minutes
    (https://developer.xero.com/documentation/guides/idempotent-requests/idempotency).
    Within five, the very same request goes again with its key: Xero replays the answer
    or processes it for the first time. Later, the objects are looked for by the keys
    we gave them; what is there is adopted, only the rest is queued anew.
    """

    _inherit = "xero.connection"

    def _recover(self):
        """Settle every open request; the caller holds the drain lock.

        :raise xero_api.XeroError: when Xero cannot be asked now
        """
        open_requests = self.env["xero.request"].search(
            [("connection_id", "=", self.id), ("outcome", "in", ("open", "unknown"))],
            order="id",
        )
        for request in open_requests:
            if request._key_is_alive():
                self._call(request, first_try=False)
            elif request.method == "POST":
                self._requeue(request)
            else:
                self._look_up(request)

    def _requeue(self, request):
        """An update names its object: sending it again gives the same result."""

        def step():
            rows = request._unsettled_bindings()
            rows.payload_digest = False
            rows._set_pending()
            request._close("looked_up")

        self._with_retry(step)
        self._commit()

    def _look_up(self, request):
        """Adopt the objects a lost create made, and queue the others anew."""
        found = self._find_created(request)

        def step():
            rows = request._unsettled_bindings()
            adopted = rows.browse()
            for row in rows:
                element = found.get(row.id)
                if element is None:
                    row._set_unanswered()
                elif row._read_answer(element):
                    adopted += row
            adopted._after_synced()
            request._close("looked_up")

        self._with_retry(step)
        self._commit()

    def _find_created(self, request):
        """Read what changed in Xero since the request, and keep what it made.

        :return: dict of binding id → ``xero_api.Element``
        """
        sent = xero_api.sent_elements(request.endpoint, request.body)
        wanted = dict(zip(request.binding_ids, sent, strict=True))
        known = self._known_xero_ids(request.binding_model)
        found = {}
        with self._client() as client:
            since = request.sent_at - CLOCK_TOLERANCE
            for element in client.changed_since(request.endpoint, since):
                if element.xero_id in known:
                    continue
                for binding_id, sent_element in wanted.items():
                    if xero_api.is_same(sent_element, element, request.endpoint):
                        found.setdefault(binding_id, element)
            self._note_budget(client)
        return found

    def _known_xero_ids(self, model):
        """Xero's ids of what we sent and know about; merely read rows do not count."""
        rows = self.env[model].search_fetch(
            [
                ("connection_id", "=", self.id),
                ("xero_id", "!=", False),
                ("request_id", "!=", False),
            ],
            ["xero_id"],
        )
        return set(rows.mapped("xero_id"))
