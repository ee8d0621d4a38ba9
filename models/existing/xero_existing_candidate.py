from odoo import api, fields, models
from odoo.tools import format_date

from ..document.xero_document import XERO_DIGITS

# Statuses of what Xero has in its books
BOOKED_STATUSES = ("AUTHORISED", "PAID", "BILLED")


class XeroExistingCandidate(models.Model):
    """A document in Xero for which no document of Odoo's stands."""

    _name = "xero.existing.candidate"
    _description = "Document in Xero that may be one of Odoo's"
    _order = "date, number, id"

    existing_id = fields.Many2one(
        "xero.existing", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="existing_id.company_id", store=True, index=True, precompute=True
    )
    book = fields.Char(required=True, readonly=True, help="Xero's type of document")
    endpoint = fields.Char(required=True, readonly=True)
    xero_id = fields.Char("Xero ID", required=True, readonly=True)
    number = fields.Char("Number in Xero", readonly=True)
    reference = fields.Char("Reference in Xero", readonly=True)
    contact_xero_id = fields.Char(readonly=True)
    contact_name = fields.Char("Contact in Xero", readonly=True)
    date = fields.Date("Date in Xero", readonly=True)
    total = fields.Float("Total in Xero", digits=XERO_DIGITS, readonly=True)
    currency = fields.Char("Currency in Xero", readonly=True)
    status = fields.Char("Status in Xero", readonly=True)
    is_booked = fields.Boolean(readonly=True, help="Xero has it in the books")
    content = fields.Json(readonly=True, help="All that Xero's list says of it")
    # What it is found by
    number_key = fields.Char(readonly=True)
    reference_key = fields.Char(readonly=True)
    linked_model = fields.Char(readonly=True, help="To which its link leads")
    linked_id = fields.Integer(readonly=True)
    xero_url = fields.Char("Open in Xero", compute="_compute_xero_url")

    _xero_id_uniq = models.UniqueIndex(
        "(existing_id, xero_id)", "A document of Xero is looked at once."
    )
    _number_idx = models.Index("(existing_id, number_key)")
    _reference_idx = models.Index("(existing_id, reference_key)")
    _figures_idx = models.Index("(existing_id, date, total)")

    @api.depends("number", "date", "contact_name", "total", "currency", "status")
    def _compute_display_name(self):
        for each in self:
            parts = [
                each.number or each.reference,
                each.date and format_date(self.env, each.date),
                each.contact_name,
                f"{each.currency} {each.total:.2f}",
                each._status_text(),
            ]
            each.display_name = ", ".join(filter(None, parts))

    def _status_text(self):
        """As the form of a document says it."""
        is_order = self.endpoint == "PurchaseOrders"
        kind = "purchase_order" if is_order else "invoice"
        return (
            self.env["xero.document"].new({"kind": kind})._status_in_words(self.status)
        )

    @api.depends("xero_id", "book")
    def _compute_xero_url(self):
        for each in self:
            page = "Bills" if each.book == "ACCPAY" else each.endpoint
            # sudo: the short code in the link is no secret
            connection = each.existing_id.connection_id.sudo()
            each.xero_url = connection._web_url(page, each.xero_id)
