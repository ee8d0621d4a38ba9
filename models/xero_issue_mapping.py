import dataclasses

from odoo import models


class XeroIssue(models.Model):
    """Issues about what is not mapped lead to the place where it is."""

    _inherit = "xero.issue"

    # EXTENDS 'xero_sync'
    def _problem_values(self, connection, problem):
        if problem.key.startswith("taxes:"):
            tax_set = self.env["xero.tax.set"]._of(connection, problem.record)
            problem = dataclasses.replace(problem, record=tax_set)
        return super()._problem_values(connection, problem)

    # EXTENDS 'xero_sync'
    def action_fix(self):
        """Accounts, taxes and products are mapped in the connection's company."""
        if self.res_model == "xero.connection" and self.kind in ("tax", "account"):
            return self.connection_id.action_open_mapping()
        action = super().action_fix()
        if self.connection_id.company_id in self.env.user.company_ids:
            context = self.connection_id._mapping_context()
            action["context"] = {**action.get("context", {}), **context}
        return action
