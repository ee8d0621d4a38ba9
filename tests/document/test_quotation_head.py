import json

from odoo.tests import tagged

from .quotation_case import QuotationCase

# What a quote says besides its lines, its status and its contact
HEAD = (
    "QuoteNumber",
    "Date",
    "ExpiryDate",
    "Reference",
    "Title",
    "Summary",
    "Terms",
    "LineAmountTypes",
    "CurrencyCode",
    "CurrencyRate",
    "BrandingThemeID",
)
TYPED = {"Title": "Typed title", "Summary": "Typed summary", "Terms": "Typed terms"}


@tagged("post_install", "-at_install")
class TestQuotationHead(QuotationCase):
    """Xero empties what an update of a quote leaves out: nothing of it gets lost."""

    def setUp(self):
        super().setUp()
        self.gst.price_include_override = "tax_included"

    def full_quotation(self, **values):
        """A quotation in Xero that says everything a quote can say."""
        order = self.new_order(
            date_order="2026-03-01 02:00:00",
            validity_date="2026-04-15",
            note="<p>Half now, half on delivery.</p>",
            **values,
        )
        self.run_job(self.connection)
        return order

    def head_of(self, quote):
        return {name: quote.get(name) for name in HEAD}

    def lines_of(self, quote):
        return [(line["LineItemID"], line["LineAmount"]) for line in quote["LineItems"]]

    def assert_kept(self, order, before, status):
        """The quote is in this status, and says all that it said before."""
        quote = self.xero_document_of(order, "quotation")
        self.assertEqual(quote["Status"], status)
        self.assertEqual(self.head_of(quote), self.head_of(before))
        self.assertEqual(self.lines_of(quote), self.lines_of(before))
        self.assertEqual(quote["Total"], before["Total"])

    def sent_quotes(self):
        return [
            quote
            for call in self.write_calls("/Quotes")
            for quote in json.loads(call["body"])["Quotes"]
        ]

    def type_in_xero(self, order):
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], **TYPED)

    def typed_of(self, order):
        quote = self.xero_quote_of(order)
        return {name: quote.get(name) for name in TYPED}

    # === EACH STEP === #

    def test_accepted_and_invoiced_it_keeps_all(self):
        order = self.full_quotation()
        before = self.xero_quote_of(order)
        self.assertEqual(before["Terms"], "Half now, half on delivery.")
        self.assertEqual(before["LineAmountTypes"], "Inclusive")
        order.action_quotation_sent()
        self.run_job(self.connection)
        self.assert_kept(order, before, "SENT")
        order.action_confirm()
        self.run_job(self.connection)
        self.assert_kept(order, before, "ACCEPTED")
        self.invoice_of(order)
        self.run_job(self.connection)
        self.assert_kept(order, before, "INVOICED")
        self.assertEqual(self.quotation_row(order).state, "synced")

    def test_accepted_then_cancelled_it_keeps_all(self):
        order = self.full_quotation()
        before = self.xero_quote_of(order)
        order.action_confirm()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        self.assert_kept(order, before, "DECLINED")

    def test_deleted_it_keeps_all(self):
        order = self.full_quotation()
        before = self.xero_quote_of(order)
        order._action_cancel()
        self.run_job(self.connection)
        after = self.xero_quote_of(order)
        self.assertEqual(after["Status"], "DELETED")
        self.assertEqual(self.head_of(after), self.head_of(before))
        self.assertEqual(after["Total"], before["Total"])

    def test_declined_and_quoted_again_it_keeps_all(self):
        order = self.full_quotation()
        order.action_quotation_sent()
        self.run_job(self.connection)
        before = self.xero_quote_of(order)
        order._action_cancel()
        self.run_job(self.connection)
        order.action_draft()
        order.date_order = "2026-03-01 02:00:00"
        self.run_job(self.connection)
        self.assert_kept(order, before, "SENT")

    def test_a_foreign_quote_keeps_its_currency_and_rate(self):
        pricelist = self.env["product.pricelist"].create(
            {"name": "EUR", "currency_id": self.euro().id}
        )
        order = self.full_quotation(pricelist_id=pricelist.id)
        before = self.xero_quote_of(order)
        self.assertEqual(before["CurrencyRate"], 0.6152)
        order.action_confirm()
        self.run_job(self.connection)
        self.assert_kept(order, before, "ACCEPTED")

    def test_steps_repeat_the_head_and_no_lines(self):
        order = self.full_quotation()
        quote = self.xero_quote_of(order)
        self.xero.clear_calls()
        order.action_confirm()
        self.invoice_of(order)
        self.run_job(self.connection)
        steps = self.sent_quotes()
        self.assertEqual(
            [step["Status"] for step in steps], ["SENT", "ACCEPTED", "INVOICED"]
        )
        for step in steps:
            self.assertNotIn("LineItems", step)
            self.assertEqual(step["QuoteNumber"], quote["QuoteNumber"])
            self.assertEqual(step["LineAmountTypes"], "INCLUSIVE")
            self.assertEqual(step["ExpiryDate"], "2026-04-15")
            self.assertEqual(step["BrandingThemeID"], quote["BrandingThemeID"])

    def test_confirming_on_a_later_day_leaves_the_quotes_date(self):
        order = self.full_quotation()
        order.action_confirm()
        self.assertNotEqual(str(order.date_order.date()), "2026-03-01")
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Date"], "2026-03-01")

    def test_an_order_changed_and_confirmed_at_once_sends_its_lines(self):
        order = self.full_quotation()
        order.order_line.product_uom_qty = 9
        order.action_confirm()
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "ACCEPTED")
        self.assertEqual(quote["Total"], order.amount_total)
        self.assertEqual(quote["Terms"], "Half now, half on delivery.")

    def test_after_a_step_an_edit_that_changes_nothing_makes_no_call(self):
        order = self.full_quotation()
        order.action_quotation_sent()
        self.run_job(self.connection)
        self.xero.clear_calls()
        order.order_line.product_uom_qty = order.order_line.product_uom_qty
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_quotes_from_before_the_head_was_noted_are_read_first(self):
        orders = [self.full_quotation() for _number in range(5)]
        rows = self.env["xero.document"].union(*map(self.quotation_row, orders)).sudo()
        rows.write({"quote_held": False, "quote_said": False})
        for order in orders:
            order.action_confirm()
        self.run_job(self.connection)
        for order in orders:
            quote = self.xero_document_of(order, "quotation")
            self.assertEqual(quote["Status"], "ACCEPTED")
            self.assertEqual(quote["Terms"], "Half now, half on delivery.")

    # === TYPED IN XERO === #

    def test_what_was_typed_in_xero_outlives_every_step(self):
        order = self.full_quotation()
        self.type_in_xero(order)
        for step in (order.action_quotation_sent, order.action_confirm):
            step()
            self.run_job(self.connection)
            self.assertEqual(self.typed_of(order), TYPED)
        self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "INVOICED")
        self.assertEqual(self.typed_of(order), TYPED)

    def test_what_was_typed_in_xero_outlives_an_edit_of_something_else(self):
        order = self.full_quotation()
        self.type_in_xero(order)
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Total"], order.amount_total)
        self.assertEqual(self.typed_of(order), TYPED)
        self.assertEqual(order.xero_state, "synced")

    def test_what_was_typed_in_xero_outlives_several_edits_and_a_refused_one(self):
        order = self.full_quotation()
        self.type_in_xero(order)
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        order.note = f"<p>{'x' * 4001}</p>"
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        order.note = "<p>Half now, half on delivery.</p>"
        order.order_line.product_uom_qty = 8
        self.run_job(self.connection)
        order.action_confirm()
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "ACCEPTED")
        self.assertEqual(quote["Total"], order.amount_total)
        self.assertEqual(self.typed_of(order), TYPED)

    def test_terms_whose_update_xero_refused_go_with_the_next(self):
        order = self.full_quotation()
        self.xero.edit("TaxRates", "OUTPUT", Status="DELETED")
        order.note = "<p>Cash only.</p>"
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        self.assertNotEqual(self.xero_quote_of(order)["Terms"], "Cash only.")
        self.xero.edit("TaxRates", "OUTPUT", Status="ACTIVE")
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(self.xero_quote_of(order)["Terms"], "Cash only.")

    def test_a_number_that_was_typed_in_xero_stays(self):
        order = self.full_quotation()
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], QuoteNumber="QU-9 rev B")
        order.note = "<p>Cash only.</p>"
        self.run_job(self.connection)
        order.action_confirm()
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["QuoteNumber"], "QU-9 rev B")
        self.assertEqual((quote["Status"], quote["Terms"]), ("ACCEPTED", "Cash only."))

    def test_new_terms_in_odoo_go_and_the_typed_title_stays(self):
        order = self.full_quotation()
        self.type_in_xero(order)
        order.note = "<p>Cash only.</p>"
        self.run_job(self.connection)
        self.assertEqual(self.typed_of(order), {**TYPED, "Terms": "Cash only."})

    def test_emptied_terms_in_odoo_are_emptied(self):
        order = self.full_quotation()
        order.note = False
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Terms"], "")

    def test_replacing_it_puts_odoos_words_back(self):
        order = self.full_quotation()
        quote = self.xero_quote_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], **TYPED, Total=1.0)
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        self.quotation_row(order).action_replace()
        self.finish_request()
        self.assertEqual(
            self.typed_of(order),
            {
                "Title": quote["Title"],
                "Summary": TYPED["Summary"],
                "Terms": quote["Terms"],
            },
        )
