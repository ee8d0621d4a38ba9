from itertools import product

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import new_test_user

from ..common import KINDS, MOVE_TYPES
from ..outbox_case import OutboxCase

SALES = ("quotation", "sale_order", "invoice", "credit_note")
PARTNER_CHOICES = (False, "always", "never")
BOXES = (False, "yes", "no")


class SwitchCase(OutboxCase):
    def setUp(self):
        super().setUp()
        self.purchase_gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )

    def make(self, kind, **values):
        """A document in the state in which it would be sent."""
        if kind == "bill":
            return self.new_move("in_invoice", **values)
        return self.document_of(kind, **values)

    def change(self, record, kind):
        """Raise the price of the first line, as a user would."""
        if kind in ("invoice", "credit_note", "refund"):
            record.button_draft()
        lines = "invoice_line_ids" if kind in MOVE_TYPES else "order_line"
        record[lines].price_unit = 321
        if kind in ("invoice", "credit_note", "refund"):
            record.action_post()

    def end(self, record, kind):
        if kind in ("quotation", "sale_order"):
            record._action_cancel()
            return
        if kind in ("invoice", "credit_note", "refund"):
            record.button_draft()
        record.button_cancel()

    def switch(self, kind, on):
        """Only this kind's switch, on or off; all others are off."""
        self.connection.write({f"auto_{each}": on and each == kind for each in KINDS})

    def row_of(self, record, kind):
        return record.xero_document_ids.filtered(lambda row: row.kind == kind)

    def is_sent(self, record, kind):
        return bool(self.row_of(record, kind).xero_id)


@tagged("post_install", "-at_install")
class TestSwitches(SwitchCase):
    """What is sent by itself: the box, else the partner's choice, else the switch."""

    def test_the_box_wins_over_the_partner_and_the_partner_over_the_switch(self):
        for kind in KINDS:
            cases = {
                (switch, *case): record
                for switch in (True, False)
                for case, record in self.made_for_each_case(kind, switch)
            }
            self.run_job(self.connection)
            for case, record in cases.items():
                with self.subTest(kind, case=case):
                    self.assertEqual(self.is_sent(record, kind), self.expected(*case))

    def test_the_box_shows_what_will_be(self):
        for kind in KINDS:
            for switch in (True, False):
                for case, record in self.made_for_each_case(kind, switch):
                    with self.subTest(kind, switch=switch, case=case):
                        self.assertEqual(record.xero_send, self.expected(switch, *case))

    def expected(self, switch, partner, box):
        wanted = {"yes": True, "no": False, "always": True, "never": False}
        return wanted.get(box, wanted.get(partner, switch))

    def made_for_each_case(self, kind, switch):
        """A document for each choice of partner and box.

        :return: list of ((partner's choice, box), document)
        """
        self.switch(kind, on=switch)
        field = "xero_send_sales" if kind in SALES else "xero_send_purchases"
        made = []
        for choice, box in product(PARTNER_CHOICES, BOXES):
            name = f"{kind} {switch} {choice} {box}"
            partner = self.env["res.partner"].create({"name": name, field: choice})
            values = {"partner_id": partner.id, "xero_send_choice": box}
            made.append(((choice, box), self.make(kind, **values)))
        return made

    def test_the_choice_for_sales_is_none_for_purchases_and_vice_versa(self):
        partner = self.env["res.partner"].create(
            {"name": "Both", "xero_send_sales": "never"}
        )
        bill = self.make("bill", partner_id=partner.id)
        invoice = self.make("invoice", partner_id=partner.id)
        self.run_job(self.connection)
        self.assertTrue(self.is_sent(bill, "bill"))
        self.assertFalse(self.is_sent(invoice, "invoice"))

    def test_a_contact_persons_document_follows_the_companys_choice(self):
        firm = self.env["res.partner"].create(
            {"name": "Firm", "is_company": True, "xero_send_sales": "never"}
        )
        person = self.env["res.partner"].create({"name": "Pat", "parent_id": firm.id})
        invoice = self.make("invoice", partner_id=person.id)
        self.run_job(self.connection)
        self.assertFalse(self.is_sent(invoice, "invoice"))

    def test_ticking_the_box_afterwards_sends_and_unticking_takes_nothing_away(self):
        for kind in KINDS:
            with self.subTest(kind):
                self.switch(kind, on=False)
                record = self.make(kind)
                self.run_job(self.connection)
                self.assertFalse(self.is_sent(record, kind))
                record.xero_send = True
                self.run_job(self.connection)
                self.assertTrue(self.is_sent(record, kind))
                record.xero_send = False
                self.run_job(self.connection)
                self.assertTrue(self.is_sent(record, kind))

    def test_switched_off_later_what_is_in_xero_is_kept_in_step(self):
        for kind in KINDS:
            with self.subTest(kind):
                self.switch(kind, on=True)
                record = self.make(kind)
                self.run_job(self.connection)
                self.switch(kind, on=False)
                record.xero_send = False
                self.change(record, kind)
                self.run_job(self.connection)
                held = self.xero_document_of(record, kind)
                self.assertEqual(held["Total"], record.amount_total)
                self.end(record, kind)
                self.run_job(self.connection)
                row = self.row_of(record, kind)
                self.assertIn(row.xero_status, ("DELETED", "VOIDED"), row.message)

    def test_an_edit_does_not_send_what_was_left_out_when_it_was_made(self):
        for kind in ("sale_order", "purchase_order"):
            with self.subTest(kind):
                self.switch(kind, on=False)
                record = self.make(kind)
                self.switch(kind, on=True)
                self.change(record, kind)
                self.run_job(self.connection)
                self.assertFalse(record.xero_document_ids)

    def test_the_button_sends_whatever_switch_partner_and_box_say(self):
        for kind in KINDS:
            with self.subTest(kind):
                self.switch(kind, on=False)
                record = self.make(kind, xero_send_choice="no")
                record._xero_partner(kind).write(
                    {"xero_send_sales": "never", "xero_send_purchases": "never"}
                )
                record.action_xero_send()
                self.finish_request()
                self.assertTrue(self.is_sent(record, kind), record.xero_message)


