"""Documents for the tests of amounts, and what Xero makes of them."""

import uuid
from collections import Counter
from contextlib import contextmanager
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.fields import Command

from ... import mappers, xero_api
from ...models.document.xero_document import ENDPOINTS
from ..common import XeroCase
from .money_strategies import (
    EARLY_PAYMENTS,
    FAIR_REFUSALS,
    MOVE_TYPES,
    ORDER_KINDS,
    TRACKED,
)
from .money_wire import with_too_many_decimals

# Texts of lines that no person entered
ADDED = ("Early payment discount", "Tax rounded as in Odoo")


class MoneyCase(XeroCase):
    """Maps documents, sends them in one request and looks at Xero's answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("product_uom", "price", "discount"):
            module = "uom" if name == "product_uom" else "product"
            cls.env.ref(f"{module}.decimal_{name}").digits = 6
        cls.product.uom_id = cls.env.ref("uom.product_uom_unit")
        cls.analytic_accounts = cls.make_analytic_accounts()
        cls.dozen = cls.env.ref("uom.product_uom_dozen")
        for code, rate in (("USD", 0.652), ("JPY", 97.3), ("KWD", 0.2)):
            currency = cls.env.ref(f"base.{code}")
            currency.active = True
            cls.env["res.currency.rate"].create(
                {
                    "currency_id": currency.id,
                    "company_id": cls.company.id,
                    "name": "2026-01-01",
                    "rate": rate,
                }
            )
        cls.roundings = {
            strategy: cls.env["account.cash.rounding"].create(
                {
                    "name": strategy,
                    "rounding": 0.05,
                    "strategy": strategy,
                    "profit_account_id": cls.company_data["default_account_revenue"].id,
                    "loss_account_id": cls.company_data["default_account_expense"].id,
                }
            )
            for strategy in ("add_invoice_line", "biggest_tax")
        }

        cls.terms = {
            percent: cls.env["account.payment.term"].create(
                {
                    "name": percent,
                    "early_discount": True,
                    "discount_percentage": float(percent),
                    "early_pay_discount_computation": "mixed",
                }
            )
            for percent in filter(None, set(EARLY_PAYMENTS))
        }

    @classmethod
    def make_analytic_accounts(cls):
        """Accounts of two plans by their letters, see ``TRACKED``."""
        plans = cls.env["account.analytic.plan"].create(
            [{"name": "Region"}, {"name": "Department"}]
        )
        accounts = cls.env["account.analytic.account"].create(
            [
                {"name": name, "plan_id": plan.id}
                for name, plan in zip(
                    ("Eastside", "North", "Retail"),
                    (plans[0], plans[0], plans[1]),
                    strict=True,
                )
            ]
        )
        return dict(zip("ABC", accounts, strict=True))

    def setUp(self):
        super().setUp()
        self.tally = Counter()
        for tax_type, rate in (("TAX001", 33), ("BASEXCLUDED", 15)):
            self.xero.edit(
                "TaxRates",
                tax_type,
                Status="ACTIVE",
                EffectiveRate=rate,
                CanApplyToExpenses=True,
                CanApplyToRevenue=True,
            )
        self.xero.seed("Currencies", [{"Code": "JPY"}, {"Code": "KWD"}])
        self.connection = self.connect(**{f"auto_{kind}": False for kind in ENDPOINTS})
        self.rates = {
            rate.tax_type: rate for rate in self.env["xero.tax.rate"].search([])
        }
        self.connection.zero_sale_tax_rate_id = self.rates["EXEMPTOUTPUT"]
        self.connection.zero_purchase_tax_rate_id = self.rates["EXEMPTEXPENSES"]
        self.taxes = {
            "sale": self.make_taxes("sale", "OUTPUT", "EXEMPTOUTPUT"),
            "purchase": self.make_taxes("purchase", "INPUT", "EXEMPTEXPENSES"),
        }
        self.connection.tracking_category_ids.action_accept_proposal()
        for account in self.analytic_accounts.values():
            account.action_xero_accept_proposal()
        self.contact_id = (
            self.env["xero.contact"].search([("name", "=", "City Agency")]).xero_id
        )

    # === RECORDS === #

    def make_taxes(self, use, ten, zero):
        """Taxes of one use by the names of the cases, mapped to Xero's rates."""
        source = self.gst if use == "sale" else self.purchase_gst

        def tax(name, rate, **values):
            made = source.copy({"name": f"{name} {use}", **values})
            made.xero_tax_rate_id = self.rates[rate]
            return made

        included = {"price_include_override": "tax_included"}
        fixed = tax("fixed", ten, amount_type="fixed", amount=0.37)
        reverse = tax("reverse", zero)
        minus = {"factor_percent": -100.0, "repartition_type": "tax"}
        lines = ("invoice_repartition_line_ids", "refund_repartition_line_ids")
        reverse.write({field: [Command.create(minus)] for field in lines})
        five = {"amount": 5.0}
        ten_in = tax("ten in", ten, **included)
        pairs = {
            "pair": tax("pair ten", ten) + tax("pair five", ten, **five),
            "pair_included": ten_in + tax("pair five in", ten, **five, **included),
            "pair_mixed": ten_in + tax("pair five on top", ten, **five),
        }
        for pair in pairs.values():
            sets = self.env["xero.tax.set"]._of(self.connection, pair)
            sets.xero_tax_rate_id = self.rates["BASEXCLUDED"]
        return {
            "none": self.env["account.tax"],
            "ten": tax("ten", ten),
            "ten_included": ten_in,
            "third": tax("third", "TAX001", amount=33.0),
            "third_included": tax("third in", "TAX001", amount=33.0, **included),
            "zero": tax("zero", zero, amount=0.0),
            "fixed": fixed,
            "group": tax(
                "group",
                ten,
                amount_type="group",
                children_tax_ids=[
                    Command.set((tax("inner ten", ten) + fixed).ids),
                ],
            ),
            "reverse": reverse,
            **pairs,
        }

    def made(self, cases):
        """Pairs of cases and records, without the cases Odoo itself refuses."""
        try:
            with self.env.cr.savepoint():
                return list(zip(cases, self.make(cases), strict=True))
        except UserError:
            if len(cases) == 1:
                self.tally["refused by Odoo"] += 1
                return []
        middle = len(cases) // 2
        return self.made(cases[:middle]) + self.made(cases[middle:])

    def make(self, cases):
        """Records of the cases, in their order; made together, which is faster."""
        made = {}
        for model in ("sale.order", "purchase.order", "account.move"):
            own = [case for case in cases if self.model_of(case) == model]
            values = [getattr(self, f"{model.split('.')[0]}_values")(c) for c in own]
            records = self.env[model].with_context(tracking_disable=True)
            made.update(zip(map(id, own), records.create(values), strict=True))
        for case in cases:
            if case.kind == "in_invoice" and Decimal(case.typed_tax):
                self.type_tax(made[id(case)], float(case.typed_tax))
        return [made[id(case)] for case in cases]

    def model_of(self, case):
        if case.kind in MOVE_TYPES:
            return "account.move"
        return "purchase.order" if case.kind == "purchase_order" else "sale.order"

    def sale_values(self, case):
        return {
            "partner_id": self.customer.id,
            "currency_id": self.env.ref(f"base.{case.currency}").id,
            "order_line": self.line_values(case, "product_uom_qty"),
            **self.terms_of(case, "payment_term_id"),
        }

    def purchase_values(self, case):
        return {
            "partner_id": self.vendor.id,
            "currency_id": self.env.ref(f"base.{case.currency}").id,
            "order_line": self.line_values(case, "product_qty"),
        }

    def account_values(self, case):
        values = {
            "move_type": case.kind,
            "partner_id": self.customer.id,
            "invoice_date": "2026-03-02",
            "currency_id": self.env.ref(f"base.{case.currency}").id,
            "invoice_line_ids": self.line_values(case, "quantity"),
        }
        if case.kind.startswith("out_"):
            values.update(self.terms_of(case, "invoice_payment_term_id"))
        if case.cash_rounding:
            rounding = self.roundings[case.cash_rounding]
            values["invoice_cash_rounding_id"] = rounding.id
        return values

    def terms_of(self, case, field):
        terms = self.terms.get(case.early_payment)
        return {field: terms.id} if terms else {}

    def line_values(self, case, quantity_field):
        side = "purchase" if case.kind.startswith(("in_", "purch")) else "sale"
        bill = case.kind in ("in_invoice", "in_refund")  # Odoo takes it on no other
        return [
            Command.create(
                {
                    **({"deductible_amount": float(line.deductible)} if bill else {}),
                    "analytic_distribution": self.distribution(line.tracked),
                    "product_id": self.product.id,
                    "name": "Oak",
                    quantity_field: float(line.quantity),
                    "product_uom_id": (
                        self.dozen if line.dozens else self.product.uom_id
                    ).id,
                    "price_unit": float(line.price),
                    "discount": float(line.discount),
                    "tax_ids": self.taxes[side][line.tax].ids,
                }
            )
            for line in case.lines
        ]

    def distribution(self, name):
        """Odoo's form of one of ``TRACKED``."""
        return {
            ",".join(
                str(self.analytic_accounts[letter].id) for letter in letters
            ): share
            for letters, share in TRACKED[name].items()
        }

    def type_tax(self, bill, more):
        """What a person does who types the tax of the vendor's paper."""
        line = bill.line_ids.filtered("tax_repartition_line_id")[:1]
        if line:
            amount = line.amount_currency + more
            bill.line_ids = [Command.update(line.id, {"amount_currency": amount})]

    # === XERO === #

    def kind_of(self, record, case):
        return record._xero_kind_now() if case.kind in MOVE_TYPES else case.kind

    def build(self, record, kind, total=None, quantities=None):
        """Xero's document of a record, as the addon builds it.

        :param total: of what is left of a sales order
        :param quantities: what is left of its lines
        :raise mappers.MappingError: when it is refused
        """
        target = mappers.Target(
            connection=self.connection,
            contact_id=self.contact_id,
            status="DRAFT",
        )
        if kind == "quotation":
            return mappers.order_to_quote(record, target)
        if kind == "sale_order":
            total = record.amount_total if quantities is None else total
            return mappers.order_to_draft_invoice(record, target, total, quantities)
        if kind == "purchase_order":
            return mappers.order_to_purchase_order(record, target)
        note = kind in ("credit_note", "refund")
        mapper = mappers.move_to_credit_note if note else mappers.move_to_invoice
        return mapper(record, target, record.name or "Draft")

    def put(self, endpoint, built):
        """Xero's answers to new documents of one endpoint, in one request."""
        body = xero_api.serialise(endpoint, built)
        self.xero.clear_calls()
        with self.enter_registry_test_mode(), self.connection._client() as client:
            answers = client.write(endpoint, "PUT", body, str(uuid.uuid4()))
        (call,) = self.write_calls(f"/{endpoint}")
        self.assertEqual(with_too_many_decimals(call["body"]), [])
        return answers

    @contextmanager
    def forgotten(self):
        """Records that are made within are gone afterwards."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)

    # === CHECKS === #

    def check_all(self, cases):
        """Every document arrives with Odoo's total, tax and currency, or is refused."""
        sent = []
        for case, record in self.made(cases):
            self.tally["cases"] += 1
            kind = self.kind_of(record, case)
            try:
                sent.append((case, record, kind, self.build(record, kind)))
            except mappers.MappingError as error:
                self.check_refusal(case, record, error)
        self.put_and_check(sent)

    def put_and_check(self, sent):
        """:param sent: list of (case, record, kind, Xero's document)"""
        for endpoint in ("Quotes", "Invoices", "CreditNotes", "PurchaseOrders"):
            own = [each for each in sent if ENDPOINTS[each[2]] == endpoint]
            if own:
                for case, _record, _kind, built in own:
                    self.assertGreaterEqual(least_quantity(built), 0, case)
                answers = self.put(endpoint, [built for *_rest, built in own])
                for (case, record, _kind, built), answer in zip(
                    own, answers, strict=True
                ):
                    self.check_answer(case, record, built, answer)

    def check_answer(self, case, record, built, answer):
        self.assertFalse(answer.errors, case)
        sign = 1
        if case.kind in MOVE_TYPES and not record._xero_keeps_direction():
            sign = -1
        expected = (
            sign * cents(record.amount_total),
            sign * cents(self.tax_of(record)),
            record.currency_id.name,
        )
        found = (answer.total, answer.total_tax, answer.currency)
        self.assertEqual(found, expected, case)
        self.assertEqual(answer.currency_rate, self.rate_of(record), case)
        if case.kind in ORDER_KINDS:
            self.check_added_lines(case, built)
        self.count_form(built)

    def check_added_lines(self, case, built):
        """What only makes the tax Odoo's: two lines for each tax, at most."""
        added = [item for item in built.line_items if item.description in ADDED]
        taxes = {line.tax for line in case.lines}
        self.assertLessEqual(len(added), 2 * len(taxes), case)

    def tax_of(self, record):
        """Odoo's tax; what is private in a bill is booked as a cost instead."""
        if record._name != "account.move":
            return record.amount_tax
        private = record.line_ids.filtered(
            lambda line: line.display_type == "non_deductible_tax"
        )
        sign = 1 if record.move_type in ("in_invoice", "in_receipt") else -1
        return record.amount_tax - sign * sum(private.mapped("amount_currency"))

    def rate_of(self, record):
        """Units of the document's currency for one of the company's, in Xero's form."""
        is_move = record._name == "account.move"
        rate = record.invoice_currency_rate if is_move else record.currency_rate
        return Decimal(str(rate)).quantize(Decimal("0.000001"))

    def check_refusal(self, case, record, error):
        """Only what Xero cannot hold may be refused."""
        reasons = {problem.key.split(":")[0] for problem in error.problems}
        self.assertLessEqual(reasons, set(FAIR_REFUSALS), case)
        self.tally["refused: " + ", ".join(sorted(reasons))] += 1
        if "amounts" in reasons:
            self.assertTrue(self.is_beyond_xero(record), (case, error.problems))
        if "decimals" in reasons:
            sums = (record.amount_total, self.tax_of(record))
            self.assertTrue(any(cents(each) % Decimal("0.01") for each in sums), case)

    def is_beyond_xero(self, record):
        """Whether two decimals are too few for one of the amounts."""
        lines = record.order_line if "order_line" in record else record.line_ids
        amounts = [record.amount_total, self.tax_of(record)]
        amounts += lines.mapped("price_subtotal") + lines.mapped("price_total")
        return any(cents(each) % Decimal("0.01") for each in amounts)

    def count_form(self, built):
        items = [item for item in built.line_items if item.quantity is not None]
        restated = any(item.description.startswith("Oak (") for item in items)
        corrected = any("as in Odoo" in item.description for item in items)
        below = any(item.unit_amount < 0 for item in items)
        given = any(item.tax_amount is not None for item in items)
        self.tally["sent"] += 1
        self.tally["restated"] += restated
        self.tally["below zero"] += below
        self.tally["TaxAmount given"] += given
        self.tally["two lines for the tax"] += corrected
        self.tally["plain fields"] += not (restated or given or corrected)


def least_quantity(built):
    """The least quantity on a document for Xero, which takes none below zero."""
    return min(
        (item.quantity for item in built.line_items if item.quantity is not None),
        default=0,
    )


def cents(amount):
    """Odoo's amount as the decimal it stands for."""
    return Decimal(str(round(amount, 6))).quantize(Decimal("0.001"))
