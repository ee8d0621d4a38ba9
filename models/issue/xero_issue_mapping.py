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
    def _fix_action(self):
        """Accounts, taxes and products are mapped in the connection's company."""
        # sudo: see xero.issue
        issue = self.sudo()
        connection = issue.connection_id.sudo(self.env.su)
        if issue.res_model == "xero.connection" and issue.kind in ("tax", "account"):
            return connection.action_open_mapping()
        action = super()._fix_action()
        if issue.connection_id.company_id in self.env.user.company_ids:
            context = connection._mapping_context()
            action["context"] = {**action.get("context", {}), **context}
        return action
