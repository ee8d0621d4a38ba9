import json

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestQuotationFlow(QuotationCase):
    """A quotation is a quote in Xero: when it is made, and what it holds."""

    # === CREATE === #

    def test_a_customer_and_a_line_make_a_draft_quote(self):
        order = self.new_order()
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "DRAFT")
        self.assertEqual(quote["Total"], order.amount_total)
        self.assertEqual(quote["TotalTax"], order.amount_tax)
        self.assertEqual(order.xero_number, quote["QuoteNumber"])
        self.assertEqual(order.xero_state, "synced")

    def test_without_a_line_there_is_no_quote(self):
        order = self.new_order(order_line=[])
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)
        self.assertEqual(self.write_calls(), [])

    def test_a_section_alone_makes_no_quote(self):
        section = {"display_type": "line_section", "name": "Kitchen"}
        order = self.new_order(order_line=[Command.create(section)])
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)

    def test_the_first_line_makes_the_quote(self):
        order = self.new_order(order_line=[])
        self.run_job(self.connection)
        order.order_line = [Command.create({"product_id": self.product.id})]
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Total"], order.amount_total)

    def test_a_line_created_by_itself_makes_the_quote(self):
        order = self.new_order(order_line=[])
        self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": self.product.id}
        )
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Total"], order.amount_total)

    def test_the_users_transaction_makes_no_call(self):
        self.new_order()
        self.assertEqual(self.xero.calls(), [])

    def test_sixty_quotations_take_two_calls(self):
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "order_line": [Command.create({"product_id": self.product.id})],
                }
                for _number in range(60)
            ]
        )
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls("/Quotes")), 2)
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})
        self.assertEqual(len(set(orders.mapped("xero_number"))), 60)

    def test_a_copy_is_a_quote_of_its_own(self):
        order = self.new_order()
        self.run_job(self.connection)
        copied = order.copy()
        self.run_job(self.connection)
        self.assertNotEqual(
            self.xero_quote_of(copied)["QuoteID"], self.xero_quote_of(order)["QuoteID"]
        )

    # === CONTENT === #

    def test_expiry_title_and_terms(self):
        order = self.new_order(
            date_order="2026-03-01 02:00:00",
            validity_date="2026-04-15",
            note="<p>Half <b>now</b>, half on delivery.</p>",
        )
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Date"], "2026-03-01")
        self.assertEqual(quote["ExpiryDate"], "2026-04-15")
        self.assertEqual(quote["Title"], f"Odoo quotation {order.name}")
        self.assertEqual(quote["Terms"], "Half *now*, half on delivery.")

    def test_the_first_line_names_the_quotation_and_informs_only(self):
        order = self.new_order()
        self.run_job(self.connection)
        line = self.xero_quote_of(order)["LineItems"][0]
        self.assertEqual(line["Description"], f"Odoo quotation {order.name}")
        self.assertFalse(line.get("AccountCode") or line.get("UnitAmount"))

    def test_tax_is_sent_with_every_priced_line(self):
        self.connection.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "EXEMPTOUTPUT")]
        )
        order = self.new_order()
        order.order_line = [
            Command.create({"product_id": self.product.id, "tax_ids": False})
        ]
        self.run_job(self.connection)
        _title, taxed, untaxed = self.xero_quote_of(order)["LineItems"]
        self.assertEqual(taxed["TaxType"], "OUTPUT")
        self.assertEqual(untaxed["TaxType"], "EXEMPTOUTPUT")
        self.assertEqual(self.xero_quote_of(order)["TotalTax"], order.amount_tax)

    def test_discount_and_account_stand_on_the_line(self):
        order = self.new_order()
        order.order_line.discount = 12.5
        self.run_job(self.connection)
        line = self.xero_quote_of(order)["LineItems"][1]
        self.assertEqual(line["DiscountRate"], 12.5)
        self.assertEqual(line["AccountCode"], "200")
        self.assertEqual(self.xero_quote_of(order)["Total"], order.amount_total)

    def test_price_included_tax_goes_in_xeros_capitals(self):
        self.gst.price_include_override = "tax_included"
        order = self.new_order()
        self.run_job(self.connection)
        (call,) = self.write_calls("/Quotes")
        (sent,) = json.loads(call["body"])["Quotes"]
        self.assertEqual(sent["LineAmountTypes"], "INCLUSIVE")
        self.assertEqual(self.xero_quote_of(order)["Total"], order.amount_total)
        self.assertEqual(order.xero_state, "synced")

    def test_a_foreign_currency_goes_with_odoos_rate_also_when_it_changes(self):
        pricelist = self.env["product.pricelist"].create(
            {"name": "EUR", "currency_id": self.euro().id}
        )
        order = self.new_order()
        self.run_job(self.connection)
        order.pricelist_id = pricelist
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(
            (quote["CurrencyCode"], quote["CurrencyRate"]), ("EUR", 0.6152)
        )
        self.assertEqual(quote["Total"], order.amount_total)
        self.assertEqual(order.xero_state, "synced")

    def test_terms_that_are_too_long_are_told_and_shortening_them_sends(self):
        order = self.new_order(note=f"<p>{'x' * 4001}</p>")
        self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Quotes"), [])
        self.assertIn("has 4001 characters, Xero takes 4000", order.xero_message)
        order.note = "<p>Short.</p>"
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Terms"], "Short.")

    # === UPDATE === #

    def test_edits_of_one_transaction_make_one_call(self):
        order = self.new_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        order.order_line.product_uom_qty = 7
        order.order_line.price_unit = 19.99
        order.note = "<p>New terms.</p>"
        order.validity_date = "2027-01-31"
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls("/Quotes")), 1)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Total"], order.amount_total)
        self.assertEqual(quote["Terms"], "New terms.")
        self.assertEqual(quote["ExpiryDate"], "2027-01-31")

    def test_the_number_stays_on_every_update(self):
        order = self.new_order()
        self.run_job(self.connection)
        number = self.xero_quote_of(order)["QuoteNumber"]
        for quantity in (3, 4):
            order.order_line.product_uom_qty = quantity
            self.run_job(self.connection)
            self.assertEqual(self.xero_quote_of(order)["QuoteNumber"], number)
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["QuoteNumber"], number)

    def test_a_removed_line_goes_from_the_quote(self):
        order = self.new_order()
        order.order_line = [Command.create({"product_id": self.product.id})]
        self.run_job(self.connection)
        order.order_line[1].unlink()
        self.run_job(self.connection)
        self.assertEqual(len(self.xero_quote_of(order)["LineItems"]), 2)

    def test_an_edit_that_changes_nothing_in_xero_makes_no_call(self):
        order = self.new_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        order.order_line.product_uom_qty = order.order_line.product_uom_qty
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_another_customer_moves_the_quote_to_another_contact(self):
        other = self.env["res.partner"].create({"name": "Harbour Café"})
        order = self.new_order()
        self.run_job(self.connection)
        order.write({"partner_id": other.id, "partner_invoice_id": other.id})
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Contact"]["ContactID"], other.xero_contact_id.xero_id)

    def test_deleting_the_quotation_deletes_the_quote(self):
        order = self.new_order()
        self.run_job(self.connection)
        name = order.name
        order.unlink()
        self.run_job(self.connection)
        (quote,) = self.xero_quotes_of(name)
        self.assertEqual(quote["Status"], "DELETED")

    def test_deleting_it_before_it_was_sent_makes_no_call(self):
        self.new_order().unlink()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertFalse(self.env["xero.document"].search([]))

    # === NUMBERS === #

    def test_odoos_number_where_the_setting_says_so(self):
        self.connection.number_quotation = "odoo"
        order = self.new_order()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["QuoteNumber"], order.name)

    def test_odoos_number_is_not_used_twice(self):
        self.connection.number_quotation = "odoo"
        order = self.new_order()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        order.action_draft()
        self.run_job(self.connection)
        self.assertEqual(
            {
                quote["QuoteNumber"]: quote["Status"]
                for quote in self.xero_quotes_of(order.name)
            },
            {order.name: "DELETED", f"{order.name}-2": "DRAFT"},
        )


