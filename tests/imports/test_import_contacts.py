from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .import_case import ImportCase


@tagged("post_install", "-at_install")
class TestImportContacts(ImportCase):
    """Xero's contacts come to Odoo: shown first, then linked or created, once."""

    # === WHAT IS PROPOSED === #

    def test_nothing_is_done_before_a_person_says_so(self):
        before = self.partner_count()
        found = self.read_import()
        self.assertEqual(found.state, "review")
        self.assertEqual(found.found_count, len(found.line_ids))
        self.assertEqual(self.partner_count(), before)

    def test_unknown_contact_is_proposed_to_be_created(self):
        self.xero.seed("Contacts", [{"Name": "Brand New Pty Ltd"}])
        line = self.line_named(self.read_import(), "Brand New Pty Ltd")
        self.assertEqual(line.action, "create")
        self.assertFalse(line.partner_id)

    def test_one_sure_match_is_proposed_with_its_reason(self):
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}])
        line = self.line_named(self.read_import(), "Jane's Joinery")
        self.assertEqual((line.action, line.partner_id), ("link", self.customer))
        self.assertIn("name", line.reason.lower())

    def test_several_matches_are_left_to_a_person_with_the_candidates(self):
        twin = self.customer.copy({"name": self.customer.name, "city": "Perth"})
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}])
        line = self.line_named(self.read_import(), "Jane's Joinery")
        self.assertEqual((line.action, line.partner_id.id), ("decide", False))
        self.assertEqual(line.candidate_ids, self.customer + twin)
        self.assertIn("Jane's Joinery, Perth (", line.reason)

    def test_linked_contact_is_shown_as_linked_already(self):
        self.customer.xero_contact_id = self.row_named("City Agency")
        line = self.line_named(self.read_import(), "City Agency")
        self.assertEqual((line.action, line.partner_id), ("linked", self.customer))

    def test_archived_contact_is_skipped_unless_a_person_wants_it(self):
        self.archive_in_xero("City Agency")
        self.assertFalse(self.line_named(self.read_import(), "City Agency"))
        line = self.line_named(self.read_import(archived=True), "City Agency")
        self.assertEqual((line.action, line.reason), ("skip", "Archived in Xero."))

    # === FILTERS === #

    def test_customers_only(self):
        row = self.row_named("City Agency")
        self.xero.edit("Contacts", row.xero_id, IsCustomer=True)
        names = self.read_import(role="customers").line_ids.mapped("name")
        self.assertIn("City Agency", names)
        self.assertEqual(
            names,
            sorted(c["Name"] for c in self.active_in_xero() if c["IsCustomer"]),
        )

    def test_changed_since(self):
        self.assertFalse(self.read_import(changed_since="2099-01-01").line_ids)

    def test_search_looks_at_name_email_and_number(self):
        self.xero.seed(
            "Contacts",
            [
                {"Name": "Zebra One"},
                {"Name": "Two", "EmailAddress": "zebra@example.com"},
                {"Name": "Three", "ContactNumber": "ZEBRA-3"},
            ],
        )
        names = self.read_import(search_text="zebra").line_ids.mapped("name")
        self.assertEqual(names, ["Three", "Two", "Zebra One"])

    # === RUNNING === #

    def test_import_links_and_creates_and_counts(self):
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}, {"Name": "Fresh"}])
        found = self.run_import(self.read_import())
        self.assertEqual(found.state, "done")
        self.assertEqual(found.progress, 100)
        self.assertEqual(self.customer.xero_contact_id.name, "Jane's Joinery")
        fresh = self.partner_named("Fresh")
        self.assertEqual(fresh.xero_contact_id.name, "Fresh")
        self.assertEqual(found.done_link_count, 1)
        self.assertEqual(
            found.done_create_count + found.done_link_count, len(found.line_ids)
        )
        self.assertFalse(found.failed_count)

    def test_import_sends_nothing_to_xero(self):
        self.connection.write({"auto_customer": True, "auto_supplier": True})
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}, {"Name": "Fresh"}])
        self.run_import(self.read_import())
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_second_import_changes_nothing(self):
        self.run_import(self.read_import())
        partners = self.env["res.partner"].search([])
        before = self.stamps(partners)
        self.xero.clear_calls()
        again = self.read_import()
        self.assertEqual(set(again.line_ids.mapped("action")), {"linked"})
        self.run_import(again)
        self.assertEqual(again.unchanged_count, len(again.line_ids))
        self.assertEqual(self.env["res.partner"].search([]), partners)
        self.assertEqual(self.stamps(partners), before)
        self.assertEqual(
            {(call["method"], call["path"]) for call in self.xero.calls()},
            {("GET", "/api.xro/2.0/Contacts")},
        )

    def test_undecided_contact_is_skipped_with_that_reason(self):
        self.customer.copy({"name": self.customer.name})
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}])
        found = self.run_import(self.read_import())
        line = self.line_named(found, "Jane's Joinery")
        self.assertEqual((line.result, line.message), ("skipped", "Nobody decided."))

    def test_contact_linked_while_the_import_waited_is_left_alone(self):
        found = self.read_import()
        row = self.row_named("City Agency")
        self.vendor.xero_contact_id = row
        self.run_import(found)
        line = self.line_named(found, "City Agency")
        self.assertEqual((line.result, line.partner_id), ("same", self.vendor))
        self.assertFalse(self.partner_named("City Agency"))

    def test_two_imports_at_once_create_each_contact_once(self):
        self.xero.seed("Contacts", [{"Name": "Fresh"}])
        first, second = self.read_import(), self.read_import()
        (first + second).action_run()
        self.run_job(self.connection)
        self.assertEqual((first + second).mapped("state"), ["done", "done"])
        self.assertEqual(len(self.partner_named("Fresh")), 1)
        self.assertEqual(second.unchanged_count, len(second.line_ids))

    def test_partner_linked_elsewhere_meanwhile_keeps_its_link(self):
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}])
        found = self.read_import()
        self.customer.xero_contact_id = self.row_named("City Agency")
        self.run_import(found)
        line = self.line_named(found, "Jane's Joinery")
        self.assertEqual(line.result, "failed")
        self.assertIn("City Agency", line.message)
        self.assertEqual(self.customer.xero_contact_id.name, "City Agency")

    def test_linking_lets_go_what_waited_for_the_contact(self):
        self.connection.create_contacts = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}])
        self.run_import(self.read_import())
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")

    def test_documents_go_out_while_an_import_runs(self):
        found = self.read_import()
        order = self.confirmed_order()
        found.action_run()
        self.run_job(self.connection)
        self.assertEqual((order.xero_state, found.state), ("synced", "done"))

    # === WHAT GOES WRONG === #

    def test_one_broken_contact_is_named_and_stops_no_other(self):
        names = [f"Contact {number}" for number in range(5)]
        self.xero.seed("Contacts", [{"Name": name} for name in names])
        found = self.read_import()
        self.break_creation("Contact 3", ValidationError("The moon is full."))
        self.run_import(found)
        broken = self.line_named(found, "Contact 3")
        self.assertEqual(
            (broken.result, broken.message), ("failed", "The moon is full.")
        )
        self.assertEqual(found.failed_count, 1)
        self.assertEqual(found.done_create_count, len(found.line_ids) - 1)

    def test_failed_lines_are_tried_again_alone(self):
        self.xero.seed("Contacts", [{"Name": "Contact 3"}])
        found = self.read_import()
        mend = self.break_creation("Contact 3", ValidationError("The moon is full."))
        self.run_import(found)
        before = self.partner_count()
        mend()
        found.action_retry()
        self.run_job(self.connection)
        self.assertEqual((found.state, found.failed_count), ("done", 0))
        self.assertEqual(self.partner_count(), before + 1)

    def test_import_is_run_from_its_lines_too(self):
        found = self.read_import()
        lines = self.env["xero.import.line"].with_context(xero_import_id=found.id)
        action = lines.action_run_import()
        self.assertEqual(action["res_id"], found.id)
        self.run_job(self.connection)
        self.assertEqual(found.state, "done")
