from odoo import api, fields, models

from .. import mappers

# Unset: as the company's switches say
SEND_CHOICES = [("always", "Always"), ("never", "Never")]
# Odoo counts up in them with each document posted; nothing of Xero's depends on it
RANKS = frozenset(["customer_rank", "supplier_rank"])


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "xero.link.mixin"]

    _xero_binding = "xero.contact"
    _xero_feeder = "partner_id"
    _xero_link = "xero_contact_id"

    xero_contact_id = fields.Many2one(
        "xero.contact",
        "Xero contact",
        company_dependent=True,
        copy=False,
        groups="xero_sync.xero_sync_group_user",
        domain=lambda self: self._xero_contact_domain(),
        help="Documents of this customer go to this contact. A change applies to"
        " future documents only.",
    )
    xero_send_sales = fields.Selection(
        SEND_CHOICES,
        "Sales documents to Xero",
        company_dependent=True,
        groups="xero_sync.xero_sync_group_user",
        help="Quotations, orders, invoices and credit notes; each document also has"
        " its own checkbox.",
    )
    xero_send_purchases = fields.Selection(
        SEND_CHOICES,
        "Purchase documents to Xero",
        company_dependent=True,
        groups="xero_sync.xero_sync_group_user",
        help="Purchase orders, bills and refunds; each document also has its own"
        " checkbox.",
    )

    @api.model
    def _xero_contact_domain(self):
        """Contacts of the organisation that keeps the current company's books."""
        connection = self._xero_own_connection()
        return [("connection_id", "=", connection.id), ("xero_id", "!=", False)]

    # EXTENDS 'xero.link.mixin'
    def _xero_switch(self, connection):
        mode = None if self.ids else self.env.context.get("res_partner_search_mode")
        customer = self.customer_rank or mode == "customer"
        supplier = self.supplier_rank or mode == "supplier"
        return bool(
            (customer and connection.auto_customer)
            or (supplier and connection.auto_supplier)
        )

    # EXTENDS 'xero.link.mixin'
    @api.depends("customer_rank", "supplier_rank")
    @api.depends_context("res_partner_search_mode")
    def _compute_xero_create(self):
        return super()._compute_xero_create()

    # EXTENDS 'xero.link.mixin'
    def _xero_linkable(self):
        """A contact person or address is part of its commercial entity's contact."""
        return self.filtered(lambda partner: partner.commercial_partner_id == partner)

    # === HOOKS === #

    # EXTENDS 'xero.link.mixin'
    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        linked = [bool(vals.get("xero_contact_id")) for vals in vals_list]
        if any(linked):
            partners._xero_link_moved({})
        (partners.commercial_partner_id - partners)._xero_changed()
        return partners

    # EXTENDS 'xero.link.mixin'
    def write(self, vals):
        moved = "xero_contact_id" in vals
        # sudo: which contact it was, for the hook below
        before = {p.id: p.xero_contact_id for p in self.sudo()} if moved else {}
        watched = mappers.WATCHED_FIELDS.intersection(vals)
        entities = self.commercial_partner_id if watched else self.browse()
        result = super().write(vals)
        together = self.env.su and self.env.context.get("xero_linked_together")
        if moved and not together:
            self._xero_link_moved(before)
        if watched:
            (entities | self.commercial_partner_id)._xero_changed()
        if not vals.get("xero_contact_id") and not RANKS.issuperset(vals):
            entities = self | self.commercial_partner_id
            self.env["xero.contact"]._retry_failed("partner_id", entities)
        if vals.get("xero_create_choice") == "yes":
            self.env["xero.issue"]._solve([f"contact:{id_}" for id_ in self.ids])
        return result

    # EXTENDS 'base'
    def unlink(self):
        entities = self.commercial_partner_id - self
        # sudo: bindings are read-only for users
        rows = self.env["xero.contact"].sudo().search([("partner_id", "in", self.ids)])
        failed = rows.filtered(lambda row: row.state == "failed")
        failed._set_pending()  # the job forgets them
        failed.connection_id._wake()
        result = super().unlink()
        for row in rows.filtered("xero_id"):
            row._feed_from_another(self.browse())
        entities._xero_changed()
        return result

    def _xero_changed(self):
        """Bring the contacts these commercial entities feed up to date."""
        rows = self._xero_fed_rows("update_contacts")
        rows = rows.filtered(lambda row: not row.archived_in_xero)
        rows._mark_changed()
        rows._wake_for()

    # EXTENDS 'xero.link.mixin'
    @api.depends("xero_contact_id", "email", "child_ids.email", "child_ids.type")
    def _compute_xero_link_state(self):
        """What Xero has no place for is said where everything else is there."""
        result = super()._compute_xero_link_state()
        for partner in self:
            if partner.xero_contact_id and not partner.xero_link_message:
                partner.xero_link_message = "\n".join(mappers.left_out(partner))
        return result

    # === LINK === #

    def _xero_link_to(self, contacts):
        """Link these partners; what follows from that is done once for all.

        :param contacts: ``xero.contact`` for each of them, in their order
        """
        before = {partner.id: partner.xero_contact_id for partner in self}
        # sudo: so that no client can leave those hooks out
        partners = self.sudo().with_context(xero_linked_together=True)
        for partner, contact in zip(partners, contacts, strict=True):
            partner.xero_contact_id = contact
        self._xero_link_moved(before)

    def _xero_link_moved(self, before):
        """Links were set, changed or cleared by somebody.

        :param before: dict of id → ``xero.contact`` that was the link; may lack some
        """
        none = self.env["xero.contact"]
        # sudo: bindings are read-only for users
        moved = self.sudo().filtered(
            lambda partner: partner.xero_contact_id != before.get(partner.id, none)
        )
        moved.filtered("xero_contact_id")._xero_contact_linked()
        none.sudo()._move_links(moved, before)

    def _xero_contact_linked(self):
        """Let go what waited for a contact, and drop one that is not made yet."""
        rows = self._xero_rows().filtered(
            lambda row: not row.xero_id and row.state != "sending"
        )
        rows.waiting_document_ids._stop_waiting()
        rows.connection_id._wake()
        rows.unlink()
        keys = [
            f"{kind}:{id_}"
            for kind in ("contact", "contact_archived")
            for id_ in self.ids
        ]
        self.env["xero.issue"]._solve(keys)
        if self:
            self.env["xero.issue"]._solve_kinds("refused:contact_archived")
