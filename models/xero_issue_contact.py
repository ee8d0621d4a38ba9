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
        partner = self._partner_in_doubt()
        if partner:
            return self.env["xero.contact.link"]._ask(partner)
        return super().action_fix()

    def _partner_in_doubt(self):
        """The partner it is about, in a company whose books the connection keeps."""
        partner = self.env["res.partner"]
        self.check_access("read")
        if self.key.startswith(CONTACT_CAUSES):
            # sudo: whoever asks about the partner checks it; a document names its own
            issue = self.sudo()
            if issue.res_model == partner._name:
                partner = partner.browse(issue.res_id).exists()
            elif issue.document_ids:
                partner = issue.document_ids[0]._partner().with_env(self.env)
        if partner._xero_own_connection() != self.sudo().connection_id:
            partner = partner.with_company(self.company_id)
        return partner
