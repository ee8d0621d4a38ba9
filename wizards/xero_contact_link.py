from odoo import api, fields, models
from odoo.exceptions import UserError


class XeroContactLink(models.TransientModel):
    """Which contact of Xero's is this customer or vendor, if any?"""

    _name = "xero.contact.link"
    _description = "Link to a Xero contact"

    partner_id = fields.Many2one("res.partner", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    connection_id = fields.Many2one("xero.connection", compute="_compute_present")
    linked_contact_id = fields.Many2one("xero.contact", compute="_compute_present")
    linked_archived = fields.Boolean(compute="_compute_present")
    line_ids = fields.One2many("xero.contact.link.line", "link_id", readonly=True)
    contact_id = fields.Many2one(
        "xero.contact",
        "Another one",
        domain="[('connection_id', '=', connection_id), ('xero_id', '!=', False)]",
    )

    @api.depends("partner_id", "company_id")
    def _compute_present(self):
        for question in self:
            partner = question._partner()
            linked = partner.xero_contact_id
            question.connection_id = partner._xero_own_connection()
            question.linked_contact_id = linked
            question.linked_archived = linked.archived_in_xero

    def _partner(self):
        """The partner in the company whose books it is about.

        Without the rights on that company, Odoo stops whoever named it.
        """
        return self.partner_id.with_company(self.company_id)

    # === QUESTION === #

    @api.model
    def _ask(self, partner):
        """Ask which of Xero's contacts a partner is, the likely ones first.

        :param partner: ``res.partner``, in the company whose books it is about; a
            person or address stands for its commercial entity
        :return: the action that opens the question
        """
        question = self.create(
            {
                "partner_id": partner.commercial_partner_id.id,
                "company_id": partner.env.company.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Which Xero contact is it?"),
            "res_model": self._name,
            "res_id": question.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    # EXTENDS 'base'
    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        for question in questions:
            question._propose()
        return questions

    def _propose(self):
        """List what Xero has of this partner, by what was last read."""
        partner = self._partner()
        partner.check_access("read")
        linked = partner.xero_contact_id
        # sudo: links of other partners speak against a contact
        contacts = self.env["xero.contact"].sudo()
        matches = contacts._matches(self._connection(), partner.sudo())[partner]
        # sudo: only this method makes lines
        self.env["xero.contact.link.line"].sudo().create(
            [
                {
                    "link_id": self.id,
                    "contact_id": match.contact.id,
                    "reason": match.reason,
                }
                for match in matches
                if match.contact != linked
            ]
        )

    def _connection(self):
        """The organisation that keeps the company's books (``sudo``)."""
        connection = self._partner()._xero_own_connection()
        if not connection:
            raise self.company_id._xero_not_connected()
        return connection

    # === ANSWERS === #

    def action_link(self):
        """It is the contact that was picked."""
        self.ensure_one()
        if not self.contact_id:
            raise UserError(self.env._("Choose the Xero contact first."))
        return self._link(self.contact_id)

    def _link(self, contact):
        """Link the partner, with the user's own rights; what waited for it goes.

        A contact that was merged stands for the one it is part of now.
        """
        connection = self._connection()
        self._partner().xero_contact_id = contact._merged_to() or contact
        connection._run_after_commit()
        return {"type": "ir.actions.act_window_close"}

    def action_create(self):
        """It is none of them: create a new one, and send what waits for it."""
        self.ensure_one()
        partner = self._partner()
        partner.check_access("write")
        connection = self._connection()
        if partner.xero_contact_id:
            partner.xero_contact_id = False
        # sudo: bindings are read-only for users
        contacts = self.env["xero.contact"].sudo()
        contacts._create_anyway(connection, partner.sudo())
        connection._run_after_commit()
        return {"type": "ir.actions.act_window_close"}


class XeroContactLinkLine(models.TransientModel):
    """A contact that the partner may be, and why."""

    _name = "xero.contact.link.line"
    _description = "Candidate for a Xero link"

    link_id = fields.Many2one(
        "xero.contact.link", required=True, index=True, ondelete="cascade"
    )
    contact_id = fields.Many2one("xero.contact", required=True, ondelete="cascade")
    email = fields.Char(related="contact_id.email")
    tax_number = fields.Char(related="contact_id.tax_number")
    reason = fields.Char(required=True)

    def action_link(self):
        """It is this contact."""
        self.ensure_one()
        return self.link_id._link(self.contact_id)
