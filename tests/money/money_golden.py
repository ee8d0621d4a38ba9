"""What goes over the wire for named documents, to the last field that is money.

Each is taken by the local Xero under its own rules, and comes to Odoo's total and tax.
"""

import json

from ... import xero_api
from ...models.document.xero_document import ENDPOINTS
from ..xero_server import TENANT_AU
from .money_cases import MoneyCase, cents
from .money_strategies import DocumentCase, LineCase

MONEY = (
    "Description",
    "Quantity",
    "UnitAmount",
    "DiscountRate",
    "TaxType",
    "TaxAmount",
)


class GoldenCase(MoneyCase):
    def setUp(self):
        super().setUp()
        self.company.tax_calculation_rounding_method = "round_globally"

    def record(self, kind, *lines, **values):
        """A record of a random test's form, of lines (quantity, price, …)."""
        case = DocumentCase(kind, tuple(LineCase(*line) for line in lines), **values)
        return self.make([case])[0]

    def body(self, record, kind):
        """What is sent for a record, numbers as they are written."""
        built = self.build(record, kind)
        text = xero_api.serialise(ENDPOINTS[kind], [built])
        data = json.loads(text, parse_float=str, parse_int=str)
        return data[ENDPOINTS[kind]][0]

    def assert_golden(self, record, kind, form, *lines, tenant=TENANT_AU):
        """The body has these lines after its title; Xero arrives at Odoo's figures.

        :param form: ``LineAmountTypes``
        :param lines: values of ``MONEY``, None for what is not sent
        """
        body = self.body(record, kind)
        found = [
            tuple(item.get(name) for name in MONEY) for item in body["LineItems"][1:]
        ]
        self.assertEqual(found, [self.padded(line) for line in lines])
        self.assertEqual(body["LineAmountTypes"], form)
        self.assertEqual(body["CurrencyCode"], record.currency_id.name)
        answer = self.taken(record, kind, tenant)
        self.assertEqual(
            (cents(answer["Total"]), cents(answer["TotalTax"])),
            (cents(record.amount_total), cents(self.tax_of(record))),
        )

    def padded(self, line):
        """A line without its last values; every line but a note is some oak."""
        return (*line, *[None] * (len(MONEY) - len(line)))

    def taken(self, record, kind, tenant):
        """Xero's document out of the body."""
        body = xero_api.serialise(ENDPOINTS[kind], [self.build(record, kind)])
        element = json.loads(body)[ENDPOINTS[kind]][0]
        contact = self.xero.state(tenant)["Contacts"][0]
        element["Contact"] = {"ContactID": contact["ContactID"]}
        (answer,) = self.xero.seed(ENDPOINTS[kind], [element], tenant=tenant)
        self.assertFalse(answer.get("ValidationErrors"))
        return answer

    def foreign_tax(self, use, tax_type, percent, reverse=False):
        """A tax of another country, and its rate in that country's Xero."""
        tax = self.taxes[use]["reverse" if reverse else "ten"]
        tax.amount = percent
        tax.xero_tax_rate_id = (
            self.env["xero.tax.rate"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "xero_key": tax_type,
                    "tax_type": tax_type,
                    "name": tax_type,
                    "effective_rate": 0 if reverse else percent,
                }
            )
        )
