from .contact_case import ContactCase


class ReviewCase(ContactCase):
    def other_company(self):
        """A company with books, no connection, which the user may work in."""
        return self.setup_other_company(name="Hobart Pty")["company"]

    def branch(self):
        branch = self.env["res.company"].create(
            {"name": "Cairns Branch", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        return branch

    def made_in_xero(self, **values):
        """A partner whose contact Odoo made."""
        partner = self.new_partner(**values)
        partner.action_xero_create()
        self.finish_request()
        self.assertTrue(partner.xero_contact_id.xero_id)
        self.xero.clear_calls()
        return partner

    def merge_partners(self, sources, target):
        """Odoo's wizard that makes one partner of several."""
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((sources + target).ids, target)
