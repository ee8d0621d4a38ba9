from odoo.tests import tagged

from .parts_case import PartsCase


@tagged("post_install", "-at_install")
class TestOrderInParts(PartsCase):
    """The order's draft becomes its invoice; in parts, both together are the order."""

    def test_one_full_invoice_takes_the_draft_over_under_odoos_number(self):
        order = self.sent_order()
        draft = self.draft_of(order)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        (posted,) = self.live_in_xero()
        self.assertEqual(posted["InvoiceID"], draft["InvoiceID"])
        self.assertEqual(posted["Status"], "AUTHORISED")
        self.assertEqual(posted["InvoiceNumber"], invoice.name)
        self.assertEqual(posted["Total"], invoice.amount_total)
        self.assertEqual(posted["Reference"], invoice.name)
        self.assertIn(f"account.move&res_id={invoice.id}", posted["Url"])
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(order.xero_number, invoice.name)

    def test_with_xeros_numbers_the_number_of_the_draft_stays(self):
        self.connection.number_invoice = "xero"
        order = self.sent_order()
        number = order.xero_number
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        (posted,) = self.live_in_xero()
        self.assertEqual(posted["InvoiceNumber"], number)
        self.assertEqual(invoice.xero_number, number)

    def test_after_each_part_draft_and_invoices_are_the_order(self):
        order = self.sent_order(quantity=10.0)
        self.assertEqual(self.xero_sum(), order.amount_total)
        for quantity, drafts in ((3.0, 1), (2.0, 1), (5.0, 0)):
            self.invoice_of(order, quantity)
            self.assert_sum_is(order)
            self.assertEqual(len(self.live_in_xero(status="DRAFT")), drafts)

    def test_what_is_left_is_a_fresh_draft_with_what_is_left_of_each_line(self):
        order = self.sent_order(quantity=10.0)
        before = self.draft_of(order)
        self.invoice_of(order, 4.0)
        self.run_job(self.connection)
        after = self.draft_of(order)
        self.assertNotEqual(after["InvoiceID"], before["InvoiceID"])
        self.assertEqual(after["LineItems"][1]["Quantity"], 6.0)
        self.assertEqual(after["Reference"], order.name)
        row = order.xero_document_ids
        self.assertEqual(row.state, "synced")
        self.assertEqual(row.odoo_total, 990.0)

    def test_order_shows_the_numbers_of_its_draft_and_of_each_invoice(self):
        order = self.sent_order(quantity=10.0)
        first = self.invoice_of(order, 4.0)
        second = self.invoice_of(order, 1.0)
        self.run_job(self.connection)
        draft = self.draft_of(order)["InvoiceNumber"]
        numbers = set(order.xero_number.split(", "))
        self.assertEqual(numbers, {draft, first.name, second.name})

    def test_with_delete_no_draft_is_kept_for_what_is_left(self):
        self.connection.partial_invoicing = "delete"
        order = self.sent_order(quantity=10.0)
        for quantity in (4.0, 6.0):
            self.invoice_of(order, quantity)
            self.run_job(self.connection)
            self.assertEqual(self.live_in_xero(status="DRAFT"), [])
        self.assertEqual(self.xero_sum(), order.amount_total)

    def test_with_delete_a_cancelled_only_part_brings_the_whole_draft_back(self):
        self.connection.partial_invoicing = "delete"
        order = self.sent_order(quantity=10.0)
        invoice = self.invoice_of(order, 4.0)
        self.run_job(self.connection)
        invoice.button_cancel()
        self.assert_sum_is(order)
        self.assertEqual(len(self.live_in_xero(status="DRAFT")), 1)

    def test_with_leave_the_whole_draft_stays_until_the_last_part(self):
        self.connection.partial_invoicing = "leave"
        order = self.sent_order(quantity=10.0)
        draft = self.draft_of(order)
        self.invoice_of(order, 4.0)
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(order)["InvoiceID"], draft["InvoiceID"])
        self.assertEqual(self.draft_of(order)["Total"], order.amount_total)
        self.invoice_of(order, 6.0)
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_with_leave_one_invoice_for_all_takes_the_draft_over(self):
        self.connection.partial_invoicing = "leave"
        order = self.sent_order()
        draft = self.draft_of(order)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        posted = self.xero_document_of(invoice)
        self.assertEqual(posted["InvoiceID"], draft["InvoiceID"])
        self.assertEqual(len(self.live_in_xero()), 1)

    def test_with_leave_no_draft_is_made_anew_beside_an_invoice(self):
        self.connection.partial_invoicing = "leave"
        order = self.confirmed_order(quantity=10.0)
        invoice = self.invoice_of(order, 4.0)
        self.run_job(self.connection)
        self.assertEqual(self.xero_sum(), invoice.amount_total)
        self.invoice_of(order)
        self.assert_sum_is(order)

    def test_with_leave_credit_after_the_last_part_makes_no_draft_of_all(self):
        self.connection.partial_invoicing = "leave"
        order = self.sent_order(quantity=10.0)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.credit(invoice, 1.0)
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_parts_of_an_order_whose_invoices_are_drafts_in_xero(self):
        self.connection.invoice_status = "DRAFT"
        order = self.sent_order(quantity=10.0)
        draft = self.draft_of(order)
        invoice = self.invoice_of(order, 4.0)
        self.assert_sum_is(order)
        self.assertEqual(
            self.xero_document_of(invoice)["InvoiceID"], draft["InvoiceID"]
        )
        self.invoice_of(order, 6.0)
        self.assert_sum_is(order)
        self.assertEqual(len(self.live_in_xero()), 2)

    def test_customer_without_a_contact_gets_one_and_one_invoice(self):
        self.customer.xero_contact_id = False
        order = self.confirmed_order(quantity=10.0)
        self.invoice_of(order, 4.0)
        self.assert_sum_is(order)
        names = [contact["Name"] for contact in self.xero.state()["Contacts"]]
        self.assertEqual(names.count(self.customer.name), 1)

    def test_two_parts_posted_in_one_transaction(self):
        order = self.sent_order(quantity=10.0)
        first = order._create_invoices()
        first.invoice_line_ids.quantity = 3.0
        second = order._create_invoices()
        second.invoice_line_ids.quantity = 2.0
        (first + second).action_post()
        self.assert_sum_is(order)
        self.assertEqual(len(self.live_in_xero(status="AUTHORISED")), 2)
        self.assertEqual(self.draft_of(order)["LineItems"][1]["Quantity"], 5.0)

    def test_two_parts_that_are_the_whole_order_leave_no_draft(self):
        order = self.sent_order(quantity=10.0)
        first = order._create_invoices()
        first.invoice_line_ids.quantity = 3.0
        second = order._create_invoices()
        (first + second).action_post()
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_order_invoiced_before_anything_was_sent_is_one_invoice(self):
        order = self.confirmed_order()
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        (posted,) = self.live_in_xero()
        self.assertEqual(posted["Status"], "AUTHORISED")
        self.assertEqual(posted["InvoiceNumber"], invoice.name)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)

    def test_order_invoiced_in_part_before_anything_was_sent(self):
        order = self.confirmed_order(quantity=10.0)
        self.invoice_of(order, 4.0)
        self.assert_sum_is(order)
        self.assertEqual(self.draft_of(order)["LineItems"][1]["Quantity"], 6.0)

    def test_draft_invoice_in_odoo_changes_nothing_in_xero(self):
        order = self.sent_order()
        self.xero.clear_calls()
        order._create_invoices()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_sixty_orders_invoiced_at_once_cost_two_reads_and_two_writes(self):
        orders = self.env["sale.order"].concat(*(self.new_order() for _n in range(60)))
        orders.action_confirm()
        self.run_job(self.connection)
        self.xero.clear_calls()
        invoices = self.env["account.move"]
        for order in orders:
            invoices += order._create_invoices()
        invoices.action_post()
        self.run_job(self.connection)
        methods = [call["method"] for call in self.xero.calls()]
        self.assertEqual(sorted(methods), ["GET", "GET", "POST", "POST"])
        self.assertEqual(len(self.live_in_xero(status="AUTHORISED")), 60)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])


