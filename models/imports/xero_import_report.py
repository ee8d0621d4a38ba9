from odoo import models

# Lines held in memory at a time
CHUNK = 1000


class XeroImport(models.Model):
    """The report: a spreadsheet of every line, made when it is asked for."""

    _inherit = "xero.import"

    # EXTENDS 'xero.task.mixin'
    def _compute_report_name(self):
        for each in self:
            each.report_name = f"xero-import-{each.kind}-{each.id}.xlsx"

    # EXTENDS 'xero.task.mixin'
    def _report_sheets(self):
        return [(None, self._report_titles(), self._report_rows())]

    def _report_titles(self):
        return [
            self.env._("Name in Xero"),
            self.env._("Number or code"),
            self.env._("E-mail"),
            self.env._("Action"),
            self.env._("Why"),
            self.env._("In Odoo"),
            self.env._("Result"),
            self.env._("Remarks"),
        ]

    def _report_rows(self):
        """Yield each line's texts, a chunk of lines in memory at a time."""
        lines = self.env["xero.import.line"].with_context(active_test=False)
        actions = dict(lines._fields["action"]._description_selection(self.env))
        results = dict(lines._fields["result"]._description_selection(self.env))
        ids = lines.search([("import_id", "=", self.id)]).ids
        for start in range(0, len(ids), CHUNK):
            chunk = lines.browse(ids[start : start + CHUNK])
            for line in chunk:
                yield [
                    line.name or "",
                    line.contact_number or line.code or "",
                    line.email or "",
                    actions[line.action],
                    line.reason or "",
                    line._record().display_name or "",
                    results.get(line.result, ""),
                    line.message or "",
                ]
            lines.env.invalidate_all()
