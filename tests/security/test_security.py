import re
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ...models.connection.xero_connection_settings import (
    ACCOUNTANT_FIELDS,
)
from ..connected_case import ConnectedCase
from ..xero_server import CUSTOM_CLIENT_SECRET

SECRET_FIELDS = {
    "xero.connection": {"client_secret_stored", "oauth_nonce"},
    "xero.token": {"access_token", "refresh_token", "expires_at", "scopes"},
}
MODELS_OF_A_COMPANY = (
    "xero.connection",
    "xero.document",
    "xero.allocation",
    "xero.contact",
    "xero.item",
    "xero.issue",
    "xero.account",
    "xero.tax.rate",
)


@tagged("post_install", "-at_install")
class TestSecurity(ConnectedCase):
    """Who sees and does what; secrets stay in."""

    def administrator(self):
        groups = "xero_sync.xero_sync_group_administrator,base.group_system"
        return self.new_user("an_admin", groups)

    def credit_an_invoice(self):
        """An invoice and the credit note that reverses it."""
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        invoice._reverse_moves([{"invoice_date": "2026-03-03"}]).action_post()

    # === SECRETS === #

    def test_no_group_reads_a_secret_field(self):
        connection = self.connection.with_user(self.administrator())
        for name in SECRET_FIELDS["xero.connection"]:
            with self.assertRaises(AccessError):
                connection.read([name])

    def test_the_client_secret_can_be_set_but_not_read(self):
        connection = self.connection.with_user(self.administrator())
        connection.client_secret = "another"
        self.env.invalidate_all()
        self.assertEqual(connection.read(["client_secret"])[0]["client_secret"], False)
        self.assertEqual(connection.sudo().client_secret_stored, "another")

    def test_nobody_reads_tokens_through_rpc(self):
        with self.assertRaises(AccessError):
            self.env["xero.token"].with_user(self.administrator()).search_read([])

    def test_seller_does_not_even_read_the_client_id(self):
        seller = self.new_user("seller", "sales_team.group_sale_salesman")
        values = self.connection.with_user(seller).read()[0]
        self.assertNotIn("client_id", values)
        self.assertNotIn("client_secret", values)

    def test_no_secret_is_exported(self):
        connection = self.connection.with_user(self.administrator())
        exported = connection.export_data(["client_id", "client_secret"])
        self.assertNotIn(CUSTOM_CLIENT_SECRET, str(exported))

    def test_no_secret_or_token_reaches_a_log_or_a_request_row(self):
        with self.assertLogs("odoo.addons.xero_sync", "DEBUG") as logs:
            self.confirmed_order()
            self.run_job(self.connection)
        token = self.env["xero.token"].sudo().search([])[0].access_token
        written = " ".join(logs.output) + str(
            self.env["xero.request"].search([]).read()
        )
        self.assertNotIn(token, written)
        self.assertNotIn(CUSTOM_CLIENT_SECRET, written)

    def test_neutralize_clears_every_secret_and_holds_everything(self):
        for query in get_neutralization_queries(["xero_sync"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        for model, names in SECRET_FIELDS.items():
            for record in self.env[model].sudo().search([]):
                self.assertFalse([name for name in names if record[name]])
        self.assertEqual(self.connection.state, "broken")
        self.confirmed_order()
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])

    def test_the_list_of_secrets_is_complete(self):
        """A new field with a telling name must be on the list, or be renamed."""
        telling = re.compile("secret|token|nonce|password|expires|scopes")
        harmless = {"client_secret", "has_client_secret", "token_id"}
        for model in ("xero.connection", "xero.token", "xero.request"):
            found = {
                name
                for name, field in self.env[model]._fields.items()
                if telling.search(name) and field.store
            }
            self.assertEqual(found - harmless, SECRET_FIELDS.get(model, set()))

    # === COMPANIES === #

    def test_another_companys_user_sees_nothing(self):
        self.credit_an_invoice()
        self.run_job(self.connection)
        self.gst.xero_tax_rate_id = False
        self.confirmed_order()
        self.run_job(self.connection)
        other = self.company_data_2 = self.setup_other_company()["company"]
        stranger = self.new_user(
            "stranger", "xero_sync.xero_sync_group_administrator", company=other
        )
        for model in MODELS_OF_A_COMPANY:
            rows = self.env[model].sudo().search_count([])
            self.assertTrue(rows, model)
            self.assertFalse(
                self.env[model].with_user(stranger).search_count([]), model
            )

    def test_each_company_sends_to_its_own_organisation_only(self):
        other = self.setup_other_company()["company"]
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "company_id": other.id}
        )
        order.action_confirm()
        self.assertFalse(order.xero_document_ids)

    # === RIGHTS === #

    def test_users_cannot_forge_or_change_rows(self):
        order = self.confirmed_order()
        seller = self.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        document = order.xero_document_ids.with_user(seller)
        with self.assertRaises(AccessError):
            document.write({"state": "synced"})
        with self.assertRaises(AccessError):
            document.create({"connection_id": self.connection.id, "kind": "sale_order"})
        with self.assertRaises(AccessError):
            document.unlink()

    def test_nobody_forges_or_changes_an_allocation(self):
        self.credit_an_invoice()
        self.run_job(self.connection)
        allocation = self.env["xero.allocation"].search([])
        allocation = allocation.with_user(self.administrator())
        with self.assertRaises(AccessError):
            allocation.write({"xero_id": False})
        with self.assertRaises(AccessError):
            allocation.create({"connection_id": self.connection.id})
        with self.assertRaises(AccessError):
            allocation.unlink()

    def test_a_row_is_not_forged_through_the_order(self):
        order = self.confirmed_order()
        seller = self.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        row = {"connection_id": self.connection.id, "record_name": "Forged"}
        for values in (
            {"xero_document_ids": [Command.create({**row, "kind": "quotation"})]},
            {"xero_document_ids": [Command.update(order.xero_document_id.id, row)]},
            {"xero_document_ids": [Command.clear()]},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                order.with_user(seller).write(values)

    def test_seller_cannot_change_settings_or_disconnect(self):
        seller = self.new_user("seller", "sales_team.group_sale_manager")
        connection = self.connection.with_user(seller)
        with self.assertRaises(AccessError):
            connection.auto_sale_order = False
        with self.assertRaises(AccessError):
            connection.action_disconnect()

    def test_accountant_maps_but_does_not_touch_the_credentials(self):
        accountant = self.new_user(
            "accountant",
            "xero_sync.xero_sync_group_accountant,account.group_account_manager",
        )
        connection = self.connection.with_user(accountant)
        for name in sorted(ACCOUNTANT_FIELDS):
            with self.subTest(field=name):
                connection.write({name: connection[name]})
        for name in ("client_id", "client_secret", "auth_method", "tenant_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                connection.write({name: "mine"})

    def test_every_setting_is_the_accountants_and_nothing_else(self):
        """What the settings page shows beside the administrator's, no more, no less."""
        shown = {
            field.related.split(".")[1]
            for field in self.env["res.config.settings"]._fields.values()
            if (field.related or "").startswith("xero_connection_id.")
            and not field.readonly
        }
        administrators = {"auth_method", "client_id", "client_secret", "retention_days"}
        administrators |= {"webhook_key"}
        self.assertEqual(shown - administrators, ACCOUNTANT_FIELDS)

    def test_private_methods_are_not_called_through_rpc(self):
        """What has no underscore is offered to every browser: only buttons are."""
        root = Path(__file__).resolve().parents[2]
        public = {
            name
            for folder in ("models", "wizards")
            for path in (root / folder).glob("*.py")
            for name in re.findall(r"^    def ([a-z]\w+)", path.read_text(), re.M)
        }
        allowed = {"create", "write", "unlink", "web_read"}
        self.assertEqual(
            {n for n in public if not n.startswith("action_")} - allowed, set()
        )
