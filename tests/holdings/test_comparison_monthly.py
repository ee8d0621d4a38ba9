import io
import json
from datetime import date
from unittest.mock import patch

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .comparison_case import ComparisonCase


@tagged("post_install", "-at_install")
class TestComparisonMonthly(ComparisonCase):
    """A month that is over compares itself, and tells the responsible person."""

    def comparisons(self):
        return self.env["xero.comparison"].search([])

    def in_april(self):
        """The job, on a day of April."""
        self.connection.choices_at = "2026-04-01 00:00:00"
        self.env["xero.token"].sudo().search([]).expires_at = "2026-04-02 00:00:00"
        with freeze_time("2026-04-01 09:00:00"):
            self.run_job(self.connection)
            for comparison in self.comparisons():
                self.finish(comparison)

    def mails(self):
        domain = [("subject", "like", "March 2026")]
        return self.env["mail.message"].sudo().search(domain)

    def test_nothing_compares_itself_unless_somebody_wishes(self):
        self.in_april()
        self.assertFalse(self.comparisons())

    def test_the_month_that_is_over_is_compared_once(self):
        self.posted()
        self.connection.compare_monthly = True
        self.in_april()
        self.in_april()
        comparison = self.comparisons().ensure_one()
        days = (comparison.date_from, comparison.date_to)
        self.assertEqual(days, (date(2026, 3, 1), date(2026, 3, 31)))
        self.assertEqual((comparison.state, comparison.same_count), ("done", 1))

    def test_the_responsible_person_gets_one_line_and_the_spreadsheet(self):
        self.posted()
        self.make_in_xero()
        self.connection.compare_monthly = True
        self.in_april()
        mail = self.mails().ensure_one()
        self.assertIn("March 2026: 2 documents, 1 different", mail.subject)
        self.assertIn(self.env.user.partner_id, mail.notified_partner_ids)
        attachment = mail.attachment_ids.ensure_one()
        book = openpyxl.load_workbook(io.BytesIO(attachment.raw))
        self.assertEqual(book.worksheets[0].max_row, 2)
        self.assertIn("only in Xero", mail.body)

    def test_mail_and_spreadsheet_are_in_the_language_of_who_gets_them(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env.user.lang = "de_DE"
        self.posted()
        self.make_in_xero()
        self.connection.compare_monthly = True
        self.in_april()
        domain = [("subject", "like", "März 2026: 2 Belege, 1 abweichend")]
        mail = self.env["mail.message"].sudo().search(domain).ensure_one()
        self.assertIn("März 2026: 2 Belege, 1 abweichend", mail.body)
        book = openpyxl.load_workbook(io.BytesIO(mail.attachment_ids.raw))
        self.assertEqual(book.sheetnames, ["Summen", "Nicht gleich"])

    def test_the_end_is_told_in_the_language_of_who_began_it(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env.user.lang = "de_DE"
        self.compare()
        self.env.cr.flush()
        told = self.env["bus.bus"].sudo().search([]).mapped("message")
        words = [json.loads(message)["payload"].get("title") for message in told]
        self.assertIn("Der Vergleich mit Xero ist fertig", words)

    @mute_logger("odoo.addons.xero_sync.models.imports.xero_import_run")
    def test_the_responsible_person_hears_of_one_that_was_stopped(self):
        self.connection.compare_monthly = True
        with patch.object(
            type(self.comparisons()), "_compare_elements", side_effect=KeyError("odd")
        ):
            self.in_april()
        mail = self.mails().ensure_one()
        self.assertIn("March 2026 was not compared with Xero", mail.subject)
        self.assertIn(self.env.user.partner_id, mail.notified_partner_ids)
        self.assertIn("unexpected", mail.body)
        self.assertFalse(mail.attachment_ids)

    def test_an_accountant_may_wish_it(self):
        accountant = self.new_user("an_accountant", "accountant")
        connection = self.connection.with_user(accountant)
        connection.compare_monthly = True
        self.assertTrue(self.connection.compare_monthly)
        with self.assertRaises(AccessError):
            connection.compared_until = "2026-01-31"
