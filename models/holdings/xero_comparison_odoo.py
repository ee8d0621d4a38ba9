from odoo import models

from .xero_comparison_kinds import MODELS, kind_here

# Row's state → why Xero does not hold what Odoo has
WHY = {
    "pending": "waiting",
    "sending": "waiting",
    "held": "held",
    "failed": "to_fix",
    "skipped": "skipped",
}


class XeroComparison(models.Model):
    """Odoo's side: what should be in Xero, and what of it Xero does not hold."""

    _inherit = "xero.comparison"

    # === ONE SLICE === #

    # EXTENDS 'xero.period.mixin'
    def _records_domain(self, model):
        """The others were summed up when their Xero document was met."""
        return super()._records_domain(model) & self._unmet_domain(model)

    # EXTENDS 'xero.period.mixin'
    def _compare_records(self, records):
        """Sum up and note the next records of which Xero has nothing."""
        sides = [
            side
            for side in self._sides(records, self._rows_of_records(records))
            if self._is_in_period(side.day)
        ]
        seen = self._seen([side.row.id for side in sides])
        missing = [side for side in sides if side.row.id not in seen]
        self._add_up_ours(missing)
        automatic = self._sent_by_itself(missing)
        self._note(
            {
                "result": "only_odoo",
                "reason": self._why_only_odoo(side, automatic),
                **self._values_of_side(side),
            }
            for side in missing
        )

    # === WHY IT IS NOT IN XERO === #

    def _sent_by_itself(self, sides):
        """Ids of the records without a row, by model and kind, that no switch stops.

        :param sides: list of ``Side``
        """
        automatic = set()
        for model in MODELS:
            without = [s for s in sides if s.record._name == model and not s.row]
            records = self.env[model].union(*(side.record for side in without))
            for kind in records._xero_kinds if records else ():
                sent = records._xero_filtered_auto(kind, self.connection_id)
                automatic |= {
                    (each._name, each.id, kind_here(kind, each)) for each in sent
                }
        return automatic

    def _why_only_odoo(self, side, automatic):
        """:param automatic: of :meth:`_sent_by_itself`"""
        if side.row:
            return WHY.get(
                side.row.state, "elsewhere" if side.row.xero_id else "unsent"
            )
        if side.record._xero_is_older(self.connection_id):
            return "before_start"
        if (side.record._name, side.record.id, side.kind) not in automatic:
            return "off"
        if side.record.create_date < self.connection_id.create_date:
            return "older"
        return "unsent"
