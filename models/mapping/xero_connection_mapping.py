from odoo import api, fields, models
from odoo.fields import Domain

from ..connection.xero_connection_settings import DEFAULT_FIELDS
from .xero_mapping_mixin import ACCOUNTANT

# Models that are mapped, with the field that lists what is missing of them
MISSING_FIELDS = {
    "account.tax": "missing_tax_ids",
    "xero.tax.set": "missing_tax_set_ids",
    "account.account": "missing_account_ids",
}
# Kinds of issues that the mapping cures
MAPPING_KINDS = ("tax", "taxes", "account", *DEFAULT_FIELDS)


class XeroConnection(models.Model):
    """What stands for what in Xero, and what is missing of it."""

    _inherit = "xero.connection"

    tax_set_ids = fields.One2many("xero.tax.set", "connection_id", readonly=True)
    missing_tax_ids = fields.Many2many("account.tax", compute="_compute_missing")
    missing_tax_set_ids = fields.Many2many("xero.tax.set", compute="_compute_missing")
    missing_account_ids = fields.Many2many(
        "account.account", compute="_compute_missing"
    )
    missing_tax_count = fields.Integer(compute="_compute_missing")
    missing_tax_set_count = fields.Integer(compute="_compute_missing")
    missing_account_count = fields.Integer(compute="_compute_missing")
    missing_count = fields.Integer("To map", compute="_compute_missing")
    proposal_count = fields.Integer(compute="_compute_missing")
    waiting_for_mapping_count = fields.Integer(
        "Documents that wait for the mapping",
        compute="_compute_waiting_for_mapping_count",
    )

    # === COMPUTE METHODS === #

    @api.depends_context("company")
    def _compute_missing(self):
        for connection in self:
            total = proposals = 0
            for model, field in MISSING_FIELDS.items():
                missing = connection._missing(model)
                connection[field] = missing
                connection[field.replace("_ids", "_count")] = len(missing)
                total += len(missing)
                proposals += len(missing.filtered(missing._xero_proposal))
            connection.missing_count = total
            connection.proposal_count = proposals

    def _missing(self, model):
        """What is not mapped; nothing for who may not map in that company."""
        self.ensure_one()
        records, user = self.env[model], self.env.user
        accountant = user.has_group(ACCOUNTANT) and self.company_id in user.company_ids
        if not (self.env.su or accountant):
            return records
        return records.with_company(self.company_id)._xero_missing_records(self)

    def _compute_waiting_for_mapping_count(self):
        for connection in self:
            # sudo: how many wait is no secret
            issues = self.env["xero.issue"].sudo()
            issues = issues.search(connection._mapping_issues_domain())
            connection.waiting_for_mapping_count = len(issues.document_ids)

    # === ACTIONS === #

    def action_open_mapping(self):
        """Mapping → Overview: what is missing; in the menu, for the current company.

        While no organisation is known, there is nothing to map: the first steps.
        """
        # sudo: which connection it is, is no secret
        connection = self or self.env.company.sudo()._xero_connection().sudo(False)
        if not connection.tenant_id:
            return self._open_start_page()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mapping"),
            "res_model": self._name,
            "res_id": connection.id,
            "views": [
                (self.env.ref("xero_sync.xero_connection_view_form_mapping").id, "form")
            ],
            "context": connection._mapping_context(),
        }

    def action_accept_proposals(self):
        """Map all that is missing and has a proposal."""
        self.ensure_one()
        for field in MISSING_FIELDS.values():
            self[field].with_company(self.company_id).action_xero_accept_proposal()
        return True

    def action_open_taxes(self):
        """Open all taxes in use, mapped or not."""
        return self._open_all("xero_sync.account_tax_action_xero")

    def action_open_tax_sets(self):
        """Open all sets of taxes, mapped or not."""
        return self._open_all("xero_sync.xero_tax_set_action")

    def action_open_accounts(self):
        """Open all accounts in use, mapped or not."""
        return self._open_all("xero_sync.account_account_action_xero")

    def action_open_mapping_issues(self):
        """Open the issues the mapping cures, with what they keep back."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_issue_action"
        )
        return {**action, "domain": list(self._mapping_issues_domain())}

    # === BUSINESS METHODS === #

    def _companies(self):
        """The connection's company, and the branches that go through it.

        :return: ``res.company``; none when there is no connection
        """
        if not self:
            return self.company_id
        self.ensure_one()
        # sudo: which companies there are is not the accountant's to see
        family = self.company_id.sudo().search([("id", "child_of", self.company_id.id)])
        return family.filtered(lambda company: company._xero_connection() == self)

    def _company_domain(self, field):
        """Domain of records that serve documents of the connection's companies.

        :param field: of the record, a company or several; what is a parent's serves
            its branches
        """
        if not self:
            return Domain.FALSE
        return Domain(field, "parent_of", self.company_id.ids) | Domain(
            field, "in", self._companies().ids
        )

    def _open_all(self, xml_id):
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        context = {**self._mapping_context(), "search_default_used": 1}
        return {**action, "context": context}

    def _mapping_context(self):
        """Links are of the connection's company: that is the current one meanwhile."""
        self.ensure_one()
        others = self.env.companies - self.company_id
        return {"allowed_company_ids": [self.company_id.id, *others.ids]}

    def _mapping_issues_domain(self):
        self.ensure_one()
        kinds = Domain.OR(Domain("key", "=like", f"{kind}:%") for kind in MAPPING_KINDS)
        return (
            kinds & Domain("connection_id", "=", self.id) & Domain("state", "=", "open")
        )
