from odoo.tests import tagged
from odoo.tests.common import new_test_user

from .quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestQuotationStatuses(QuotationCase):
    """What becomes of a quotation becomes of its quote."""

    # === SENT, CONFIRMED === #

    def test_sent_is_sent(self):
        order = self.new_order()
        self.run_job(self.connection)
        order.action_quotation_sent()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "SENT")

    def test_created_and_sent_at_once_goes_through_draft(self):
        order = self.sent_quotation()
        self.assertEqual(self.xero_quote_of(order)["Status"], "SENT")
        self.assertEqual(self.sent_statuses(), ["DRAFT", "SENT"])

    def test_a_sent_quote_is_still_edited(self):
        order = self.sent_quotation()
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "SENT")
        self.assertEqual(quote["Total"], order.amount_total)

    def test_a_sent_quotation_set_to_draft_stays_sent_and_is_edited(self):
        order = self.sent_quotation()
        order.state = "draft"
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "SENT")
        self.assertEqual(quote["Total"], order.amount_total)

    def test_confirmed_is_accepted_through_sent(self):
        order = self.new_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")
        self.assertEqual(self.sent_statuses(), ["SENT", "ACCEPTED"])

    def test_what_xero_holds_is_read_once_before_the_steps(self):
        order = self.new_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        order.action_confirm()
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        reads = self.xero.calls("GET", f"/Quotes/{quote['QuoteID']}")
        self.assertEqual(len(reads), 1)

    def test_a_sent_quotation_is_accepted_in_one_call(self):
        order = self.sent_quotation()
        self.xero.clear_calls()
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.sent_statuses(), ["ACCEPTED"])

    def test_confirmed_at_once_the_quote_and_the_draft_invoice_are_there(self):
        order = self.new_order()
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DRAFT")

    def test_the_order_shows_the_quotes_number_and_the_invoices(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(
            order.xero_number,
            f"{self.xero_quote_of(order)['QuoteNumber']},"
            f" {self.xero_invoice_of(order)['InvoiceNumber']}",
        )

    def test_an_accepted_quote_keeps_its_content_when_the_order_is_edited(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        before = self.xero_quote_of(order)["Total"]
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Total"], before)
        self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)
        self.assertEqual(set(order.xero_document_ids.mapped("state")), {"synced"})

    def test_an_order_that_was_never_a_quote_gets_none_when_confirmed(self):
        self.connection.auto_quotation = False
        order = self.new_order()
        self.connection.auto_quotation = True
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quotes_of(order.name), [])
        self.xero_invoice_of(order)

    # === CANCELLED === #

    def test_cancelled_as_a_draft_is_deleted(self):
        order = self.new_order()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "DELETED")
        self.assertEqual(order.xero_status, "deleted")

    def test_cancelled_after_it_was_sent_is_declined(self):
        order = self.sent_quotation()
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "DECLINED")
        self.assertEqual(order.xero_status, "declined")

    def test_a_cancelled_order_declines_its_accepted_quote_through_sent(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "DECLINED")
        self.assertEqual(self.sent_statuses(), ["SENT", "DECLINED"])
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DELETED")

    def test_cancelled_before_it_went_out_leaves_no_trace(self):
        order = self.new_order()
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertFalse(order.xero_document_ids)

    def test_a_cancelled_order_quoted_again_is_sent_again_with_the_new_content(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        order.action_draft()
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "SENT")
        self.assertEqual(quote["Total"], order.amount_total)
        self.assertEqual(self.quotation_row(order).state, "synced")

    def test_a_deleted_quote_quoted_again_is_a_new_draft(self):
        order = self.new_order()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        order.action_draft()
        self.run_job(self.connection)
        statuses = sorted(quote["Status"] for quote in self.xero_quotes_of(order.name))
        self.assertEqual(statuses, ["DELETED", "DRAFT"])

    def test_an_edit_after_the_deletion_makes_no_other_quote(self):
        order = self.new_order()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        order.note = "<p>Too late.</p>"
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "DELETED")

    def test_deleting_a_cancelled_order_deletes_its_declined_quote(self):
        order = self.sent_quotation()
        order._action_cancel()
        self.run_job(self.connection)
        name = order.name
        order.unlink()
        self.run_job(self.connection)
        (quote,) = self.xero_quotes_of(name)
        self.assertEqual(quote["Status"], "DELETED")

    # === INVOICED === #

    def test_fully_invoiced_and_posted_is_invoiced(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "INVOICED")

    def test_a_draft_invoice_does_not_make_it_invoiced(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order._create_invoices()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")

    def test_invoiced_in_part_stays_accepted_until_the_last_part(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.invoice_of(order, quantity=1)
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")
        self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "INVOICED")

    def test_an_edited_orders_invoice_makes_no_difference_of_amounts(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order.order_line.product_uom_qty = 9
        self.invoice_of(order)
        self.run_job(self.connection)
        row = self.quotation_row(order)
        self.assertEqual((row.state, row.xero_status), ("synced", "INVOICED"))

    def test_once_invoiced_it_stays_so_whatever_becomes_of_the_invoice(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.xero.clear_calls()
        invoice.button_draft()
        invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "INVOICED")
        self.assertEqual(self.write_calls("/Quotes"), [])
        self.assertEqual(self.quotation_row(order).state, "synced")

    # === BY HAND IN XERO === #

    def test_a_quote_declined_by_hand_is_not_overwritten_but_told(self):
        order = self.sent_quotation()
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Status="DECLINED")
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Total"], quote["Total"])
        self.assertEqual(order.xero_state, "failed")
        self.assertIn("is declined there", order.xero_message)
        self.assertIn("send the document as a new one", order.xero_message)

    def test_a_quote_accepted_by_hand_takes_the_confirmation(self):
        order = self.sent_quotation()
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Status="ACCEPTED")
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")
        self.assertEqual(self.quotation_row(order).state, "synced")

    def test_the_choice_send_as_new_leaves_the_old_quote(self):
        order = self.sent_quotation()
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Status="DECLINED")
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.quotation_row(order).action_send_as_new()
        self.finish_request()
        self.assertEqual(
            {each["Status"]: each["Total"] for each in self.xero_quotes_of(order.name)},
            {"DECLINED": quote["Total"], "SENT": order.amount_total},
        )
        self.assertEqual(order.xero_state, "synced")

    def test_the_choice_skip_is_told_with_its_reason(self):
        order = self.sent_quotation()
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Status="DECLINED")
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.quotation_row(order).action_skip("Declined on the phone")
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "skipped")
        self.assertIn("Declined on the phone", order.message_ids[0].body)

    def test_the_choice_link_takes_the_other_quote_up(self):
        order, other = self.sent_quotation(), self.new_order()
        self.run_job(self.connection)
        number = self.xero_quote_of(other)["QuoteNumber"]
        self.quotation_row(other).action_skip("Made by hand")
        self.quotation_row(other).sudo().xero_id = False
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Status="DECLINED")
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.quotation_row(order).action_link(number)
        self.finish_request()
        self.assertEqual(order.xero_number, number)
        linked = self.xero_document_of(order)
        self.assertEqual(linked["Total"], order.amount_total)
        self.assertEqual(linked["Status"], "SENT")

    def test_a_quote_deleted_by_hand_is_told_and_trying_again_makes_another(self):
        order = self.new_order()
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Status="DELETED")
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.assertIn("was deleted in Xero", order.xero_message)
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(
            sorted(each["Status"] for each in self.xero_quotes_of(order.name)),
            ["DELETED", "DRAFT"],
        )
        self.assertEqual(order.xero_state, "synced")

    # === SOMEBODY ELSE === #

    def test_a_salespersons_quotation_goes_the_same_way(self):
        seller = self.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        order = self.new_order().with_user(seller)
        order.action_quotation_sent()
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")

    def test_a_confirmation_by_a_customer_without_rights_goes_the_same_way(self):
        customer = new_test_user(self.env, "customer", "base.group_portal")
        order = self.sent_quotation()
        order.with_user(customer).sudo()._validate_order()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DRAFT")
