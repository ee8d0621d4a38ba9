from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class XeroDocumentMixin(models.AbstractModel):
    """An Odoo document that has, or may get, documents in Xero.

    A model that inherits this declares ``xero_document_ids`` (one2many through a
    foreign key of its own on ``xero.document``), names that key in
    ``_xero_document_field``, implements the hooks below, and calls
    :meth:`_xero_request` wherever something Xero should know has changed.
    """

    _name = "xero.document.mixin"
    _description = "Document with a place in Xero"

    _xero_document_field = None
    _xero_kinds = ()

    xero_number = fields.Char(
        "Xero number", compute="_compute_xero", search="_search_xero_number"
    )
    xero_state = fields.Selection(
        selection=lambda self: self.env["xero.document"]._fields["state"].selection,
        string="Xero state",
        compute="_compute_xero",
        search="_search_xero_state",
    )
    xero_status = fields.Char("Status in Xero", compute="_compute_xero")
    xero_url = fields.Char("Open in Xero", compute="_compute_xero")
    xero_message = fields.Text("Xero message", compute="_compute_xero")
    xero_issue_id = fields.Many2one("xero.issue", compute="_compute_xero")
    xero_issue_fixer = fields.Selection(
        selection=lambda self: self.env["xero.issue"]._fields["fixer"].selection,
        compute="_compute_xero",
    )
    xero_sendable = fields.Boolean(compute="_compute_xero_sendable")

    # === HOOKS OF EACH MODEL === #

    def _xero_wanted_status(self, kind):
        """The status this record's document of a kind should have in Xero now.

        :return: one of Xero's statuses, or None when Xero should hold no document
        """
        raise NotImplementedError

    def _xero_switch(self, kind):
        """Name of the connection's field that switches a kind's automatic sending."""
        raise NotImplementedError

    def _xero_partner(self, kind):
        """The commercial entity that is the document's contact (``res.partner``)."""
        raise NotImplementedError

    def _xero_products(self, kind):
        """The products on the document's lines (``product.product``)."""
        raise NotImplementedError

    def _xero_amounts(self, kind):
        """What Xero's figures are compared with.

        :return: dict with ``odoo_total``, ``odoo_tax`` and ``currency_id``
        """
        raise NotImplementedError

    def _xero_prepare(self, document):
        """Build Xero's document.

        :param document: ``xero.document`` whose contact is linked
        :return: a model of the SDK
        :raise mappers.MappingError: when something is missing
        """
        raise NotImplementedError

    # === COMPUTE METHODS === #

    @api.depends("xero_document_ids.state", "xero_document_ids.xero_number")
    def _compute_xero(self):
        for record in self:
            # sudo: whoever may see the document may see what became of it in Xero
            documents = record.sudo().xero_document_ids.sorted("id")
            last = documents[-1:]
            record.xero_number = ", ".join(
                filter(None, documents.mapped("xero_number"))
            )
            record.xero_state = last.state
            record.xero_status = last.xero_status
            record.xero_url = last.xero_url
            record.xero_message = last._text_for_user()
            record.xero_issue_id = last.issue_ids[:1]
            record.xero_issue_fixer = record.xero_issue_id.fixer

    def _compute_xero_sendable(self):
        for record in self:
            connection = record.company_id.sudo()._xero_connection()
            record.xero_sendable = connection._is_live() and any(
                record._xero_wanted_status(kind) for kind in self._xero_kinds
            )

    def _search_xero_number(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if operator == "in" and False in value:
            numbers = [number for number in value if number]
            return [
                "|",
                ("xero_document_ids.xero_number", "in", numbers),
                "!",
                ("xero_document_ids", "any", [("xero_number", "!=", False)]),
            ]
        return [("xero_document_ids.xero_number", operator, value)]

    def _search_xero_state(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if operator == "in" and False in value:
            states = [state for state in value if state]
            return [
                "|",
                ("xero_document_ids", "=", False),
                ("xero_document_ids.state", "in", states),
            ]
        return [("xero_document_ids.state", operator, value)]

    # === BUSINESS METHODS === #

    def _xero_request(self, new=True, forced=False):
        """Have Xero brought up to date with these records after the commit.

        :param new: whether what Xero should hold and has never seen is sent too
        :param forced: a person asked, so the switches do not matter
        """
        documents = self.env["xero.document"]
        for kind in self._xero_kinds:
            documents += documents._request(kind, self, new=new, forced=forced)
        return documents

    def _xero_back_link(self):
        """Absolute address of the record, None where Xero would refuse it.

        Xero refuses addresses that contain its own name
        (https://developer.xero.com/documentation/api/accounting/invoices).
        """
        self.ensure_one()
        url = f"{self.get_base_url()}/mail/view?model={self._name}&res_id={self.id}"
        return None if "xero" in url.lower() else url

    # === ACTIONS === #

    def action_xero_send(self):
        """Button "Send to Xero", for one document or many."""
        self.check_access("write")
        for company in self.company_id:
            if not company.sudo()._xero_connection()._is_live():
                raise UserError(
                    self.env._(
                        "%(company)s is not connected to Xero. An administrator"
                        " connects it in Settings → Xero.",
                        company=company.name,
                    )
                )
        documents = self._xero_request(forced=True)
        if not documents and not self.xero_document_ids:
            raise UserError(
                self.env._("There is nothing to send: confirm the document first.")
            )
        self.sudo().xero_document_ids.connection_id._run_after_commit()
        return True

    def action_xero_open(self):
        """Button "Open in Xero"."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.xero_url, "target": "new"}

    def action_xero_fix(self):
        """Button that opens the record on which the cause is cured."""
        self.ensure_one()
        return self.xero_issue_id.action_fix()
