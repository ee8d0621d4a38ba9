import contextlib

from odoo import models

from ... import mappers, xero_api
from ...xero_api.const import GONE_STATUSES
from .xero_document import RECORD_FIELDS
from .xero_document_mixin import KEEP

# Key of the context, in a preview: what would be linked or made in Xero before, as a
# dict of ``contacts``: id of the partner → Xero's id, and ``items``: id of the product
# → code
COMING = "xero_sync_coming"


class XeroDocument(models.Model):
    """What is sent for a document, and what Xero's answer means for it."""

    _inherit = "xero.document"

    # === STATUS === #

    def _wanted_status(self):
        """The status Xero's document should have, None for no document, or ``KEEP``."""
        record = self._record()
        if not record or self._is_elsewhere():
            return None
        return record._xero_wanted_status(self.kind, self.connection_id)

    def _current_status(self):
        """Where Xero's document stands, None for none."""
        return self.xero_status if self.xero_id else None

    def _next_status(self):
        """The status to send now on the way to the wanted one.

        Where Xero knows no way there, its document stays what it is, with changes.

        :return: None when Odoo's record asks for no change
        """
        wanted, current = self._wanted_status(), self._current_status()
        if wanted == KEEP:
            return None
        if current == "INVOICED" and wanted == "ACCEPTED":
            return current  # invoiced once; a credit note does not change that
        endpoint = self._xero_endpoint()
        step = xero_api.next_status(endpoint, current, wanted)
        if not step and wanted == "DRAFT" and endpoint == "Quotes":
            step = xero_api.next_status(endpoint, current, "SENT")
        return step or current

    def _is_unwanted(self):
        """Whether Xero should hold no document for this row."""
        wanted = self._wanted_status()
        # What the customer never saw is deleted, not declined
        unseen = self._is_gone() or self.xero_status == "DRAFT"
        return not wanted or (wanted == "DECLINED" and unseen)

    def _has_next_step(self):
        """Whether Xero's answer is only a step on the way to the wanted status."""
        if self._is_gone() or self._is_unwanted():
            return False
        return self._next_status() not in (None, self._current_status())

    # === SEND === #

    # EXTENDS 'xero.binding'
    def _read_ahead(self, answered=False):
        for field in set(RECORD_FIELDS.values()):
            mappers.read_ahead(self[field], answered)

    # EXTENDS 'xero.binding'
    def _prepare(self):
        if self._is_unwanted():
            return self._prepare_removal() if self.xero_id else None
        status = self._next_status()
        if not status:
            return None
        record = self._record().with_company(self.company_id)
        if self.kind == "quotation":
            return self._prepare_quote(record, status)
        return record._xero_prepare(self, self._target(status))

    def _prepare_removal(self):
        """The update that ends the document in Xero, as a model of the SDK."""
        endpoint = self._xero_endpoint()
        # Where nothing ends it, Xero says why not
        status = xero_api.removal_status(endpoint, self.xero_status) or "VOIDED"
        if endpoint == "Quotes":
            return self._quote_step(status, self.contact_xero_id)
        renamed = f"{self.xero_number} ({self.xero_id[:8]})"
        return mappers.to_remove(endpoint, self.xero_id, status, renamed)

    def _target(self, status):
        """What mappers need to know besides the record (``mappers.Target``).

        :param status: the document's in Xero from now on
        """
        record = self._record()
        url = record._xero_back_link()
        coming = self.env.context.get(COMING, {})
        return mappers.Target(
            connection=self.connection_id,
            contact_id=self._contact_in_use()
            or self._partner_contact().xero_id
            or coming.get("contacts", {}).get(self._partner().id)
            or None,
            # Xero makes paid by itself; nobody else sets that status
            status=None if status == "PAID" else status,
            number=self._number_to_send(has_url=bool(url)),
            url=url,
            xero_id=self.xero_id or None,
            theme_id=self.connection_id._theme_of(self.kind).xero_key or None,
            negative_quantities=bool(self.xero_id) and self.negative_quantities,
            item_codes=coming.get("items", {}),
        )

    def _number_to_send(self, has_url):
        """The number Xero's document gets, None to leave it to Xero.

        :param has_url: whether the back link can identify the document in Xero
        """
        record = self._record()
        if self.kind in ("bill", "refund"):
            # Xero knows a bill by the vendor's number. Without that and without a back
            # link, which credit notes never have, a lost answer could not be found.
            posted = record.state == "posted"
            own = record.name if posted else f"Odoo {record.id}"
            linked = has_url and self.kind == "bill"
            return record.ref or (None if linked else own)
        if self.connection_id[f"number_{self.kind}"] == "odoo":
            return self._own_number()
        # A quote that is sent without its number gets a new one
        keeps = self.kind == "quotation" and self.xero_id
        return (keeps and self.xero_number) or None

    def _own_number(self):
        """Odoo's number, as far as Xero has it free.

        Xero keeps that of what was deleted or voided, and an invoice that took its
        order's draft over may have kept the draft's.
        """
        name, count = self._record().name, self.gone_count + 1
        taken = set()
        if self.kind == "sale_order":
            taken.update(self._invoice_rows().mapped("xero_number"))
        while (number := f"{name}-{count}" if count > 1 else name) in taken:
            count += 1
        return number

    # EXTENDS 'xero.binding'
    def _leave_out_known(self, content):
        """Paid is no news; of the number :meth:`_says_more` knows.

        Nor is that the customer has it from Odoo: that goes along with other changes,
        and costs no calls of its own.
        """
        content.setdefault("Status", "AUTHORISED")  # left out where it is paid
        content.pop(xero_api.const.NUMBER_KEYS[self._xero_endpoint()], None)
        content.pop("SentToContact", None)

    def _note_digest(self):
        """Of an older version's documents: Xero holds what would be sent by now."""
        for row in self:
            with contextlib.suppress(mappers.MappingError):
                element = row._prepare()
                if element:
                    text = xero_api.serialise(row._xero_endpoint(), [element])
                    [content] = xero_api.sent_elements(row._xero_endpoint(), text)
                    row.payload_digest = row._digest(content)

    # EXTENDS 'xero.binding'
    def _says_more(self, content):
        """Whether it gets another number than Xero holds, which trims spaces.

        A create may leave the number to Xero, and a draft that becomes an invoice
        gets its number then: no digest of the two could be equal.
        """
        number = content.get(xero_api.const.NUMBER_KEYS[self._xero_endpoint()])
        held = self.xero_number or ""
        return bool(self.xero_id and number) and number.split() != held.split()

    # EXTENDS 'xero.binding'
    def _check_news(self, element):
        """What is in a locked period already, and unchanged, is no matter."""
        move = self.move_id
        if move:
            date, status = move.invoice_date, element.status
            mappers.check_lock(move, date, self.connection_id, status)

    # EXTENDS 'xero.binding'
    def _nothing_to_send(self):
        """Xero needs to hold nothing more for this row."""
        confirmed = self.kind == "sale_order" and self.sale_order_id.state == "sale"
        # Who asked for a document before it was reset to draft, need not ask again
        kept = confirmed or self._wanted_status() == KEEP
        if self.xero_id or self.synced_at or kept:
            self._set_unchanged()
        else:
            self.unlink()

    # === ANSWER === #

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = {
            **super()._values_from_answer(element),
            **self._values_seen(element),
            "waits_for_contact_id": False,
            "took_over": False,
            "looked": False,
            "changed_in_xero": False,
            "lines_there": False,
        }
        if element.status in GONE_STATUSES:
            # Xero never brings it back: should it be wanted again, it is a new one
            values.update(self._values_when_gone())
            if self.kind == "purchase_order":
                # Renamed in the same call, so Odoo's number is free again
                values["gone_count"] = self.gone_count
            return values
        record = self._record()
        if record:
            values.update(record._xero_head(self.kind), date=record._xero_day())
        if record and not self._is_frozen():
            values.update(record._xero_amounts(self.kind, self.connection_id))
        if element.lost is not None:
            values["lost_in_xero"] = element.lost or False
        due = self.connection_id.attach_pdf and self._wants_pdf(element.status)
        return {**values, "pdf_due": due}

    def _values_when_gone(self):
        """Of a deleted or voided document: what is sent next is a new one."""
        return {
            "xero_id": False,
            "payload_digest": False,
            "pdf_due": False,
            "pdf_digest": False,
            "gone_count": self.gone_count + 1,
        }

    # EXTENDS 'xero.binding'
    def _read_answer(self, element):
        was_frozen = self._is_frozen()
        confirmed = super()._read_answer(element)
        # A quote that was opened again has its old content still
        opened = was_frozen and self.xero_id and not self._is_frozen()
        if confirmed and (opened or self._has_next_step()):
            waits = self.waits_until
            self._set_pending()
            # Xero has just said what it holds, unless more was changed meanwhile
            self.write({"looked": not waits, "waits_until": waits})
        return confirmed

    # EXTENDS 'xero.binding'
    def _after_synced(self):
        self._note_in_chatter(lambda document: document._synced_note())
        # What became of an invoice decides what is left of its orders
        orders = self.move_id.invoice_line_ids.sale_line_ids.order_id
        self._rows_of("sale_order", orders)._mark_changed()
        self.env["xero.allocation"]._request(self)

    # EXTENDS 'xero.binding'
    def _after_failed(self):
        self._note_in_chatter(lambda document: document._failed_note())

    def _rows_of(self, kind, records):
        """The rows of a kind for these records, in the same organisations."""
        return records.xero_document_ids.filtered(
            lambda row: row.kind == kind and row.connection_id in self.connection_id
        )
