from odoo import models

# Lines held in memory at a time
CHUNK = 1000
LINE_FIELDS = (
    "odoo_number",
    "kind",
    "odoo_date",
    "partner_id",
    "currency",
    "odoo_total",
    "action",
    "reason",
    "candidate_id",
    "result",
    "message",
    "document_state",
    "xero_number",
    "remedy",
)


class XeroExisting(models.Model):
    """The report: a spreadsheet of what became of each document."""

    _inherit = "xero.existing"

    # EXTENDS 'xero.task.mixin'
    def _compute_report_name(self):
        for each in self:
            each.report_name = f"xero-existing-{each.date_from}-{each.date_to}.xlsx"

    # EXTENDS 'xero.task.mixin'
    def _report_sheets(self):
        lines = self.env["xero.existing.line"]
        described = lines.fields_get(LINE_FIELDS, ["string", "selection"])
        titles = [described[name]["string"] for name in LINE_FIELDS]
        words = {
            name: dict(described[name].get("selection", ())) for name in LINE_FIELDS
        }
        return [(None, titles, self._report_rows(words))]

    def _report_rows(self, words):
        """Yield each line's values, a chunk of lines in memory at a time.

        :param words: dict of field → what its selection's values are called
        """
        lines = self.env["xero.existing.line"]
        ids = lines.search([("existing_id", "=", self.id)]).ids
        for start in range(0, len(ids), CHUNK):
            for line in lines.browse(ids[start : start + CHUNK]):
                yield [line._report_value(name, words[name]) for name in LINE_FIELDS]
            lines.env.invalidate_all()


class XeroExistingLine(models.Model):
    """A line's values in the report."""

    _inherit = "xero.existing.line"

    def _report_value(self, name, words):
        """:param words: what the values of a selection are called"""
        value = self[name]
        if isinstance(value, models.BaseModel):
            return value.display_name or ""
        return words.get(value, value)
