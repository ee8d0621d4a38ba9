"""Analytic distributions in Odoo, tracking in Xero."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ...mappers.amounts import amount_parts
from .tracking_case import TrackingCase


@tagged("post_install", "-at_install")
class TestTracking(TrackingCase):
    def test_an_analytic_account_is_its_option_on_an_invoice(self):
        invoice = self.invoice((self.east, 100.0))
        self.assertEqual(self.tracked(invoice), [("Eastside", 1, 100)])
        self.assertEqual(invoice.xero_state, "synced")

    def test_an_option_chosen_in_a_branch_is_the_parents_too(self):
        branch = self.env["res.company"].create(
            {"name": "Cairns Branch", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        option = self.north.xero_tracking_option_id
        self.east.with_company(branch).xero_tracking_option_id = option
        invoice = self.invoice((self.east, 100.0))
        self.assertEqual(self.tracked(invoice), [("North", 1, 100)])

    def test_every_kind_tells_it(self):
        self.connection.auto_quotation = True
        distribution = self.shares((self.north, 100.0))
        order = self.new_order()
        order.order_line.analytic_distribution = distribution
        self.run_job(self.connection)
        order.action_confirm()
        purchase = self.new_purchase()
        purchase.order_line.analytic_distribution = distribution
        purchase.button_confirm()
        moves = [self.new_move(t) for t in ("out_refund", "in_invoice", "in_refund")]
        for move in moves:
            move.invoice_line_ids.analytic_distribution = distribution
            move.action_post()
        self.run_job(self.connection)
        found = [self.tracked(order, "quotation"), self.tracked(order, "sale_order")]
        found += [self.tracked(record) for record in (purchase, *moves)]
        for lines in found:
            self.assertEqual([line[0] for line in lines], ["North"])

    def test_a_quote_names_the_option_by_its_id_and_an_invoice_by_names(self):
        self.connection.auto_quotation = True
        order = self.new_order()
        order.order_line.analytic_distribution = self.shares((self.north, 100.0))
        self.run_job(self.connection)
        order.action_confirm()
        self.run_job(self.connection)
        quote, invoice = (
            self.write_calls(path)[0]["body"] for path in ("/Quotes", "/Invoices")
        )
        option = self.north.xero_tracking_option_id.xero_key
        self.assertIn(f'"Tracking":[{{"TrackingOptionID":"{option}"}}]', quote)
        self.assertIn('"Tracking":[{"Name":"Region","Option":"North"}]', invoice)

    def test_a_split_distribution_is_proportional_lines(self):
        invoice = self.invoice((self.east, 60.0), (self.north, 40.0))
        self.assertEqual(
            self.tracked(invoice), [("Eastside", 0.6, 60), ("North", 0.4, 40)]
        )

    def test_thirds_of_a_cent_add_up(self):
        invoice = self.invoice(
            (self.east, 33.33), (self.north, 33.33), (self.saw, 33.34), price=0.05
        )
        lines = self.tracked(invoice)
        self.assertEqual(
            [line[::2] for line in lines],
            [("Eastside", 0.02), ("North", 0.01), ("", 0.02)],
        )
        self.assertEqual(invoice.xero_state, "synced")

    def test_what_is_not_distributed_is_not_tracked(self):
        invoice = self.invoice((self.east, 75.0))
        self.assertEqual(
            self.tracked(invoice), [("Eastside", 0.75, 75), ("", 0.25, 25)]
        )

    def test_two_plans_side_by_side_are_independent(self):
        invoice = self.invoice(
            (self.east, 50.0), (self.north, 50.0), (self.retail, 80.0)
        )
        self.assertEqual(
            sorted(self.tracked(invoice)),
            [
                ("Eastside", 0.1, 10),
                ("North", 0.1, 10),
                ("Retail/Eastside", 0.4, 40),
                ("Retail/North", 0.4, 40),
            ],
        )

    def test_two_plans_of_one_share_stay_together(self):
        invoice = self.invoice(
            (self.east + self.retail, 70.0), (self.north + self.services, 30.0)
        )
        self.assertEqual(
            sorted(self.tracked(invoice)),
            [("Retail/Eastside", 0.7, 70), ("Services/North", 0.3, 30)],
        )

    def test_a_plan_that_is_not_mapped_is_not_sent(self):
        invoice = self.invoice((self.saw, 30.0), (self.saw + self.east, 70.0))
        self.assertEqual(
            sorted(self.tracked(invoice)), [("", 0.3, 30), ("Eastside", 0.7, 70)]
        )

    def test_nothing_is_sent_while_no_plan_is_mapped(self):
        self.connection.tracking_category_ids.plan_id = False
        invoice = self.invoice((self.east, 60.0), (self.north, 40.0))
        self.assertEqual(self.tracked(invoice), [("", 1, 100)])

    def test_an_account_without_option_is_an_issue_that_its_choice_solves(self):
        south = self.east.copy({"name": "Elsewhere"})
        first = self.invoice((south, 100.0))
        second = self.invoice((south, 50.0))
        self.assertFalse(self.xero_document_of(first))
        self.assertIn("Elsewhere", first.xero_message)
        issue = (first + second).xero_document_ids.issue_ids
        self.assertEqual(len(issue), 1)
        self.assertEqual(issue.blocked_count, 2)
        action = issue.action_fix()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (south._name, south.id)
        )
        south.xero_tracking_option_id = self.region.option_ids[-1]
        self.run_job(self.connection)
        self.assertEqual((first + second).mapped("xero_state"), ["synced"] * 2)

    def test_unmapping_the_plan_solves_it_too(self):
        invoice = self.invoice((self.east.copy({"name": "Elsewhere"}), 100.0))
        self.region.plan_id = False
        self.run_job(self.connection)
        self.assertEqual(self.tracked(invoice), [("", 1, 100)])

    def test_an_archived_option_is_an_issue(self):
        option = self.east.xero_tracking_option_id.sudo()
        option.active = False
        invoice = self.invoice((self.east, 100.0))
        self.assertIn("Eastside", invoice.xero_message)
        option.active = True
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced")

    def test_more_than_a_whole_is_told_and_nothing_is_sent(self):
        invoice = self.invoice((self.east, 80.0), (self.north, 40.0))
        self.assertFalse(self.xero_document_of(invoice))
        self.assertIn("100%", invoice.xero_message)

    def test_a_change_of_the_distribution_goes_out(self):
        invoice = self.invoice((self.east, 100.0))
        invoice.invoice_line_ids.analytic_distribution = self.shares((self.north, 100))
        self.run_job(self.connection)
        self.assertEqual(self.tracked(invoice), [("North", 1, 100)])

    def test_a_restated_part_has_its_quantity_in_the_text(self):
        invoice = self.invoice((self.east, 50.0), (self.north, 50.0), price=10.01)
        texts = [
            line["Description"]
            for line in self.xero_document_of(invoice)["LineItems"][1:]
        ]
        self.assertNotIn("(", texts[0])
        self.assertIn("(0.5 at 10.01)", texts[1])


@tagged("post_install", "-at_install")
class TestTrackingMapping(TrackingCase):
    def test_categories_and_options_are_proposed_by_name(self):
        self.assertEqual(self.region.plan_id, self.regions)
        self.assertEqual(self.east.xero_tracking_option_id.name, "Eastside")
        self.assertFalse(self.saw.xero_tracking_option_id)

    def test_a_code_proposes_too(self):
        account = self.east.copy({"name": "Shop 7", "code": "west  COAST"})
        self.assertEqual(account.xero_tracking_proposal_id.name, "West Coast")

    def test_a_plan_stands_for_one_category(self):
        other = self.connection.tracking_category_ids - self.region
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            other.plan_id = self.regions
            other.flush_recordset()

    def test_only_accounts_of_mapped_plans_are_to_be_mapped(self):
        listed = self.accounts.search([("xero_tracking_category_id", "!=", False)])
        self.assertEqual(
            listed & (self.east + self.retail + self.saw), self.east + self.retail
        )

    def test_an_accountant_maps_and_changes_nothing_else(self):
        accountant = self.new_user(
            "xero_accountant",
            "xero_sync.xero_sync_group_accountant,account.group_account_user",
        )
        region = self.region.with_user(accountant)
        region.plan_id = False
        with self.assertRaises(AccessError):
            region.name = "Mine"

    def test_an_accountant_without_analytic_rights_sees_the_proposal(self):
        accountant = self.new_user("xero_accountant", "accountant")
        self.region.plan_id = False
        (seen,) = self.region.with_user(accountant).web_read(
            {"plan_proposal_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(seen["plan_proposal_id"]["id"], self.regions.id)

    def test_a_user_does_not_map(self):
        user = self.new_user("xero_user", "xero_sync.xero_sync_group_user")
        with self.assertRaises(AccessError):
            self.region.with_user(user).plan_id = False


AMOUNTS = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
WEIGHTS = st.lists(st.integers(1, 10000), min_size=1, max_size=9)


@tagged("post_install", "-at_install")
class TestAmountParts(BaseCase):
    # A busy machine makes examples slowly; how many there are stays the same
    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(AMOUNTS, WEIGHTS)
    def test_parts_add_up_and_are_a_cent_from_their_share_at_most(
        self, amount, weights
    ):
        shares = [Decimal(weight) / sum(weights) for weight in weights]
        parts = amount_parts(amount, shares)
        self.assertEqual(sum(parts), amount)
        for part, share in zip(parts, shares, strict=True):
            self.assertLessEqual(abs(part - amount * share), Decimal("0.01001"))
            self.assertGreaterEqual(part * amount, 0)