@tagged("post_install", "-at_install")
class TestOtherConnections(SwitchCase):
    """Branches go through their parent's connection; an archived one sends nothing."""

    def branch(self):
        """A company below the connected one, which has no connection of its own."""
        branch = self.env["res.company"].create(
            {"name": "Cairns Branch", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        return branch

    def test_a_branchs_documents_go_through_its_parents_connection(self):
        branch = self.branch()
        for kind in KINDS:
            with self.subTest(kind):
                self.switch(kind, on=True)
                lines = {}
                if kind in ("quotation", "sale_order"):
                    line = {"product_id": self.product.id}
                    lines["order_line"] = [Command.create(line)]
                record = self.make(kind, company_id=branch.id, **lines)
                self.run_job(self.connection)
                self.assertTrue(self.is_sent(record, kind), record.xero_message)

    def test_a_buyer_who_sees_only_the_branch_approves_and_sends(self):
        branch = self.branch()
        buyer = new_test_user(
            self.env,
            "branch buyer",
            "purchase.group_purchase_user",
            company_id=branch.id,
            company_ids=[Command.set(branch.ids)],
        )
        orders = self.new_purchase(company_id=branch.id)
        orders += self.new_purchase(company_id=branch.id, xero_send_choice="no")
        orders = orders.with_user(buyer).with_context(allowed_company_ids=branch.ids)
        orders.button_confirm()
        orders[1].action_xero_send()
        self.finish_request()
        self.assertEqual(orders.mapped("xero_state"), ["synced", "synced"])
        self.assertTrue(all(orders.mapped("xero_number")))

    def test_orders_of_several_companies_confirmed_at_once_go_their_own_ways(self):
        other = self.setup_other_company(name="Hobart Pty")["company"]
        theirs = self.connect_to_britain(other)
        orders = self.new_order() + self.new_order(
            company_id=other.id,
            order_line=[Command.create({"product_id": self.product.id})],
        )
        orders.action_confirm()
        self.end_click()
        rows = orders.xero_document_ids
        self.assertEqual(rows.connection_id, self.connection + theirs)
        self.assertEqual(rows.company_id, self.company + other)

    def test_a_choice_made_while_working_in_the_branch_counts(self):
        branch = self.branch()
        self.vendor.with_company(branch).xero_send_purchases = "never"
        order = self.make("purchase_order", company_id=branch.id)
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)

    def test_with_an_archived_connection_nothing_is_made_and_nobody_is_stopped(self):
        self.connection.active = False
        for kind in KINDS:
            with self.subTest(kind):
                record = self.make(kind)
                self.assertFalse(record.xero_document_ids)
                self.assertFalse(record.xero_send)
                self.end(record, kind)
        self.assertEqual(self.write_calls(), [])

    def test_what_changed_while_the_connection_was_archived_goes_afterwards(self):
        for kind in KINDS:
            with self.subTest(kind):
                self.switch(kind, on=True)
                record = self.make(kind)
                self.run_job(self.connection)
                self.connection.active = False
                self.change(record, kind)
                self.run_job(self.connection)
                self.connection.active = True
                self.run_job(self.connection)
                held = self.xero_document_of(record, kind)
                self.assertEqual(held["Total"], record.amount_total)

    def test_while_xero_has_thrown_us_out_changes_wait_for_the_new_connection(self):
        order = self.make("purchase_order")
        self.run_job(self.connection)
        self.connection.sudo().state = "broken"
        order.order_line.price_unit = 99
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        self.connection.action_connect()
        self.finish_request()
        self.run_job(self.connection)
        held = self.xero_document_of(order, "purchase_order")
        self.assertEqual(held["Total"], order.amount_total)
