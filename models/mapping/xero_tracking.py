from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...mappers.match_keys import name_key

# What people choose here; the rest is Xero's
OWN_FIELDS = frozenset(["plan_id"])


class XeroTrackingCategory(models.Model):
    """A dimension of Xero's reports; an organisation has two at most."""

    _name = "xero.tracking.category"
    _inherit = ["xero.choice"]
    _description = "Xero tracking category"

    option_ids = fields.One2many("xero.tracking.option", "category_id", readonly=True)
    plan_id = fields.Many2one(
        "account.analytic.plan",
        "Analytic plan",
        domain=[("parent_id", "=", False)],
        index="btree_not_null",
        help="Lines tell Xero the option of their analytic account of this plan."
        " Empty: Xero is told nothing of the category.",
    )
    plan_proposal_id = fields.Many2one(
        "account.analytic.plan", "Proposal", compute="_compute_plan_proposal_id"
    )

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")
    _plan_uniq = models.UniqueIndex(
        "(connection_id, plan_id) WHERE plan_id IS NOT NULL AND active IS TRUE",
        "An analytic plan stands for one tracking category.",
    )

    @api.depends("name", "plan_id")
    def _compute_plan_proposal_id(self):
        # sudo: who maps need not keep analytic accounts; names of plans are no secret
        plans = self.env["account.analytic.plan"].sudo()
        plans = plans.search([("parent_id", "=", False)])
        by_name = {name_key(plan.name): plan for plan in plans.sorted(reverse=True)}
        for category in self:
            taken = category.connection_id.tracking_category_ids.plan_id
            plan = by_name.get(name_key(category.name), plans.browse())
            category.plan_proposal_id = (
                False if category.plan_id or plan in taken else plan
            )

    # EXTENDS 'base'
    def write(self, vals):
        self._check_may_write(vals)
        result = super().write(vals)
        if {"plan_id", "active"}.intersection(vals):
            self.env["xero.issue"]._solve_kinds("tracking")
        return result

    def _check_may_write(self, vals):
        """An accountant maps; what Xero says stays what Xero says."""
        if not (self.env.su or OWN_FIELDS.issuperset(vals)):
            raise AccessError(
                self.env._("Only the analytic plan of a category can be chosen.")
            )

    @api.model
    def _values(self, category):
        """:param category: ``xero_api.TrackingCategory``"""
        return {
            "name": category.name or category.category_id,
            "active": category.status == "ACTIVE",
        }

    def action_accept_proposal(self):
        """Button and list action: take the proposed plans, where there are any."""
        for category in self:
            if category.plan_proposal_id:
                category.plan_id = category.plan_proposal_id
        return True


class XeroTrackingOption(models.Model):
    """One value of a tracking category."""

    _name = "xero.tracking.option"
    _inherit = ["xero.choice"]
    _description = "Xero tracking option"

    category_id = fields.Many2one(
        "xero.tracking.category",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            self.env["xero.issue"]._solve_kinds("tracking")
        return result


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    tracking_category_ids = fields.One2many(
        "xero.tracking.category", "connection_id", "Tracking categories"
    )
