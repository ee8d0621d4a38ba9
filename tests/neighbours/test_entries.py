from odoo import fields
from odoo.fields import Command

from .left_case import LeftMixin
from .neighbours_case import NeighboursCase


class TestExpenses(LeftMixin, NeighboursCase):
    """What an employee paid is a bill; what the company paid is never sent."""

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        return groups | cls.quick_ref("hr_expense.group_hr_expense_manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = (
            cls.env["hr.employee"]
            .sudo()
            .create(
                {
                    "name": "Ann Driver",
                    "company_id": cls.company.id,
                    "work_email": "ann@example.com",
                }
            )
            .sudo(False)
        )
        cls.meals = cls.new_product("Meals", type="service", can_be_expensed=True)
        cls.meals.supplier_taxes_id = cls.purchase_gst

    def expense(self, payment_mode, **values):
        """An expense of 110.00 with tax, approved and posted.

        :return: its journal entry
        """
        expense = self.env["hr.expense"].create(
            {
                "name": "Dinner with Jane",
                "employee_id": self.employee.id,
                "product_id": self.meals.id,
                "total_amount_currency": 110,
                "tax_ids": self.purchase_gst.ids,
                "payment_mode": payment_mode,
                "date": fields.Date.context_today(self.meals),
                **values,
            }
        )
        expense.action_submit()
        expense.sudo().action_approve()
        if payment_mode == "own_account":
            expense._post_without_wizard()
        else:
            expense.action_post()
        self.end_click()
        self.assertEqual(expense.account_move_id.state, "posted")
        return expense.account_move_id

    def opened(self):
        action = self.connection.action_open_never_sent()
        return self.env[action["res_model"]].search(action["domain"])

    def test_paid_by_the_employee_it_is_a_bill_of_the_employee(self):
        move = self.expense("own_account")
        self.run_job(self.connection)
        self.assertEqual(move.xero_state, "synced", move.xero_message)
        bill = self.xero_document_of(move)
        self.assertEqual((bill["Type"], bill["Status"]), ("ACCPAY", "AUTHORISED"))
        self.assertEqual((bill["Total"], bill["TotalTax"]), (110.0, 10.0))
        contact = self.employee.work_contact_id.xero_contact_id
        self.assertEqual(contact.name, "Ann Driver")
        self.assertEqual(bill["Contact"]["ContactID"], contact.xero_id)
        self.assertNotIn(move, self.opened())

    def test_paid_by_the_company_it_is_never_sent_and_that_is_said(self):
        move = self.expense("company_account")
        self.run_job(self.connection)
        self.assertFalse(self.held("Invoices", "InvoiceID"))
        self.assertEqual(self.opened(), move)
        self.assertIn("1 journal entries of $\xa0110.00", self.connection.never_sent)

    def test_the_accountant_reads_of_every_employees_expenses(self):
        move = self.expense("company_account")
        accountant = self.new_user(
            "accountant",
            "account.group_account_user,xero_sync.xero_sync_group_accountant",
        )
        connection = self.connection.with_user(accountant)
        self.assertIn("1 journal entries of", connection.never_sent)
        action = connection.action_open_never_sent()
        self.assertEqual(connection.env["account.move"].search(action["domain"]), move)


class TestLandedCosts(LeftMixin, NeighboursCase):
    """The vendor's bill of freight is sent; how it is spread over goods is not."""

    def test_the_bill_is_sent_and_its_entry_is_said_never_to_be(self):
        category = self.env["product.category"].create(
            {
                "name": "Valued",
                "property_cost_method": "average",
                "property_valuation": "real_time",
            }
        )
        self.delivered_product.categ_id = category
        order = self.approved_purchase(
            order_line=[
                Command.create(
                    {
                        "product_id": self.delivered_product.id,
                        "product_qty": 10,
                        "price_unit": 8,
                        "tax_ids": self.purchase_gst.ids,
                    }
                )
            ]
        )
        picking = self.transfer(order, 10)
        freight = self.new_product("Sea freight", type="service", landed_cost_ok=True)
        bill = self.new_move("in_invoice")
        bill.invoice_line_ids.write({"product_id": freight.id, "price_unit": 50})
        bill.action_post()
        cost = self.env["stock.landed.cost"].create(
            {
                "picking_ids": picking.ids,
                "vendor_bill_id": bill.id,
                "cost_lines": [
                    Command.create(
                        {
                            "product_id": freight.id,
                            "price_unit": 50,
                            "split_method": "equal",
                        }
                    )
                ],
            }
        )
        cost.button_validate()
        self.end_click()
        self.run_job(self.connection)
        (held,) = self.held("Invoices", "InvoiceID")
        self.assertEqual((held["Type"], held["Total"]), ("ACCPAY", 55.0))
        entry = cost.account_move_id
        self.assertEqual((entry.state, entry.amount_total), ("posted", 50.0))
        action = self.connection.action_open_never_sent()
        said = self.env[action["res_model"]].search(action["domain"])
        self.assertIn(entry, said)
        self.assertNotIn(bill, said)
