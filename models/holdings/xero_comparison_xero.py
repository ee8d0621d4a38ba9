import re
from urllib.parse import parse_qs, urlsplit

from odoo import models
from odoo.fields import Domain
from odoo.tools import float_compare

from ...xero_api.const import GONE_STATUSES
from ..document.xero_document import RECORD_FIELDS, XERO_DIGITS
from .xero_comparison_kinds import MODELS, kind_there, kinship
from .xero_period_odoo import asked_fields

NOT_BOOKED = ("DRAFT", "SUBMITTED")
# Fields by which a document in Xero may name one of Odoo's
NAMES = {
    "account.move": ("name", "ref"),
    "sale.order": ("name",),
    "purchase.order": ("name",),
}
# Fields of a line with what Xero's document is called
XERO_NAMES = ("xero_number", "xero_reference")
NUMBER = re.compile(r"\d{1,9}")


class XeroComparison(models.Model):
    """Xero's side: each of its documents beside Odoo's, as far as Odoo has one."""

    _inherit = "xero.comparison"

    # === ONE PAGE === #

    def _compare_elements(self, endpoint, elements):
        """Note what is not the same, sum up both sides, and keep what was met.

        :param elements: list of ``xero_api.Head``
        """
        rows = self._rows_of_elements(elements)
        sides = self._sides_of_rows(rows.values())
        met = self._met(elements, rows)
        nothing = self.env["xero.document"]
        chosen, counted, both, unequal, same = self._kinds(), [], [], [], 0
        for element in elements:
            row = rows.get(element.xero_id, nothing)
            side = sides.get(row.id)
            kind = side.kind if side else kind_there(endpoint, element)
            if kind not in chosen or element.xero_id in met:
                continue
            if side:
                both.append(side)
            if element.status in GONE_STATUSES:
                values = self._gone(side)
            else:
                counted.append((element, kind))
                values = self._unequal(side, element, row)
                same += not values
            if values:
                unequal.append((element, kind, values))
        self._note_unequal(endpoint, unequal)
        self._note_seen([side.row.id for side in both])
        self._add_up_ours(both)
        self._add_up("xero", [self._counted(*each) for each in counted])
        self.same_count += same

    def _note_unequal(self, endpoint, found):
        """Keep a line for each document of Xero's that is not the same here.

        :param found: list of (``xero_api.Head``, kind, values of the line)
        """
        names = self._contact_names([element for element, *_others in found])
        lines = [
            {**self._values_of_element(endpoint, element, kind, names), **values}
            for element, kind, values in found
        ]
        self._hint(lines)
        self._note(lines)

    def _counted(self, element, kind):
        """What a document adds to the sums, see ``_add_up``.

        :param element: ``xero_api.Head``
        """
        day = element.date or self.date_from
        return day, kind, element.currency, float(element.total or 0)

    def _gone(self, side):
        """What Odoo has and Xero has deleted or voided; None for others.

        One that Odoo has in another month is met by that month's comparison.

        :param side: what Odoo says of it, or None
        """
        if not side or not self._is_in_period(side.day):
            return None
        return {
            **self._values_of_side(side),
            "result": "only_odoo",
            "reason": "gone",
            "xero_total": 0,
            "xero_tax": 0,
        }

    def _unequal(self, side, element, row):
        """Values of a line, but for Xero's side; None when both are the same.

        :param side: what Odoo says of it, None when Odoo wants nothing like it
        :param row: ``xero.document`` that stands for it, maybe empty
        """
        if not side:
            reason = self._why_only_xero(row)
            return {"result": "only_xero", "reason": reason, "document_id": row.id}
        reason = self._difference(side, element)
        return reason and {
            "result": "differ",
            "reason": reason,
            **self._values_of_side(side),
        }

    def _difference(self, side, element):
        """What differs first, None when nothing does."""
        if side.currency != element.currency:
            return "currency"
        currency = side.record.currency_id
        digits = max(currency.decimal_places, XERO_DIGITS[1])
        figures = (
            (side.total, element.total),
            (side.tax, element.total_tax),
        )
        for ours, theirs in figures:
            if float_compare(ours, float(theirs or 0), digits) != 0:
                return "amounts"
        if side.day != element.date:
            return "date"
        # A quote is in no book
        booked = side.wanted not in NOT_BOOKED and side.kind != "quotation"
        return "not_booked" if booked and element.status in NOT_BOOKED else None

    def _why_only_xero(self, row):
        """:param row: ``xero.document`` that stands for it, maybe empty"""
        if not row:
            return "made"
        return "ended" if row._record() else "deleted"

    # === ROWS === #

    def _sides_of_rows(self, rows):
        """:return: dict of a row's id → ``Side``, of those that Odoo wants in Xero"""
        sides, rows = {}, self.env["xero.document"].union(*rows)
        for field in dict.fromkeys(RECORD_FIELDS.values()):
            records = rows[field]
            records.fetch(asked_fields(records))
        companies = rows.grouped(lambda row: row._record().company_id)
        for company, same in companies.items():
            if company and not same[0]._is_elsewhere():  # one answer for all of them
                for row in same:
                    sides[row.id] = self._side(row._record(), row.kind, row)
        return {row_id: side for row_id, side in sides.items() if side}

    def _met(self, elements, rows):
        """Ids of Xero's documents that an earlier page had too.

        One that was made meanwhile moves others to the next page.
        """
        ids = [each.xero_id for each in elements]
        lines = self.env["xero.comparison.line"].search_fetch(
            [("comparison_id", "=", self.id), ("xero_id", "in", ids)], ["xero_id"]
        )
        seen = self._seen([row.id for row in rows.values()])
        return set(lines.mapped("xero_id")) | {
            row.xero_id for row in rows.values() if row.id in seen
        }

    # === WHAT LOOKS LIKE ODOO'S === #

    def _hint(self, lines):
        """Tell which of Odoo's documents these lines of Xero's look like.

        By the link back to Odoo, by the number, or by the reference.

        :param lines: list of values; those made in Xero are changed here
        """
        made = [values for values in lines if values["reason"] == "made"]
        for model, kinds in MODELS.items():
            field = next(
                name
                for name in dict.fromkeys(RECORD_FIELDS.values())
                if self.env["xero.document"]._fields[name].comodel_name == model
            )
            likely = [values for values in made if values["kind"] in kinds]
            for values, record in self._alike(model, likely):
                twice = any(
                    not row._is_gone() and row.connection_id == self.connection_id
                    for row in record.xero_document_ids
                )
                values[field] = record.id
                values["odoo_number"] = record.display_name
                values["reason"] = "twice" if twice else "alike"

    def _alike(self, model, likely):
        """Pairs of values and the Odoo record that they look like."""
        if not likely:
            return []
        texts = {values[name] for values in likely for name in XERO_NAMES} - {""}
        ids = {_linked_id(model, values["xero_link"]) for values in likely} - {None}
        domain = Domain("id", "in", list(ids))
        for name in NAMES[model]:
            domain |= Domain(name, "in", list(texts))
        domain &= Domain("company_id", "in", self.connection_id._companies().ids)
        known = {}
        for record in self.env[model].search(domain, order="id desc"):
            kin = kinship(record._xero_kind_now())
            for key in (record.id, *(record[name] for name in NAMES[model])):
                known[kin, key] = record
        pairs = []
        for values in likely:
            keys = [_linked_id(model, values["xero_link"])]
            keys += [values[name] or None for name in XERO_NAMES]
            found = [known.get((kinship(values["kind"]), key)) for key in keys]
            pairs += [(values, record) for record in found if record][:1]
        return pairs


def _linked_id(model, url):
    """The id in a link back to an Odoo record, None when it leads elsewhere."""
    query = parse_qs(urlsplit(url or "").query)
    number = query.get("res_id", [""])[0]
    if query.get("model") != [model] or not NUMBER.fullmatch(number):
        return None
    return int(number)
