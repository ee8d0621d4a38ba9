from odoo.tests import tagged

from .matching_case import ABN, MatchingCase


@tagged("post_install", "-at_install")
class TestMatchingFlow(MatchingCase):
    """From an order to a contact of Xero's: linked, asked about, or made; over HTTP."""

    def setUp(self):
        super().setUp()
        self.partner = self.new_partner("Quokka", vat=ABN)

    def order(self):
        """A confirmed order of the partner, after the job."""
        order = self.confirmed_order(partner_id=self.partner.id)
        self.run_job(self.connection)
        return order

    def sent_to(self, order):
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        return self.xero_invoice_of(order)["Contact"]["ContactID"]

    def test_a_sure_match_is_linked_and_nothing_is_made(self):
        (contact,) = self.in_xero({"Name": "Other", "TaxNumber": ABN})
        order = self.order()
        self.assertEqual(self.sent_to(order), contact.xero_id)
        self.assertEqual(self.write_calls("/Contacts"), [])
        self.assertIn("Same tax number", self.partner.message_ids[0].body)

    def test_a_doubtful_match_is_asked_about_and_nothing_is_sent(self):
        self.in_xero({"Name": "Quokka Ltd"})
        order = self.order()
        self.assertEqual((order.xero_state, self.write_calls()), ("held", []))
        self.assertIn("Quokka Ltd (Similar name)", order.xero_message)

    def test_several_orders_ask_one_question(self):
        self.in_xero({"Name": "Quokka Ltd"})
        orders = self.order() + self.order()
        (issue,) = self.env["xero.issue"].search([("state", "=", "open")])
        self.assertEqual(issue.document_ids.sale_order_id, orders)

    def test_a_near_name_of_somebody_elses_contact_stops_nothing(self):
        (contact,) = self.in_xero({"Name": "Quokka Ltd"})
        self.customer.xero_contact_id = contact
        order = self.order()
        self.assertNotEqual(self.sent_to(order), contact.xero_id)

    def test_a_contact_made_in_xero_since_the_list_was_read_is_found_by_number(self):
        number = self.contacts._own_number(self.partner.id)
        (made,) = self.xero.seed(
            "Contacts", [{"Name": "Renamed", "ContactNumber": number}]
        )
        order = self.order()
        self.assertEqual(self.sent_to(order), made["ContactID"])

    def test_a_link_that_a_person_took_away_is_asked_about(self):
        first = self.order()
        contact = self.partner.xero_contact_id
        self.partner.xero_contact_id = False
        order = self.order()
        self.assertEqual((first.xero_state, order.xero_state), ("synced", "held"))
        self.assertIn("taken away", order.xero_message)
        self.partner.xero_contact_id = contact
        self.run_job(self.connection)
        self.assertEqual(self.sent_to(order), contact.xero_id)

    def test_renaming_the_partner_lets_its_order_go(self):
        self.in_xero({"Name": "Quokka Ltd"})
        order = self.order()
        self.assertEqual(order.xero_state, "held")
        self.partner.name = "Wallaby"
        self.run_job(self.connection)
        self.sent_to(order)
        self.assertEqual(self.partner.xero_contact_id.name, "Wallaby")

    def test_two_customers_of_one_name_in_one_run_are_asked_about(self):
        self.in_xero({"Name": "Wallaby"})
        orders = self.env["sale.order"].concat(
            *(
                self.confirmed_order(partner_id=self.new_partner("Wallaby").id)
                for _number in range(2)
            )
        )
        self.run_job(self.connection)
        self.assertEqual(orders.mapped("xero_state"), ["held", "held"])
        self.assertEqual(self.write_calls(), [])
