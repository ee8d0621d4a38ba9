"""Random and named documents for the tests of amounts, and what Xero makes of them."""

import uuid
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.xero_sync import mappers, xero_api
from odoo.addons.xero_sync.models.xero_document import ENDPOINTS

from .common import XeroCase

ORDER_KINDS = ("quotation", "sale_order", "purchase_order")
MOVE_TYPES = ("out_invoice", "out_refund", "in_invoice", "in_refund")
# What refuses a document that Xero could not hold with Odoo's total
FAIR_REFUSALS = ("amounts", "negative_total", "too_large", "zero_total")


@dataclass(frozen=True)
class LineCase:
    """One line; numbers are decimal texts, so that a failure can be read."""

    quantity: str
    price: str
    discount: str = "0"
    tax: str = "ten"
    dozens: bool = False


@dataclass(frozen=True)
class DocumentCase:
    """One document.

    :ivar kind: one of ``ORDER_KINDS`` or ``MOVE_TYPES``
    :ivar cash_rounding: Odoo's strategy, for customer invoices
    :ivar typed_tax: what a person adds to the tax of a bill
    """

    kind: str
    lines: tuple[LineCase, ...]
    currency: str = "AUD"
    cash_rounding: str = ""
    typed_tax: str = "0"


def decimals(low, high, places):
    """Texts of decimals between two whole numbers."""
    scale = 10**places
    return st.integers(low * scale, high * scale).map(
        lambda number: f"{Decimal(number).scaleb(-places):f}"
    )


TAXES = st.sampled_from(
    ["none", "ten", "ten", "ten_included", "third", "third_included", "zero"]
    + ["fixed", "group", "reverse"]
)
PLAIN_LINES = st.builds(
    LineCase,
    quantity=st.sampled_from(["1", "2", "3", "7", "12", "2.5"]),
    price=decimals(1, 500, 2),
    discount=st.sampled_from(["0", "0", "0", "12.5"]),
    tax=TAXES,
)
ODD_LINES = st.builds(
    LineCase,
    quantity=st.one_of(
        st.sampled_from(["1", "0", "-1", "0.000001", "0.333333", "1000000"]),
        decimals(-5, 50, 2),
        decimals(0, 10, 6),
    ),
    price=st.one_of(
        decimals(0, 500, 2),
        decimals(-50, 50, 4),
        decimals(0, 20, 6),
        st.sampled_from(["0.00004", "0.005", "99999.99", "1000000"]),
    ),
    discount=st.one_of(
        st.just("0"),
        st.sampled_from(["33.333", "100", "-10", "66.666667"]),
        decimals(0, 100, 6),
    ),
    tax=TAXES,
    dozens=st.booleans(),
)
CURRENCIES = st.sampled_from(["AUD", "AUD", "AUD", "USD", "JPY", "KWD"])


def documents(kinds):
    """Random documents of some kinds."""
    lines = st.one_of(PLAIN_LINES, PLAIN_LINES, ODD_LINES)
    return st.builds(
        DocumentCase,
        kind=st.sampled_from(kinds),
        lines=st.lists(lines, min_size=1, max_size=5).map(tuple),
        currency=CURRENCIES,
        cash_rounding=st.sampled_from(["", "", "add_invoice_line", "biggest_tax"]),
        typed_tax=st.sampled_from(["0", "0", "0", "0.01", "-0.02", "1.00"]),
    )


class MoneyCase(XeroCase):
    """Maps documents, sends them in one request and looks at Xero's answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("product_uom", "price", "discount"):
            module = "uom" if name == "product_uom" else "product"
            cls.env.ref(f"{module}.decimal_{name}").digits = 6
        cls.product.uom_id = cls.env.ref("uom.product_uom_unit")
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

    def setUp(self):
        super().setUp()
        self.tally = Counter()
        for tax_type, rate in (("TAX001", 33), ("INPUTTAXED", 0)):
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
        return {
            "none": self.env["account.tax"],
            "ten": tax("ten", ten),
            "ten_included": tax("ten in", ten, **included),
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
        if case.kind == "out_invoice" and case.cash_rounding:
            rounding = self.roundings[case.cash_rounding]
            values["invoice_cash_rounding_id"] = rounding.id
        return values

    def line_values(self, case, quantity_field):
        side = "purchase" if case.kind.startswith(("in_", "purch")) else "sale"
        return [
            Command.create(
                {
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
        with self.enter_registry_test_mode(), self.connection._client() as client:
            return client.write(endpoint, "PUT", body, str(uuid.uuid4()))

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
        for endpoint in ("Quotes", "Invoices", "CreditNotes", "PurchaseOrders"):
            own = [each for each in sent if ENDPOINTS[each[2]] == endpoint]
            if own:
                answers = self.put(endpoint, [built for *_rest, built in own])
                for each, answer in zip(own, answers, strict=True):
                    self.check_answer(*each, answer)

    def check_answer(self, case, record, kind, built, answer):
        self.assertFalse(answer.errors, case)
        sign = 1
        if case.kind in MOVE_TYPES and not record._xero_keeps_direction():
            sign = -1
        expected = (
            sign * cents(record.amount_total),
            sign * cents(record.amount_tax),
            record.currency_id.name,
        )
        found = (answer.total, answer.total_tax, answer.currency)
        self.assertEqual(found, expected, case)
        self.count_form(case, built)

    def check_refusal(self, case, record, error):
        """Only what Xero cannot hold may be refused."""
        reasons = {problem.key.split(":")[0] for problem in error.problems}
        self.assertLessEqual(reasons, set(FAIR_REFUSALS), case)
        self.tally["refused: " + ", ".join(sorted(reasons))] += 1
        if "amounts" in reasons:
            self.assertTrue(self.is_beyond_xero(case, record), (case, error.problems))

    def is_beyond_xero(self, case, record):
        """Whether two decimals are too few for one of the amounts."""
        lines = record.order_line if "order_line" in record else record.line_ids
        amounts = [record.amount_total, record.amount_tax]
        amounts += lines.mapped("price_subtotal") + lines.mapped("price_total")
        return any(cents(each) % Decimal("0.01") for each in amounts)

    def count_form(self, case, built):
        items = [item for item in built.line_items if item.quantity is not None]
        restated = any(item.description != "Oak" for item in items)
        corrected = len(items) > len(case.lines) + bool(case.cash_rounding)
        given = any(item.tax_amount is not None for item in items)
        self.tally["sent"] += 1
        self.tally["restated"] += restated
        self.tally["TaxAmount given"] += given
        self.tally["two lines for the tax"] += corrected
        self.tally["plain fields"] += not (restated or given or corrected)


def cents(amount):
    """Odoo's amount as the decimal it stands for."""
    return Decimal(str(round(amount, 6))).quantize(Decimal("0.001"))
