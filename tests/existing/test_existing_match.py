from odoo.tests import tagged

from .existing_case import ExistingCase

# A bill of 100.00 plus tax, as a person types it
BILL_LINES = [
    {
        "Description": "By hand",
        "Quantity": 1,
        "UnitAmount": 100,
        "AccountCode": "400",
        "TaxType": "INPUT",
    }
]


@tagged("post_install", "-at_install")
class TestExistingMatch(ExistingCase):
    """Which document in Xero is which of Odoo's, and what a person is asked."""

    def proposed(self, record, **values):
        """:return: what is proposed for a document, and why"""
        line = self.line_of(self.preview(**values), record)
        return line.action, line.rule

    def decided(self, record):
        """:return: the line of a document about which a person is to decide"""
        line = self.line_of(self.preview(), record)
        self.assertEqual(line.action, "decide")
        return line

    def contact_id(self, name):
        return self.env["xero.contact"].search([("name", "=", name)]).xero_id

    def typed_bill(self, number, contact="PowerDirect", **values):
        return self.typed(
            Type="ACCPAY",
            InvoiceNumber=number,
            Contact={"ContactID": self.contact_id(contact)},
            LineItems=BILL_LINES,
            **values,
        )

    # === THE NUMBER === #

    def test_the_same_number_contact_and_total_is_linked(self):
        move = self.posted()
        self.typed(move, Date="2026-03-20", DueDate="2026-03-20")
        self.assertEqual(self.proposed(move), ("link", "number"))

    def test_how_a_number_is_punctuated_does_not_matter(self):
        move = self.posted()
        self.typed(InvoiceNumber=move.name.replace("/", "-").lower())
        self.assertEqual(self.proposed(move), ("link", "number"))

    def test_odoos_number_as_xeros_reference_counts(self):
        move = self.posted()
        self.typed(InvoiceNumber="X-1", Reference=move.name, Date="2026-03-20")
        self.assertEqual(self.proposed(move), ("link", "number"))

    def test_a_document_dated_just_outside_the_period_is_found(self):
        move = self.posted()
        self.typed(move, Date="2026-04-02", DueDate="2026-04-02")
        self.assertEqual(self.proposed(move), ("link", "number"))

    def test_the_same_number_with_another_total_is_asked(self):
        move = self.posted(invoice_date="2026-03-05")
        self.typed(
            move,
            Date="2026-03-05",
            LineItems=[
                {
                    **BILL_LINES[0],
                    "UnitAmount": 90,
                    "AccountCode": "200",
                    "TaxType": "OUTPUT",
                }
            ],
        )
        line = self.decided(move)
        self.assertEqual(line.reason, "In Xero: AUD 99.00")
        self.assertIn("99.00", line.candidate_ids.display_name)

    def test_the_same_number_in_another_currency_is_asked(self):
        move = self.posted()
        self.typed(move, CurrencyCode="EUR", CurrencyRate=0.6)
        self.assertIn("EUR 110.00", self.decided(move).reason)

    def test_the_same_number_of_another_contact_is_asked(self):
        move = self.posted()
        self.typed(move, Contact={"ContactID": self.contact_id("Bayside Wholesale")})
        self.assertIn("Bayside Wholesale", self.decided(move).reason)

    def test_a_draft_in_xero_of_what_is_posted_is_asked(self):
        move = self.posted()
        self.typed(move, Status="DRAFT")
        self.assertIn("a draft", self.decided(move).reason)

    def test_what_was_voided_in_xero_is_nothing(self):
        move = self.posted()
        self.xero.edit("Invoices", self.typed(move), Status="VOIDED")
        self.assertEqual(self.proposed(move), ("send", False))

    # === THE FIGURES === #

    def test_the_same_contact_day_and_total_once_on_either_side_is_linked(self):
        move = self.posted()
        self.typed(InvoiceNumber="HAND-1")
        self.assertEqual(self.proposed(move), ("link", "figures"))

    def test_another_day_contact_or_total_is_another_document(self):
        move = self.posted()
        self.typed(InvoiceNumber="HAND-1", Date="2026-03-03")
        self.typed(
            InvoiceNumber="HAND-2",
            Contact={"ContactID": self.contact_id("Bayside Wholesale")},
        )
        self.assertEqual(self.proposed(move), ("send", False))

    def test_two_alike_in_xero_are_asked(self):
        move = self.posted()
        self.typed(InvoiceNumber="HAND-1")
        self.typed(InvoiceNumber="HAND-2")
        line = self.decided(move)
        self.assertEqual((line.rule, len(line.candidate_ids)), ("several", 2))

    def test_two_alike_in_odoo_are_asked(self):
        moves = self.posted() + self.posted()
        self.typed(InvoiceNumber="HAND-1")
        lines = self.preview().line_ids
        self.assertEqual(lines._record(), moves)
        self.assertEqual(set(lines.mapped("rule")), {"shared"})

    def test_of_two_alike_in_odoo_the_one_with_the_number_is_linked(self):
        one, other = self.posted(), self.posted()
        self.typed(one)
        existing = self.preview()
        self.assertEqual(self.line_of(existing, one).rule, "number")
        self.assertEqual(self.line_of(existing, other).action, "send")

    def test_a_number_that_says_one_and_figures_that_say_another_are_asked(self):
        one, other = self.posted(), self.posted(partner_id=self.vendor.id)
        self.typed(other)
        existing = self.preview()
        self.assertEqual(
            set((one + other).mapped(lambda m: self.line_of(existing, m).rule)),
            {"shared"},
        )

    # === THE CONTACT === #

    def test_a_partner_that_surely_is_a_contact_counts_as_linked(self):
        partner = self.env["res.partner"].create({"name": "Bayside Wholesale"})
        move = self.posted(partner_id=partner.id)
        self.typed(move, Contact={"ContactID": self.contact_id("Bayside Wholesale")})
        existing = self.preview()
        self.assertEqual(self.line_of(existing, move).action, "link")
        self.assertFalse(partner.xero_contact_id)

    def test_of_a_partner_without_a_contact_the_figures_alone_are_asked(self):
        partner = self.env["res.partner"].create({"name": "Somebody Else"})
        move = self.posted(partner_id=partner.id)
        self.typed(InvoiceNumber="HAND-1")
        self.assertIn("linked to no contact", self.decided(move).reason)

    # === KINDS === #

    def test_a_vendors_number_counts_with_the_vendor_only(self):
        bill = self.posted("in_invoice", ref="4711")
        self.typed_bill("4711", contact="Gateway Motors", Date="2026-03-20")
        self.assertEqual(self.proposed(bill), ("send", False))

    def test_each_kind_is_found(self):
        bill = self.posted("in_invoice", ref="4711")
        self.typed_bill("4711")
        draft = self.new_move("in_invoice", ref="4712")
        self.typed_bill("4712", Status="DRAFT")
        credit = self.posted("out_refund")
        self.typed(endpoint="CreditNotes", CreditNoteNumber=credit.name)
        refund = self.posted("in_refund", ref="R-1")
        self.typed(
            endpoint="CreditNotes",
            Type="ACCPAYCREDIT",
            CreditNoteNumber="R-1",
            Contact={"ContactID": self.contact_id("PowerDirect")},
            LineItems=BILL_LINES,
        )
        records = [bill, draft, credit, refund, *self.orders_in_xero()]
        existing = self.preview(
            with_drafts=True, with_quotations=True, with_purchase_orders=True
        )
        for record in records:
            with self.subTest(record=record.display_name):
                line = self.line_of(existing, record)
                self.assertEqual((line.action, line.rule), ("link", "number"))
        self.start(existing)
        for record in records:
            with self.subTest(record=record.display_name):
                self.assertEqual(record.xero_state, "synced", record.xero_message)
        self.assertFalse(self.write_calls())

    def orders_in_xero(self):
        """A quotation, an order and a purchase order, each typed by hand too."""
        moment = "2026-03-02 01:00:00"
        quotation = self.new_order(date_order=moment)
        order = self.new_order()
        order.action_confirm()
        order.date_order = moment
        purchase = self.approved_purchase(date_order=moment)
        self.end_click()
        sold = {**BILL_LINES[0], "UnitAmount": 300, "AccountCode": "200"}
        sold["TaxType"] = "OUTPUT"
        self.typed(endpoint="Quotes", Reference=quotation.name, LineItems=[sold])
        self.typed(Status="DRAFT", Reference=order.name, LineItems=[sold])
        self.typed(
            endpoint="PurchaseOrders",
            PurchaseOrderNumber=purchase.name,
            Contact={"ContactID": self.contact_id("PowerDirect")},
            LineItems=[{**BILL_LINES[0], "UnitAmount": 160}],
        )
        return quotation, order, purchase

    # === WHAT IS NOT LOOKED AT === #

    def test_what_odoo_brought_to_xero_is_counted_and_left_alone(self):
        move = self.posted()
        move.xero_send_choice = "yes"
        move.action_xero_send()
        self.run_job(self.connection)
        self.posted()
        existing = self.preview()
        self.assertEqual((existing.known_count, existing.found_count), (1, 1))
        self.assertFalse(existing.candidate_ids)

    def test_what_a_person_skipped_stays_so(self):
        move = self.posted()
        move.xero_send_choice = "yes"
        move.action_xero_send()
        move.xero_document_ids.action_skip("By hand")
        self.assertFalse(self.preview().line_ids)

    def test_drafts_of_invoices_and_cancelled_ones_are_no_documents(self):
        self.new_move("out_invoice")
        self.posted().button_cancel()
        self.assertFalse(self.preview().line_ids)

    def test_looking_again_finds_what_was_changed_meanwhile(self):
        move = self.posted()
        existing = self.preview()
        self.typed(move)
        existing.action_preview()
        self.work(existing)
        self.assertEqual(self.line_of(existing, move).action, "link")
