import base64
import io

import xlsxwriter

from odoo import fields, models

# Lines held in memory at a time
CHUNK = 1000
# Of a cell: https://support.microsoft.com/en-us/office/excel-specifications-and-limits
CELL_LENGTH = 32767


class XeroImport(models.Model):
    """The report: a spreadsheet of every line, made when it is asked for."""

    _inherit = "xero.import"

    report = fields.Binary(compute="_compute_report", exportable=False)
    report_name = fields.Char(compute="_compute_report_name")

    def _compute_report_name(self):
        for each in self:
            each.report_name = f"xero-import-{each.kind}-{each.id}.xlsx"

    def _compute_report(self):
        for each in self:
            each.report = base64.b64encode(each._report())

    def _report(self):
        """The spreadsheet's bytes. Texts stay texts: no cell becomes a formula."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            sheet.set_column(0, len(self._report_titles()), 25)
            for column, title in enumerate(self._report_titles()):
                sheet.write_string(0, column, title, bold)
            for row, texts in enumerate(self._report_rows(), start=1):
                for column, text in enumerate(texts):
                    sheet.write_string(row, column, text[:CELL_LENGTH])
        return stream.getvalue()

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
