"""A product that went out to Xero and is imported again is the same product."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ... import mappers
from ...mappers.texts import many_lines, one_line
from ..contact.contact_mapping_case import HOSTILE
from ..money.money_batches import TIMES, batches
from .item_mapping_case import ItemMappingCase

BATCH = 20
FIELDS = (
    "default_code",
    "name",
    "sale_ok",
    "purchase_ok",
    "list_price",
    "standard_price",
    "description_sale",
    "description_purchase",
)
# Xero keeps these of items that are sold, or bought, only
SIDE_FIELDS = {
    "sale_ok": ("list_price", "description_sale"),
    "purchase_ok": ("standard_price", "description_purchase"),
}

_numbers = count(1)
_letters = st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n")
names = st.text(_letters, min_size=1, max_size=50).map(one_line).filter(bool)
descriptions = st.none() | st.text(_letters, max_size=200).map(
    lambda text: many_lines(text, 4000) or None
)
prices = st.integers(0, 10**7).map(lambda cents: cents / 100)


@st.composite
def products(draw):
    """All that the mapping carries of a product.

    Left out: prices of more than the four decimals Xero keeps, names beyond its fifty
    characters, and a description that is the name (it goes out without one).
    """
    return {
        "name": draw(names),
        "sale_ok": draw(st.booleans()),
        "purchase_ok": draw(st.booleans()),
        "list_price": draw(prices),
        "standard_price": draw(prices),
        "description_sale": draw(descriptions),
        "description_purchase": draw(descriptions),
    }


@tagged("post_install", "-at_install", "xero_many")
class TestProductRoundTrip(ItemMappingCase):
    """Out by the outbox, over HTTP, and back by the list of items."""

    @batches(3 * TIMES)
    @given(st.lists(products(), min_size=BATCH, max_size=BATCH))
    def test_a_product_comes_back_as_it_went(self, cases):
        sent = self.env["product.product"].create(
            [{**case, "default_code": f"P-{next(_numbers)}"} for case in cases]
        )
        sent.action_xero_create()
        self.run_job(self.connection)
        self.connection.items_due = True
        self.run_job(self.connection)
        lookups = mappers.Lookups(self.connection.sudo())
        for product in sent:
            row = product.xero_item_id.sudo()
            self.assertTrue(row.xero_id, row.message)
            values, _notes = mappers.product_values(row, lookups)
            back = self.env["product.product"].create(values)
            self.assertEqual(self.shape(back), self.shape(product))

    def shape(self, product):
        """What must be the same."""
        values = {name: product[name] or False for name in FIELDS}
        for side, names_of_side in SIDE_FIELDS.items():
            if not product[side]:
                values.update(dict.fromkeys(names_of_side))
        for name in ("description_sale", "description_purchase"):
            if values[name] == product.name:
                values[name] = False
        return values


@tagged("post_install", "-at_install")
class TestProductValues(ItemMappingCase):
    """One rule each; whatever Xero says, nothing breaks."""

    def read_in(self, details=None, **values):
        """:return: the product that is made, and the notes"""
        row = (
            self.env["xero.item"]
            .sudo()
            .new(
                {
                    "connection_id": self.connection.id,
                    "code": "OAK",
                    "details": details,
                    **values,
                }
            )
        )
        vals, notes = mappers.product_values(row)
        return self.env["product.product"].create(vals), notes

    def test_a_product_without_a_name_is_called_by_its_code(self):
        product, notes = self.read_in()
        self.assertEqual((product.name, product.default_code), ("OAK", "OAK"))
        self.assertEqual(notes, [])

    def test_an_item_without_code_and_name_is_a_problem(self):
        for values in ({"code": "-"}, {"code": "\x07", "name": " "}):
            with self.assertRaises(mappers.MappingError):
                self.read_in(**values)

    def test_account_and_tax_are_those_mapped_to_xero_s(self):
        income = self.company_data["default_account_revenue"]
        income.xero_account_id = self.account("260")
        product, notes = self.read_in(
            {
                "is_sold": True,
                "sales_account": "260",
                "sales_tax_type": self.gst.xero_tax_rate_id.tax_type,
            }
        )
        self.assertEqual(product.property_account_income_id, income)
        self.assertEqual((product.taxes_id, notes), (self.gst, []))

    def test_an_account_of_several_and_an_unmapped_tax_are_noted(self):
        accounts = self.company_data["default_account_revenue"]
        accounts += self.company_data["default_account_expense"]
        accounts.xero_account_id = self.account("260")
        details = {"sales_account": "260", "purchase_tax_type": "NONE"}
        product, notes = self.read_in(details)
        self.assertNotIn(product.property_account_income_id, accounts[:1])
        self.assertEqual(notes, ["Account in Xero: 260", "Tax rate in Xero: NONE"])

    def test_tracked_stock_is_told(self):
        _product, notes = self.read_in({"is_tracked": True})
        self.assertEqual(len(notes), 1)

    def test_hostile_texts_make_products(self):
        for text in HOSTILE:
            text = text.replace("\x00", "").encode("utf-8", "replace").decode()
            details = dict.fromkeys(
                (
                    "description",
                    "purchase_description",
                    "sales_account",
                    "sales_tax_type",
                ),
                text,
            )
            with self.subTest(text[:20]):
                product, _notes = self.read_in(details, name=text)
                self.assertTrue(product.name)
