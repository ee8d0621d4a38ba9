from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .import_case import ImportCase


@tagged("post_install", "-at_install")
class TestImportAccess(ImportCase):
    """Accountants import, and only in the order of steps; others do not."""

    def setUp(self):
        super().setUp()
        self.accountant = self.new_user("an_accountant", "accountant")
        self.user = self.new_user("a_user", "user")
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}, {"Name": "Fresh"}])

    def accountants_import(self):
        imports = self.env["xero.import"].with_user(self.accountant)
        found = imports.create({"connection_id": self.connection.id})
        found.action_read()
        self.run_job(self.connection)
        return found

    def test_accountant_without_other_rights_imports(self):
        found = self.accountants_import()
        line = self.line_named(found, "Fresh")
        self.assertEqual(line.action, "create")
        found.action_run()
        self.run_job(self.connection)
        self.assertEqual(found.state, "done")
        self.assertEqual(self.partner_named("Fresh").create_uid, self.accountant)

    def test_accountant_decides_line_by_line(self):
        found = self.accountants_import()
        line = self.line_named(found, "Fresh")
        line.action = "skip"
        self.assertEqual(line.action, "skip")
        line.partner_id = self.vendor
        self.assertEqual(line.action, "link")
        line.partner_id = False
        self.assertEqual(line.action, "decide")

    def test_accountant_decides_in_bulk(self):
        found = self.accountants_import()
        found.line_ids.action_set_skip()
        self.assertEqual(set(found.line_ids.mapped("action")), {"skip"})
        found.line_ids.action_set_create()
        self.assertEqual(set(found.line_ids.mapped("action")), {"create"})
        self.assertFalse(found.line_ids.partner_id)

    def test_likeliest_candidate_is_linked_in_bulk(self):
        twin = self.customer.copy({"name": self.customer.name})
        found = self.accountants_import()
        found.line_ids.action_set_link()
        line = self.line_named(found, "Jane's Joinery")
        self.assertEqual(line.action, "link")
        self.assertIn(line.partner_id, self.customer + twin)
        self.assertEqual(self.line_named(found, "Fresh").action, "create")

    def test_link_needs_a_record(self):
        found = self.accountants_import()
        with self.assertRaises(ValidationError):
            self.line_named(found, "Fresh").action = "link"

    def test_partner_of_another_company_cannot_be_chosen(self):
        other = self.env["res.company"].create({"name": "Another Co"})
        foreign = self.env["res.partner"].create(
            {"name": "Theirs", "company_id": other.id}
        )
        line = self.line_named(self.accountants_import(), "Fresh")
        with self.assertRaises(UserError):
            line.sudo().with_user(self.env.user).partner_id = foreign

    def test_nobody_writes_results_or_states_by_hand(self):
        found = self.accountants_import()
        for record, vals in (
            (found, {"state": "done"}),
            (found, {"last_row_id": 1}),
            (found.line_ids[0], {"result": "created"}),
            (found.line_ids[0], {"contact_id": 1}),
            (found.line_ids[0], {"import_id": found.id}),
        ):
            with self.assertRaises(AccessError):
                record.write(vals)
        with self.assertRaises(AccessError):
            self.env["xero.import"].with_user(self.accountant).create(
                {"connection_id": self.connection.id, "state": "running"}
            )
        with self.assertRaises(AccessError):
            found.line_ids[0].copy()
        with self.assertRaises(AccessError):
            found.line_ids.unlink()

    def test_filters_are_fixed_once_it_has_been_read(self):
        with self.assertRaises(UserError):
            self.accountants_import().role = "suppliers"

    def test_linked_and_finished_lines_are_fixed(self):
        found = self.accountants_import()
        fresh = self.line_named(found, "Fresh")
        with self.assertRaises(UserError):
            fresh.action = "linked"
        self.env["res.partner"].browse(self.vendor.id).xero_contact_id = self.row_named(
            "City Agency"
        )
        again = self.accountants_import()
        with self.assertRaises(UserError):
            self.line_named(again, "City Agency").action = "create"
        found.action_run()
        self.run_job(self.connection)
        with self.assertRaises(UserError):
            fresh.action = "skip"

    def test_steps_go_in_order(self):
        imports = self.env["xero.import"].with_user(self.accountant)
        new = imports.create({"connection_id": self.connection.id})
        with self.assertRaises(UserError):
            new.action_run()
        with self.assertRaises(UserError):
            new.action_retry()
        new.action_read()
        with self.assertRaises(UserError):
            new.action_read()
        with self.assertRaises(UserError):
            new.unlink()

    def test_user_neither_sees_nor_starts_an_import(self):
        found = self.accountants_import().with_user(self.user)
        imports = self.env["xero.import"].with_user(self.user)
        with self.assertRaises(AccessError):
            imports.create({"connection_id": self.connection.id})
        with self.assertRaises(AccessError):
            imports.search([])
        with self.assertRaises(AccessError):
            imports.env["xero.import.line"].search([])
        for method in ("action_run", "action_read", "action_cancel", "action_retry"):
            with self.assertRaises(AccessError):
                getattr(found, method)()
        for method in ("action_set_skip", "action_set_create", "action_set_link"):
            with self.assertRaises(AccessError):
                getattr(found.line_ids.with_user(self.user), method)()
        with self.assertRaises(AccessError):
            found.read(["report"])

    def test_accountant_of_another_company_sees_nothing(self):
        found = self.accountants_import()
        other = self.env["res.company"].create({"name": "Another Co"})
        stranger = self.new_user("a_stranger", "accountant", other)
        self.assertFalse(self.env["xero.import"].with_user(stranger).search([]))
        self.assertFalse(self.env["xero.import.line"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.env["xero.import"].with_user(stranger).create(
                {"connection_id": self.connection.id}
            )
        with self.assertRaises(AccessError):
            found.with_user(stranger).action_run()

    def test_disconnected_organisation_is_told_in_words(self):
        imports = self.env["xero.import"].with_user(self.accountant)
        new = imports.create({"connection_id": self.connection.id})
        self.connection.sudo().state = "broken"
        with self.assertRaisesRegex(UserError, "not connected to Xero"):
            new.action_read()
        self.assertEqual(new.state, "draft")
