import json

from odoo import api, fields, models

NAMED = 4  # so many of what a request carried are named in the list


class XeroRequest(models.Model):
    """What a request carried, as people read it."""

    _inherit = "xero.request"

    carried = fields.Char("Records", compute="_compute_carried")
    document_ids = fields.Many2many("xero.document", compute="_compute_document_ids")
    body_in_lines = fields.Text("What was sent", compute="_compute_body_in_lines")

    @api.depends("binding_model", "binding_ids")
    def _compute_carried(self):
        """The first few by name."""
        for model, requests in self.grouped("binding_model").items():
            ids = {row_id for each in requests for row_id in each.binding_ids[:NAMED]}
            known = self.env[model].browse(ids).exists()
            names = {row.id: row.display_name for row in known}
            for request in requests:
                first = request.binding_ids[:NAMED]
                more = ["…"] if request.element_count > NAMED else []
                named = [names[row_id] for row_id in first if row_id in names]
                request.carried = ", ".join([*named, *more])

    @api.depends("binding_model", "binding_ids")
    def _compute_document_ids(self):
        documents = self.env["xero.document"]
        for request in self:
            carries = request.binding_model == documents._name
            ids = request.binding_ids if carries else []
            request.document_ids = documents.browse(ids).exists()

    @api.depends("body")
    def _compute_body_in_lines(self):
        for request in self:
            body = json.loads(request.body or "null")
            request.body_in_lines = json.dumps(body, indent=2, ensure_ascii=False)
