from odoo import api, fields, models
from odoo.tools import format_date

from ..document.xero_document import XERO_DIGITS
from .xero_comparison_kinds import KINDS


class XeroComparisonSum(models.Model):
    """What Odoo and Xero have of one kind, in one month and one currency."""

    _name = "xero.comparison.sum"
    _description = "Sum of a comparison with Xero"
    _order = "comparison_id desc, month, kind, currency, id"

    comparison_id = fields.Many2one(
        "xero.comparison", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="comparison_id.company_id", store=True, index=True, precompute=True
    )
    month = fields.Date("First day", required=True, readonly=True)
    month_name = fields.Char("Month", compute="_compute_month_name")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    currency = fields.Char(required=True, readonly=True)
    odoo_count = fields.Integer("In Odoo", readonly=True)
    odoo_total = fields.Float("Total in Odoo", digits=XERO_DIGITS, readonly=True)
    xero_count = fields.Integer("In Xero", readonly=True)
    xero_total = fields.Float("Total in Xero", digits=XERO_DIGITS, readonly=True)
    difference = fields.Float(
        compute="_compute_difference",
        digits=XERO_DIGITS,
        store=True,
        help="How much more there is in Xero",
    )

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_name(self):
        for each in self:
            each.month_name = format_date(self.env, each.month, date_format="MMMM y")

    @api.depends("odoo_total", "xero_total")
    def _compute_difference(self):
        for each in self:
            each.difference = each.xero_total - each.odoo_total
