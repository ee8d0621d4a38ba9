from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .mapping.xero_mapping_mixin import ACCOUNTANT, with_mapping_rights

# Changes after which documents go that waited for the tax
CURING_FIELDS = frozenset(["xero_tax_rate_id", "amount", "amount_type"])
USES = ("sale", "purchase")
# Where a tax is used
TAX_FIELDS = (
    ("product.template", "taxes_id"),
    ("product.template", "supplier_taxes_id"),
    ("sale.order.line", "tax_ids"),
    ("purchase.order.line", "tax_ids"),
    ("account.move.line", "tax_ids"),
)


class AccountTax(models.Model):
    _name = "account.tax"
    _inherit = ["account.tax", "xero.mapping.mixin"]

    _xero_link = "xero_tax_rate_id"
    _xero_proposal = "xero_tax_rate_proposal_id"

    xero_tax_rate_id = fields.Many2one(
        "xero.tax.rate",
        "Xero tax rate",
        company_dependent=True,
        copy=False,
        groups=ACCOUNTANT,
        domain=lambda self: self._xero_tax_rate_domain(),
        help="Lines with this tax carry that rate in Xero.",
    )
    xero_tax_rate_proposal_id = fields.Many2one(
        "xero.tax.rate", "Proposal", compute="_compute_xero_proposal", groups=ACCOUNTANT
    )

    # === COMPUTE METHODS === #

    # EXTENDS 'xero.mapping.mixin'
    @api.depends("amount", "amount_type", "type_tax_use", "name", "xero_tax_rate_id")
    @api.depends_context("company")
    def _compute_xero_proposal(self):
        return super()._compute_xero_proposal()

    # EXTENDS 'xero.mapping.mixin'
    @api.depends("xero_tax_rate_id", "type_tax_use", "active")
    @api.depends_context("company")
    def _compute_xero_missing(self):
        return super()._compute_xero_missing()

    @api.model
    def _xero_tax_rate_domain(self):
        """Rates of the current company's organisation that suit the tax's own use."""
        connection = self._xero_mapping_connection()
        return (
            f"[('connection_id', '=', {connection.id}),"
            " ('for_sales', 'in', [True, type_tax_use == 'sale']),"
            " ('for_purchases', 'in', [True, type_tax_use == 'purchase'])]"
        )

    # === CONSTRAINTS AND CRUD === #

    @api.constrains("xero_tax_rate_id")
    def _check_xero_tax_rate_id(self):
        self._check_xero_link()

    # EXTENDS 'account'
    def write(self, vals):
        records = with_mapping_rights(self, vals, [self._xero_link])
        result = super(AccountTax, records).write(vals)
        if CURING_FIELDS.intersection(vals):
            issues = self.env["xero.issue"]
            issues._solve([f"tax:{tax_id}" for tax_id in self.ids])
            self._xero_tax_sets()._solve_issues()
            issues._solve_kinds("refused:tax")
        return result

    # EXTENDS 'account'
    def unlink(self):
        sets = self._xero_tax_sets()
        result = super().unlink()
        sets.unlink()
        return result

    # === BUSINESS METHODS === #

    # EXTENDS 'xero.mapping.mixin'
    @api.model
    def _xero_used_records(self, connection):
        """Taxes of products, of documents and of the companies, by use.

        With what fiscal positions put in their place.
        """
        of_company = connection._company_domain("company_id")
        taxes = self.search(Domain("type_tax_use", "in", USES) & of_company)
        companies = connection._companies()
        used = taxes._xero_on_records() | (
            companies.account_sale_tax_id | companies.account_purchase_tax_id
        )
        put_in_place = taxes.filtered(lambda tax: tax.original_tax_ids & used)
        return taxes & (used | put_in_place)

    # EXTENDS 'xero.mapping.mixin'
    def _xero_proposals(self, connection):
        return connection._propose_tax_rates({tax: tax for tax in self})

    def _xero_on_records(self):
        """Which of these are on a product, or on a line of a document.

        Asked for each tax, which an index answers at once however long the books.
        """
        found = SQL(" OR ").join(
            self._xero_on_records_of(self.env[model], name)
            for model, name in TAX_FIELDS
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT tax.id FROM account_tax tax WHERE tax.id IN %s AND (%s)",
                tuple(self.ids) or (0,),
                found,
            )
        )
        return self.browse(tax_id for (tax_id,) in rows)

    @api.model
    def _xero_on_records_of(self, model, name):
        """SQL condition: the tax is in this field of a record."""
        model.flush_model([name])
        field = model._fields[name]
        return SQL(
            "EXISTS (SELECT 1 FROM %s link WHERE link.%s = tax.id)",
            SQL.identifier(field.relation),
            SQL.identifier(field.column2),
        )

    def _xero_tax_sets(self):
        """The sets these taxes are in, of whatever connection."""
        # sudo: whoever may change the tax changes what it is part of
        return self.env["xero.tax.set"].sudo().search([("tax_ids", "in", self.ids)])
