from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..xero_server import TENANT_UK
from .existing_case import MARCH, ExistingCase

MODELS = (
    "xero.existing",
    "xero.existing.line",
    "xero.existing.candidate",
    "xero.existing.problem",
    "xero.existing.sum",
)


@tagged("post_install", "-at_install")
class TestExistingAccess(ExistingCase):
    """Accountants bring the documents of their own companies; others see nothing."""

    def test_an_accountant_without_other_rights_looks_decides_and_starts(self):
        moves = self.posted() + self.posted() + self.posted()
        self.typed(moves[0])
        self.typed(moves[1], Status="DRAFT", Date="2026-03-09")
        existings = self.env["xero.existing"].with_user(
            self.new_user("an_accountant", "accountant")
        )
        existing = existings.create({"connection_id": self.connection.id, **MARCH})
        existing.action_preview()
        self.work(existing)
        self.assertEqual(existing.sum_ids.count, 3)
        shown = existing.line_ids.read(["reason", "candidate_ids", "partner_id"])
        self.assertEqual(len(shown), 3)
        self.line_of(existing.sudo(), moves[1]).with_env(existing.env).action_set_skip()
        self.start(existing)
        self.assertEqual(
            [moves[0].xero_state, moves[1].xero_state, moves[2].xero_state],
            ["synced", False, "synced"],
        )
        self.assertEqual(moves[2].xero_document_ids.requested_by, existing.create_uid)
        self.assertTrue(existing.report)

    def test_nobody_writes_results_by_hand(self):
        self.typed(self.posted())
        existing = self.preview()
        for values in ({"state": "done"}, {"place": {}}, {"known_count": 9}):
            with self.assertRaises(AccessError):
                existing.write(values)
        for values in ({"result": "linked"}, {"odoo_total": 1}):
            with self.assertRaises(AccessError):
                existing.line_ids.write(values)

    def test_a_document_in_xero_of_another_kind_is_not_chosen(self):
        self.posted()
        self.typed(endpoint="CreditNotes", CreditNoteNumber="C-1")
        existing = self.preview()
        credit = existing.candidate_ids
        line = existing.line_ids
        with self.assertRaises(ValidationError):
            line.candidate_id = credit
        with self.assertRaises(ValidationError):
            line.action = "link"

    def test_decisions_end_with_the_start(self):
        self.posted()
        existing = self.preview()
        existing.action_run()
        with self.assertRaises(UserError):
            existing.line_ids.action = "skip"

    def test_who_is_no_accountant_sees_nothing(self):
        existing = self.preview().with_user(self.new_user("a_user", "user"))
        for model in MODELS:
            with self.assertRaises(AccessError):
                self.env[model].with_user(existing.env.user).search([])
        for method in ("action_preview", "action_run", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(existing, method)()
        with self.assertRaises(AccessError):
            existing.read(["report"])

    def test_an_accountant_of_another_company_sees_nothing(self):
        self.typed(self.posted())
        existing = self.preview()
        other = self.env["res.company"].create({"name": "Another Co"})
        stranger = self.new_user("a_stranger", "accountant", other)
        for model in MODELS:
            self.assertFalse(self.env[model].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            existing.with_user(stranger).action_run()

    def test_each_company_has_its_own_organisation(self):
        self.posted()
        other = self.setup_other_company(name="British Co")["company"]
        britain = self.connect_to_britain(other)
        self.xero.clear_calls()
        existing = self.preview(connection_id=britain.id)
        self.assertFalse(existing.line_ids)
        self.assertEqual(existing.company_id, other)
        tenants = {call["tenant"] for call in self.xero.calls("GET", "/Invoices")}
        self.assertEqual(tenants, {TENANT_UK})
        self.assertEqual(self.preview().found_count, 1)
