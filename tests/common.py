"""An Australian company connected to the local Xero's Australian organisation."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .xero_server import (
    CUSTOM_CLIENT_ID,
    CUSTOM_CLIENT_SECRET,
    TENANT_AU,
    XeroServerMixin,
)


@tagged("post_install", "-at_install")
class XeroCase(XeroServerMixin, AccountTestInvoicingCommon):
    """Tests talk to the local Xero over HTTP and look at what it holds afterwards."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("au")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        parameters = cls.env["ir.config_parameter"].sudo()
        for name in ("api", "identity", "login", "web"):
            parameters.set_param(f"xero_sync.{name}_url", cls.xero.url)
        parameters.set_param("web.base.url", "https://odoo.example.com")
        cls.gst = cls.company_data["default_tax_sale"]
        cls.purchase_gst = cls.company_data["default_tax_purchase"]
        cls.customer = cls.env["res.partner"].create({"name": "Jane's Joinery"})
        cls.product = cls.env["product.product"].create(
            {"name": "Oak table", "list_price": 150.0, "taxes_id": cls.gst.ids}
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

    def finish_request(self):
        """What happens after a user's commit, which a test never makes."""
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()

    def run_job(self, connection):
        """The connection's scheduled job, as the scheduler runs it after a commit."""
        self.env.cr.flush()
        with self.enter_registry_test_mode():
            result = connection.sudo().cron_id.method_direct_trigger()
        self.assertIs(result, True)

    # === DOCUMENTS === #

    def new_order(self, quantity=2.0, **values):
        """A quotation of one line, in the connected company."""
        return self.env["sale.order"].create(
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

    def confirmed_order(self, **values):
        order = self.new_order(**values)
        order.action_confirm()
        return order

    # === XERO === #

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
