from odoo import models

# Lines held in memory at a time
CHUNK = 1000
# Fields of a line and of a sum that are its columns
SUM_FIELDS = (
    "month_name",
    "kind",
    "currency",
    "odoo_count",
    "odoo_total",
    "xero_count",
    "xero_total",
    "difference",
)
LINE_FIELDS = (
    "result",
    "reason",
    "kind",
    "partner_name",
    "odoo_number",
    "odoo_date",
    "currency",
    "odoo_total",
    "odoo_tax",
    "xero_number",
    "xero_reference",
    "xero_status",
    "xero_date",
    "xero_currency",
    "xero_total",
    "xero_tax",
    "difference",
    "document_state",
    "remedy",
)


class XeroComparison(models.Model):
    """The report: a spreadsheet of the sums, and of what is not the same."""

    _inherit = "xero.comparison"

    # EXTENDS 'xero.task.mixin'
    def _compute_report_name(self):
        for each in self:
            each.report_name = f"xero-comparison-{each.date_from}-{each.date_to}.xlsx"

    # EXTENDS 'xero.task.mixin'
    def _report_sheets(self):
        return [
            self._sheet(self.env._("Sums"), "xero.comparison.sum", SUM_FIELDS),
            self._sheet(
                self.env._("Not the same"), "xero.comparison.line", LINE_FIELDS
            ),
        ]

    def _sheet(self, name, model, names):
        """A sheet of all records of this comparison, with a column for each field.

        :param names: of the fields
        """
        described = self.env[model].fields_get(names, ["string", "selection"])
        titles = [described[name]["string"] for name in names]
        words = {name: dict(described[name].get("selection", ())) for name in names}
        return name, titles, self._sheet_rows(model, names, words)

    def _sheet_rows(self, model, names, words):
        """Yield each record's values, a chunk of records in memory at a time.

        :param words: dict of field → what its selection's values are called
        """
        records = self.env[model]
        ids = records.search([("comparison_id", "=", self.id)]).ids
        for start in range(0, len(ids), CHUNK):
            for record in records.browse(ids[start : start + CHUNK]):
                yield [words[name].get(record[name], record[name]) for name in names]
            records.env.invalidate_all()
