"""Payment terms and currency of a contact."""

from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import date_utils

from ...mappers.payment_terms import (
    odoo_line,
    same_term,
    term_to_xero,
)
from .contact_mapping_case import XERO_ID, ContactMappingCase


@tagged("post_install", "-at_install")
class TestContactAccounting(ContactMappingCase):
    """Payment terms and currency."""

    def term(self, **line):
        return self.env["account.payment.term"].create(
            {"name": "Term", "line_ids": [Command.create(line)]}
        )

    def due(self, day, kind, start):
        """Xero's due date, after its page on types of payment terms."""
        month_end = date_utils.end_of(start, "month")
        if kind == "DAYSAFTERBILLDATE":
            return start + timedelta(day)
        if kind == "DAYSAFTERBILLMONTH":
            return month_end + timedelta(day)
        self.assertGreater(day, 0, "a month has no day 0")
        next_end = date_utils.end_of(month_end + timedelta(1), "month")
        return min(month_end + timedelta(day), next_end)

    def test_a_term_in_xero_has_the_due_date_it_has_in_odoo(self):
        starts = [date(2027, 1, 1) + timedelta(days) for days in range(0, 400, 3)]
        starts += [date(2028, 1, 31), date(2028, 2, 29), date(2026, 12, 31)]
        lines = [
            {"delay_type": delay_type, "nb_days": days, "days_next_month": day}
            for delay_type in (
                "days_after",
                "days_after_end_of_month",
                "days_after_end_of_next_month",
                "days_end_of_month_on_the",
            )
            for days in (0, 1, 20, 31, 32)
            for day in ("0", "1", "15", "31")
        ]
        said = 0
        for line in lines:
            term = self.term(**line)
            pair = term_to_xero(term)
            for start in starts if pair else ():
                odoo = term.line_ids._get_due_date(start)
                self.assertEqual(self.due(*pair, start), odoo, (line, pair, start))
            said += bool(pair)
        self.assertEqual(said, 4 * 4 + 4 * 4 + 4 + 4)

    def test_every_term_of_xero_that_odoo_can_say_comes_back_as_itself(self):
        said = 0
        for kind in (
            "DAYSAFTERBILLDATE",
            "DAYSAFTERBILLMONTH",
            "OFCURRENTMONTH",
            "OFFOLLOWINGMONTH",
        ):
            for day in range(-1, 33):
                line = odoo_line(day, kind)
                if line:
                    pair = term_to_xero(self.term(**line))
                    self.assertEqual(same_term(*pair), same_term(day, kind))
                    said += 1
        # Of the same month there is only its end; of the next one no day 0
        self.assertEqual(said, 32 + 32 + 1 + 31)

    def test_an_import_brings_the_terms_that_odoo_lacks(self):
        terms = {"Sales": {"Day": 20, "Type": "OFFOLLOWINGMONTH"}}
        late = {"Bills": {"Day": 20, "Type": "OFCURRENTMONTH"}}
        self.xero.seed(
            "Contacts",
            [
                {"Name": "Kauri One", "PaymentTerms": terms},
                {"Name": "Kauri Two", "PaymentTerms": terms},
                {"Name": "Kauri Three", "PaymentTerms": late},
            ],
        )
        found = self.env["xero.import"].create({"connection_id": self.connection.id})
        found.action_read()
        self.run_job(self.connection)
        found.action_run()
        self.run_job(self.connection)
        lines = found.line_ids.sorted("name")
        one, three, two = lines.filtered(lambda each: each.name.startswith("Kauri"))
        term = one.partner_id.property_payment_term_id
        self.assertEqual(term_to_xero(term), (20, "OFFOLLOWINGMONTH"))
        self.assertEqual(two.partner_id.property_payment_term_id, term)
        self.assertEqual(term.company_id, self.company)
        self.assertIn("day 20 of the month", three.message)

    def test_terms_xero_has_no_word_for_are_not_sent(self):
        refs = (
            "45days",
            "advance_60days",
            "30days_early_discount",
            "30_days_end_month_the_10",
        )
        for name in refs:
            term = self.env.ref(f"account.account_payment_term_{name}")
            body = self.body(self.new_partner(property_payment_term_id=term.id))
            self.assertNotIn("PaymentTerms", body, name)

    def test_the_terms_of_the_other_side_stay_as_they_are_in_xero(self):
        term = self.env.ref("account.account_payment_term_15days")
        partner = self.new_partner(property_payment_term_id=term.id)
        self.link(partner, bill_terms={"day": 7, "type": "OFCURRENTMONTH"})
        self.assertEqual(
            self.body(partner, XERO_ID)["PaymentTerms"]["Bills"],
            {"Day": 7, "Type": "OFCURRENTMONTH"},
        )

    def test_a_currency_the_organisation_lacks_is_not_sent(self):
        franc = self.env.ref("base.CHF")
        franc.active = True
        partner = self.new_partner(property_purchase_currency_id=franc.id)
        self.assertNotIn("DefaultCurrency", self.body(partner))

    def test_the_company_s_own_currency_is_not_sent(self):
        currency = self.company.currency_id
        partner = self.new_partner(property_purchase_currency_id=currency.id)
        self.assertNotIn("DefaultCurrency", self.body(partner))

    def test_of_two_foreign_currencies_none_is_the_default(self):
        self.env.ref("base.EUR").active = True
        partner = self.full_partner()
        partner.property_purchase_currency_id = self.env.ref("base.EUR")
        self.assertNotIn("DefaultCurrency", self.body(partner))
