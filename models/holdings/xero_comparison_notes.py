from odoo import models
from odoo.tools import date_utils

from ..document.xero_document import RECORD_FIELDS


class XeroComparison(models.Model):
    """What a slice of a comparison keeps: lines of what is not the same, and sums."""

    _inherit = "xero.comparison"

    # === LINES === #

    def _note(self, lines):
        """Keep what is not the same.

        :param lines: iterable of values of ``xero.comparison.line``
        """
        self.env["xero.comparison.line"].create(
            [
                {
                    "comparison_id": self.id,
                    "difference": _difference(values),
                    **values,
                }
                for values in lines
            ]
        )

    def _values_of_side(self, side):
        """Odoo's side of a line.

        :param side: ``Side``
        """
        record = side.record
        return {
            RECORD_FIELDS[record._xero_kinds[0]]: record.id,
            "document_id": side.row.id,
            "kind": side.kind,
            "currency": side.currency,
            "partner_name": record.partner_id.commercial_partner_id.display_name,
            "odoo_number": record.display_name,
            "odoo_date": side.day,
            "odoo_total": side.total,
            "odoo_tax": side.tax,
        }

    def _values_of_element(self, endpoint, element, kind, names):
        """Xero's side of a line.

        :param element: ``xero_api.Head``
        :param names: of :meth:`_contact_names`
        """
        return {
            "endpoint": endpoint,
            "kind": kind,
            "currency": element.currency,
            "partner_name": names.get(element.contact_id),
            "xero_id": element.xero_id,
            "xero_number": element.number,
            "xero_reference": element.reference,
            "xero_link": element.url,
            "xero_status": element.status,
            "xero_currency": element.currency,
            "xero_date": element.date,
            "xero_total": float(element.total or 0),
            "xero_tax": float(element.total_tax or 0),
        }

    # === SUMS === #

    def _add_up_ours(self, sides):
        """Add Odoo's side of documents to the sums of their months.

        One that Odoo has in another month is counted by that month's comparison.

        :param sides: list of ``Side``
        """
        self._add_up(
            "odoo",
            [
                (side.day, side.kind, side.currency, side.total)
                for side in sides
                if self._is_in_period(side.day)
            ],
        )

    def _add_up(self, where, documents):
        """Add documents to the sums of their months.

        :param where: ``odoo`` or ``xero``
        :param documents: list of (day, kind, currency, total)
        """
        counts, totals = {}, {}
        for day, kind, currency, total in documents:
            key = (date_utils.start_of(day, "month"), kind, currency)
            counts[key] = counts.get(key, 0) + 1
            totals[key] = totals.get(key, 0.0) + total
        sums = {(each.month, each.kind, each.currency): each for each in self.sum_ids}
        for key, count in counts.items():
            names = dict(zip(("month", "kind", "currency"), key, strict=True))
            own = sums.get(key) or self.sum_ids.create(
                {"comparison_id": self.id, **names}
            )
            own[f"{where}_count"] += count
            own[f"{where}_total"] += totals[key]


def _difference(values):
    """How much more Xero holds; nothing where the currencies cannot be compared.

    :param values: of a line
    """
    if values.get("xero_currency", values["currency"]) != values["currency"]:
        return 0
    return values.get("xero_total", 0) - values.get("odoo_total", 0)
