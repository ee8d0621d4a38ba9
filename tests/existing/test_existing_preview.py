from odoo import Command
from odoo.tests import tagged

from .existing_case import ExistingCase


@tagged("post_install", "-at_install")
class TestExistingPreview(ExistingCase):
    """What is said before anything is done, and that nothing is."""

    def test_looking_writes_nothing_in_xero_and_nothing_on_documents(self):
        move = self.posted()
        self.typed(move)
        written = (move.write_date, move.partner_id.write_date, len(move.message_ids))
        existing = self.preview()
        self.env.invalidate_all()
        self.assertFalse(self.write_calls())
        self.assertFalse(self.env["xero.document"].search([]))
        self.assertFalse(self.env["xero.issue"].search([]))
        self.assertEqual(
            (move.write_date, move.partner_id.write_date, len(move.message_ids)),
            written,
        )
        self.assertEqual(existing.state, "review")

    def test_sums_say_how_many_and_how_much_by_kind_and_currency(self):
        self.posted()
        self.typed(self.posted())
        euro = self.euro()
        self.posted(currency_id=euro.id)
        self.posted("out_refund")
        sums = self.preview().sum_ids
        told = {
            (each.kind, each.currency): (
                each.count,
                each.total,
                each.link_count,
                each.send_count + each.fix_count,
                each.decide_count,
            )
            for each in sums
        }
        self.assertEqual(told["invoice", "AUD"], (2, 220, 1, 1, 0))
        self.assertEqual(told["invoice", "EUR"], (1, 110, 0, 1, 0))
        self.assertEqual(told["credit_note", "AUD"], (1, 110, 0, 1, 0))

    def test_what_would_be_refused_is_grouped_by_its_cause_with_its_button(self):
        tax = self.gst.copy({"name": "A new tax", "amount": 7})
        line = {"name": "Work", "price_unit": 100, "tax_ids": tax.ids}
        for _number in range(2):
            self.posted(invoice_line_ids=[Command.create(line)])
        self.posted()
        existing = self.preview()
        self.assertEqual((existing.fix_count, existing.send_count), (2, 1))
        problem = existing.problem_ids.ensure_one()
        self.assertEqual((problem.kind, problem.cure, problem.count), ("tax", "map", 2))
        self.assertIn("A new tax", problem.name)
        self.assertEqual(problem.action_cure()["res_id"], tax.id)
        opened = problem.action_open_lines()
        shown = self.env[opened["res_model"]].search(opened["domain"])
        self.assertEqual(len(shown), 2)
        self.assertIn("A new tax", shown[0].reason)

    def test_started_all_the_same_it_is_an_issue_and_goes_once_cured(self):
        tax = self.gst.copy({"name": "A new tax"})
        line = {"name": "Work", "price_unit": 100, "tax_ids": tax.ids}
        move = self.posted(invoice_line_ids=[Command.create(line)])
        existing = self.preview()
        self.start(existing)
        self.assertEqual((move.xero_state, existing.kept_count), ("failed", 1))
        tax.xero_tax_rate_id = self.gst.xero_tax_rate_id
        self.run_job(self.connection)
        self.assertEqual(move.xero_state, "synced")

    def test_contacts_to_link_to_create_and_to_decide_are_counted(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "Bayside Wholesale"},
                {"name": "Somebody New"},
                {
                    "name": "Bayside Wholesale Pty",
                    "email": "orders@bayside.example.com",
                },
            ]
        )
        for partner in (*partners, self.customer):
            self.posted(partner_id=partner.id)
        existing = self.preview()
        fates = {line.partner_id: line.contact_fate for line in existing.line_ids}
        self.assertEqual(fates[self.customer], "linked")
        self.assertEqual(fates[partners[1]], "create")
        self.assertEqual(
            (
                existing.contacts_to_link,
                existing.contacts_to_create,
                existing.contacts_to_decide,
            ),
            tuple([*fates.values()].count(f) for f in ("link", "create", "decide")),
        )

    def test_calls_and_time_are_told(self):
        for _number in range(3):
            self.posted()
        existing = self.preview()
        self.assertEqual(existing._calls_needed(), 1)
        self.assertIn("Time: 1 min at least.", existing.effort)
        self.connection.attach_pdf = True
        self.assertEqual(existing._calls_needed(), 4)
        self.connection.sudo().day_limit = 2
        existing.invalidate_recordset()
        self.assertIn("Days: 2.", existing.effort)

    def test_without_documents_it_says_so(self):
        existing = self.preview()
        self.assertFalse(existing.found_count)
        self.assertFalse(existing.effort)
