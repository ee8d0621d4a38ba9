from odoo import api, fields, models

ACCOUNTANT = "xero_sync.xero_sync_group_accountant"


def with_mapping_rights(records, vals, links):
    """The records, with all rights when a Xero accountant changes nothing but links.

    Who maps to Xero need not be allowed to change Odoo's taxes, accounts or products.

    :param vals: what is to be written on them
    :param links: names of the fields with Xero's choices
    :raise AccessError: the user may not even read the records
    """
    env = records.env
    if env.su or not set(vals) <= set(links) or not env.user.has_group(ACCOUNTANT):
        return records
    records.check_access("read")
    return records.sudo()  # sudo: see above


class XeroMappingMixin(models.AbstractModel):
    """Something of Odoo's that stands for a choice of Xero's once it is mapped."""

    _name = "xero.mapping.mixin"
    _description = "Mapped to a choice of Xero's"

    # Fields with Xero's choice, and with what is proposed for it
    _xero_link = None
    _xero_proposal = None

    xero_used = fields.Boolean(
        "Used on documents",
        compute="_compute_xero_used",
        search="_search_xero_used",
        groups=ACCOUNTANT,
        help="In the companies that share the Xero organisation.",
    )
    xero_missing = fields.Boolean(
        "Not mapped",
        compute="_compute_xero_missing",
        search="_search_xero_missing",
        groups=ACCOUNTANT,
        help="Used on documents, and without a choice that Xero takes today.",
    )

    # === HOOKS === #

    @api.model
    def _xero_used_records(self, connection):
        """What is to be mapped for an organisation, in the connection's company."""
        raise NotImplementedError

    def _xero_proposals(self, connection):
        """:return: dict of record → what is proposed for it; without those in doubt"""
        raise NotImplementedError

    def _xero_mapping_connection(self):
        """The organisation the link is to lead to: that of the current company."""
        # sudo: which connection it is, is no secret
        return self.env.company.sudo()._xero_connection()

    def _xero_by_connection(self):
        """:return: dict of organisation → those of these records that lead to it"""
        return {self._xero_mapping_connection(): self}

    # === COMPUTE METHODS === #

    @api.depends_context("company")
    def _compute_xero_used(self):
        used = self._xero_used_records(self._xero_mapping_connection())
        for record in self:
            record.xero_used = record in used

    @api.depends_context("company")
    def _compute_xero_missing(self):
        for record in self:
            record.xero_missing = record.xero_used and not record._xero_is_mapped()

    def _search_xero_used(self, operator, _value):
        return self._search_ids_in(operator, self._xero_used_records)

    def _search_xero_missing(self, operator, _value):
        return self._search_ids_in(operator, self._xero_missing_records)

    def _search_ids_in(self, operator, records_of):
        if operator != "in":
            return NotImplemented  # Odoo asks for the opposite and turns it round
        return [("id", "in", records_of(self._xero_mapping_connection()).ids)]

    def _compute_xero_proposal(self):
        for connection, records in self._xero_by_connection().items():
            proposals = records._xero_proposals(connection)
            for record in records:
                wanted = not record._xero_is_mapped()
                record[self._xero_proposal] = wanted and proposals.get(record)

    # === BUSINESS METHODS === #

    @api.model
    def _xero_missing_records(self, connection):
        """What is used, but not mapped to anything that Xero takes today."""
        used = self._xero_used_records(connection)
        return used.filtered(lambda record: not record._xero_leads_to(connection))

    def _xero_is_mapped(self):
        """Whether the link leads to something that can be used in Xero today."""
        return self._xero_leads_to(self._xero_mapping_connection())

    def _xero_leads_to(self, connection):
        """Whether it is mapped to something that this organisation takes today."""
        self.ensure_one()
        link = self[self._xero_link]
        return link.active and link.connection_id == connection

    def _check_xero_link(self):
        """:raise ValidationError: a link into another organisation"""
        for record in self:
            connection = record._xero_mapping_connection()
            connection._check_own(record[self._xero_link])

    # === ACTIONS === #

    def action_xero_accept_proposal(self):
        """Map each record to what is proposed for it, where there is anything."""
        for record in self:
            if record[self._xero_proposal]:
                record[self._xero_link] = record[self._xero_proposal]
        return True

    def action_xero_choose(self):
        """Ask for Xero's choice in a small dialog."""
        self.ensure_one()
        name = self._name.replace(".", "_")
        view = self.env.ref(f"xero_sync.{name}_view_form_xero_choose")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }
