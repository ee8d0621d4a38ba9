"""Who sees which documents' rows: whoever sees the document in Odoo."""

import uuid

from odoo.tests import tagged

from ..connected_case import ConnectedCase

SALES = {"quotation", "sale_order", "invoice", "credit_note"}
PURCHASES = {"purchase_order", "bill", "refund"}
KINDS = SALES | PURCHASES
# Groups besides the one of internal users → the kinds of which rows are seen
SEEN = {
    "xero_sync.xero_sync_group_user": set(),
    "sales_team.group_sale_salesman_all_leads": SALES,
    "purchase.group_purchase_user": PURCHASES,
    "sales_team.group_sale_salesman_all_leads,purchase.group_purchase_user": KINDS,
    "account.group_account_invoice": KINDS,
    "account.group_account_readonly,xero_sync.xero_sync_group_user": KINDS,
    "xero_sync.xero_sync_group_accountant": KINDS,
}


@tagged("post_install", "-at_install")
class TestSecurityDocuments(ConnectedCase):
    def setUp(self):
        super().setUp()
        self.documents = self.env["xero.document"]

    def person(self, groups):
        return self.new_user(str(uuid.uuid4()), f"base.group_user,{groups}")

    def row(self, kind, **values):
        """A row of the outbox, of a deleted document unless told."""
        return self.documents.sudo().create(
            {
                "connection_id": self.connection.id,
                "kind": kind,
                "record_name": "A document",
                "state": "skipped",
                **values,
            }
        )

    def seen_by(self, user):
        rows = self.documents.with_user(user).search([])
        return rows.with_env(self.env)

    def test_each_job_sees_the_kinds_it_has_to_do_with(self):
        for kind in KINDS:
            self.row(kind)
        for groups, kinds in SEEN.items():
            with self.subTest(groups=groups):
                seen = self.seen_by(self.person(groups))
                self.assertEqual(set(seen.mapped("kind")), kinds)

    def test_a_salesperson_sees_the_own_sales_and_nobodys(self):
        seller = self.person("sales_team.group_sale_salesman")
        other = self.env.ref("base.user_admin")
        rows = {}
        for owner in (seller, self.env["res.users"], other):
            order = self.new_order(user_id=owner.id)
            invoice = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_user_id": owner.id,
                }
            )
            rows[owner] = self.row("quotation", sale_order_id=order.id)
            rows[owner] |= self.row("sale_order", sale_order_id=order.id)
            rows[owner] |= self.row("invoice", move_id=invoice.id)
        seen = self.seen_by(seller)
        self.assertEqual(seen & rows[other], self.documents)
        self.assertEqual(seen & rows[seller], rows[seller])

    def test_the_own_order_shows_though_a_colleague_invoiced_it(self):
        seller = self.person("sales_team.group_sale_salesman")
        order = self.confirmed_order(user_id=seller.id)
        self.run_job(self.connection)
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.invoice_user_id = self.env.ref("base.user_admin")
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced", invoice.xero_message)
        everything = order.sudo().xero_shown_document_ids
        self.assertIn(invoice.xero_document_id, everything)
        theirs = order.with_user(seller)
        specification = {
            "xero_number": {},
            "xero_shown_document_ids": {"fields": {"record_name": {}}},
        }
        (values,) = theirs.web_read(specification)
        self.assertIn(invoice.name, values["xero_number"])
        shown = {each["id"] for each in values["xero_shown_document_ids"]}
        self.assertNotIn(invoice.xero_document_id.id, shown)
        self.assertIn(order.xero_document_id.id, shown)
