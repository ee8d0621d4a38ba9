import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError
from odoo.tools import float_compare

from .. import mappers

# Xero never brings such a document back
GONE_STATUSES = ("DELETED", "VOIDED")


class XeroDocument(models.Model):
    """A document of the Xero organisation that stands for one of Odoo's.

    What the Odoo record should be in Xero, the record itself says
    (``xero.document.mixin``); this row carries it there and remembers the answer.
    """

    _name = "xero.document"
    _inherit = ["xero.binding"]
    _description = "Xero document"
    _order = "id desc"
    _rec_names_search = ["record_name", "xero_number"]

    kind = fields.Selection(
        [("sale_order", "Sales order")], required=True, readonly=True
    )
    sale_order_id = fields.Many2one(
        "sale.order", index="btree_not_null", ondelete="set null", readonly=True
    )
    record_name = fields.Char("Odoo number", required=True, readonly=True)
    xero_number = fields.Char("Xero number", readonly=True)
    xero_status = fields.Char("Status in Xero", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    odoo_total = fields.Monetary("Total in Odoo", readonly=True)
    odoo_tax = fields.Monetary("Tax in Odoo", readonly=True)
    xero_total = fields.Monetary("Total in Xero", readonly=True)
    xero_tax = fields.Monetary("Tax in Xero", readonly=True)
    xero_currency = fields.Char("Currency in Xero", readonly=True)
    xero_url = fields.Char("Link", compute="_compute_xero_url")
    remedy = fields.Text("What to do", compute="_compute_remedy")
    waits_for_contact_id = fields.Many2one(
        "xero.contact", index="btree_not_null", ondelete="set null", readonly=True
    )
    waits_for_item_ids = fields.Many2many("xero.item", readonly=True)
    look_up = fields.Boolean(
        readonly=True, help="Xero refused a change; what it holds is read first."
    )
    noted = fields.Char(readonly=True, help="What the chatter was told last")

    _sale_order_uniq = models.UniqueIndex(
        "(connection_id, kind, sale_order_id) WHERE sale_order_id IS NOT NULL",
        "An order has one Xero document of a kind.",
    )
    _xero_id_uniq = models.UniqueIndex(
        "(connection_id, xero_id) WHERE xero_id IS NOT NULL",
        "A Xero document belongs to one Odoo document.",
    )
    _due_idx = models.Index("(connection_id, id) WHERE state = 'pending'")

    @api.depends("record_name", "xero_number")
    def _compute_display_name(self):
        for document in self:
            document.display_name = (
                f"{document.record_name} → {document.xero_number}"
                if document.xero_number
                else document.record_name
            )

    @api.depends("xero_id", "connection_id.short_code")
    def _compute_xero_url(self):
        for document in self:
            document.xero_url = document.connection_id._web_url(
                document._xero_endpoint(), document.xero_id
            )

    @api.depends("issue_ids.remedy")
    def _compute_remedy(self):
        for document in self:
            remedies = document.issue_ids.mapped("remedy")
            document.remedy = "\n".join(dict.fromkeys(remedies)) or False

    # === FROM ODOO === #

    @api.model
    def _request(self, kind, records, new=True, forced=False):
        """Bring Xero up to date with these records, once they are committed.

        Marks what is there, and makes a row for what should be there: few indexed
        statements for any number of records, and no network.

        :param kind: a value of the field ``kind``
        :param records: Odoo records of that kind, whose ``xero.document.mixin`` tells
            what they should be in Xero
        :param new: whether rows are made for records that have none
        :param forced: a person asked, so the switches do not matter
        :return: the rows which were made or queued
        """
        # sudo: whoever may change a document may have it sent; rows are read-only
        self = self.sudo()
        queued = self.browse()
        for company, group in records.sudo().grouped("company_id").items():
            connection = company._xero_connection()
            if connection:
                queued += self._request_on(connection, kind, group, new, forced)
        if queued:
            queued.connection_id._wake()
        return queued

    @api.model
    def _request_on(self, connection, kind, records, new, forced):
        """Mark the rows there are, whatever the connection's state: nothing is lost
        while it is away. Make new ones while it is live.
        """
        field = records._xero_document_field
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("kind", "=", kind),
                (field, "in", records.ids),
            ]
        )
        queued = (rows._unskip() if forced else rows)._mark_changed()
        if not (new and connection._is_live()):
            return queued
        if not (forced or connection[records._xero_switch(kind)]):
            return queued
        missing = (records - rows[field]).filtered(
            lambda record: record._xero_wanted_status(kind)
        )
        return queued + self._create_rows(
            [
                {
                    "connection_id": connection.id,
                    "kind": kind,
                    field: record.id,
                    "record_name": record.display_name,
                }
                for record in missing
            ]
        )

    @api.model
    def _create_rows(self, vals_list):
        """Create rows; when somebody else just did, the whole click is run anew.

        :raise odoo.exceptions.ConcurrencyError: has Odoo repeat the transaction
        """
        if not vals_list:
            return self.browse()
        try:
            return self.create(vals_list)
        except psycopg2.errors.UniqueViolation as error:
            raise ConcurrencyError(
                self.env._("Somebody sends this just now.")
            ) from error

    def _unskip(self):
        """A person asked for these: what was skipped, or waits, counts again."""
        self.filtered(lambda row: row.state == "skipped").state = "synced"
        self.filtered(lambda row: row.state == "mismatch").payload_digest = False
        self.write(
            {"requested_by": self.env.uid, "requested_at": fields.Datetime.now()}
        )
        return self

    # === OUTBOX === #

    # EXTENDS 'xero.binding'
    def _xero_endpoint(self):
        return "Invoices"

    # EXTENDS 'xero.binding'
    def _record(self):
        return self.sale_order_id

    def _wanted_status(self):
        """The status Xero's document should have, None for no document."""
        record = self._record()
        return record._xero_wanted_status(self.kind) if record else None

    # EXTENDS 'xero.binding'
    def _prepare(self):
        if not self._wanted_status():
            return mappers.invoice_to_delete(self.xero_id) if self.xero_id else None
        return self._record()._xero_prepare(self)

    # EXTENDS 'xero.binding'
    def _nothing_to_send(self):
        """A document that was in Xero once stays visible; another leaves no trace."""
        if self.xero_status:
            self._set_unchanged()
        else:
            self.unlink()

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = {
            **super()._values_from_answer(element),
            "xero_number": element.number or self.xero_number,
            "xero_status": element.status,
            "waits_for_contact_id": False,
        }
        if element.status in GONE_STATUSES:
            # Xero never brings it back: should it be wanted again, it is a new one
            return {**values, "xero_id": False, "payload_digest": False}
        record = self._record()
        if record:
            values.update(record._xero_amounts(self.kind))
            values["record_name"] = record.display_name
        return {
            **values,
            "xero_total": float(element.total or 0),
            "xero_tax": float(element.total_tax or 0),
            "xero_currency": element.currency,
        }

    # EXTENDS 'xero.binding'
    def _cure_refusal(self, code):
        """Somebody changed it in Xero: see what it is there, then ask a person."""
        if code == "wrong_status" and self.xero_id:
            self.look_up = True
        return self.look_up

    def _settle_refusals(self, found):
        """Say what Xero holds instead of what Odoo expected.

        :param found: dict of Xero's id → ``xero_api.Element``
        """
        for document in self:
            document.look_up = False
            document._settle_refusal(found.get(document.xero_id))

    def _settle_refusal(self, element):
        """Only what Xero surely has deleted may be sent anew.

        :param element: ``xero_api.Element``, None when Xero did not list it
        """
        if not element or element.status not in GONE_STATUSES:
            self.xero_status = element.status if element else self.xero_status
            self._set_failed([self._problem_changed_in_xero()])
            return
        self.write(
            {"xero_id": False, "xero_status": "DELETED", "payload_digest": False}
        )
        if self._wanted_status():
            self._set_failed([self._problem_deleted_in_xero()])
        else:
            self._set_unchanged()
            self._after_synced()

    def _problem_changed_in_xero(self):
        return mappers.Problem(
            key=f"changed_in_xero:{self.id}",
            title=self.env._(
                "Xero's %(document)s %(number)s is %(status)s there, so the change in"
                " %(record)s was not sent.",
                document=self._kind_in_xero(),
                number=self.xero_number,
                status=self._status_in_words(),
                record=self.record_name,
            ),
            remedy=self.env._(
                "It was changed in Xero, and Odoo overwrites nothing there. Undo the"
                " change in Xero and try again, or skip this document."
            ),
            record=self._record() or None,
        )

    def _problem_deleted_in_xero(self):
        return mappers.Problem(
            key=f"deleted_in_xero:{self.id}",
            title=self.env._(
                "The %(document)s %(number)s of %(record)s was deleted in Xero.",
                document=self._kind_in_xero(),
                number=self.xero_number,
                record=self.record_name,
            ),
            remedy=self.env._("Try again to send it as a new one, or cancel it here."),
            record=self._record() or None,
            fixer="user",
        )

    # EXTENDS 'xero.binding'
    def _synced_state(self):
        return "mismatch" if self.xero_id and self._differs() else "synced"

    def _differs(self):
        """Whether Xero's total, tax or currency is not Odoo's, to the cent."""
        digits = self.currency_id.decimal_places
        return (
            self.currency_id.name != self.xero_currency
            or float_compare(self.odoo_total, self.xero_total, digits) != 0
            or float_compare(self.odoo_tax, self.xero_tax, digits) != 0
        )

    # EXTENDS 'xero.binding'
    def _after_synced(self):
        self._note_in_chatter(lambda document: document._synced_note())

    # EXTENDS 'xero.binding'
    def _after_failed(self):
        self._note_in_chatter(lambda document: document._failed_note())

    # === ACTIONS === #

    def action_skip(self):
        """Leave this document to a person; it goes again only when asked for."""
        self.check_access("read")
        if not self.env.user.has_group("xero_sync.xero_sync_group_accountant"):
            raise AccessError(self.env._("Only a Xero accountant may skip a document."))
        # sudo: rows are read-only for people; they change them with these buttons
        rows = self.sudo().filtered(lambda row: row.state != "sending")
        rows.state = "skipped"
        rows._clear_issues()
        return True
