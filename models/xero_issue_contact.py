from odoo import models

# Beginnings of the keys of what linking the right contact cures
CONTACT_CAUSES = ("match:", "contact:", "contact_archived:", "refused:contact_")


class XeroIssue(models.Model):
    """Causes that ask which of Xero's contacts a customer or vendor is."""

    _inherit = "xero.issue"

    # EXTENDS 'xero_sync'
    def action_fix(self):
        """Open that question, where it is the question."""
        self.ensure_one()
        if not self.key.startswith(CONTACT_CAUSES):
            return super().action_fix()
        partner = self._partner_in_doubt()
        return self.env["xero.contact.link"]._ask(partner)

    def _partner_in_doubt(self):
        """The partner it is about, in a company whose books the connection keeps."""
        self.check_access("read")
        # sudo: the partner is checked by whoever asks; a refused document names it
        issue = self.sudo()
        if issue.res_model == "res.partner":
            partner = self.env["res.partner"].browse(issue.res_id)
        else:
            partner = issue.document_ids[:1]._partner()
        if partner._xero_own_connection() == issue.connection_id:
            return partner.with_env(self.env)
        return partner.with_env(self.env).with_company(issue.company_id)
