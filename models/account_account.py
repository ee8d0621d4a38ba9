from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .mapping.xero_mapping_mixin import ACCOUNTANT, with_mapping_rights

# What issues are about that a mapped account can cure
CURED_KINDS = (
    "default_sale_account_id",
    "default_purchase_account_id",
    "refused:account",
)
# Never of a line of a document
OTHER_TYPES = (
    "asset_receivable",
    "liability_payable",
    "asset_cash",
    "liability_credit_card",
    "off_balance",
)
# Fields with the accounts that lines of new documents get
ACCOUNT_FIELDS = {
    "product.category": (
        "property_account_income_categ_id",
        "property_account_expense_categ_id",
    ),
    "product.template": ("property_account_income_id", "property_account_expense_id"),
}


class AccountAccount(models.Model):
    _name = "account.account"
    _inherit = ["account.account", "xero.mapping.mixin"]

    _xero_link = "xero_account_id"
    _xero_proposal = "xero_account_proposal_id"

    xero_account_id = fields.Many2one(
        "xero.account",
        "Xero account",
        company_dependent=True,
        copy=False,
        groups=ACCOUNTANT,
        domain=lambda self: self._xero_account_domain(),
        help="Lines booked on this account in Odoo go to that account in Xero.",
    )
    xero_account_proposal_id = fields.Many2one(
        "xero.account", "Proposal", compute="_compute_xero_proposal", groups=ACCOUNTANT
    )

    # === COMPUTE METHODS === #

    # EXTENDS 'xero.mapping.mixin'
    @api.depends("code", "name", "account_type", "xero_account_id")
    @api.depends_context("company")
    def _compute_xero_proposal(self):
        return super()._compute_xero_proposal()

    # EXTENDS 'xero.mapping.mixin'
    @api.depends("xero_account_id")
    @api.depends_context("company")
    def _compute_xero_missing(self):
        return super()._compute_xero_missing()

    @api.model
    def _xero_account_domain(self):
        """Accounts of the organisation that keeps the current company's books."""
        connection = self._xero_mapping_connection()
        return [("connection_id", "=", connection.id), ("for_documents", "=", True)]

    # === CONSTRAINTS AND CRUD === #

    @api.constrains("xero_account_id")
    def _check_xero_account_id(self):
        self._check_xero_link()

    # EXTENDS 'account'
    def write(self, vals):
        records = with_mapping_rights(self, vals, [self._xero_link])
        result = super(AccountAccount, records).write(vals)
        if vals.get("xero_account_id"):
            issues = self.env["xero.issue"]
            issues._solve([f"account:{account_id}" for account_id in self.ids])
            issues._solve_kinds(*CURED_KINDS)
        return result

    # === BUSINESS METHODS === #

    # EXTENDS 'xero.mapping.mixin'
    @api.model
    def _xero_used_records(self, connection):
        """Accounts lines get by themselves, and those on lines of the last year."""
        of_company = connection._company_domain("company_ids")
        accounts = self.search(
            Domain("account_type", "not in", OTHER_TYPES) & of_company
        )
        companies = connection._companies()
        chosen = self.union(*map(self._xero_chosen_for_lines, companies))
        return accounts & (chosen | accounts._xero_on_lines(companies))

    # EXTENDS 'xero.mapping.mixin'
    def _xero_proposals(self, connection):
        return connection._propose_accounts(self)

    @api.model
    def _xero_chosen_for_lines(self, company):
        """Accounts of products, categories, journals and the company itself.

        With what the company's fiscal positions make of them.
        """
        # sudo: an accountant need not see all products to map their accounts
        env = self.sudo().with_company(company).env
        found = company.sudo().income_account_id + company.sudo().expense_account_id
        for model, names in ACCOUNT_FIELDS.items():
            for name in names:
                groups = env[model]._read_group([(name, "!=", False)], [name])
                found = found.union(*(account for (account,) in groups))
        journals = env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "in", ("sale", "purchase"))]
        )
        found |= journals.default_account_id
        positions = env["account.fiscal.position.account"].search(
            [("account_src_id", "in", found.ids), ("company_id", "=", company.id)]
        )
        return self.browse((found | positions.account_dest_id).ids)

    def _xero_on_lines(self, companies):
        """Which of these are on a line of a document of the last year.

        Asked for each account, which its index answers at once however long the books.
        """
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT account.id
                  FROM account_account account
                 WHERE account.id IN %(accounts)s
                   AND EXISTS (
                       SELECT 1
                         FROM account_move_line line
                         JOIN account_move move ON move.id = line.move_id
                        WHERE line.account_id = account.id
                          AND line.date >= %(since)s
                          AND line.company_id IN %(companies)s
                          AND line.display_type IN ('product', 'rounding', 'epd')
                          AND line.parent_state IN ('draft', 'posted')
                          AND move.move_type NOT IN ('entry')
                   )
                """,
                accounts=tuple(self.ids) or (0,),
                companies=tuple(companies.ids) or (0,),
                since=fields.Date.subtract(fields.Date.today(), years=1),
            )
        )
        return self.browse(account_id for (account_id,) in rows)
