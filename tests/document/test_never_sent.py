from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import date_utils

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestNeverSent(ConnectedCase):
    """The connection says what this month's books have and nobody sends."""

    def setUp(self):
        super().setUp()
        self.today = fields.Date.context_today(self.connection)

    def entry(self, amount, **values):
        """A posted journal entry, as landed costs and the till make them."""
        accounts = (
            self.company_data["default_account_expense"],
            self.company_data["default_account_revenue"],
        )
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": self.today,
                "line_ids": [
                    Command.create({"account_id": accounts[0].id, "debit": amount}),
                    Command.create({"account_id": accounts[1].id, "credit": amount}),
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def never_sent(self, user=None):
        connection = self.connection.with_user(user or self.env.user)
        connection.invalidate_recordset(["never_sent"])
        return connection.never_sent

    def opened(self):
        action = self.connection.action_open_never_sent()
        return self.env[action["res_model"]].search(action["domain"])

    def test_nothing_is_said_when_there_is_nothing(self):
        self.assertFalse(self.never_sent())

    def test_entries_of_this_month_are_counted_and_added_up(self):
        self.entry(100)
        self.entry(20.5)
        self.assertIn("2 journal entries", self.never_sent())
        self.assertIn("120.50", self.never_sent())

    def test_the_line_opens_what_it_counts(self):
        entries = self.entry(100) + self.entry(20)
        self.assertEqual(self.opened(), entries)

    def test_invoices_payments_and_other_months_are_not_counted(self):
        invoice = self.new_move("out_invoice", invoice_date=self.today)
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"payment_date": self.today}).action_create_payments()
        month_start, _end = date_utils.get_month(self.today)
        self.entry(100, date=month_start - timedelta(days=1))
        self.assertFalse(self.never_sent())
        self.assertFalse(self.opened())

    def test_another_companys_entries_are_its_own(self):
        other = self.setup_other_company()
        self.entry(
            100,
            company_id=other["company"].id,
            journal_id=other["default_journal_misc"].id,
            line_ids=[
                Command.create(
                    {"account_id": other["default_account_expense"].id, key: 100}
                )
                for key in ("debit", "credit")
            ],
        )
        self.assertFalse(self.never_sent())

    def test_who_may_not_see_entries_reads_nothing(self):
        self.entry(100)
        buyer = self.new_user("buyer", "purchase.group_purchase_user")
        self.assertFalse(self.never_sent(buyer))

    def test_many_entries_take_no_more_queries_than_one(self):
        self.entry(100)
        self.never_sent()
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.never_sent()
