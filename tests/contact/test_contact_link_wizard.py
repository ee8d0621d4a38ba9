from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .matching_case import ABN, OTHER_ABN, MatchingCase


class LinkCase(MatchingCase):
    """A customer named Quokka, and what Xero has of it."""

    def setUp(self):
        super().setUp()
        self.partner = self.new_partner("Quokka", vat=ABN)

    def ask(self, partner=None, user=None):
        """The dialog of the button "Find in Xero"."""
        partner = (partner or self.partner).with_user(user or self.env.user)
        action = partner.action_xero_find_contact()
        self.assertEqual(action["target"], "new")
        return (
            self.env[action["res_model"]]
            .with_user(user or self.env.user)
            .browse(action["res_id"])
        )

    def held_order(self, **contact):
        """An order that waits, because Xero's contact of that name is a doubtful one.

        :return: the order and the contact
        """
        (doubtful,) = self.in_xero(
            {"Name": "Quokka", "TaxNumber": OTHER_ABN, **contact}
        )
        order = self.confirmed_order(partner_id=self.partner.id)
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "held", order.xero_message)
        self.assertEqual(self.write_calls(), [])
        return order, doubtful

    def assert_sent(self, order, contact_xero_id):
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        sent_to = self.xero_invoice_of(order)["Contact"]["ContactID"]
        self.assertEqual(sent_to, contact_xero_id)

    def open_issue(self):
        return self.env["xero.issue"].search([("state", "=", "open")])


@tagged("post_install", "-at_install")
class TestContactLink(LinkCase):
    """A person says which contact it is, and what waited goes."""

    def test_the_candidates_are_listed_with_the_reason(self):
        near, other = self.in_xero(
            {"Name": "Quokka Ltd"}, {"Name": "Quokka", "TaxNumber": OTHER_ABN}
        )
        lines = self.ask().line_ids
        self.assertEqual(lines.contact_id, other + near)
        self.assertEqual(
            lines.mapped("reason"),
            [f"Same name, but its tax number is {OTHER_ABN}", "Similar name"],
        )

    def test_the_contact_it_is_linked_to_is_no_candidate(self):
        one, other = self.in_xero({"Name": "Quokka"}, {"Name": "Quokka Ltd"})
        self.partner.xero_contact_id = one
        question = self.ask()
        self.assertEqual(question.linked_contact_id, one)
        self.assertEqual(question.line_ids.contact_id, other)

    def test_a_contact_person_is_asked_as_its_company(self):
        child = self.new_partner("Ann", parent_id=self.partner.id)
        self.assertEqual(self.ask(child).partner_id, self.partner)

    def test_a_held_order_goes_to_the_contact_that_is_linked(self):
        order, contact = self.held_order()
        self.assertIn("may be in Xero already", order.xero_message)
        (line,) = self.ask().line_ids
        line.action_link()
        self.finish_request()
        self.assert_sent(order, contact.xero_id)
        self.assertEqual(self.write_calls("/Contacts"), [])
        self.assertFalse(self.open_issue())

    def test_a_held_order_goes_to_any_other_contact_that_is_picked(self):
        order, _doubtful = self.held_order()
        picked = self.contacts.search([("name", "=", "City Agency")])
        with Form(self.ask()) as form:
            form.contact_id = picked
        form.record.action_link()
        self.finish_request()
        self.assert_sent(order, picked.xero_id)

    def test_a_held_order_goes_to_a_contact_made_anew(self):
        (near,) = self.in_xero({"Name": "Quokka Ltd"})
        order = self.confirmed_order(partner_id=self.partner.id)
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "held")
        self.ask().action_create()
        self.finish_request()
        made = self.partner.xero_contact_id
        self.assertEqual((made.name, made == near), ("Quokka", False))
        self.assert_sent(order, made.xero_id)
        self.assertEqual(len(self.write_calls("/Contacts")), 1)
        self.assertFalse(self.open_issue())

    def test_creating_one_of_a_name_that_is_taken_asks_again(self):
        order, contact = self.held_order()
        self.ask().action_create()
        self.finish_request()
        self.assertEqual(order.xero_state, "held")
        issue = self.open_issue()
        self.assertIn("already assigned", issue.xero_words)
        question = self.env["xero.contact.link"].browse(issue.action_fix()["res_id"])
        question.line_ids.action_link()
        self.finish_request()
        self.assert_sent(order, contact.xero_id)

    def test_an_archived_contact_is_replaced_by_a_new_one(self):
        order = self.confirmed_order(partner_id=self.partner.id)
        self.run_job(self.connection)
        old = self.partner.xero_contact_id
        self.xero.edit("Contacts", old.xero_id, ContactStatus="ARCHIVED")
        self.refresh()
        order = self.confirmed_order(partner_id=self.partner.id)
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        question = self.env["xero.contact.link"].browse(
            self.open_issue().action_fix()["res_id"]
        )
        self.assertTrue(question.linked_archived)
        question.action_create()
        self.finish_request()
        new = self.partner.xero_contact_id
        self.assertNotEqual(new, old)
        self.assert_sent(order, new.xero_id)
        self.assertFalse(self.open_issue())

    def test_an_order_without_a_contact_goes_once_one_is_made(self):
        self.connection.create_contacts = False
        order = self.confirmed_order(partner_id=self.partner.id)
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        question = self.env["xero.contact.link"].browse(
            self.open_issue().action_fix()["res_id"]
        )
        self.assertFalse(question.line_ids)
        question.action_create()
        self.finish_request()
        self.assert_sent(order, self.partner.xero_contact_id.xero_id)

    def test_a_merged_contact_that_is_picked_stands_for_the_one_it_is_part_of(self):
        closed, kept = self.in_xero({"Name": "Old"}, {"Name": "Kept"})
        self.xero.merge_contacts(closed.xero_id, into=kept.xero_id)
        self.refresh()
        question = self.ask()
        question.contact_id = closed
        question.action_link()
        self.assertEqual(self.partner.xero_contact_id, kept)

    def test_the_question_is_opened_from_a_contact_that_is_not_made_yet(self):
        self.held_order()
        row = self.contacts.search([("partner_id", "=", self.partner.id)])
        action = row.action_find_in_xero()
        question = self.env["xero.contact.link"].browse(action["res_id"])
        self.assertEqual(question.partner_id, self.partner)

    def test_nothing_picked_is_told(self):
        with self.assertRaisesRegex(UserError, "Choose the Xero contact"):
            self.ask().action_link()

    def test_a_company_without_a_connection_is_told(self):
        other = self.setup_other_company(name="Hobart")["company"]
        self.env.user.company_ids += other
        with self.assertRaisesRegex(UserError, "Hobart is not connected"):
            self.partner.with_company(other).action_xero_find_contact()


