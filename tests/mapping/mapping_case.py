"""A connected company with things to map."""

from odoo.fields import Command

from ..connected_case import ConnectedCase


class MappingCase(ConnectedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.income = cls.company_data["default_account_revenue"]
        cls.expense = cls.company_data["default_account_expense"]

    # EXTENDS ConnectedCase
    def prepare_xero(self):
        result = super().prepare_xero()
        self.xero.edit(
            "TaxRates",
            "TAX001",
            Status="ACTIVE",
            EffectiveRate=13,
            CanApplyToRevenue=True,
            CanApplyToExpenses=True,
        )
        return result

    # === XERO'S CHOICES === #

    def rate(self, tax_type):
        return self.find("xero.tax.rate", "tax_type", tax_type)

    def account(self, code):
        return self.find("xero.account", "code", code)

    def find(self, model, field, value):
        found = self.env[model].with_context(active_test=False)
        return found.search(
            [("connection_id", "=", self.connection.id), (field, "=", value)]
        ).ensure_one()

    def foreign(self, choice):
        """The same choice in the organisation of another company."""
        company = self.env["res.company"].create({"name": "Another"})
        connection = self.env["xero.connection"].create({"company_id": company.id})
        return choice.sudo().copy({"connection_id": connection.id})

    def refresh(self):
        """Button "Refresh from Xero"."""
        self.press_refresh(self.connection)
        self.run_job(self.connection)

    # === ODOO'S RECORDS === #

    def new_tax(self, name, amount, **values):
        return self.gst.copy({"name": name, "amount": amount, **values})

    def order_with(self, *taxes, **line):
        """A confirmed order of one line with these taxes."""
        tax_ids = self.env["account.tax"].union(*taxes).ids
        values = {"product_id": self.product.id, "tax_ids": [Command.set(tax_ids)]}
        return self.confirmed_order(order_line=[Command.create({**values, **line})])

    # === CHECKS === #

    def open_issues(self):
        return self.env["xero.issue"].search([("state", "=", "open")])

    def assert_one_issue(self, *orders):
        """These orders wait for one cause, which lists them all; returns the issue."""
        self.run_job(self.connection)
        issue = self.open_issues().ensure_one()
        documents = self.env["xero.document"].union(
            *(order.xero_document_ids for order in orders)
        )
        self.assertEqual(issue.document_ids, documents)
        self.assertEqual(set(documents.mapped("state")), {"failed"})
        return issue

    def assert_all_go(self, *orders):
        """The next job sends these to Xero, once each, with Odoo's figures."""
        self.run_job(self.connection)
        self.assertFalse(self.open_issues())
        for order in orders:
            held = self.xero_invoice_of(order)
            self.assertEqual(held["Total"], order.amount_total)
            self.assertEqual(held["TotalTax"], order.amount_tax)

    def line_in_xero(self, order):
        """The only line with an amount of the order's invoice in Xero."""
        lines = [
            line
            for line in self.xero_invoice_of(order)["LineItems"]
            if "TaxType" in line
        ]
        self.assertEqual(len(lines), 1)
        return lines[0]
