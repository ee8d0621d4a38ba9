from odoo import api, fields, models


class XeroDocumentMixin(models.AbstractModel):
    """What the forms of Odoo's documents show of Xero, and the buttons there."""

    _inherit = "xero.document.mixin"

    xero_connected = fields.Boolean(
        compute="_compute_xero_connected",
        groups="base.group_user",
        help="Whether there is a Xero organisation that knows such documents.",
    )
    xero_sendable = fields.Boolean(
        compute="_compute_xero_sendable",
        groups="base.group_user",
        help="Whether it should be in Xero, and is neither there nor on its way.",
    )
    xero_fixable = fields.Boolean(
        compute="_compute_xero_fixable",
        groups="base.group_user",
        help="Whether the user may cure the cause, on another record than this.",
    )
    xero_fix_by = fields.Char(
        compute="_compute_xero_fixable",
        groups="base.group_user",
        help="Who can cure the cause, where the user cannot.",
    )

    xero_offered = fields.Char(
        compute="_compute_xero_offered",
        groups="base.group_user",
        help="What the user may do about it in Xero now, see xero.document.",
    )

    # EXTENDS 'base'
    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view.type == "form" and not self._abstract:
            self._xero_fill_in(arch)
        return arch, view

    @api.model
    def _xero_fill_in(self, arch):
        """Put the blocks which all these forms share where a form names them.

        In the way of ``format.address.mixin`` with the address of a country.
        """
        shared = self.env.ref("xero_sync.xero_document_mixin_view_form").sudo()
        for block in shared._get_combined_arch():
            for place in arch.xpath("//*[@name=$name]", name=block.get("name")):
                for node in list(block):
                    place.addprevious(node)
                place.getparent().remove(place)

    # === COMPUTE METHODS === #

    @api.depends("company_id")
    def _compute_xero_connected(self):
        for connection, records in self._xero_by_connection():
            for record in records:
                record.xero_connected = bool(
                    connection._is_live() and record._xero_kind_now()
                )

    @api.depends("xero_document_ids.state", "company_id")
    def _compute_xero_sendable(self):
        for connection, records in self._xero_by_connection():
            for record in records:
                # sudo: what is in Xero, and what should be, is no secret
                record.xero_sendable = (
                    connection._is_live() and record.sudo()._xero_should_go(connection)
                )

    def _xero_should_go(self, connection):
        """Whether it should be in this organisation, and is not on its way there."""
        kind = self._xero_kind_now()
        return bool(
            kind
            and not self._xero_is_sent(kind, connection)
            and self._xero_starts(kind, connection)
        )

    def _xero_is_sent(self, kind, connection):
        """Whether Xero has this record as that kind, or refused it, or gets it now."""
        return any(
            document.kind == kind
            and document.connection_id == connection
            and document.state != "skipped"
            and (document.xero_id or document.state != "pending")
            and not document._is_waiting()
            for document in self._xero_shown_documents()
        )

    @api.depends("xero_issue_id")
    @api.depends_context("uid")
    def _compute_xero_fixable(self):
        for record in self:
            # sudo: as the text of the issue, see _compute_xero
            issue = record.sudo().xero_issue_id
            record.xero_fixable = record._xero_may_fix(issue)
            record.xero_fix_by = record._xero_whom_to_ask(issue)

    def _xero_may_fix(self, issue):
        """Whether this user may cure the cause, on another record than this.

        :param issue: ``xero.issue`` as superuser
        """
        return bool(
            issue.res_model
            and not self._xero_fixed_here(issue)
            and self._xero_is_fixer(issue.fixer)
            and issue.sudo(self.env.su)._may_fix()
        )

    def _xero_fixed_here(self, issue):
        """Whether the cause is put right on this very form.

        :param issue: ``xero.issue`` as superuser
        """
        return (issue.res_model, issue.res_id) == (self._name, self.id)

    def _xero_is_fixer(self, fixer):
        """:param fixer: of an issue"""
        groups = {
            "accountant": "xero_sync.xero_sync_group_accountant",
            "administrator": "xero_sync.xero_sync_group_administrator",
        }
        return fixer == "user" or bool(fixer and self.env.user.has_group(groups[fixer]))

    def _xero_whom_to_ask(self, issue):
        """Who can put it right where this user cannot, in a sentence; else False.

        :param issue: ``xero.issue`` as superuser
        """
        if not issue or self._xero_may_fix(issue):
            return False
        if not self._xero_is_fixer(issue.fixer):
            return {
                "accountant": self.env._(
                    "An accountant can fix this; the document is then sent"
                    " automatically."
                ),
                "administrator": self.env._(
                    "An administrator can fix this; the document is then sent"
                    " automatically."
                ),
            }[issue.fixer]
        if not issue.res_model or self._xero_fixed_here(issue):
            return False
        record = self.env[issue.res_model].sudo().browse(issue.res_id).exists()
        return self.env._(
            "Somebody who may change %(record)s can fix this; the document is then"
            " sent automatically.",
            record=record.display_name,
        )

    @api.depends("xero_document_ids.state")
    @api.depends_context("uid")
    def _compute_xero_offered(self):
        for record in self:
            last, _shown = record._xero_newest()
            # Of what is settled the form offers nothing, and finding out costs queries
            settled = last.state in (False, "synced")
            record.xero_offered = "" if settled else last.offered

    # === ACTIONS === #

    def action_xero_send_as_new(self):
        """Button that leaves the one in Xero alone, and sends this as another."""
        self.ensure_one()
        return self.xero_document_id.action_send_as_new()
