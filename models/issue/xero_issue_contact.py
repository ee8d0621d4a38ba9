from odoo import models

# Beginnings of the keys of what linking the right contact cures
CONTACT_CAUSES = ("match:", "contact:", "contact_archived:", "refused:contact_")


class XeroIssue(models.Model):
    """Causes that ask which of Xero's contacts a customer or vendor is."""

    _inherit = "xero.issue"

    # EXTENDS 'xero_sync'
    def _fix_action(self):
        """Open that question, where it is the question."""
        partner = self._partner_in_doubt()
        if partner:
            return self.env["xero.contact.link"]._ask(partner)
        return super()._fix_action()

    def _partner_in_doubt(self):
        """The partner it is about, in a company whose books the connection keeps."""
        partner = self.env["res.partner"]
        # sudo: whoever asks about the partner checks it; a document names its own
        issue = self.sudo()
        if issue.key.startswith(CONTACT_CAUSES):
            if issue.res_model == partner._name:
                partner = partner.browse(issue.res_id).exists()
            elif issue.document_ids:
                partner = issue.document_ids[0]._partner().with_env(self.env)
        if partner._xero_own_connection() != issue.connection_id:
            partner = partner.with_company(issue.company_id)
        return partner
