from odoo import models

# What decides whether somebody may still look after a connection
ABLE_FIELDS = frozenset(["active", "group_ids", "company_ids"])


class ResUsers(models.Model):
    """Tasks of connections do not go with who leaves."""

    _inherit = "res.users"

    # EXTENDS 'mail'
    def write(self, vals):
        result = super().write(vals)
        if ABLE_FIELDS.intersection(vals):
            self._xero_keep_tasks()
        return result

    # EXTENDS 'mail'
    def unlink(self):
        result = super().unlink()
        self._xero_keep_tasks()
        return result

    def _xero_keep_tasks(self):
        # sudo: who manages users need not see connections
        self.env["xero.connection"].sudo()._keep_tasks()
