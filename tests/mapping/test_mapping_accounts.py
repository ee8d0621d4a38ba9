from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .mapping_case import MappingCase


@tagged("post_install", "-at_install")
class TestMappingAccounts(MappingCase):
    def new_account(self, code, name, account_type="expense"):
        return self.env["account.account"].create(
            {"code": code, "name": name, "account_type": account_type}
        )

    def used(self):
        return self.env["account.account"].search([("xero_used", "=", True)])

    def without_defaults(self):
        self.connection.write(
            {"default_sale_account_id": False, "default_purchase_account_id": False}
        )

    # === WHAT IS LISTED === #

    def test_an_account_nothing_uses_is_not_in_use(self):
        self.assertNotIn(self.new_account("498765", "Idle"), self.used())

    def test_accounts_of_products_are_in_use(self):
        sales = self.new_account("498761", "Sales of a kind", "income")
        costs = self.new_account("498762", "Costs of a kind")
        self.product.property_account_income_id = sales
        self.product.property_account_expense_id = costs
        self.assertLessEqual(sales + costs, self.used())

    def test_accounts_of_product_categories_are_in_use(self):
        sales = self.new_account("498761", "Sales of a kind", "income")
        self.product_category.property_account_income_categ_id = sales
        self.assertIn(sales, self.used())

    def test_accounts_of_sales_and_purchase_journals_are_in_use(self):
        costs = self.new_account("498762", "Costs of a kind")
        self.company_data["default_journal_purchase"].default_account_id = costs
        self.assertIn(costs, self.used())

    def test_accounts_a_fiscal_position_puts_in_place_of_those_are_in_use(self):
        abroad = self.new_account("498761", "Sales abroad", "income")
        self.product.property_account_income_id = self.income
        self.env["account.fiscal.position"].create(
            {
                "name": "Abroad",
                "account_ids": [
                    (
                        0,
                        0,
                        {
                            "account_src_id": self.income.id,
                            "account_dest_id": abroad.id,
                        },
                    )
                ],
            }
        )
        self.assertIn(abroad, self.used())

    def test_accounts_on_draft_and_posted_documents_are_in_use(self):
        accounts = self.env["account.account"]
        for number, post in enumerate((True, False)):
            account = self.new_account(f"49876{number}", f"Costs {number}")
            bill = self.new_move("in_invoice")
            bill.invoice_line_ids.account_id = account
            if post:
                bill.action_post()
            accounts += account
        self.assertLessEqual(accounts, self.used())

    def test_an_account_on_no_document_for_a_year_is_not_in_use(self):
        account = self.new_account("498761", "Long ago")
        bill = self.new_move("in_invoice", invoice_date="2019-03-02")
        bill.invoice_line_ids.account_id = account
        bill.date = "2019-03-02"
        bill.action_post()
        self.assertNotIn(account, self.used())

    def test_an_account_on_a_mere_journal_entry_is_not_in_use(self):
        account = self.new_account("498761", "Corrections")
        lines = [
            (0, 0, {"account_id": account.id, "debit": 10}),
            (0, 0, {"account_id": self.income.id, "credit": 10}),
        ]
        self.env["account.move"].create({"move_type": "entry", "line_ids": lines})
        self.assertNotIn(account, self.used())

    def test_an_asset_that_is_bought_is_in_use(self):
        account = self.new_account("198761", "Machines", "asset_fixed")
        self.new_move("in_invoice").invoice_line_ids.account_id = account
        self.assertIn(account, self.used())

    def test_an_account_of_another_company_is_not_in_use(self):
        data = self.setup_other_company()
        companies = self.company + data["company"]
        accounts = self.env["account.account"].with_context(
            allowed_company_ids=companies.ids
        )
        used = accounts.search([("xero_used", "=", True)])
        self.assertNotIn(data["default_account_revenue"], used)

    def test_in_a_company_that_is_not_connected_none_is_in_use(self):
        other = self.setup_other_company()["company"]
        for model in ("account.account", "account.tax"):
            with self.subTest(model):
                records = self.env[model].with_company(other)
                self.assertFalse(records.search([("xero_used", "=", True)]))

    def test_a_mapped_account_is_not_missing(self):
        missing = [("xero_missing", "=", True)]
        self.assertIn(self.income, self.income.search(missing))
        self.income.xero_account_id = self.account("200")
        self.assertNotIn(self.income, self.income.search(missing))

    # === PROPOSALS === #

    def proposal(self, *values):
        return self.new_account(*values).xero_account_proposal_id

    def test_the_same_code_is_proposed_first(self):
        self.assertEqual(self.proposal("425", "Cleaning"), self.account("425"))

    def test_the_same_code_of_another_class_is_not_proposed(self):
        self.assertFalse(self.proposal("200", "Something else"))

    def test_the_same_name_is_proposed_without_the_code(self):
        found = self.proposal("498761", "repairs AND maintenance")
        self.assertEqual(found, self.account("473"))

    def test_a_name_within_the_other_is_proposed(self):
        self.assertEqual(self.proposal("498761", "Telephone"), self.account("489"))

    def test_a_name_within_several_others_is_proposed_nothing(self):
        self.assertFalse(self.proposal("498761", "Expenses"))

    def test_a_name_of_another_type_is_not_proposed(self):
        self.assertFalse(self.proposal("498761", "Cleaning", "income"))

    def test_a_system_account_is_never_proposed(self):
        self.assertFalse(self.proposal("499", "Realised Currency Gains"))

    def test_accepting_maps_those_that_have_a_proposal(self):
        rent, odd = (
            self.new_account("498761", "Rent"),
            self.new_account("498762", "Odd"),
        )
        (rent + odd).action_xero_accept_proposal()
        self.assertEqual(rent.xero_account_id, self.account("469"))
        self.assertFalse(odd.xero_account_id)

    # === WHAT IS OFFERED === #

    def test_only_active_accounts_for_documents_are_offered(self):
        domain = self.env["account.account"]._xero_account_domain()
        offered = self.env["xero.account"].search(domain).mapped("code")
        self.assertIn("200", offered)
        for code in ("205", "090", "497", "610"):  # archived, bank, system
            self.assertNotIn(code, offered)

    def test_an_account_of_another_organisation_cannot_be_chosen(self):
        with self.assertRaises(ValidationError):
            self.income.xero_account_id = self.foreign(self.account("200"))

    def test_the_default_account_is_the_organisations_own(self):
        theirs = self.foreign(self.account("200"))
        with self.assertRaisesRegex(ValidationError, "is not of the Xero organisation"):
            self.connection.default_sale_account_id = theirs

    # === MET ON THE WAY === #

    def test_a_mapped_account_goes_as_the_account_of_its_lines(self):
        self.income.xero_account_id = self.account("210")
        order = self.confirmed_order()
        self.assert_all_go(order)
        self.assertEqual(self.line_in_xero(order)["AccountCode"], "210")

    def test_an_account_that_is_not_mapped_goes_to_the_default(self):
        order = self.confirmed_order()
        self.assert_all_go(order)
        self.assertEqual(self.line_in_xero(order)["AccountCode"], "200")

    def test_without_a_default_an_account_is_one_issue_and_mapping_it_sends_all(self):
        self.without_defaults()
        orders = [self.confirmed_order() for _n in range(3)]
        issue = self.assert_one_issue(*orders)
        self.assertIn(self.income.name, issue.name)
        self.assertEqual(issue.action_fix()["res_id"], self.income.id)
        self.income.xero_account_id = self.account("210")
        self.assert_all_go(*orders)
        self.assertEqual(self.line_in_xero(orders[0])["AccountCode"], "210")

    def test_without_a_default_each_account_has_an_issue_of_its_own(self):
        self.without_defaults()
        self.confirmed_order()
        self.approved_purchase()
        self.run_job(self.connection)
        self.assertEqual(len(self.open_issues()), 2)

    def test_a_default_sends_what_waits_for_any_account(self):
        self.without_defaults()
        orders = [self.confirmed_order() for _n in range(2)]
        self.assert_one_issue(*orders)
        self.connection.default_sale_account_id = self.account("260")
        self.assert_all_go(*orders)
        self.assertEqual(self.line_in_xero(orders[0])["AccountCode"], "260")

    def test_an_account_archived_in_xero_is_one_issue_and_another_one_cures_it(self):
        account = self.account("210")
        self.income.xero_account_id = account
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        self.refresh()
        orders = [self.confirmed_order() for _n in range(2)]
        self.assertIn("archived", self.assert_one_issue(*orders).name)
        self.assertFalse(self.xero_invoices())
        self.income.xero_account_id = self.account("260")
        self.assert_all_go(*orders)

    def test_an_account_restored_in_xero_sends_what_waited_for_it(self):
        account = self.account("210")
        self.income.xero_account_id = account
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        self.refresh()
        order = self.confirmed_order()
        self.assert_one_issue(order)
        self.xero.edit("Accounts", account.xero_key, Status="ACTIVE")
        self.refresh()
        self.assert_all_go(order)

    def test_an_archived_default_is_one_issue(self):
        account = self.connection.default_sale_account_id
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        self.refresh()
        issue = self.assert_one_issue(self.confirmed_order(), self.confirmed_order())
        self.assertIn("archived", issue.name)

    def test_an_account_is_mapped_for_each_company_by_itself(self):
        other = self.setup_other_company()["company"]
        self.income.xero_account_id = self.account("210")
        self.assertFalse(self.income.sudo().with_company(other).xero_account_id)