@tagged("post_install", "-at_install")
class TestContactLinkFix(LinkCase):
    """The button "Fix" of an issue: the question where it is one, else the record."""

    def test_a_doubtful_match_opens_the_question(self):
        self.held_order()
        action = self.open_issue().action_fix()
        self.assertEqual(action["res_model"], "xero.contact.link")

    def test_a_document_refused_for_its_archived_contact_opens_the_question(self):
        (contact,) = self.in_xero({"Name": "Quokka"})
        self.partner.xero_contact_id = contact
        self.xero.edit("Contacts", contact.xero_id, ContactStatus="ARCHIVED")
        order = self.confirmed_order(partner_id=self.partner.id)
        self.run_job(self.connection)
        issue = self.open_issue()
        self.assertTrue(issue.key.startswith("contact_archived"), issue.key)
        action = issue.action_fix()
        question = self.env["xero.contact.link"].browse(action["res_id"])
        self.assertEqual(question.partner_id, self.partner)
        other = self.contacts.search([("name", "=", "City Agency")])
        question.contact_id = other
        question.action_link()
        self.finish_request()
        self.assert_sent(order, other.xero_id)

    def test_an_issue_about_a_partner_that_was_deleted_asks_nothing(self):
        self.held_order()
        issue = self.open_issue()
        issue.sudo().res_id = (
            self.env["res.partner"].search([], order="id desc")[0].id + 1
        )
        self.assertEqual(issue.action_fix()["res_model"], "res.partner")

    def test_every_other_issue_opens_its_record(self):
        self.gst.xero_tax_rate_id = False
        self.confirmed_order()
        self.run_job(self.connection)
        (issue,) = self.open_issue()
        self.assertNotEqual(issue.action_fix()["res_model"], "xero.contact.link")


