from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..outbox.xero_binding_changed import URGENT_MOST
from .xero_document import RECORD_FIELDS

# A wanted status: Xero's document, if there is one, stays as it is for now
KEEP = "KEEP"
# Kinds whose automatic sending a partner's field for purchases overrides
PURCHASE_KINDS = ("purchase_order", "bill", "refund")


def partner_choice(kind):
    """:return: name of the partner's field that says whether a kind is sent"""
    return "xero_send_purchases" if kind in PURCHASE_KINDS else "xero_send_sales"


class XeroDocumentMixin(models.AbstractModel):
    """An Odoo document that has, or may get, documents in Xero.

    A model that inherits this names it before itself, so that Xero hears of a record
    when Odoo is done with it. It declares ``xero_document_ids`` (one2many through a
    foreign key of its own on ``xero.document``) and ``_xero_watched_fields``, and
    implements the hooks below.
    """

    _name = "xero.document.mixin"
    _description = "Document with a place in Xero"

    _xero_kinds = ()
    # Whose commercial entity is the document's contact
    _xero_partner_field = "partner_id"
    # The document's date: a day, or a moment in UTC
    _xero_date_field = "date_order"
    # Where the documents are whose numbers the record shows
    _xero_number_paths = ("xero_document_ids",)

    xero_document_id = fields.Many2one(
        "xero.document",
        "Xero document",
        compute="_compute_xero_document_id",
        store=True,
        index="btree_not_null",
        copy=False,
        groups="xero_sync.xero_sync_group_user",
    )
    # Customers and vendors read their own documents: not what is said here of them
    xero_state = fields.Selection(
        related="xero_document_id.state",
        string="Xero state",
        compute_sudo=True,
        groups="base.group_user",
    )
    xero_shown_document_ids = fields.Many2many(
        "xero.document",
        string="Documents in Xero",
        compute="_compute_xero_shown_document_ids",
        groups="xero_sync.xero_sync_group_user",
    )
    xero_status = fields.Char(
        "Status in Xero", compute="_compute_xero", groups="base.group_user"
    )
    xero_url = fields.Char(
        "Open in Xero", compute="_compute_xero", groups="base.group_user"
    )
    xero_message = fields.Text(
        "Xero message", compute="_compute_xero", groups="base.group_user"
    )
    xero_issue_id = fields.Many2one(
        "xero.issue", compute="_compute_xero", groups="base.group_user"
    )
    xero_issue_fixer = fields.Selection(
        selection=lambda self: (
            self.env["xero.issue"]._fields["fixer"]._description_selection(self.env)
        ),
        compute="_compute_xero",
        groups="base.group_user",
    )
    xero_warning = fields.Text(
        compute="_compute_xero_warning", groups="base.group_user"
    )
    xero_send_choice = fields.Selection(
        [("yes", "Send"), ("no", "Do not send")],
        "Choice for Xero",
        copy=False,
        groups="base.group_user",
    )
    xero_send = fields.Boolean(
        "Send to Xero automatically",
        compute="_compute_xero_send",
        inverse="_inverse_xero_send",
        groups="base.group_user",
        help="Whether this document is made in Xero without a click. What is there"
        " already is kept up to date in any case.",
    )

    # === HOOKS OF EACH MODEL === #

    def _xero_wanted_status(self, kind, connection):
        """The status this record's document of a kind should have in Xero now.

        :param connection: ``xero.connection`` whose settings count
        :return: one of Xero's statuses, None when Xero should hold no document, or
            ``KEEP`` when what it holds, or does not, should stay so for now
        """
        raise NotImplementedError

    def _xero_starts(self, kind, connection):
        """Whether a document of this kind that Xero does not have should be made."""
        return self._xero_wanted_status(kind, connection) not in (None, KEEP)

    def _xero_unconfirmed(self):
        """Those that Xero should have as soon as they are complete, whatever changed.

        Of the others only those go again that are in Xero, or on their way: mending
        an old one that was never sent must not send it now.
        """
        return self.browse()

    def _xero_request_dependents(self):
        """Have those looked at too of which Xero is told by what these are."""

    def _xero_partner(self, kind):
        """The commercial entity that is the document's contact (``res.partner``)."""
        return self[self._xero_partner_field].commercial_partner_id

    def _xero_products(self, kind):
        """The products on the document's lines (``product.product``)."""
        raise NotImplementedError

    def _xero_amounts(self, kind, connection):
        """What Xero's figures are compared with.

        :param connection: ``xero.connection`` whose settings count
        :return: dict with ``odoo_total``, ``odoo_tax`` and ``currency_id``
        """
        return {
            "odoo_total": self.amount_total,
            "odoo_tax": self.amount_tax,
            "currency_id": self.currency_id.id,
        }

    def _xero_prepare(self, document, target):
        """Build Xero's document.

        :param document: ``xero.document`` whose contact is linked
        :param target: ``mappers.Target``
        :return: a model of the SDK
        :raise mappers.MappingError: when something is missing
        """
        raise NotImplementedError

    def _xero_kind_now(self):
        """The kind this record is at present, None when Xero knows nothing like it."""
        raise NotImplementedError

    @api.model
    def _xero_queries_showing(self, domain):
        """What finds the records that show such a document, its own or an invoice's.

        :param domain: of ``xero.document``; who asks must see the document
        :return: list of pairs of a query of ``xero.document`` and the ``SQL`` of the
            record's id in it; the first finds own documents
        """
        documents = self.env["xero.document"]
        own = documents._search(domain)
        field = RECORD_FIELDS[self._xero_kinds[0]]
        record = documents._field_to_sql(own.table, field, own)
        own.add_where(SQL("%s IS NOT NULL", record))
        return [(own, record)]

    # === COMPUTE METHODS === #

    # EXTENDS 'base'
    def _auto_init(self):
        # Empty in every record there is: computing it for each would take long
        if not self._abstract and not column_exists(
            self.env.cr, self._table, "xero_document_id"
        ):
            create_column(self.env.cr, self._table, "xero_document_id", "int4")
        return super()._auto_init()

    @api.depends("xero_document_ids")
    def _compute_xero_document_id(self):
        for record in self:
            # sudo: whoever changes the record may have its newest document noted
            documents = record.sudo().xero_document_ids
            record.xero_document_id = documents.sorted("id")[-1:]

    @api.depends("xero_document_ids.state")
    def _compute_xero(self):
        # First, and for all of a list at once: what is read later by one document alone
        self.company_id._xero_connection()
        self._xero_shown_documents().mapped("state")
        for record in self:
            last, shown = record._xero_newest()
            live = shown.filtered(lambda row: not row._is_gone())
            # An order that needs no document any more is where its invoice is
            ended = last.state == "synced" and last._is_gone()
            current = live[-1:] if ended and live else last
            record.xero_status = current._status_in_words() if current else False
            record.xero_url = current.xero_url
            record.xero_message = last._text_for_user() if last else False
            # What is settled has no cause any more: nothing is read for it
            issue = self.env["xero.issue"].sudo()
            if last.state not in (False, "synced"):
                issue = last.issue_ids[:1]
            record.xero_issue_id = issue
            record.xero_issue_fixer = issue.fixer

    def _xero_newest(self):
        """What it shows of Xero (``sudo``): its own newest document, and all of them.

        :return: pair of ``xero.document``, the first maybe empty
        """
        shown = self._xero_shown_documents()
        return shown.filtered(self._xero_is_own)[-1:], shown

    def _xero_is_own(self, document):
        """Whether a document is this record's, not that of what was made from it."""
        return document[RECORD_FIELDS[self._xero_kinds[0]]] == self._origin

    # Apart from the fields above, which everybody reads: this one has a group
    @api.depends("xero_document_ids")
    @api.depends_context("uid", "su")
    def _compute_xero_shown_document_ids(self):
        for record in self:
            shown = record._xero_shown_documents().with_env(self.env)
            # An order's invoice may be a colleague's
            record.xero_shown_document_ids = shown._filtered_access("read")

    def _compute_xero_warning(self):
        self.xero_warning = False

    @api.depends("xero_send_choice", "company_id")
    def _compute_xero_send(self):
        for connection, records in self._xero_by_connection():
            for record in records:
                kind = record._xero_kind_now()
                record.xero_send = bool(
                    connection and kind and record.sudo()._xero_auto(kind, connection)
                )

    def _inverse_xero_send(self):
        for record in self:
            record.xero_send_choice = "yes" if record.xero_send else "no"
        unwished = self.filtered(lambda record: record.xero_send_choice == "no")
        # sudo: rows are read-only for users
        unwished.sudo().xero_document_ids.filtered(
            lambda row: not (row.xero_id or row.request_id or row.synced_at)
        ).unlink()

    # === BUSINESS METHODS === #

    def _xero_by_connection(self):
        """The connection of each company, maybe empty, with its records of these."""
        for company, records in self.grouped("company_id").items():
            # sudo: that there is a connection is no secret, nor are its switches
            yield company.sudo()._xero_connection(), records

    def _xero_auto(self, kind, connection):
        """Whether this record is sent without being asked for.

        Its own box, else its partner's choice, else the switch of the kind.
        """
        self.ensure_one()
        if self.xero_send_choice:
            return self.xero_send_choice == "yes"
        partner = self._xero_partner(kind)
        # A branch's own choice, else that of the company with the connection
        for company in (self.company_id, connection.company_id):
            choice = partner.with_company(company)[partner_choice(kind)]
            if choice in ("always", "never"):
                return choice == "always"
        return connection[f"auto_{kind}"]

    def _xero_filtered_auto(self, kind, connection):
        """Those that are sent without being asked for.

        Reads at once what :meth:`_xero_auto` asks: to read one choice of a partner
        alone, Odoo reads all that partners have of a company.
        """
        choice = partner_choice(kind)
        for company in self.company_id | connection.company_id:
            partners = self.with_company(company)[self._xero_partner_field]
            partners.fetch(["commercial_partner_id", choice])
            partners.commercial_partner_id.fetch([choice])
        return self.filtered(lambda record: record._xero_auto(kind, connection))

    def _xero_request(self, new=True):
        """Have Xero brought up to date with these records after the commit.

        :param new: whether what Xero should hold and has never seen is sent too
        """
        self.env["xero.document"]._note(self, new)

    def _xero_request_removal(self):
        """These records go now: their rows outlive them, and end what Xero has."""
        # sudo: rows are read-only for users
        documents = self.sudo().xero_document_ids
        # What a person skipped stays that person's
        documents = documents.filtered(lambda row: row.state != "skipped")
        if documents:  # Odoo also deletes no record at all, in each posting
            documents._unskip()._mark_changed()
            documents.connection_id._wake()

    def _xero_back_link(self):
        """Absolute address of the record, None where Xero would refuse it.

        Xero refuses addresses that contain its own name
        (https://developer.xero.com/documentation/api/accounting/invoices).
        """
        self.ensure_one()
        url = f"{self.get_base_url()}/mail/view?model={self._name}&res_id={self.id}"
        return None if "xero" in url.lower() else url

    # EXTENDS 'web'
    @api.readonly
    def web_read(self, specification):
        """A form that was just saved shows already that its document waits."""
        self.env.flush_all()  # what Odoo computes is noted when it is written
        self.env["xero.document"]._request_noted()
        return super().web_read(specification)

    # === ACTIONS === #

    def action_xero_send(self):
        """Button "Send to Xero", for one document or many."""
        self.check_access("write")
        self._xero_check_connected()
        documents = self.env["xero.document"]._request([(self, True)], forced=True)
        if not documents and not self.xero_document_ids:
            raise UserError(self[:1]._xero_why_nothing())
        if len(self) <= URGENT_MOST:  # nobody waits for many: the job was woken
            self.sudo().xero_document_ids.connection_id._run_after_commit()
        return True

    def _xero_check_connected(self):
        """:raise odoo.exceptions.UserError: nothing can be sent of these companies"""
        for company in self.company_id:
            # sudo: that there is a connection is no secret
            if not company.sudo()._xero_connection()._is_live():
                raise company._xero_not_connected()

    def action_xero_open(self):
        """Button "Open in Xero"."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.xero_url, "target": "new"}

    def action_xero_fix(self):
        """Button that opens the record on which the cause is cured.

        :raise odoo.exceptions.UserError: nothing keeps the document back
        """
        self.ensure_one()
        self.check_access("read")
        if not self.xero_issue_id:
            raise UserError(
                self.env._(
                    "Nothing keeps %(record)s back from Xero any more.",
                    record=self.display_name,
                )
            )
        return self.xero_issue_id._fix_action()
