from odoo.fields import Command
from odoo.tests import tagged

from ...mappers.match_keys import ItemRule
from ..contact.matching_case import MatchingCase


@tagged("post_install", "-at_install")
class TestMatchingItems(MatchingCase):
    """Which item is this product, and the other way round: each rule."""

    def items_in_xero(self, *elements):
        """Make these items in Xero and read them; returns their rows, in this order."""
        made = self.xero.seed("Items", list(elements))
        self.refresh()
        rows = self.items.search([("connection_id", "=", self.connection.id)])
        by_id = {row.xero_id: row for row in rows}
        return self.items.concat(*(by_id[each["ItemID"]] for each in made))

    def new_product(self, name="Quokka stand", **values):
        values = {"taxes_id": self.gst.ids, **values}
        return self.env["product.product"].create({"name": name, **values})

    def matches(self, product):
        return self.items._matches(self.connection, product)[product]

    def found(self, product):
        return [(each.item, each.rule, each.sure) for each in self.matches(product)]

    def assert_sure(self, product, item, rule):
        """Linked by itself, in both directions, because of one rule."""
        self.assertEqual(self.found(product), [(item, rule, True)])
        (back,) = item._product_matches()[item]
        self.assertEqual((back.product, back.rule, back.sure), (product, rule, True))

    def assert_asks(self, product, item, rule, *words):
        """Shown to a person, who is told why it is not linked by itself."""
        (match,) = self.matches(product)
        self.assertEqual((match.item, match.rule, match.sure), (item, rule, False))
        for word in words:
            self.assertIn(word, match.reason)
        (back,) = item._product_matches()[item]
        self.assertEqual((back.product, back.sure), (product, False))

    # === RULES === #

    def test_the_code(self):
        product = self.new_product(default_code="QS-1")
        (item,) = self.items_in_xero({"Code": "QS-1", "Name": "Other"})
        self.assert_sure(product, item, ItemRule.CODE)

    def test_the_barcode(self):
        product = self.new_product(default_code="QS-1", barcode="9300000000017")
        (item,) = self.items_in_xero({"Code": "9300000000017", "Name": "Other"})
        self.assert_sure(product, item, ItemRule.BARCODE)

    def test_the_name_of_a_product_without_a_reference(self):
        product = self.new_product('  quokka  STAND & "more" 🪵')
        (item,) = self.items_in_xero({"Code": "X1", "Name": 'Quokka stand & "more" 🪵'})
        self.assert_sure(product, item, ItemRule.NAME)

    def test_a_name_longer_than_xero_takes(self):
        product = self.new_product("Q" * 80)
        (item,) = self.items_in_xero({"Code": "X1", "Name": "Q" * 50})
        self.assert_sure(product, item, ItemRule.NAME)

    def test_the_name_of_a_product_with_another_reference(self):
        product = self.new_product(default_code="QS-1")
        (item,) = self.items_in_xero({"Code": "X1", "Name": "Quokka stand"})
        self.assert_asks(product, item, ItemRule.NAME, "reference is QS-1")

    def test_the_code_in_another_case_of_letters(self):
        product = self.new_product(default_code="qs-1")
        (item,) = self.items_in_xero({"Code": "QS-1", "Name": "Other"})
        self.assert_asks(
            product, item, ItemRule.NEAR_CODE, "apart from upper and lower case"
        )

    def test_the_code_wins_over_barcode_and_name(self):
        product = self.new_product(default_code="QS-1", barcode="9300000000017")
        name, barcode, code = self.items_in_xero(
            {"Code": "X1", "Name": "Quokka stand"},
            {"Code": "9300000000017", "Name": "Two"},
            {"Code": "QS-1", "Name": "Three"},
        )
        self.assertEqual(
            self.found(product),
            [
                (code, ItemRule.CODE, True),
                (barcode, ItemRule.BARCODE, False),
                (name, ItemRule.NAME, False),
            ],
        )

    def test_nothing_in_common(self):
        self.items_in_xero({"Code": "X1", "Name": "Other"})
        self.assertEqual(self.matches(self.new_product(default_code="QS-1")), [])

    # === SEVERAL === #

    def test_two_products_of_one_code_are_a_persons_choice_in_an_import(self):
        products = self.new_product(default_code="QS-1") + self.new_product(
            default_code="QS-1"
        )
        (item,) = self.items_in_xero({"Code": "QS-1", "Name": "Other"})
        back = item._product_matches()[item]
        self.assertEqual({each.product for each in back}, set(products))
        self.assertEqual([each.sure for each in back], [False, False])

    def test_two_products_of_one_code_share_its_item(self):
        products = self.new_product(default_code="QS-1") + self.new_product(
            default_code="QS-1"
        )
        (item,) = self.items_in_xero({"Code": "QS-1", "Name": "Other"})
        found = self.items._matches(self.connection, products)
        self.assertEqual(
            [(found[each][0].item, found[each][0].sure) for each in products],
            [(item, True)] * 2,
        )

    def test_variants_of_a_template_are_not_told_apart_by_its_name(self):
        attribute = self.env["product.attribute"].create({"name": "Wood"})
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": attribute.id} for name in ("Oak", "Elm")]
        )
        template = self.env["product.template"].create(
            {
                "name": "Quokka stand",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(values.ids)],
                        }
                    )
                ],
            }
        )
        (item,) = self.items_in_xero({"Code": "X1", "Name": "Quokka stand"})
        for variant in template.product_variant_ids:
            self.assertFalse(self.matches(variant)[0].sure)
        self.assertFalse(any(each.sure for each in item._product_matches()[item]))

    def test_a_product_that_has_an_item_is_not_asked_again(self):
        one, other = self.items_in_xero(
            {"Code": "QS-1", "Name": "One"}, {"Code": "QS-2", "Name": "Two"}
        )
        product = self.new_product(default_code="QS-2")
        product.xero_item_id = one
        self.assertEqual(other._product_matches(), {other: []})

    # === OVER THE WIRE === #

    def test_an_order_links_its_product_by_the_barcode_and_creates_nothing(self):
        self.connection.create_items = True
        (item,) = self.items_in_xero({"Code": "9300000000017", "Name": "Other"})
        product = self.new_product(default_code="QS-1", barcode="9300000000017")
        order = self.confirmed_order(
            order_line=[Command.create({"product_id": product.id})]
        )
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(self.write_calls("/Items"), [])
        self.assertEqual(product.xero_item_id, item)
        line = self.xero_invoice_of(order)["LineItems"][1]
        self.assertEqual(line["ItemCode"], "9300000000017")

    def test_fifty_products_cost_as_many_queries_as_one(self):
        codes = [f"QS-{number}" for number in range(50)]
        self.items_in_xero(*({"Code": code, "Name": f"Stand {code}"} for code in codes))
        products = self.env["product.product"].create(
            [{"name": f"Quokka {code}", "default_code": code} for code in codes]
        )
        counts = []
        for batch in (products[:2], products[:1], products):  # the first fills caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.items._matches(self.connection, batch)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertTrue(all(found[each][0].sure for each in batch))
        self.assertEqual(counts[1], counts[2])
