from odoo import api, fields, models
from odoo.fields import Domain

from ..mappers.match_keys import name_key
from .mapping.xero_mapping_mixin import ACCOUNTANT


class AccountAnalyticAccount(models.Model):
    """Lines of an analytic account bear its tracking option in Xero."""

    _inherit = "account.analytic.account"

    xero_tracking_category_id = fields.Many2one(
        "xero.tracking.category",
        "Tracking category",
        compute="_compute_xero_tracking_category_id",
        search="_search_xero_tracking_category_id",
        groups=ACCOUNTANT,
    )
    xero_tracking_option_id = fields.Many2one(
        "xero.tracking.option",
        "Xero tracking option",
        company_dependent=True,
        copy=False,
        groups=ACCOUNTANT,
        domain="[('category_id', '=', xero_tracking_category_id)]",
        help="What Xero is told of lines with this analytic account.",
    )
    xero_tracking_proposal_id = fields.Many2one(
        "xero.tracking.option",
        "Proposal",
        compute="_compute_xero_tracking_proposal_id",
        groups=ACCOUNTANT,
    )

    @api.depends("root_plan_id")
    @api.depends_context("company")
    def _compute_xero_tracking_category_id(self):
        # sudo: which connection it is, is no secret
        connection = self.env.company.sudo()._xero_connection()
        by_plan = {each.plan_id: each for each in connection.tracking_category_ids}
        for account in self:
            category = account.root_plan_id and by_plan.get(account.root_plan_id)
            account.xero_tracking_category_id = category or False

    def _search_xero_tracking_category_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: see _compute_xero_tracking_category_id
        categories = self.env.company.sudo()._xero_connection().tracking_category_ids
        chosen = categories.filtered(lambda category: category.id in value)
        domain = Domain("root_plan_id", "in", chosen.plan_id.ids)
        if False in value:
            domain |= Domain("root_plan_id", "not in", categories.plan_id.ids)
        return domain

    @api.depends("name", "code", "xero_tracking_category_id", "xero_tracking_option_id")
    @api.depends_context("company")
    def _compute_xero_tracking_proposal_id(self):
        # sudo: whoever reads the account may read what is proposed for it
        for account in self.sudo():
            category = account.xero_tracking_category_id
            proposal = account.env["xero.tracking.option"]
            if category != account.xero_tracking_option_id.category_id:
                names = {name_key(account.name), name_key(account.code)} - {""}
                proposal = category.option_ids.filtered(
                    lambda option, names=names: name_key(option.name) in names
                )
            account.xero_tracking_proposal_id = (
                proposal if len(proposal) == 1 else False
            )

    @api.constrains("xero_tracking_option_id")
    def _check_xero_tracking_option_id(self):
        # sudo: an option of a company the user is not in may only be refused
        connection = self.env.company.sudo()._xero_connection()
        for account in self.sudo():
            connection._check_own(account.xero_tracking_option_id)

    # EXTENDS 'analytic'
    def write(self, vals):
        result = super().write(vals)
        self._share_option_with_parent(vals)
        if {"xero_tracking_option_id", "plan_id"}.intersection(vals):
            keys = [f"tracking:{account_id}" for account_id in self.ids]
            self.env["xero.issue"]._solve(keys)
        return result

    def _share_option_with_parent(self, vals):
        """A branch's documents go through its parent's connection, and its options."""
        # sudo: which connection it is, is no secret
        owner = self.env.company.sudo()._xero_connection().company_id
        option = "xero_tracking_option_id"
        if option in vals and owner and owner != self.env.company:
            # sudo: the same choice, by whoever may make it here
            self.sudo().with_company(owner).write({option: vals[option]})

    def action_xero_accept_proposal(self):
        """Button and list action: take the proposed options, where there are any."""
        self.check_access("write")
        for account in self:
            if account.xero_tracking_proposal_id:
                account.xero_tracking_option_id = account.xero_tracking_proposal_id
        return True
