"""Dates that arrive are those on Odoo's form, a due date before the date too."""

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.modules.module import load_script
from odoo.tests import tagged

from .invoice_case import InvoiceCase

# 3 March, 9:30 in Auckland; 2 March, 12:30 in Los Angeles
ONE_INSTANT = "2026-03-02 20:30:00"


class DatesCase(InvoiceCase):
    def drafted(self, move_type="out_invoice", **values):
        """A draft without a date: Odoo gives it the day on which it is posted."""
        return self.new_move(move_type, **{"invoice_date": False, **values})

    def assert_dates_arrive(self, move, date, due):
        """Both are on Odoo's form and in Xero, and nobody is asked."""
        self.run_job(self.connection)
        self.assertEqual(move.xero_state, "synced", move.xero_message)
        form = (move.invoice_date, move.invoice_date_due)
        self.assertEqual(form, tuple(map(fields.Date.to_date, (date, due))))
        held = self.xero_document_of(move)
        self.assertEqual((held["Date"], held["DueDate"]), (date, due))
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertFalse(self.env["xero.issue"].search([("state", "=", "open")]))


@tagged("post_install", "-at_install")
class TestDueBeforeDate(DatesCase):
    """Everyday without payment terms, and taken by Xero."""

    def test_draft_made_yesterday_and_posted_today(self):
        with freeze_time("2026-03-01 10:00:00"):
            invoice = self.drafted()
        with freeze_time("2026-03-02 10:00:00"):
            invoice.action_post()
        self.assert_dates_arrive(invoice, "2026-03-02", "2026-03-01")

    def test_invoice_dated_ahead(self):
        with freeze_time("2026-03-02 10:00:00"):
            invoice = self.drafted()
            invoice.invoice_date = "2026-03-31"
            invoice.action_post()
        self.assert_dates_arrive(invoice, "2026-03-31", "2026-03-02")

    def test_bill_that_came_late_has_the_due_date_of_the_paper(self):
        bill = self.posted(
            "in_invoice", invoice_date="2026-03-31", invoice_date_due="2026-03-15"
        )
        self.assert_dates_arrive(bill, "2026-03-31", "2026-03-15")

    def test_a_date_that_moves_behind_the_due_date_is_sent(self):
        invoice = self.sent()
        invoice.button_draft()
        invoice.write({"invoice_date": "2026-03-31", "invoice_date_due": "2026-03-15"})
        invoice.action_post()
        self.assert_dates_arrive(invoice, "2026-03-31", "2026-03-15")


@tagged("post_install", "-at_install")
class TestTimeZones(DatesCase):
    """Two people at work in the same instant, on two days."""

    def setUp(self):
        super().setUp()
        groups = "account.group_account_invoice,sales_team.group_sale_manager"
        self.auckland, self.los_angeles = (
            self.new_user(zone, groups, tz=zone)
            for zone in ("Pacific/Auckland", "America/Los_Angeles")
        )

    def posted_by(self, drafter, poster):
        """An invoice that one person drafts and one posts, in one instant."""
        with freeze_time(ONE_INSTANT):
            invoice = self.drafted_by(drafter)
            invoice.with_user(poster).action_post()
            self.end_click()
        return invoice.with_user(self.env.user)

    def drafted_by(self, user):
        line = {"product_id": self.product.id, "price_unit": 100, "tax_ids": self.gst}
        values = {
            "move_type": "out_invoice",
            "partner_id": self.customer.id,
            "invoice_line_ids": [Command.create(line)],
        }
        return self.env["account.move"].with_user(user).create(values)

    def test_an_invoice_has_the_day_of_who_posted_it(self):
        for user, day in (
            (self.auckland, "2026-03-03"),
            (self.los_angeles, "2026-03-02"),
        ):
            with self.subTest(tz=user.tz):
                self.assert_dates_arrive(self.posted_by(user, user), day, day)

    def test_drafted_in_los_angeles_and_posted_in_auckland_it_was_due_yesterday(self):
        invoice = self.posted_by(self.los_angeles, self.auckland)
        self.assert_dates_arrive(invoice, "2026-03-03", "2026-03-02")

    def test_drafted_in_auckland_and_posted_in_los_angeles_it_is_due_tomorrow(self):
        invoice = self.posted_by(self.auckland, self.los_angeles)
        self.assert_dates_arrive(invoice, "2026-03-02", "2026-03-03")

    def test_an_order_has_the_day_on_its_salespersons_form(self):
        self.company.partner_id.tz = False
        for user, day in (
            (self.auckland, "2026-03-03"),
            (self.los_angeles, "2026-03-02"),
        ):
            with self.subTest(tz=user.tz), freeze_time(ONE_INSTANT):
                order = self.confirmed_order(user_id=user.id)
            self.run_job(self.connection)
            self.assertEqual(self.draft_of(order)["Date"], day)

    def test_orders_of_a_company_with_a_zone_have_its_day(self):
        self.company.partner_id.tz = "Pacific/Auckland"
        with freeze_time(ONE_INSTANT):
            order = self.confirmed_order(user_id=self.los_angeles.id)
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(order)["Date"], "2026-03-03")

    def test_an_upgrade_gives_rows_of_orders_the_day_that_xero_has(self):
        self.company.partner_id.tz = "Pacific/Auckland"
        with freeze_time(ONE_INSTANT):
            order = self.confirmed_order()
            purchase = self.approved_purchase()
        self.run_job(self.connection)
        rows = order.xero_document_ids | purchase.xero_document_ids
        rows.sudo().date = "2026-03-02"  # as the upgrade to 19.0.1.4.0 noted them
        self.env.flush_all()
        path = "xero_sync/migrations/19.0.1.5.0/post-days.py"
        load_script(path, "post-days").migrate(self.env.cr, "19.0.1.4.0")
        self.env.invalidate_all()
        days = {fields.Date.to_string(row.date) for row in rows}
        self.assertEqual(days, {"2026-03-03"})