@tagged("post_install", "-at_install")
class TestDoubleUpWarning(PartsCase):
    """The invoice's form warns before an order counts twice in Xero, and only then."""

    def warning_for(self, quantity, partial_invoicing):
        self.connection.partial_invoicing = partial_invoicing
        order = self.sent_order(quantity=10.0)
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = quantity
        return order, invoice.xero_warning

    def test_part_with_leave_names_the_draft_and_the_order(self):
        order, warning = self.warning_for(4.0, "leave")
        self.assertIn(order.xero_number, warning)
        self.assertIn(order.name, warning)

    def test_whole_order_with_leave_does_not_warn(self):
        self.assertFalse(self.warning_for(10.0, "leave")[1])

    def test_part_with_remainder_does_not_warn(self):
        self.assertFalse(self.warning_for(4.0, "remainder")[1])

    def test_part_with_delete_does_not_warn(self):
        self.assertFalse(self.warning_for(4.0, "delete")[1])

    def test_last_part_with_leave_does_not_warn(self):
        self.connection.partial_invoicing = "leave"
        order = self.sent_order(quantity=10.0)
        self.invoice_of(order, 4.0)
        self.run_job(self.connection)
        self.assertFalse(order._create_invoices().xero_warning)

    def test_posted_invoice_does_not_warn(self):
        self.connection.partial_invoicing = "leave"
        order = self.sent_order(quantity=10.0)
        self.assertFalse(self.invoice_of(order, 4.0).xero_warning)

    def test_invoice_that_is_not_sent_does_not_warn(self):
        self.connection.partial_invoicing = "leave"
        order = self.sent_order(quantity=10.0)
        invoice = order._create_invoices()
        invoice.invoice_line_ids.quantity = 4.0
        invoice.xero_send = False
        self.assertFalse(invoice.xero_warning)
