"""The lists of fields whose change goes out are right: none too few, none too many."""

from odoo.fields import Command
from odoo.tests import tagged

from ... import mappers
from ...models import product_product, product_template
from ..contact.contact_mapping_case import ContactMappingCase
from ..item.item_mapping_case import ItemMappingCase
from .watched_fields_case import WatchedFieldsMixin


@tagged("post_install", "-at_install")
class TestWatchedContactFields(WatchedFieldsMixin, ContactMappingCase):
    def setUp(self):
        super().setUp()
        self.partner = self.full_partner()
        person = self.partner.child_ids.filtered("email")
        self.records = (self.partner, person, self.partner.child_ids - person)
        self.mapped = lambda: self.body(self.partner)

    def test_each_watched_field_changes_the_contact(self):
        for name in mappers.WATCHED_FIELDS:
            with self.subTest(name):
                changed = any(
                    self.changed_by(record, {name: self.watched_value(record, name)})
                    for record in self.records
                )
                self.assertTrue(changed)

    def watched_value(self, record, name):
        """For relations, a value that means another thing in Xero."""
        term = self.env.ref("account.account_payment_term_30days")
        values = {
            "parent_id": False,
            "property_payment_term_id": term.id,
            "property_supplier_payment_term_id": term.id,
            "property_purchase_currency_id": self.env.ref("base.EUR").id,
            "specific_property_product_pricelist": False,
            "type": "other",
        }
        return values.get(name, self.other_value(record, name))

    def test_no_other_field_changes_the_contact(self):
        for record in self.records:
            found = self.changing_others(record, mappers.WATCHED_FIELDS)
            self.assertEqual(found, [])


@tagged("post_install", "-at_install")
class TestWatchedItemFields(WatchedFieldsMixin, ItemMappingCase):
    def setUp(self):
        super().setUp()
        values = [Command.create({"name": name}) for name in ("Red", "Tan")]
        attribute = {"name": "Colour", "value_ids": values}
        attribute = self.env["product.attribute"].create(attribute)
        red, self.tan = attribute.value_ids
        line = {"attribute_id": attribute.id, "value_ids": red.ids}
        self.template = self.env["product.template"].create(
            {"name": "Oak table", "attribute_line_ids": [Command.create(line)]}
        )
        self.colours = self.template.attribute_line_ids
        self.item_product = self.template.product_variant_ids
        self.item_product.default_code = "OAK-2"
        self.mapped = lambda: self.body(self.item_product)

    def test_each_watched_field_changes_the_item(self):
        for record, watched in (
            (self.item_product, product_product.WATCHED_FIELDS),
            (self.template, product_template.WATCHED_FIELDS),
        ):
            for name in watched:
                with self.subTest(name):
                    value = self.watched_value(record, name)
                    self.assertTrue(self.changed_by(record, {name: value}))

    def watched_value(self, record, name):
        """For relations, a value that means another account in Xero."""
        # No name need tell the first value, while it is the only one
        second = {"value_ids": [Command.link(self.tan.id)]}
        other = self.company_data["default_account_tax_sale"]
        other.xero_account_id = self.account("260")
        elsewhere = self.env["product.category"].create(
            {"name": "Elsewhere", "property_account_income_categ_id": other.id}
        )
        values = {
            "categ_id": elsewhere.id,
            "property_account_income_id": other.id,
            "property_account_expense_id": other.id,
            "attribute_line_ids": [Command.update(self.colours.id, second)],
            "xero_sale_account_id": self.account("260").id,
            "xero_purchase_account_id": self.account("260").id,
        }
        return values.get(name, self.other_value(record, name))

    def test_no_other_field_changes_the_item(self):
        # A variant stays with its template
        watched = product_product.WATCHED_FIELDS | {"product_tmpl_id"}
        self.assertEqual(self.changing_others(self.item_product, watched), [])
        # Odoo writes a template's code on its variant, where it is watched
        watched = product_template.WATCHED_FIELDS | {"default_code"}
        self.assertEqual(self.changing_others(self.template, watched), [])