@tagged("post_install", "-at_install")
class TestContactLinkRights(LinkCase):
    """What a person may do who calls the methods by hand."""

    def setUp(self):
        super().setUp()
        self.abroad = self.setup_other_company(name="London Office")["company"]
        self.env.user.company_ids += self.abroad
        self.british = self.connect_to_britain(self.abroad)
        self.foreign = self.contacts.search(
            [("connection_id", "=", self.british.id)], limit=1
        )
        self.seller = self.new_user(
            "a_seller", "sales_team.group_sale_salesman,base.group_partner_manager"
        )

    def test_a_seller_who_may_write_customers_links_and_creates(self):
        (near,) = self.in_xero({"Name": "Quokka Ltd"})
        self.ask(user=self.seller).line_ids.action_link()
        self.assertEqual(self.partner.xero_contact_id, near)
        other = self.new_partner("Numbat")
        self.ask(other, user=self.seller).action_create()
        self.finish_request()
        self.assertEqual(other.xero_contact_id.name, "Numbat")

    def test_who_may_not_write_customers_neither_links_nor_creates(self):
        self.in_xero({"Name": "Quokka Ltd"})
        reader = self.new_user("a_reader", "sales_team.group_sale_salesman")
        question = self.ask(user=reader)
        with self.assertRaises(AccessError):
            question.line_ids.action_link()
        with self.assertRaises(AccessError):
            question.action_create()

    def test_who_is_no_xero_user_is_not_asked(self):
        clerk = self.new_user("a_clerk", "base.group_user,base.group_partner_manager")
        with self.assertRaises(AccessError):
            self.ask(user=clerk)

    def test_another_companys_contact_is_not_linked(self):
        question = self.ask(user=self.seller)
        with self.assertRaises(AccessError):
            question.contact_id = self.foreign.id
            question.action_link()
        self.env.invalidate_all()
        self.assertFalse(self.partner.xero_contact_id)

    def test_another_companys_contact_is_not_written_on_the_partner(self):
        with self.assertRaises(ValidationError):
            self.partner.with_user(self.seller).write(
                {"xero_contact_id": self.foreign.id}
            )

    def test_a_company_one_is_not_in_is_not_asked_about(self):
        with self.assertRaises(AccessError):
            self.env["xero.contact.link"].with_user(self.seller).create(
                {"partner_id": self.partner.id, "company_id": self.abroad.id}
            )

    def test_a_question_is_not_moved_to_a_company_one_is_not_in(self):
        question = self.ask(user=self.seller)
        question.company_id = self.abroad
        with self.assertRaises(AccessError):
            question.action_create()

    def test_candidates_are_not_forged(self):
        question = self.ask(user=self.seller)
        line = {"contact_id": self.foreign.id, "reason": "x"}
        with self.assertRaises(AccessError):
            question.line_ids.create({**line, "link_id": question.id})
        with self.assertRaises(AccessError):
            question.write({"line_ids": [(0, 0, line)]})

    def test_anothers_question_is_not_read(self):
        (line,) = (self.in_xero({"Name": "Quokka Ltd"}), self.ask())[1].line_ids
        for record in (line.link_id, line):
            with self.assertRaises(AccessError):
                record.with_user(self.seller).read()

    def test_a_partner_one_may_not_read_is_not_asked_about(self):
        secret = self.new_partner("Secret", company_id=self.abroad.id)
        with self.assertRaises(AccessError):
            self.env["xero.contact.link"].with_user(self.seller).create(
                {"partner_id": secret.id}
            )

    def test_an_issue_of_another_company_is_not_opened(self):
        issue = (
            self.env["xero.issue"]
            .sudo()
            .create(
                {
                    "connection_id": self.british.id,
                    "key": f"contact:{self.partner.id}",
                    "name": "x",
                    "remedy": "x",
                    "fixer": "user",
                    "res_model": "res.partner",
                    "res_id": self.partner.id,
                }
            )
        )
        with self.assertRaises(AccessError):
            issue.with_user(self.seller).action_fix()
