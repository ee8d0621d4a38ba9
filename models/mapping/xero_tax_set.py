from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import mappers


class XeroTaxSet(models.Model):
    """Taxes that stand on one line together, and Xero's one rate for them."""

    _name = "xero.tax.set"
    _inherit = ["xero.mapping.mixin"]
    _description = "Set of taxes mapped to a Xero tax rate"
    _order = "id desc"

    _xero_link = "xero_tax_rate_id"
    _xero_proposal = "xero_tax_rate_proposal_id"

    connection_id = fields.Many2one(
        "xero.connection",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company._xero_connection(),
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    tax_ids = fields.Many2many("account.tax", string="Taxes", required=True)
    key = fields.Char(
        compute="_compute_key", store=True, help="The taxes, whatever their order"
    )
    type_tax_use = fields.Selection(related="tax_ids.type_tax_use", string="Use")
    percent = fields.Float(
        "Rate (%)",
        digits=(16, mappers.PERCENT_DECIMALS),
        compute="_compute_percent",
        help="What the taxes come to together; 0 where that is no plain percentage.",
    )
    xero_tax_rate_id = fields.Many2one(
        "xero.tax.rate",
        "Xero tax rate",
        domain="[('connection_id', '=', connection_id),"
        " ('for_sales', 'in', [True, type_tax_use == 'sale']),"
        " ('for_purchases', 'in', [True, type_tax_use == 'purchase'])]",
        help="Lines with all of these taxes carry that rate in Xero.",
    )
    xero_tax_rate_proposal_id = fields.Many2one(
        "xero.tax.rate", "Proposal", compute="_compute_xero_proposal"
    )

    _key_uniq = models.UniqueIndex(
        "(connection_id, key)", "This set of taxes is in the mapping already."
    )

    # === COMPUTE METHODS === #

    @api.depends("tax_ids.name")
    def _compute_display_name(self):
        for tax_set in self:
            tax_set.display_name = mappers.tax_names(tax_set.tax_ids)

    @api.depends("tax_ids")
    def _compute_key(self):
        for tax_set in self:
            tax_set.key = mappers.set_key(tax_set.tax_ids)

    @api.depends("tax_ids.amount", "tax_ids.amount_type")
    def _compute_percent(self):
        for tax_set in self:
            tax_set.percent = float(mappers.effective_percent(tax_set.tax_ids) or 0)

    # EXTENDS 'xero.mapping.mixin'
    @api.depends("tax_ids.amount", "tax_ids.amount_type", "xero_tax_rate_id")
    def _compute_xero_proposal(self):
        return super()._compute_xero_proposal()

    # EXTENDS 'xero.mapping.mixin'
    def _compute_xero_used(self):
        self.xero_used = True  # a row stands for what was met on a document

    # EXTENDS 'xero.mapping.mixin'
    @api.depends("xero_tax_rate_id")
    def _compute_xero_missing(self):
        return super()._compute_xero_missing()

    # === CONSTRAINTS AND CRUD === #

    @api.constrains("tax_ids")
    def _check_tax_ids(self):
        for tax_set in self:
            if len(tax_set.tax_ids) < 2:
                raise ValidationError(
                    self.env._(
                        "A set has two taxes or more. A single tax is mapped on its"
                        " own."
                    )
                )

    @api.constrains("xero_tax_rate_id")
    def _check_xero_tax_rate_id(self):
        self._check_xero_link()

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if "connection_id" in vals:
            self.check_access("write")  # not into a company one has no rights on
        if "xero_tax_rate_id" in vals:
            self._solve_issues()
            self.env["xero.issue"]._solve_kinds("refused:tax")
        return result

    # === BUSINESS METHODS === #

    # EXTENDS 'xero.mapping.mixin'
    @api.model
    def _xero_used_records(self, connection):
        return connection.tax_set_ids

    # EXTENDS 'xero.mapping.mixin'
    def _xero_proposals(self, connection):
        return connection._propose_tax_rates(
            {tax_set: tax_set.tax_ids for tax_set in self}
        )

    # EXTENDS 'xero.mapping.mixin'
    def _xero_mapping_connection(self):
        return self.connection_id or super()._xero_mapping_connection()

    # EXTENDS 'xero.mapping.mixin'
    def _xero_by_connection(self):
        return self.grouped("connection_id")

    @api.model
    def _of(self, connection, taxes):
        """The row of a set of taxes; made when the set is met for the first time.

        :param taxes: ``account.tax``, at least two
        """
        key = mappers.set_key(taxes)
        row = connection.tax_set_ids.filtered(lambda tax_set: tax_set.key == key)
        return row or self.create(
            {
                "connection_id": connection.id,
                "tax_ids": [fields.Command.set(taxes.ids)],
            }
        )

    def _solve_issues(self):
        """Something of these sets changed that lets documents go."""
        self.env["xero.issue"]._solve([f"taxes:{key}" for key in self.mapped("key")])
