import functools
from datetime import timedelta

from odoo import fields, models

from ... import xero_api
from ...xero_api.const import GONE_STATUSES

# Xero's clock and ours may differ by some minutes.
CLOCK_TOLERANCE = timedelta(minutes=10)
# What was sent is looked for even where a server's time zone is wrong, or was
WRONG_CLOCK = timedelta(days=1)
# So many are read one by one, for one call each …
FEW_DOCUMENTS = 3
# … unless the list of what changed since they were sent is surely short
SHORT_LIST = timedelta(days=1)


class XeroConnection(models.Model):
    """Finding out what became of calls whose answer never came.

    Xero keeps an idempotency key for six minutes
    (https://developer.xero.com/documentation/guides/idempotent-requests/idempotency).
    Within five, the very same request goes again with its key: Xero replays the answer
    or processes it for the first time. After six, the objects are looked for by the
    keys we gave them; what is there is adopted, only the rest is queued anew.
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
        open_requests._mistrust_clock()
        for request in open_requests:
            if request._key_is_alive():
                self._call(request, first_try=False)
            elif request._may_be_under_way():
                self._come_back(soon=False)
            else:
                self._look_up(request)
        if open_requests:
            self._commit()

    def _look_up(self, request):
        """Adopt what a lost write did, ask about what may be it, queue the others anew.

        An update names its object, so nothing is doubled. Only a deletion cannot be
        repeated, Xero would refuse it.
        """
        try:
            if request.method == "PUT":
                found, alike = self._find_created(request)
            else:
                found, alike = self._find_deleted(request), {}
        except xero_api.Denied as error:
            if not self._close_after_error(request, error, first_try=False):
                raise
            return

        def settle(row):
            if row.id in alike:
                row._set_doubtful(*alike[row.id])
            else:
                row._set_unanswered()

        def step():
            rows = request._unsettled_bindings()
            adopted = rows.filtered(lambda row: row.id in found)
            adopted._read_answers(found)
            for row in rows - adopted:
                row._apart(settle)
            request._close("looked_up")

        self._with_retry(step)
        self._commit()

    def _find_created(self, request):
        """What a lost create made, as far as Xero still has it.

        What looks like several of them was made for one.

        :return: (dict of binding id → ``xero_api.Element`` that is surely it, dict of
            binding id → what was sent and an ``xero_api.Element`` a person may take
            for it)
        """
        wanted, endpoint = self._sent_by_binding(request), request.endpoint
        found, alike = {}, {}
        for element in self._unknown_candidates(request):
            ours, like = (
                [each for each in wanted if test(wanted[each], element, endpoint)]
                for test in (xero_api.is_ours, xero_api.is_like)
            )
            if ours:
                found[ours[0]] = xero_api.compared(wanted.pop(ours[0]), element)
                continue
            for binding_id in like:
                alike.setdefault(binding_id, (wanted[binding_id], element))
        return found, alike

    def _unknown_candidates(self, request):
        """What a lost create may have made, and no row of ours stands for."""
        candidates = list(self._candidates(request))
        known = self._known_xero_ids(
            request.binding_model, [element.xero_id for element in candidates]
        )
        # A deleted one may be what the same record had in Xero before
        return [
            element
            for element in candidates
            if element.xero_id not in known and element.status not in GONE_STATUSES
        ]

    def _find_deleted(self, request):
        """What a lost update has deleted.

        :return: dict of binding id → ``xero_api.Element``
        """
        id_key = xero_api.const.ID_KEYS[request.endpoint]
        wanted = {
            sent_element[id_key]: binding_id
            for binding_id, sent_element in self._sent_by_binding(request).items()
            if sent_element.get("Status") in GONE_STATUSES
        }
        if not wanted:
            return {}
        return {
            wanted[element.xero_id]: element
            for element in self._changed_since_request(request)
            if element.xero_id in wanted and element.status in GONE_STATUSES
        }

    def _candidates(self, request):
        """What Xero holds that a lost create may have made."""
        if request.endpoint != "Allocations":
            return self._changed_since_request(request)
        with self._client() as client:
            try:
                allocations = client.allocations(request.parent_xero_id)
            except xero_api.NotFound:  # the credit note is gone, and they with it
                allocations = []
            self._note_budget(client)
        return allocations

    def _sent_by_binding(self, request):
        """:return: dict of binding id → the element that was sent for it"""
        sent = xero_api.sent_elements(request.endpoint, request.body)
        return dict(zip(request.binding_ids, sent, strict=True))

    def _changed_since_request(self, request):
        """Read everything of the endpoint that changed in Xero since the request."""
        with self._client() as client:
            since = request.sent_at - WRONG_CLOCK
            changed = list(client.changed_since(request.endpoint, since))
            self._note_budget(client)
        return changed

    def _known_xero_ids(self, model, xero_ids):
        """Those of Xero's ids that we sent and know about; merely read rows do not
        count.
        """
        own = [("connection_id", "=", self.id)]
        rows = self.env[model].search_fetch(
            [*own, ("xero_id", "in", xero_ids), *self.env[model]._sent_domain()],
            ["xero_id"],
        )
        known = set(rows.mapped("xero_id"))
        if model == "xero.document":
            # What a person left there looks like the one that was sent as new
            left = self.env[model].search([*own, ("left_xero_id", "!=", False)])
            known.update(*(each.split(",") for each in left.mapped("left_xero_id")))
        return known

    def _look_up_documents(self):
        """Read what Xero holds for the documents that need to know it first.

        :return: whether there were any
        """
        rows = self.env["xero.document"].search(
            [*self._due_domain(), ("look_up", "!=", False)],
            limit=xero_api.const.BATCH_SIZE,
            order="urgent desc, id desc",
        )
        for endpoint, group in rows.grouped(lambda row: row._xero_endpoint()).items():
            with self._client() as client:
                found, unchanged = self._read_documents(client, endpoint, group)
                self._note_budget(client)
            self._with_retry(functools.partial(group._settle_look_up, found, unchanged))
            self._commit()
        return bool(rows)

    def _look_up_allocations(self):
        """Read what is left of both sides of the allocations that Xero refused.

        :return: whether there were any
        """
        rows = self.env["xero.allocation"].search(
            [*self._due_domain(), ("look_up", "=", True)],
            limit=FEW_DOCUMENTS,
            order="urgent desc, id",
        )
        if not rows:
            return False
        sides = {"Invoices": rows.credited_document_id, "CreditNotes": rows.document_id}
        with self._client() as client:
            found = {
                element.xero_id: element
                for endpoint, documents in sides.items()
                for element in client.documents(
                    endpoint, filter(None, documents.mapped("xero_id"))
                )
            }
            self._note_budget(client)
        self._with_retry(functools.partial(rows._settle_look_up, found))
        self._commit()
        return True

    def _chosen_document(self, client, endpoint, chosen):
        """What a person wants to link to; None where Xero has no such document.

        :param chosen: number or id as typed, which Xero may refuse to look for
        """
        try:
            return client.document(endpoint, chosen)
        except xero_api.RequestRefused:
            return None

    def _read_documents(self, client, endpoint, rows):
        """Read these rows' documents with few calls.

        Xero gives invoices by their ids. Of the others many are read as the list of
        what changed since Odoo knew them; what is not in it is as it was.

        :return: (dict of Xero's id or ``link_to`` → ``xero_api.Element``, the rows
            whose document surely did not change)
        """
        linking = rows.filtered(lambda row: row.look_up == "link")
        found = {
            chosen: self._chosen_document(client, endpoint, chosen)
            for chosen in set(linking.mapped("link_to"))
        }
        updates = rows.filtered(
            lambda row: (
                row.look_up == "update" and row.synced_at and row._may_be_unread()
            )
        )
        recent = fields.Datetime.now() - SHORT_LIST
        old = any(row.synced_at < recent for row in updates)
        if endpoint == "Invoices" or len(updates) <= (FEW_DOCUMENTS if old else 1):
            updates = rows.browse()
        singly = rows - linking - updates
        elements = client.documents(endpoint, singly.mapped("xero_id"))
        if updates:
            since = min(updates.mapped("synced_at")) - CLOCK_TOLERANCE
            elements += client.changed_since(endpoint, since)
        found.update({element.xero_id: element for element in elements})
        return found, updates.filtered(lambda row: row.xero_id not in found)
