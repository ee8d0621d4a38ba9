import logging

import psycopg2

from odoo import models

from ... import mappers
from ..outbox.xero_refusals import recognise
from . import xero_preview
from .xero_document import RECORD_FIELDS
from .xero_document_send import COMING
from .xero_document_waiting import contact_archived
from .xero_preview import Preview

_logger = logging.getLogger(__name__)


class XeroDocument(models.Model):
    """What documents would be in Xero: the way of the outbox, with rows of no table.

    What is sent is decided and built by the methods that the outbox calls; what they
    note of a row, they note of one that is only in memory.
    """

    _inherit = "xero.document"

    def _preview(self, connection, records, forced):
        """What would become of records in one organisation.

        :param connection: a live ``xero.connection``
        :param records: Odoo records of one model; the rows that they have are of these
        :param forced: whether a person asks for them
        :return: list of ``Preview``
        """
        field, ids = RECORD_FIELDS[records._xero_kinds[0]], set(records.ids)
        there = self.filtered(
            lambda row: row.connection_id == connection and row[field].id in ids
        )
        skipped = there.browse()
        if not forced:
            skipped = there.filtered(lambda row: row.state == "skipped")
        missing = there._values_of_missing(connection, records, forced)
        rows = self.browse().concat(
            *(self.new({}, origin=row) for row in there - skipped),
            *(self.new(values) for values in missing),
        )
        rows._read_ahead()
        return rows._preview_rows(connection, forced) + [
            Preview(row._record(), row.kind, xero_preview.SKIPPED, row, connection)
            for row in skipped
        ]

    def _preview_rows(self, connection, forced):
        """:return: list of ``Preview`` of these rows, which are in no table"""
        wanted = self.filtered(lambda row: not row._is_unwanted())
        problems = {row: row._problem_before_send() for row in wanted}
        free = wanted.filtered(lambda row: not problems[row])
        contacts = free._coming_contacts(connection)
        products = {row: row._unlinked_products() for row in wanted}
        codes = self.env["xero.item"]._coming_codes(
            connection, self.env["product.product"].union(*products.values())
        )
        from_orders = self._from_orders()
        waits = self._preview_waits(from_orders)
        for row in from_orders._new_invoices():
            row._preview_taking_over(row._draft_to_take_over())
        xero_ids = {
            row._partner().id: each.contact.xero_id for row, each in contacts.items()
        }
        coming = {COMING: {"contacts": xero_ids, "items": codes}}
        return [
            row._preview_row(
                contacts.get(row), problems.get(row), waits.get(row, ""), forced
            )
            for row in self.with_context(**coming)
        ]

    def _from_orders(self):
        """Those whose order is, or was, in Xero: few of many invoices."""
        orders = self._rows_of(
            "sale_order", self.move_id.line_ids.sale_line_ids.order_id
        ).sale_order_id
        moves = orders.order_line.invoice_lines.move_id
        return self.filtered(lambda row: row.move_id in moves) if moves else self[:0]

    def _coming_contacts(self, connection):
        """:return: dict of row → ``ComingContact``, of those whose partner has none"""
        partners = {row: row._partner() for row in self if not row._has_contact()}
        coming = self.env["xero.contact"]._coming(
            connection, self.env["res.partner"].union(*partners.values())
        )
        return {row: coming[partner] for row, partner in partners.items()}

    def _preview_waits(self, from_orders):
        """What goes before these.

        :param from_orders: see :meth:`_from_orders`
        :return: dict of row → words; of those that wait
        """
        waits = {}
        allocations = self.env["xero.allocation"]._to_withdraw(
            self._origin.filtered("xero_id")
        )
        credited = allocations.document_id | allocations.credited_document_id
        invoices = from_orders._new_invoices()
        for row in self:
            other = row.browse()
            if row._origin in credited:
                waits[row] = self.env._("Its credit is taken back in Xero first.")
            elif row.kind == "sale_order":
                other = row._invoice_on_its_way()
            elif row in invoices:
                other = row._order_on_its_way()
            if other:
                waits[row] = self.env._("%s goes first.", other.record_name)
        return waits

    def _preview_row(self, contact, problem, waits_for, forced):
        """What would become of this row, which is in no table.

        :param contact: ``ComingContact``, None where Xero has its contact
        :param problem: ``mappers.Problem`` before it is built, else None
        :param waits_for: see ``Preview``
        """
        if forced and (self.state == "mismatch" or self.changed_in_xero):
            self.payload_digest = False
        problems = [problem] if problem else []
        if contact:
            problems += self._contact_problems(contact)
        text, is_same = None, False
        if self._partner() or self._is_unwanted():
            text, is_same = self._preview_built(problems)
        if text and self.changed_in_xero and not self._is_unwanted():
            problems.append(self._problem_kept(""))
        return Preview(
            record=self._record(),
            kind=self.kind,
            outcome=self._preview_outcome(text, is_same, problems),
            row=self,
            connection=self.connection_id,
            text=text,
            problems=tuple({each.key: each for each in problems}.values()),
            contact=contact,
            waits_for=waits_for,
        )

    def _preview_taking_over(self, draft):
        """An invoice takes over the draft of its order.

        :param draft: row of the order, maybe none
        """
        if draft:
            taken = draft._taken_values()
            self.update({**taken, "took_over": True, "payload_digest": False})

    def _contact_problems(self, coming):
        """:param coming: ``ComingContact``"""
        if coming.problem:
            return [coming.problem]
        if coming.contact.archived_in_xero:
            return [contact_archived(self._partner())]
        return []

    def _preview_built(self, problems):
        """What would be sent, and whether Xero holds that already.

        :param problems: list, to which what keeps it from being built is added
        :return: the request's body, None where nothing is sent; and that
        """
        try:
            element, text, _digest = self.connection_id._build(self)
            return text, bool(element is not None and not text)
        except mappers.MappingError as error:
            problems += error.problems
        except ValueError as error:
            words = [str(error)]
            problems.append(self._problem_refused(recognise(words), words))
        except psycopg2.Error:
            raise
        except Exception:
            _logger.exception("%s %s could not be built", self._name, self.record_name)
            problems.append(self._problem_broken())
        return None, False

    def _preview_outcome(self, text, is_same, problems):
        """:return: one of the constants of ``xero_preview``"""
        if problems:
            return xero_preview.HELD
        if not text:
            return xero_preview.SAME if is_same else xero_preview.NOTHING
        if self._is_unwanted():
            return xero_preview.END
        return xero_preview.UPDATE if self.xero_id else xero_preview.NEW
