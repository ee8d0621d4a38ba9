from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestSaleOrderFlow(CronMixinCase, ConnectedCase):
    """A confirmed sales order is a draft invoice in Xero, through its whole life."""

    # === CREATE === #

    def test_confirming_makes_one_draft_invoice_with_the_same_total(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        invoice = self.xero_invoice_of(order)
        self.assertEqual(invoice["Type"], "ACCREC")
        self.assertEqual(invoice["Status"], "DRAFT")
        self.assertEqual(invoice["Total"], order.amount_total)
        self.assertEqual(invoice["TotalTax"], order.amount_tax)
        self.assertEqual(order.xero_number, invoice["InvoiceNumber"])
        self.assertEqual(order.xero_state, "synced")

    def test_the_confirming_transaction_makes_no_call(self):
        self.confirmed_order()
        self.assertEqual(self.xero.calls(), [])

    def test_the_job_is_triggered_once_for_many_orders(self):
        orders = self.new_order() + self.new_order() + self.new_order()
        with self.capture_triggers(self.connection.sudo().cron_id.id) as captured:
            orders.action_confirm()
            orders.order_line.product_uom_qty = 7
            self.env.cr.flush()
        self.assertEqual(len(captured.records), 1)

    def test_first_line_names_the_order_and_informs_only(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        line = self.xero_invoice_of(order)["LineItems"][0]
        self.assertEqual(line["Description"], f"Odoo order {order.name}")
        self.assertNotIn("AccountCode", line)
        self.assertFalse(line.get("UnitAmount"))

    def test_sections_and_notes_are_description_lines_in_order(self):
        order = self.confirmed_order(
            order_line=[
                Command.create(
                    {"display_type": "line_section", "name": "Kitchen", "sequence": 1}
                ),
                Command.create({"product_id": self.product.id, "sequence": 2}),
                Command.create(
                    {"display_type": "line_note", "name": "By hand", "sequence": 3}
                ),
            ]
        )
        self.run_job(self.connection)
        lines = self.xero_invoice_of(order)["LineItems"]
        texts = [line["Description"] for line in lines]
        self.assertEqual(texts[1], "Kitchen")
        self.assertEqual(texts[3], "By hand")

    def test_line_carries_quantity_price_discount_account_and_tax(self):
        order = self.new_order(quantity=3)
        order.order_line.write({"price_unit": 19.99, "discount": 12.5})
        order.action_confirm()
        self.run_job(self.connection)
        line = self.xero_invoice_of(order)["LineItems"][1]
        self.assertEqual(line["Quantity"], 3)
        self.assertEqual(line["UnitAmount"], 19.99)
        self.assertEqual(line["DiscountRate"], 12.5)
        self.assertEqual(line["AccountCode"], "200")
        self.assertEqual(line["TaxType"], "OUTPUT")

    def test_price_included_tax_gives_the_same_total(self):
        self.gst.price_include_override = "tax_included"
        order = self.confirmed_order()
        self.run_job(self.connection)
        invoice = self.xero_invoice_of(order)
        self.assertEqual(invoice["LineAmountTypes"], "Inclusive")
        self.assertEqual(invoice["Total"], order.amount_total)
        self.assertEqual(order.xero_state, "synced")

    def test_mapped_income_account_wins_over_the_default(self):
        other = self.env["xero.account"].search(
            [("connection_id", "=", self.connection.id), ("code", "=", "260")]
        )
        income = self.product.product_tmpl_id.get_product_accounts()["income"]
        income.xero_account_id = other
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(
            self.xero_invoice_of(order)["LineItems"][1]["AccountCode"], "260"
        )

    def test_linked_item_gives_the_line_its_code(self):
        item = self.env["xero.item"].search([("code", "=", "BOOK")])
        self.product.xero_item_id = item
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(
            self.xero_invoice_of(order)["LineItems"][1]["ItemCode"], "BOOK"
        )

    def test_reference_and_back_link_name_the_order(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        invoice = self.xero_invoice_of(order)
        self.assertEqual(invoice["Reference"], order.name)
        self.assertEqual(
            invoice["Url"],
            f"https://odoo.example.com/mail/view?model=sale.order&res_id={order.id}",
        )

    def test_back_link_is_left_out_where_xero_would_refuse_it(self):
        self.env["ir.config_parameter"].set_param(
            "web.base.url", "https://xero.example"
        )
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")

    def test_foreign_currency_goes_with_odoos_rate(self):
        pricelist = self.env["product.pricelist"].create(
            {"name": "EUR", "currency_id": self.euro().id}
        )
        order = self.confirmed_order(pricelist_id=pricelist.id)
        self.run_job(self.connection)
        invoice = self.xero_invoice_of(order)
        self.assertEqual(invoice["CurrencyCode"], "EUR")
        self.assertEqual(invoice["CurrencyRate"], 0.6152)
        self.assertEqual(order.xero_state, "synced")

    def test_order_date_is_the_companys_day_not_utcs(self):
        self.company.partner_id.tz = "Australia/Sydney"
        order = self.confirmed_order()
        order.date_order = "2026-06-30 22:00:00"
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_of(order)["Date"], "2026-07-01")

    def test_chatter_tells_number_and_status_once(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order.order_line.product_uom_qty = 7
        self.run_job(self.connection)
        notes = order.message_ids.filtered(lambda message: "Xero" in message.body)
        self.assertEqual(len(notes), 1)
        self.assertIn(order.xero_number, notes.body)

    # === SWITCH AND BUTTON === #

    def test_switched_off_nothing_is_sent(self):
        self.connection.auto_sale_order = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)
        self.assertEqual(self.write_calls(), [])

    def test_button_sends_with_the_switch_off_before_the_answer(self):
        self.connection.auto_sale_order = False
        order = self.confirmed_order()
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(
            order.xero_number, self.xero_invoice_of(order)["InvoiceNumber"]
        )

    def test_second_click_makes_no_second_invoice(self):
        order = self.confirmed_order()
        for _click in range(2):
            order.action_xero_send()
            self.finish_request()
        self.xero_invoice_of(order)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)

    def test_button_on_an_empty_quotation_says_what_to_do(self):
        with self.assertRaisesRegex(
            UserError, "give the document a partner and a line"
        ):
            self.new_order(order_line=[]).action_xero_send()

    def test_button_without_a_connection_says_who_can_connect(self):
        self.connection.active = False
        order = self.confirmed_order()
        with self.assertRaisesRegex(UserError, "is not connected to Xero"):
            order.action_xero_send()

    def test_a_salesperson_confirms_and_sends(self):
        seller = self.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        order = self.new_order().with_user(seller)
        order.action_confirm()
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(order.xero_state, "synced")
        self.assertEqual(order.xero_document_ids.requested_by, seller)

    def test_button_needs_write_access_to_the_order(self):
        reader = self.new_user("reader", "xero_sync.xero_sync_group_user")
        order = self.confirmed_order()
        with self.assertRaises(AccessError):
            order.with_user(reader).action_xero_send()

    # === CHANGE === #

    def test_edit_updates_the_same_draft(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        before = self.xero_invoice_of(order)
        order.order_line.product_uom_qty = 5
        self.run_job(self.connection)
        after = self.xero_invoice_of(order)
        self.assertEqual(after["InvoiceID"], before["InvoiceID"])
        self.assertEqual(after["Total"], order.amount_total)
        self.assertNotEqual(after["Total"], before["Total"])

    def test_added_and_removed_lines_reach_xero(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order.order_line = [Command.create({"product_id": self.product.id})]
        self.run_job(self.connection)
        self.assertEqual(len(self.xero_invoice_of(order)["LineItems"]), 3)

    def test_edit_that_changes_nothing_in_xero_makes_no_call(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        order.order_line.product_uom_qty = order.order_line.product_uom_qty
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(order.xero_state, "synced")

    def test_cancel_deletes_the_draft(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DELETED")
        self.assertEqual(order.xero_status, "deleted")

    def test_cancel_before_sending_leaves_no_trace(self):
        order = self.confirmed_order()
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoices(), [])
        self.assertFalse(order.xero_document_ids)

    def test_confirming_again_after_cancel_makes_a_new_draft(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        order.action_draft()
        order.action_confirm()
        self.run_job(self.connection)
        statuses = sorted(
            invoice["Status"]
            for invoice in self.xero_invoices()
            if invoice["Reference"] == order.name
        )
        self.assertEqual(statuses, ["DELETED", "DRAFT"])
        self.assertEqual(order.xero_document_ids.xero_status, "DRAFT")

    def test_deleting_the_order_deletes_the_draft(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        name = order.name
        order._action_cancel()
        order.unlink()
        self.run_job(self.connection)
        invoice = next(i for i in self.xero_invoices() if i["Reference"] == name)
        self.assertEqual(invoice["Status"], "DELETED")

    def test_rolled_back_confirmation_leaves_nothing_to_send(self):
        order = self.new_order()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            order.action_confirm()
            raise ZeroDivisionError
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoices(), [])

    # === REFUSED === #

    def test_invoice_approved_by_hand_is_not_overwritten(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        invoice = self.xero_invoice_of(order)
        self.xero.edit(
            "Invoices",
            invoice["InvoiceID"],
            Status="AUTHORISED",
            DueDate="2026-12-31",
        )
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_of(order)["Status"], "AUTHORISED")
        self.assertEqual(order.xero_state, "failed")
        self.assertIn("is awaiting payment there", order.xero_message)
        self.assertIn("or skip it here, and it stays in Xero", order.xero_message)

    def test_refused_element_does_not_stop_the_others_of_its_batch(self):
        good, bad, good_too = (self.confirmed_order() for _n in range(3))
        rows = (good + bad + good_too).xero_document_ids
        self.run_job(self.connection)
        account = self.env["xero.account"].search([("code", "=", "260")])
        income = self.company_data["default_account_revenue"].copy()
        income.xero_account_id = account
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        bad.order_line.product_id = self.env["product.product"].create(
            {
                "name": "Rug",
                "taxes_id": self.gst.ids,
                "property_account_income_id": income.id,
            }
        )
        (good + good_too).order_line.product_uom_qty = 9
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)
        self.assertEqual(
            rows.sorted("id").mapped("state"), ["synced", "failed", "synced"]
        )
        self.assertEqual(self.xero_invoice_of(good)["Total"], good.amount_total)
        self.assertIn("archived", bad.xero_message)
