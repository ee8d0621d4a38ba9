from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain

from ..document.xero_document import RECORD_FIELDS
from ..document.xero_document_mixin import KEEP
from .xero_comparison_kinds import kind_here

# Odoo's records looked at in one transaction
BATCH = 1000
# A quote that was declined is over, here and there
OVER = (None, KEEP, "DECLINED")
# Rows whose figures are those of the record, as Xero confirmed them
SETTLED = ("synced", "mismatch")
# What is asked of each row, and of each record: read at once, and nothing besides
ROW_FIELDS = (
    "connection_id",
    "kind",
    *dict.fromkeys(RECORD_FIELDS.values()),
    "state",
    "xero_id",
    "xero_status",
    "synced_at",
    "odoo_total",
    "odoo_tax",
)
ASKED_FIELDS = {
    "account.move": ("move_type", "posted_before"),
    "sale.order": ("user_id", "create_uid"),
    "purchase.order": ("user_id", "create_uid"),
}
ALWAYS_ASKED = ("state", "company_id", "currency_id", "amount_total")


class Side(NamedTuple):
    """What Odoo says that Xero should hold.

    :ivar kind: in the comparison
    :ivar wanted: the status it should have in Xero
    :ivar row: its ``xero.document``, maybe empty
    :ivar currency: its code
    """

    kind: str
    wanted: str
    record: models.Model
    row: models.Model
    day: object
    currency: str
    total: float
    tax: float


class XeroPeriodMixin(models.AbstractModel):
    """Odoo's side: the records of the period, and what Xero should hold of each."""

    _inherit = "xero.period.mixin"

    def _next_records(self, model):
        return self.env[model].search_fetch(
            self._records_domain(model) & Domain("id", ">", self.place["last_id"]),
            asked_fields(self.env[model]),
            order="id",
            limit=BATCH,
        )

    def _records_domain(self, model):
        """Records that may be dated in the period (``Domain``)."""
        field = self.env[model]._xero_date_field
        first, last = self.date_from, self.date_to
        if self.env[model]._fields[field].type == "datetime":
            # In any time zone
            first = fields.Date.subtract(first, days=1)
            last = fields.Date.add(last, days=2)
        domain = Domain("company_id", "in", self.connection_id._companies().ids)
        domain &= Domain(field, ">=", first) & Domain(field, "<=", last)
        if model == "account.move":
            types = self.env[model].get_invoice_types(include_receipts=True)
            domain &= Domain("move_type", "in", types)
        return domain

    # === SIDES === #

    def _rows_of_records(self, records):
        """The rows of these records (``xero.document``)."""
        field = RECORD_FIELDS[records._xero_kinds[0]]
        return self.env["xero.document"].search_fetch(
            Domain("connection_id", "=", self.connection_id.id)
            & Domain(field, "in", records.ids),
            ROW_FIELDS,
        )

    def _sides(self, records, rows):
        """What Odoo says of these records: a list of ``Side``.

        :param records: of one model
        :param rows: theirs, and maybe others
        """
        if not records:
            return []
        field = RECORD_FIELDS[records._xero_kinds[0]]
        own = {(row[field].id, row.kind): row for row in rows if row[field]}
        nothing, chosen = self.env["xero.document"], self._kinds()
        return [
            side
            for record in records
            for kind in self._kinds_of(record, chosen)
            if (side := self._side(record, kind, own.get((record.id, kind), nothing)))
        ]

    def _kinds_of(self, record, chosen):
        """Kinds of ``xero.document`` that a record may be: an entry is one of many.

        :param chosen: the kinds that are compared
        """
        is_move = record._name == "account.move"
        kinds = (record._xero_kind_now(),) if is_move else record._xero_kinds
        return [kind for kind in kinds if kind_here(kind, record) in chosen]

    def _side(self, record, kind, row):
        """:return: ``Side``, None where Xero need not hold anything"""
        connection = self.connection_id
        wanted = record._xero_wanted_status(kind, connection)
        if wanted in OVER:
            return None
        if not row.xero_id and not record._xero_starts(kind, connection):
            return None
        amounts = self._amounts(record, kind, row)
        return Side(
            kind=kind_here(kind, record),
            wanted=wanted,
            record=record,
            row=row,
            day=record._xero_day(),
            currency=self.env["res.currency"].browse(amounts["currency_id"]).name,
            total=amounts["odoo_total"],
            tax=amounts["odoo_tax"],
        )

    def _amounts(self, record, kind, row):
        """Odoo's figures, as ``_xero_amounts`` gives them.

        The total is read anew, so that a change which the row missed is seen. What is
        left of an order, and the tax that is booked, are counted line by line: of what
        is settled they are taken as they were sent.
        """
        settled = row.state in SETTLED and row.synced_at
        if not settled or self._is_stored_otherwise(record, kind, row):
            return record._xero_amounts(kind, self.connection_id)
        return {
            "odoo_total": row.odoo_total,
            "odoo_tax": row.odoo_tax,
            "currency_id": record.currency_id.id,
        }

    def _is_stored_otherwise(self, record, kind, row):
        """Whether Odoo has another total than was sent: a change, or an old sum."""
        if kind == "sale_order":
            return False
        total, currency = abs(record.amount_total), record.currency_id
        return currency.compare_amounts(total, row.odoo_total) != 0

    # === XERO'S SIDE === #

    def _rows_of_elements(self, elements):
        """:return: dict of Xero's id → ``xero.document`` of this organisation"""
        rows = self.env["xero.document"].search_fetch(
            Domain("connection_id", "=", self.connection_id.id)
            & Domain("xero_id", "in", [each.xero_id for each in elements]),
            ROW_FIELDS,
        )
        return {row.xero_id: row for row in rows}

    def _contact_names(self, elements):
        """:return: dict of the ids of Xero's contacts → name, as far as known"""
        contacts = self.env["xero.contact"].search_fetch(
            [
                ("connection_id", "=", self.connection_id.id),
                ("xero_id", "in", list({each.contact_id for each in elements})),
            ],
            ["xero_id", "name"],
        )
        return {contact.xero_id: contact.name for contact in contacts}


def asked_fields(records):
    """The fields of a record that tell what Xero should hold of it."""
    return (records._xero_date_field, *ALWAYS_ASKED, *ASKED_FIELDS[records._name])
