from odoo import fields, models
from odoo.tools import SQL

from ..document.xero_document import XERO_DIGITS
from ..holdings.xero_comparison_kinds import KINDS


class XeroExistingSum(models.Model):
    """How many documents of a kind and currency there are, and what becomes of them."""

    _name = "xero.existing.sum"
    _description = "Sum of existing documents"
    _order = "kind, currency, id"
    _auto = False
    _depends = {
        "xero.existing.line": [
            "action",
            "currency",
            "existing_id",
            "is_kept_back",
            "kind",
            "odoo_total",
        ]
    }

    existing_id = fields.Many2one("xero.existing", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    currency = fields.Char(readonly=True)
    count = fields.Integer("Documents", readonly=True)
    total = fields.Float(digits=XERO_DIGITS, readonly=True)
    link_count = fields.Integer("To link", readonly=True)
    send_count = fields.Integer("To send", readonly=True)
    fix_count = fields.Integer("To fix", readonly=True)
    decide_count = fields.Integer("To decide", readonly=True)
    skip_count = fields.Integer("To skip", readonly=True)

    # EXTENDS 'base'
    @property
    def _table_query(self):
        return SQL(
            """
            SELECT min(id) AS id, existing_id, company_id, kind, currency,
                   count(*) AS count, sum(odoo_total) AS total,
                   count(*) FILTER (WHERE action = 'link') AS link_count,
                   count(*) FILTER (WHERE action = 'send' AND NOT is_kept_back)
                       AS send_count,
                   count(*) FILTER (WHERE action = 'send' AND is_kept_back)
                       AS fix_count,
                   count(*) FILTER (WHERE action = 'decide') AS decide_count,
                   count(*) FILTER (WHERE action = 'skip') AS skip_count
            FROM xero_existing_line
            GROUP BY existing_id, company_id, kind, currency
            """
        )
