from odoo import fields, models
from odoo.tools import SQL

from ... import xero_api
from ...xero_api.const import GONE_STATUSES
from ..document.xero_document import RECORD_FIELDS
from .xero_existing_candidate import BOOKED_STATUSES

# Who typed a document into Xero may have taken another day
DAYS_AROUND = 31
# A quote that was declined is over
OVER = (*GONE_STATUSES, "DECLINED")
# States of a row that Odoo made for a document, and that a person left so
KNOWN_STATES = ("pending", "sending", "skipped")
# Of entries that Odoo has in its books, and of orders that are approved
BOOKED_STATES = ("posted", "purchase")
# Kind in a comparison → Xero's type of document, or where there are no types
BOOKS = {
    "invoice": "ACCREC",
    "draft": "ACCREC",
    "bill": "ACCPAY",
    "draft_bill": "ACCPAY",
    "credit_note": "ACCRECCREDIT",
    "refund": "ACCPAYCREDIT",
    "quotation": "Quotes",
    "purchase_order": "PurchaseOrders",
}
PURCHASES = ("ACCPAY", "ACCPAYCREDIT")
# What a look finds
TABLES = ("xero_existing_line", "xero_existing_candidate", "xero_existing_problem")


class XeroExisting(models.Model):
    """The first look: what Xero has that Odoo does not know, and the other way round.

    Only its own lines are written: neither Xero nor Odoo's documents are touched.
    """

    _inherit = "xero.existing"

    def _read_on(self):
        """One slice, see ``xero.period.mixin``."""
        if not self.place:
            self.connection_id._with_retry(self._forget_lines)
            with self.connection_id._client() as client:
                # Who was merged is known before documents are looked at
                self.connection_id._refresh_contacts(client)
                self.connection_id._note_budget(client)
        return self._go_through()

    def _forget_lines(self):
        """What an earlier look found is found anew: by SQL, there may be many."""
        for table in TABLES:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE existing_id = %s",
                    SQL.identifier(table),
                    self.id,
                )
            )
        self.write({"known_count": 0, "product_ids": [fields.Command.clear()]})
        self.env.invalidate_all()

    # EXTENDS 'xero.period.mixin'
    def _first_read(self):
        return (
            fields.Date.subtract(self.date_from, days=DAYS_AROUND),
            fields.Date.add(self.date_to, days=DAYS_AROUND),
        )

    # EXTENDS 'xero.period.mixin'
    def _finish(self):
        if self.state != "reading":
            return 0
        self._match()
        self._count_problems()
        self.state = "review"
        return 1

    # === XERO'S SIDE === #

    # EXTENDS 'xero.period.mixin'
    def _ask_for_page(self, client, endpoint, number):
        # What is linked takes over what Xero said of it, but for the lines
        return client.dated_elements_page(endpoint, number, *self._first_read())

    # EXTENDS 'xero.period.mixin'
    def _compare_elements(self, endpoint, elements):
        """Keep those of Xero's for which no row of ours stands."""
        known = set(self._rows_of_elements(elements)) | self._kept_ids(elements)
        books = {BOOKS[kind] for kind in self._kinds()}
        found = [
            element
            for element in elements
            if element.ok
            and element.xero_id not in known
            and element.status not in OVER
            and _book(endpoint, element) in books
        ]
        names = self._contact_names(found)
        self.env["xero.existing.candidate"].create(
            [self._values_of_candidate(endpoint, each, names) for each in found]
        )

    def _kept_ids(self, elements):
        """Ids of those that an earlier page had too: one made meanwhile moves others.

        :return: set
        """
        kept = self.env["xero.existing.candidate"].search_fetch(
            [
                ("existing_id", "=", self.id),
                ("xero_id", "in", [each.xero_id for each in elements]),
            ],
            ["xero_id"],
        )
        return set(kept.mapped("xero_id"))

    def _values_of_candidate(self, endpoint, element, names):
        """:param names: dict of ids of Xero's contacts → name"""
        model, id_ = xero_api.leads_to(element) or (False, 0)
        return {
            "existing_id": self.id,
            "book": _book(endpoint, element),
            "endpoint": endpoint,
            "xero_id": element.xero_id,
            "number": element.number,
            "reference": element.reference,
            "contact_xero_id": element.contact_id,
            "contact_name": names.get(element.contact_id),
            "date": element.date,
            "total": float(element.total or 0),
            "currency": element.currency,
            "status": element.status,
            "is_booked": element.status in BOOKED_STATUSES,
            "content": xero_api.keep(element),
            "number_key": _key(element.number),
            "reference_key": _key(element.reference),
            "linked_model": model,
            "linked_id": id_,
        }

    # === ODOO'S SIDE === #

    # EXTENDS 'xero.period.mixin'
    def _compare_records(self, records):
        """Make a line for each of Odoo's that Xero does not have through Odoo."""
        sides = [
            side
            for side in self._sides(records, self._rows_of_records(records))
            if self._is_in_period(side.day)
        ]
        new = [side for side in sides if not _is_known(side.row)]
        self.known_count += len(sides) - len(new)
        self.env["xero.existing.line"].create(
            [
                {**self._values_of_line(side), **foreseen}
                for side, foreseen in zip(new, self._foresee(new), strict=True)
            ]
        )

    def _values_of_line(self, side):
        record, book = side.record, BOOKS[side.kind]
        number = record.ref if book in PURCHASES else record.name
        return {
            "existing_id": self.id,
            "kind": side.kind,
            "document_kind": document_kind(side),
            "book": book,
            RECORD_FIELDS[record._xero_kinds[0]]: record.id,
            "odoo_number": record.display_name,
            "odoo_date": side.day,
            "odoo_total": side.total,
            "currency": side.currency,
            "is_booked": record.state in BOOKED_STATES,
            "number_key": _key(number),
            "action": "send",
        }


def _is_known(row):
    """Whether Odoo brings it to Xero, or did, or a person left it out.

    :param row: ``xero.document``, maybe empty
    """
    return bool(row.xero_id or row.synced_at) or row.state in KNOWN_STATES


def _book(endpoint, element):
    """As of BOOKS: Xero has names of its own for the types of orders."""
    is_entry = endpoint in ("Invoices", "CreditNotes")
    return element.type if is_entry else endpoint


def document_kind(side):
    """The kind of ``xero.document`` that stands for it."""
    kinds = {"draft": "sale_order", "draft_bill": "bill"}
    return kinds.get(side.kind, side.kind)


def _key(number):
    """What of a number counts: people write INV-7 for INV/7."""
    return "".join(filter(str.isalnum, (number or "").casefold())) or False
