"""An Australian company connected to the local Xero's Australian organisation."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.outbox import xero_binding_quiet
from ..xero_api.const import ID_KEYS
from .books_case import BooksCase
from .kept_caches import KeptCachesMixin
from .xero_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    CUSTOM_CLIENT_ID,
    CUSTOM_CLIENT_SECRET,
    TENANT_AU,
    TENANT_UK,
    XeroServerMixin,
)

# Of documents
KINDS = (
    "quotation",
    "sale_order",
    "invoice",
    "credit_note",
    "purchase_order",
    "bill",
    "refund",
)
# Of those that are account.move
MOVE_TYPES = {
    "invoice": "out_invoice",
    "credit_note": "out_refund",
    "bill": "in_invoice",
    "refund": "in_refund",
}


@tagged("post_install", "-at_install")
class XeroCase(XeroServerMixin, KeptCachesMixin, BooksCase):
    """Tests talk to the local Xero over HTTP and look at what it holds afterwards.

    Whoever changes something has finished when the job runs, and nobody at Xero is so
    quick that Odoo does not look, unless a test says not.
    """

    quiet = timedelta(0)

    @classmethod
    @BooksCase.setup_country("au")
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(xero_binding_quiet, "QUIET", cls.quiet))
        cls.company = cls.company_data["company"]
        parameters = cls.env["ir.config_parameter"].sudo()
        for name in ("api", "identity", "login", "web"):
            parameters.set_param(f"xero_sync.{name}_url", cls.xero.url)
        parameters.set_param("web.base.url", "https://odoo.example.com")
        cls.gst = cls.company_data["default_tax_sale"]
        cls.purchase_gst = cls.company_data["default_tax_purchase"]
        cls.customer = cls.env["res.partner"].create({"name": "Jane's Joinery"})
        cls.vendor = cls.env["res.partner"].create({"name": "Timber & Sons"})
        cls.product = cls.env["product.product"].create(
            {
                "name": "Oak table",
                "list_price": 150.0,
                "taxes_id": cls.gst.ids,
                "invoice_policy": "order",
                "purchase_method": "purchase",
            }
        )

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        return (
            groups
            | cls.quick_ref("xero_sync.xero_sync_group_administrator")
            | cls.quick_ref("sales_team.group_sale_manager")
            | cls.quick_ref("purchase.group_purchase_manager")
        )

    def setUp(self):
        super().setUp()
        self.xero.reset()
        self.xero.limits(enabled=False)

    # === CONNECTION === #

    def connect(self, company=None, **settings):
        """A connection through the custom connection's credentials, taxes mapped.

        :param settings: of the connection; quotations stay at home unless told
        """
        connection = self.env["xero.connection"].create(
            {
                "company_id": (company or self.company).id,
                "auth_method": "client_credentials",
                "client_id": CUSTOM_CLIENT_ID,
                "client_secret": CUSTOM_CLIENT_SECRET,
                "auto_quotation": False,
                **settings,
            }
        )
        connection.action_connect()
        self.finish_request()
        self.assertEqual(connection.state, "connected", connection.state_message)
        (self.gst + self.purchase_gst).action_xero_accept_proposal()
        self.xero.clear_calls()
        return connection

    def connect_to_britain(self, company):
        """Another company's connection, with the consent of its own organisation."""
        granted = self.xero.grant(tenants=[TENANT_UK])
        connection = self.env["xero.connection"].create(
            {
                "company_id": company.id,
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
            }
        )
        self.env["xero.token"].sudo().create(
            {
                "connection_id": connection.id,
                "access_token": granted["access_token"],
                "refresh_token": granted["refresh_token"],
                "expires_at": fields.Datetime.add(fields.Datetime.now(), minutes=29),
            }
        )
        connection.sudo().write({"state": "connected", "tenant_id": TENANT_UK})
        self.run_job(connection)
        return connection

    def end_click(self):
        """What Odoo does at the end of a user's transaction, just before the commit."""
        self.env.cr.flush()

    def finish_request(self):
        """What happens at a user's commit and after it, which a test never makes."""
        self.end_click()
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()

    def press_refresh(self, connection):
        """Button "Refresh from Xero", a while after Xero was read last."""
        connection.sudo().choices_at = False
        connection.action_refresh_choices()

    @contextmanager
    def later(self, **delta):
        """Both clocks, Odoo's and Xero's, show a later time for a while."""
        ahead = timedelta(**delta)
        self.xero.advance(ahead.total_seconds())
        with freeze_time(datetime.now() + ahead):
            yield
        self.xero.advance(-ahead.total_seconds())

    def run_job(self, connection):
        """The connection's scheduled job, as the scheduler runs it after a commit."""
        self.env.cr.flush()
        with self.enter_registry_test_mode():
            result = connection.sudo().cron_id.method_direct_trigger()
        self.assertIs(result, True)

    def euro(self):
        """A foreign currency, at a rate of the company's own."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "company_id": self.company.id,
                "name": "2020-01-01",
                "rate": 0.6152,
            }
        )
        return euro

    def new_user(self, login, groups, company=None, **values):
        """A person who works in one company.

        :param groups: XML ids, with commas between; or the name of one of Xero Sync's
            groups, for one who is in no other
        """
        company = company or self.company
        if "." not in groups:
            groups = f"base.group_user,xero_sync.xero_sync_group_{groups}"
        return new_test_user(
            self.env,
            login,
            groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            **values,
        )

    # === DOCUMENTS === #

    def new_order(self, quantity=2.0, **values):
        """A quotation of one line, in the connected company."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create(
                        {"product_id": self.product.id, "product_uom_qty": quantity}
                    )
                ],
                **values,
            }
        )
        self.end_click()
        return order

    def confirmed_order(self, **values):
        order = self.new_order(**values)
        order.action_confirm()
        self.end_click()
        return order

    def invoice_of(self, order, quantity=None):
        """Post an invoice of an order, of some units of its first line or of all."""
        invoice = order._create_invoices()
        if quantity is not None:
            line = invoice.invoice_line_ids.filtered("sale_line_ids")[:1]
            invoice.invoice_line_ids = [Command.update(line.id, {"quantity": quantity})]
        invoice.action_post()
        self.end_click()
        return invoice

    def new_purchase(self, quantity=2.0, **values):
        """A request for quotation of one line."""
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_qty": quantity,
                            "price_unit": 80.0,
                            "tax_ids": self.purchase_gst.ids,
                        }
                    )
                ],
                **values,
            }
        )
        self.end_click()
        return order

    def approved_purchase(self, **values):
        order = self.new_purchase(**values)
        order.button_confirm()
        self.end_click()
        return order

    def new_move(self, move_type, **values):
        """A draft invoice, bill or credit note of one line of 100.00 plus tax."""
        sales = move_type.startswith("out_")
        tax = self.gst if sales else self.purchase_gst
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": (self.customer if sales else self.vendor).id,
                "invoice_date": "2026-03-02",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "price_unit": 100.0,
                            "tax_ids": tax.ids,
                        }
                    )
                ],
                **values,
            }
        )
        self.end_click()
        return move

    def document_of(self, kind, **values):
        """A new document of one of KINDS, as people leave it before it is sent."""
        makers = {
            "quotation": self.new_order,
            "sale_order": self.confirmed_order,
            "purchase_order": self.approved_purchase,
        }
        if kind in makers:
            return makers[kind](**values)
        move = self.new_move(MOVE_TYPES[kind], **values)
        move.action_post()
        self.end_click()
        return move

    # === XERO === #

    def xero_document_of(self, record, kind=None):
        """What the local Xero holds for the row of an Odoo record, None for nothing.

        :param kind: of the row, for records that may have two
        """
        row = record.xero_document_ids.filtered(
            lambda row: kind in (None, row.kind)
        ).ensure_one()
        endpoint = row._xero_endpoint()
        found = [
            each
            for each in self.xero.state(TENANT_AU)[endpoint]
            if row.xero_id and each[ID_KEYS[endpoint]] == row.xero_id
        ]
        return found[0] if found else None

    def xero_invoices(self, tenant=TENANT_AU):
        """What the local Xero holds: invoices made by these tests."""
        return [
            invoice
            for invoice in self.xero.state(tenant)["Invoices"]
            if invoice.get("Url", "").startswith("https://odoo.example.com")
        ]

    def xero_invoice_of(self, order):
        """The one invoice that names this order; fails when there is none or two."""
        found = [
            invoice
            for invoice in self.xero_invoices()
            if invoice.get("Reference") == order.name
        ]
        self.assertEqual(len(found), 1, f"{len(found)} invoices for {order.name}")
        return found[0]

    def write_calls(self, path=""):
        """The writes the local Xero received, oldest first."""
        return [
            call
            for call in self.xero.calls()
            if call["method"] in ("PUT", "POST")
            and call["path"].startswith(f"/api.xro/2.0{path}")
        ]
