"""What other connectors do wrong without a word, about lines and links.

What they do to amounts is in ``test_money_flow``, to tracking in ``test_tracking``.
"""

from odoo.fields import Command
from odoo.tests import tagged

from ..common import XeroCase


@tagged("post_install", "-at_install")
class TestSilentErrors(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect(auto_quotation=True)

    def contacts_made(self):
        """Names in the requests that created contacts."""
        bodies = [call["body"] for call in self.write_calls("/Contacts")]
        return [
            partner.name
            for partner in (self.customer + self.vendor)
            if any(partner.name in body for body in bodies)
        ]

    def lines_of(self, record, kind=None):
        """Xero's lines without the title."""
        return self.xero_document_of(record, kind)["LineItems"][1:]

    def test_a_quote_for_a_new_customer_makes_that_contact_and_no_other(self):
        self.new_order()
        self.run_job(self.connection)
        self.assertEqual(self.contacts_made(), [self.customer.name])

    def test_a_new_partner_is_never_the_first_contact_of_the_list(self):
        before = {contact["ContactID"] for contact in self.xero.state()["Contacts"]}
        order = self.new_order()
        self.run_job(self.connection)
        linked = self.customer.xero_contact_id
        self.assertEqual(linked.name, self.customer.name)
        self.assertNotIn(linked.xero_id, before)
        held = self.xero_document_of(order)["Contact"]["ContactID"]
        self.assertEqual(held, linked.xero_id)

    def test_equal_lines_stay_two_lines_through_a_change(self):
        order = self.new_order()
        order.order_line = [Command.create(order.order_line.copy_data()[0])]
        self.run_job(self.connection)
        order.order_line[1].product_uom_qty = 5
        self.run_job(self.connection)
        quantities = [line["Quantity"] for line in self.lines_of(order)]
        self.assertEqual(quantities, [2, 5])

    def test_each_line_of_a_credit_note_keeps_its_own_account(self):
        note = self.new_move("out_refund")
        note.invoice_line_ids = [Command.create(note.invoice_line_ids.copy_data()[0])]
        accounts = self.env["account.account"].search(
            [("account_type", "=", "income")], limit=2
        )
        for line, account, code in zip(
            note.invoice_line_ids, accounts, ("200", "260"), strict=True
        ):
            line.account_id = account
            account.xero_account_id = self.env["xero.account"].search(
                [("code", "=", code)]
            )
        note.action_post()
        self.run_job(self.connection)
        codes = [line["AccountCode"] for line in self.lines_of(note)]
        self.assertEqual(codes, ["200", "260"])
        self.assertEqual(note.invoice_line_ids.account_id, accounts)

    def test_two_products_may_have_the_same_internal_reference(self):
        self.connection.create_items = True
        self.product.default_code = "OAK"
        twin = self.product.copy({"default_code": "OAK"})
        order = self.new_order()
        order.order_line = [
            Command.create(
                {"product_id": twin.id, "name": "Twin", "tax_ids": self.gst.ids}
            )
        ]
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(len(self.lines_of(order)), 2)
