from odoo import api, fields, models


class XeroDocument(models.Model):
    """What lists of documents show and are searched by: whose, when, which numbers.

    As of when Odoo asked for it, failed with it or sent it last.
    """

    _inherit = "xero.document"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer or vendor",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    date = fields.Date(readonly=True, index=True)
    former_numbers = fields.Char(
        "Earlier Xero numbers",
        readonly=True,
        copy=False,
        index="trigram",
        help="Numbers that it had in Xero before, with commas",
    )
    reason = fields.Char(compute="_compute_reason")

    @api.depends("state", "message")
    def _compute_reason(self):
        """What the form tells in sentences, in one line."""
        for document in self:
            text = document.difference or document.message or ""
            document.reason = " ".join(text.split()) or False

    # EXTENDS 'base'
    def write(self, vals):
        if "xero_number" in vals:
            for row in self.filtered("xero_number"):
                if row.xero_number != vals["xero_number"]:
                    row._keep_number()
        return super().write(vals)

    def _keep_number(self):
        """People go on looking for the number that its document had so far."""
        known = (self.former_numbers or "").split(", ")
        numbers = dict.fromkeys(filter(None, [*known, self.xero_number]))
        self.former_numbers = ", ".join(numbers)

    # EXTENDS 'xero.binding'
    def _set_failed(self, problems):
        result = super()._set_failed(problems)
        record = self._record()
        if record:
            self.write(record._xero_head(self.kind))
        return result


class XeroDocumentMixin(models.AbstractModel):
    """Where it is found, and what its row in the list says."""

    _inherit = "xero.document.mixin"

    def _xero_head(self, kind):
        """What the list of documents says of this one (values of ``xero.document``)."""
        return {
            "record_name": self.display_name,
            "partner_id": self._xero_partner(kind).id,
            # Which day it is in the company's zone costs queries, see _xero_is_older
            "date": fields.Date.to_date(self[self._xero_date_field]),
        }
