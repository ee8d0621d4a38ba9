"""Whatever changes what Xero is told of a document is noticed, in any field."""

import json
from contextlib import suppress

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import mappers, xero_api
from ..outbox_case import OutboxCase
from .watched_fields_case import WatchedFieldsMixin

# What Odoo sets by itself, the last one with the state
NOT_EDITED = {"create_uid", "write_uid", "create_date", "write_date", "posted_before"}


@tagged("post_install", "-at_install")
class TestNoticed(WatchedFieldsMixin, OutboxCase):
    """Tries each field that can be written, one at a time, and undoes it."""

    def setUp(self):
        super().setUp()
        self.connection.write({"auto_quotation": True, "auto_bill": True})
        self.vendor.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "PowerDirect")]
        )
        self.purchase_gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )
        self.connection.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "EXEMPTOUTPUT")]
        )
        # Of these the total depends: the last terms there are, which are tried
        self.env["account.payment.term"].create(
            {
                "name": "2 % within ten days, always",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": "mixed",
            }
        )

    def in_a_section(self, document):
        """The document, its lines under the title of a section."""
        field = "order_line" if "order_line" in document else "invoice_line_ids"
        title = {"display_type": "line_section", "name": "Kitchen", "sequence": 0}
        document[field] = [Command.create(title)]
        return document

    def synced(self, document):
        self.run_job(self.connection)
        rows = document.xero_document_ids
        self.assertEqual(set(rows.mapped("state")), {"synced"}, rows.mapped("message"))
        return document

    def said(self, document):
        """What Xero is told, and Odoo's totals; what keeps it back, where that is."""
        rows = document.sudo().xero_document_ids
        return [self.said_of(row) for row in rows] + [
            document.amount_total,
            document.amount_tax,
        ]

    def said_of(self, row):
        try:
            wanted = row._next_status()
            element = row._record()._xero_prepare(row, row._target(wanted))
        except mappers.MappingError as error:
            return [problem.title for problem in error.problems]
        return json.loads(xero_api.serialise(row._xero_endpoint(), [element]))

    def unnoticed(self, document, records):
        """Names of fields whose change says something else, and no row was queued."""
        found, tried = [], 0
        before = self.said(document)
        for record in records:
            for name in self.edited_fields(record):
                value = self.value_to_write(record, name)
                if value is None:
                    continue
                tried += 1
                if not self.is_noticed(document, record, {name: value}, before):
                    found.append(f"{record._name}.{name}")
        self.assertGreater(tried, 15)
        return found

    def edited_fields(self, record):
        return sorted(
            name
            for name, field in record._fields.items()
            if name not in NOT_EDITED
            and not name.startswith("xero_")
            and not field.readonly
            and (field.store or field.inverse)
            and field.type not in ("one2many", "reference", "json", "binary")
        )

    def value_to_write(self, record, name):
        field = record._fields[name]
        if field.type == "many2many":
            others = self.env[field.comodel_name].search([], limit=5) - record[name]
            return [Command.set(others[:1].ids)]
        if field.type in ("date", "datetime"):
            return "2026-04-01"
        if field.type == "monetary":
            return record[name] + 1
        return self.other_value(record, name)

    def is_noticed(self, document, record, values, before):
        """Whether the row is queued, if there is anything new to tell at all."""
        noticed = True
        rows = document.sudo().xero_document_ids
        with (
            suppress(UserError, psycopg2.Error, ValueError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint() as savepoint,
        ):
            record.write(values)
            self.end_click()
            if document.exists() and self.said(document) != before:
                noticed = "pending" in rows.exists().mapped("state")
            savepoint.rollback()
        self.env.invalidate_all()
        return noticed

    def test_of_a_quotation(self):
        order = self.synced(self.in_a_section(self.new_order()))
        self.assertEqual(self.unnoticed(order, [order, *order.order_line]), [])

    def test_of_a_sales_order(self):
        order = self.new_order()
        self.in_a_section(order).action_confirm()
        self.synced(order)
        self.assertEqual(self.unnoticed(order, [order, *order.order_line]), [])

    def test_of_a_purchase_order(self):
        order = self.synced(self.approved_purchase())
        self.assertEqual(self.unnoticed(order, [order, *order.order_line]), [])

    def test_of_a_draft_bill(self):
        bill = self.synced(self.new_move("in_invoice"))
        lines = bill.invoice_line_ids
        self.assertEqual(self.unnoticed(bill, [bill, *lines]), [])

    def test_of_an_invoice(self):
        invoice = self.in_a_section(self.new_move("out_invoice"))
        invoice.action_post()
        self.synced(invoice)
        lines = invoice.invoice_line_ids
        self.assertEqual(self.unnoticed(invoice, [invoice, *lines]), [])
