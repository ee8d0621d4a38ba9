from odoo.tests import tagged

from ...hooks import uninstall_hook
from ...models.holdings.xero_connection_uninstalled import MADE_SINCE
from .restored_case import RestoredCase


@tagged("post_install", "-at_install")
class TestInstalledAgain(RestoredCase):
    """What was made before the addon was uninstalled is found again, not made again."""

    def install_again(self):
        """Uninstall the addon and install it again: all that it knew is gone."""
        self.end_click()
        self.env.flush_all()
        parameters = self.env["ir.config_parameter"].sudo()
        addresses = parameters.search([("key", "=like", "xero_sync.%_url")])
        addresses = addresses.read(["key", "value"])
        uninstall_hook(self.env(su=True))
        for address in addresses:  # of the local Xero
            parameters.set_param(address["key"], address["value"])
        self.env.invalidate_all()
        for table, column in (
            ("sale_order", "xero_document_id"),
            ("purchase_order", "xero_document_id"),
            ("account_move", "xero_document_id"),
            ("res_partner", "xero_contact_id"),
            ("product_product", "xero_item_id"),
            ("account_tax", "xero_tax_rate_id"),
        ):
            self.env.cr.execute(f"UPDATE {table} SET {column} = NULL")
        self.env.cr.execute(
            "DELETE FROM xero_request; DELETE FROM xero_document;"
            " DELETE FROM xero_connection"
        )
        self.env.invalidate_all()
        self.connection = self.connect()
        self.run_job(self.connection)

    def note(self):
        return self.env["ir.config_parameter"].sudo().get_param(MADE_SINCE)

    def test_links_are_found_again_and_nothing_is_made(self):
        order = self.confirmed_order()
        invoice = self.posted()
        bill = self.posted("in_invoice", ref="V-77")
        held = self.held("Invoices")
        self.install_again()
        self.run_job(self.connection)
        for record in (order, invoice, bill):
            row = record.xero_document_ids
            self.assertEqual(row.state, "synced", row.message)
            self.assertIn(row.xero_id, [each["InvoiceID"] for each in held])
        self.assertEqual(self.held("Invoices"), held)
        self.assertFalse(self.connection.found_count)

    def test_an_orders_draft_is_taken_over_by_the_invoice_of_later(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        [draft] = self.held("Invoices")
        self.install_again()
        order._create_invoices().action_post()
        self.end_click()
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.assertEqual(held["InvoiceID"], draft["InvoiceID"])
        self.assertEqual(held["Status"], "AUTHORISED")

    def test_what_has_no_link_in_xero_is_linked_when_it_is_sent(self):
        purchase = self.approved_purchase()
        credit = self.posted("out_refund")
        self.run_job(self.connection)
        held = self.held("PurchaseOrders"), self.held("CreditNotes")
        self.install_again()
        self.assertEqual(self.connection.found_count, 2)
        (purchase.action_xero_send(), credit.action_xero_send())
        self.run_job(self.connection)
        self.assertEqual((purchase.xero_state, credit.xero_state), ("synced",) * 2)
        self.assertEqual((self.held("PurchaseOrders"), self.held("CreditNotes")), held)

    def test_what_was_changed_meanwhile_is_asked(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        held = self.held("Invoices")
        order.order_line.price_unit += 1
        self.end_click()
        self.install_again()
        self.assertEqual(order.xero_state, "failed")
        self.assertTrue(order.xero_issue_id)
        self.assertEqual(self.held("Invoices"), held)

    def test_the_note_goes_once_it_was_read(self):
        self.posted()
        self.install_again()
        self.assertFalse(self.note())
        self.assertTrue(self.connection.installed_again)

    def test_who_sent_nothing_leaves_no_note(self):
        uninstall_hook(self.env(su=True))
        self.assertFalse(self.note())

    def test_the_note_of_another_organisation_stays(self):
        note = '{"another": "2026-01-02 03:04:05"}'
        self.env["ir.config_parameter"].sudo().set_param(MADE_SINCE, note)
        self.posted()
        self.install_again()
        self.assertEqual(self.note(), note)

    def test_a_backup_that_is_restored_later_is_told_as_one(self):
        self.posted()
        self.install_again()
        self.back_up()
        self.posted()
        self.restore()
        self.run_job(self.connection)
        told = self.connection.message_ids[:1].body
        self.assertIn("that this database does not know", told)
        self.assertNotIn("installed again", told)
        self.assertFalse(self.connection.installed_again)
