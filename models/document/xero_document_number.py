from odoo import fields, models

from ..outbox.xero_refusals import recognise
from .xero_document import ENDPOINTS
from .xero_document_turns import UNSETTLED

# Xero's numbers of these are the vendors', and need not be unique
VENDORS_NUMBERS = ("bill", "refund")


class XeroDocument(models.Model):
    """Documents whose numbers change so that one gets what another one had.

    Two that swap their numbers, or a journal that is sequenced anew: whatever goes
    first, Xero refuses, because the number is on another document there. What has a
    number in Xero then gets a temporary one, which frees its old one for others, and
    its own with the next call. What has none waits.
    """

    _inherit = "xero.document"

    gives_way = fields.Boolean(
        readonly=True,
        help="Its number is on another document that is to lose it: until then it gets"
        " a temporary one.",
    )

    # EXTENDS 'xero.document'
    def _number_to_send(self, has_url):
        number = super()._number_to_send(has_url)
        return self._temporary_number(number) if self.gives_way else number

    # EXTENDS 'xero.binding'
    def _set_refused(self, messages):
        self.gives_way = False
        taken = recognise(messages).cause == "number_taken"
        holder = taken and not self.changed_while_sending and self._number_holder()
        if not holder:
            return super()._set_refused(messages)
        self.payload_digest = False
        if self.xero_number and not self._has_temporary_number():
            self.gives_way = True
            self._set_pending()
            self.looked = True  # Xero has just said that it took nothing
        else:
            self._hold_behind(
                holder,
                self.env._(
                    "Waits until %s has another number in Xero.", holder.record_name
                ),
            )
        return None

    # EXTENDS 'xero.binding'
    def _read_answer(self, element):
        gave_way = self.gives_way
        confirmed = super()._read_answer(element)
        if confirmed and gave_way:
            self.gives_way = False
            self._set_pending()
            self.looked = True  # Xero has just said what it holds
        return confirmed

    # EXTENDS 'xero.document'
    def _synced_note(self):
        return None if self._has_temporary_number() else super()._synced_note()

    def _number_holder(self):
        """The row on its way to another number, whose document has this one's."""
        kinds = [
            kind
            for kind, endpoint in ENDPOINTS.items()
            if endpoint == self._xero_endpoint() and kind not in VENDORS_NUMBERS
        ]
        own = self._wanted_number()
        if self.kind not in kinds or not own:
            return self.browse()
        rows = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("kind", "in", kinds),
                ("xero_number", "=", own),
                ("xero_id", "!=", False),
                ("state", "in", UNSETTLED),
                ("id", "!=", self.id),
            ]
        )
        # What is ended in Xero keeps its number there
        return rows.filtered(
            lambda row: not row._is_unwanted() and row._wanted_number() != own
        )[:1]

    def _wanted_number(self):
        """The number that Odoo wants it to have in Xero, None for one of Xero's."""
        record = self._record()
        if not record:
            return None
        return self._number_to_send(has_url=bool(record._xero_back_link()))

    def _has_temporary_number(self):
        own = self.xero_id and self._wanted_number()
        return bool(own) and self.xero_number == self._temporary_number(own)

    def _temporary_number(self, number):
        """:param number: its own; no other document has it in this form"""
        return f"{number} ({self.xero_id[:8]})"
