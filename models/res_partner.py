from odoo import api, fields, models

# Unset: as the company's switches say
SEND_CHOICES = [("always", "Always"), ("never", "Never")]


class ResPartner(models.Model):
    _inherit = "res.partner"

    xero_contact_id = fields.Many2one(
        "xero.contact",
        "Xero contact",
        company_dependent=True,
        copy=False,
        groups="xero_sync.xero_sync_group_user",
        domain=lambda self: self._xero_contact_domain(),
        help="Documents of this customer go to this contact. A change moves only"
        " future documents.",
    )

    xero_send_sales = fields.Selection(
        SEND_CHOICES,
        "Sales documents to Xero",
        company_dependent=True,
        groups="xero_sync.xero_sync_group_user",
        help="Quotations, orders, invoices and credit notes; each document has a box of"
        " its own too.",
    )
    xero_send_purchases = fields.Selection(
        SEND_CHOICES,
        "Purchase documents to Xero",
        company_dependent=True,
        groups="xero_sync.xero_sync_group_user",
        help="Purchase orders, bills and refunds; each document has a box of its own"
        " too.",
    )

    @api.model
    def _xero_contact_domain(self):
        """Contacts of the organisation that keeps the current company's books."""
        # sudo: which connection it is, is no secret
        connection = self.env.company.sudo()._xero_connection()
        return [("connection_id", "=", connection.id), ("xero_id", "!=", False)]

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if "xero_contact_id" in vals:
            self._share_link_with_parent(vals)
        if vals.get("xero_contact_id"):
            self._xero_contact_linked()
        else:
            self.env["xero.contact"]._retry_failed("partner_id", self)
        return result

    def _share_link_with_parent(self, vals):
        """A branch's documents go through its parent's connection, and its links."""
        # sudo: which connection it is, is no secret
        owner = self.env.company.sudo()._xero_connection().company_id
        if owner and owner != self.env.company:
            self.with_company(owner).write({"xero_contact_id": vals["xero_contact_id"]})

    def _xero_contact_linked(self):
        """Let go what waited for a contact, and drop one that is not made yet."""
        # sudo: bindings are read-only for users
        rows = (
            self.env["xero.contact"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.ids),
                    ("company_id", "=", self.env.company.id),
                    ("xero_id", "=", False),
                    ("state", "!=", "sending"),
                ]
            )
        )
        rows.waiting_document_ids._stop_waiting()
        rows.connection_id._wake()
        issues = rows.issue_ids
        rows.unlink()
        issues._solve_if_free()
        keys = [
            f"{kind}:{id_}"
            for kind in ("contact", "contact_archived")
            for id_ in self.ids
        ]
        self.env["xero.issue"]._solve(keys)
        self.env["xero.issue"]._solve_kind("refused:contact_archived")
