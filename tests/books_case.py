"""Companies with a chart of accounts, as Odoo's tests make them, and little more."""

from functools import partial

from odoo.fields import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

# Of the XML ids of what dev/environment/scripts/prepare_test_companies.py makes
PREPARED = "__xero_tests__"


class BooksCase(AccountTestInvoicingCommon):
    """Odoo's base of such tests, without the taxes, accounts, journals, products,
    terms, partners and users that it adds to a company.

    None of our tests looks at them, and for each class they take as long as a test.
    """

    @classmethod
    def setUpClass(cls):
        super(AccountTestInvoicingCommon, cls).setUpClass()
        company = cls.env.company
        cls.company_data = cls.collect_company_accounting_data(company)
        category = cls.product_category.with_company(company)
        for kind, account in (("income", "revenue"), ("expense", "expense")):
            field = f"property_account_{kind}_categ_id"
            category[field] = cls.company_data[f"default_account_{account}"]

    # OVERRIDES AccountTestInvoicingCommon: nothing is made
    @classmethod
    def collect_company_accounting_data(cls, company):
        """:return: of a company, by Odoo's names: accounts, taxes and journals"""

        def first(model, field, value, without=None):
            records = cls.env[model].with_company(company)
            domain = [*records._check_company_domain(company), (field, "=", value)]
            if without:
                domain.append(("id", "!=", without.id))
            return records.search(domain, limit=1)

        account = partial(first, "account.account", "account_type")
        journal = partial(first, "account.journal", "type")
        gain = company.account_journal_early_pay_discount_gain_account_id
        loss = company.account_journal_early_pay_discount_loss_account_id
        sale_tax = company.account_sale_tax_id
        return {
            "company": company,
            "default_account_revenue": account("income", gain),
            "default_account_expense": account("expense", loss),
            "default_account_tax_sale": (
                sale_tax.invoice_repartition_line_ids.account_id
            ),
            "default_tax_sale": sale_tax,
            "default_tax_purchase": company.account_purchase_tax_id,
            "default_journal_sale": journal("sale"),
            "default_journal_purchase": journal("purchase"),
            "default_journal_bank": journal("bank"),
            "default_journal_misc": journal("general"),
        }

    # EXTENDS AccountTestInvoicingCommon
    @classmethod
    def _create_company(cls, **create_values):
        """One of the companies the database was given for tests, else a new one."""
        domain = [("module", "=", PREPARED), ("model", "=", "res.company")]
        ids = (
            cls.env["ir.model.data"].sudo().search(domain, order="id").mapped("res_id")
        )
        unused = cls.env["res.company"].browse(ids) - cls.env.user.company_ids
        if not unused or create_values.keys() != {"name"}:
            return super()._create_company(**create_values)
        company = unused[0]
        cls.env.user.company_ids = [Command.link(company.id)]
        company.name = create_values["name"]
        return company
