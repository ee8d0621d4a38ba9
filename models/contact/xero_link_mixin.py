from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import mappers

# Unset: as the company's switches say
CREATE_CHOICES = [("yes", "Create it"), ("no", "Never create it")]


class XeroLinkMixin(models.AbstractModel):
    """An Odoo record that is linked to a contact or item of Xero's.

    The link itself is a company-dependent field of the model; its binding's model
    (``xero.contact``, ``xero.item``) holds a row for each. Which of them are created
    in Xero without a click: those of the company's switch, unless one's own choice
    says otherwise.
    """

    _name = "xero.link.mixin"
    _description = "Record linked to Xero"

    _xero_binding = ""  # model of the bindings
    _xero_feeder = ""  # their field that names the record whose data they carry
    _xero_link = ""  # this model's link

    xero_create_choice = fields.Selection(
        CREATE_CHOICES,
        "If it is not in Xero",
        company_dependent=True,
        copy=False,
        groups="xero_sync.xero_sync_group_user",
        help="Whether Odoo creates it in Xero when it is not there.",
    )
    xero_create = fields.Boolean(
        "Create in Xero",
        compute="_compute_xero_create",
        inverse="_inverse_xero_create",
        groups="xero_sync.xero_sync_group_user",
        help="In Xero without a click, as soon as it is saved.",
    )
    xero_link_state = fields.Selection(
        [
            ("pending", "Waiting to be sent"),
            ("sending", "Being sent"),
            ("failed", "To fix"),
            ("held", "On hold"),
            ("skipped", "Skipped"),
        ],
        compute="_compute_xero_link_state",
        groups="xero_sync.xero_sync_group_user",
        help="What is on its way to Xero, or does not get there; empty when all is",
    )
    xero_link_message = fields.Text(
        compute="_compute_xero_link_state", groups="xero_sync.xero_sync_group_user"
    )

    # === HOOKS OF EACH MODEL === #

    def _xero_switch(self, connection):
        """Whether the company's switches have this record created when it is made.

        :param connection: ``xero.connection`` whose settings count
        """
        raise NotImplementedError

    def _xero_linkable(self):
        """Those of the records that have a place of their own in Xero."""
        return self

    def _xero_needs_own(self, connection):
        """Whether a contact or item is to be made for the record, if there is one.

        :param connection: ``xero.connection`` of the organisation
        """
        record = self.with_company(connection.company_id)
        linkable = bool(record._xero_linkable())
        return linkable and not mappers.own(record[self._xero_link], connection)

    # === FIELDS === #

    @api.depends("xero_create_choice")
    @api.depends_context("company")
    def _compute_xero_create(self):
        connection = self._xero_own_connection()
        for record in self:
            record.xero_create = record.sudo()._xero_creates(connection)

    def _inverse_xero_create(self):
        connection = self._xero_own_connection()
        for record in self:
            by_switch = bool(connection) and record._xero_switch(connection)
            if record.xero_create == by_switch:
                record.xero_create_choice = False
            else:
                record.xero_create_choice = "yes" if record.xero_create else "no"

    @api.depends_context("company")
    def _compute_xero_link_state(self):
        self.xero_link_state = self.xero_link_message = False
        unsettled = self._xero_rows().filtered(lambda row: row.state != "synced")
        for row in unsettled:
            record = row[self._xero_feeder].with_env(self.env)
            record.xero_link_state = row.state
            record.xero_link_message = row.message

    def _check_xero_link(self):
        """The picker offers only what is right; whoever comes another way is stopped.

        :raise ValidationError: a link leads into another company's organisation
        """
        # sudo: what belongs to a company the user is not in may only be refused
        for record in self.sudo():
            if record[self._xero_link].company_id - self.env.company.parent_ids:
                raise ValidationError(
                    self.env._(
                        "%(record)s: this link is not in the organisation of"
                        " %(company)s.",
                        record=record.display_name,
                        company=self.env.company.display_name,
                    )
                )

    # === CREATION === #

    @api.model
    def _xero_own_connection(self):
        """The connection that keeps the current company's books (``sudo``)."""
        # sudo: which connection it is, and its switches, are no secret
        return self.env.company.sudo()._xero_connection()

    def _xero_rows(self):
        """The bindings these records feed, in the current company (``sudo``)."""
        # sudo: bindings are read-only for users
        return (
            self.env[self._xero_binding]
            .sudo()
            .search(
                [
                    ("connection_id", "=", self._xero_own_connection().id),
                    (self._xero_feeder, "in", self.ids),
                ]
            )
        )

    def _xero_fed_rows(self, setting):
        """The bindings to bring up to date, in the organisations of all companies.

        What the companies share was changed in one of them.

        :param setting: of the connection, whether they are kept up to date (``sudo``)
        """
        # sudo: bindings are read-only for users, and other companies' count too
        return (
            self.env[self._xero_binding]
            .sudo()
            .search(
                [
                    (self._xero_feeder, "in", self.ids),
                    ("xero_id", "!=", False),
                    ("connection_id.active", "=", True),
                    (f"connection_id.{setting}", "=", True),
                ]
            )
        )

    def _xero_creates(self, connection):
        """Whether this record is created in Xero without a click.

        :param connection: ``xero.connection``, maybe empty
        """
        self.ensure_one()
        if not connection:
            return False
        if self.xero_create_choice:
            return self.xero_create_choice == "yes"
        return self._xero_switch(connection)

    def _xero_creates_missing(self, by_setting):
        """Whether a document that needs this record's contact or item may have it made.

        :param by_setting: what the company's setting says
        """
        choice = self.xero_create_choice
        return choice == "yes" or (not choice and by_setting)

    def _xero_create_wanted(self):
        """Queue those that are to be created in Xero without a click."""
        connection = self._xero_own_connection()
        if connection:
            # sudo: also who may not see Xero's fields makes customers and products
            wanted = self.sudo().with_company(connection.company_id)._xero_linkable()
            wanted.filtered(lambda r: r._xero_creates(connection))._xero_queue()

    def _xero_queue(self):
        """Queue a Xero contact or item for each that has none; ``sudo`` records."""
        connection = self._xero_own_connection()
        missing = self.filtered(lambda record: record._xero_needs_own(connection))
        if missing:
            bindings = self.env[self._xero_binding].sudo()
            bindings._request(connection, missing)
            connection._wake()

    def _xero_drop_unwanted(self):
        """Forget those queued that a person does not want in Xero after all."""
        unwanted = self.sudo().filtered(lambda r: r.xero_create_choice == "no")
        rows = unwanted._xero_rows() if unwanted else self._xero_rows().browse()
        rows = rows.filtered(
            lambda row: not (row.xero_id or row.request_id or row.synced_at)
        )
        documents = rows.waiting_document_ids
        rows.unlink()
        documents._stop_waiting()

    def _xero_share_with_parent(self, vals):
        """A branch's documents go through its parent's connection, and its links."""
        names = {self._xero_link, "xero_create_choice"}.intersection(vals)
        if not (names and self.env.company.parent_id):
            return
        owner = self._xero_own_connection().company_id
        if owner and owner != self.env.company:
            # sudo: who works in the branch only may link for it too
            records = self.sudo().with_company(owner)
            records.write({name: vals[name] for name in names})

    def action_xero_create(self):
        """Button and list action: create those in Xero that have no link."""
        self.check_access("write")
        connection = self._xero_own_connection()
        if not connection:
            raise self.env.company._xero_not_connected()
        # sudo: whoever may change the record may have it created
        self.sudo()._xero_linkable()._xero_queue()
        self.env[self._xero_binding]._retry_failed(self._xero_feeder, self)
        connection._run_after_commit()
        return True

    # === ORM === #

    # EXTENDS 'base'
    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._xero_create_wanted()
        return records

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        self._xero_share_with_parent(vals)
        if "xero_create_choice" in vals:
            self._xero_drop_unwanted()
            self._xero_create_wanted()
        return result