@tagged("post_install", "-at_install")
class TestQuotationSwitch(QuotationCase):
    """Whether a quotation goes by itself: switch, partner, box, button."""

    def test_switched_off_nothing_is_sent(self):
        self.connection.auto_quotation = False
        order = self.new_order()
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)
        self.assertEqual(self.write_calls(), [])

    def test_switched_off_the_button_sends_and_it_is_kept_up_to_date(self):
        self.connection.auto_quotation = False
        order = self.new_order()
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(order.xero_number, self.xero_quote_of(order)["QuoteNumber"])
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Total"], order.amount_total)

    def test_the_button_sends_many_at_once(self):
        self.connection.auto_quotation = False
        orders = self.new_order() + self.new_order() + self.new_order()
        orders.action_xero_send()
        self.finish_request()
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})
        self.assertEqual(len(self.write_calls("/Quotes")), 1)

    def test_the_button_on_a_cancelled_quotation_says_what_to_do(self):
        self.connection.auto_quotation = False
        order = self.new_order()
        order._action_cancel()
        with self.assertRaisesRegex(UserError, "is cancelled.*Set it back to draft"):
            order.action_xero_send()

    def test_a_partner_that_is_never_sent_wins_over_the_switch(self):
        self.customer.with_company(self.company).xero_send_sales = "never"
        order = self.new_order()
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)

    def test_a_partner_that_is_always_sent_wins_over_the_switch(self):
        self.connection.auto_quotation = False
        self.customer.with_company(self.company).xero_send_sales = "always"
        order = self.new_order()
        self.run_job(self.connection)
        self.xero_quote_of(order)

    def test_the_choice_is_the_commercial_partners(self):
        self.customer.with_company(self.company).xero_send_sales = "never"
        person = self.env["res.partner"].create(
            {"name": "Jane", "parent_id": self.customer.id}
        )
        order = self.new_order(partner_id=person.id)
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)

    def test_the_box_says_what_would_happen(self):
        order = self.new_order()
        self.assertTrue(order.xero_send)
        self.connection.auto_quotation = False
        order.invalidate_recordset()
        self.assertFalse(order.xero_send)

    def test_the_box_unticked_wins_over_switch_and_partner(self):
        self.customer.with_company(self.company).xero_send_sales = "always"
        order = self.new_order(xero_send=False)
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)

    def test_the_box_ticked_wins_over_switch_and_partner(self):
        self.connection.auto_quotation = False
        self.customer.with_company(self.company).xero_send_sales = "never"
        order = self.new_order()
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)
        order.xero_send = True
        self.run_job(self.connection)
        self.xero_quote_of(order)

    def test_the_box_unticked_keeps_the_confirmed_order_back_too(self):
        order = self.new_order(xero_send=False)
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
