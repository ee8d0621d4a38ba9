from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ...mappers.match_keys import (
    ItemKeys,
    ItemRule,
    Pair,
    code_key,
    compare_item,
    doubt_rivals,
    item_name_key,
)
from ..contact.xero_matching import CANDIDATES

PRODUCT_COLUMNS = ("default_code", "barcode", "name")


class ItemMatch(NamedTuple):
    """A Xero item that may be a product's."""

    item: Any
    rule: ItemRule
    sure: bool
    reason: str


class ProductMatch(NamedTuple):
    """A product that a Xero item may be."""

    product: Any
    rule: ItemRule
    sure: bool
    reason: str


class XeroItem(models.Model):
    """Which item is this product, and which product is this item?"""

    _name = "xero.item"
    _inherit = ["xero.item", "xero.matching"]

    _match_fields = {"code": "code_key", "name": "name_key"}

    code_key = fields.Char(compute="_compute_code_key", store=True, index=True)
    name_key = fields.Char(compute="_compute_name_key", store=True, index=True)

    @api.depends("code")
    def _compute_code_key(self):
        for item in self:
            item.code_key = code_key(item.code)

    @api.depends("name")
    def _compute_name_key(self):
        for item in self:
            item.name_key = item_name_key(item.name)

    # === MATCHES === #

    @api.model
    def _matches(self, connection, products):
        """Xero's items that may be these products, by what was last read.

        :param products: ``product.product``
        :return: dict of product → list of :class:`ItemMatch`, best first; at most one
            of them is sure. Several products may have the same item, by its code.
        """
        found = {product: [] for product in products}
        for pair in self._pairs(connection, products):
            found[pair.ours].append(
                ItemMatch(pair.theirs, pair.rule, pair.is_sure, self._reason(pair))
            )
        return {product: found[product][:CANDIDATES] for product in products}

    def _product_matches(self):
        """The company's products without an item that may be these items.

        :return: dict of item → list of :class:`ProductMatch`, best first; at most one
            of them is sure, and then it is sure of no other item
        """
        pairs = {item: [] for item in self}
        if not self:
            return {}
        connection = self.connection_id.ensure_one()
        products = self.env["product.product"].with_company(connection.company_id)
        products = self._records_with_keys(
            products, self._unlinked_domain(connection), PRODUCT_COLUMNS
        )
        for pair in self._pairs(connection, products):
            if pair.theirs in pairs:
                pairs[pair.theirs].append(pair)
        return {item: self._ranked_products(pairs[item]) for item in self}

    def _ranked_products(self, pairs):
        """A line of the import has one product: of several, a person chooses."""
        sure = [pair for pair in pairs if pair.is_sure]
        if len(sure) > 1:
            for pair in sure:
                pair.doubts.append(self.env._("it is not the only one"))
        return [
            ProductMatch(pair.ours, pair.rule, pair.is_sure, self._reason(pair))
            for pair in pairs[:CANDIDATES]
        ]

    @api.model
    def _unlinked_domain(self, connection):
        """Products of the connection's company that have no item."""
        company = connection.company_id
        return (
            Domain("company_id", "=", False)
            | Domain("company_id", "child_of", company.id)
        ) & Domain("xero_item_id", "not any", [("connection_id", "=", connection.id)])

    # === COMPARISON === #

    # EXTENDS 'xero.matching'
    @api.model
    def _record_keys(self, id_, *texts):
        return ItemKeys.of(*texts)

    # EXTENDS 'xero.matching'
    def _match_keys(self):
        self.ensure_one()
        return ItemKeys(code=self.code, name=self.name_key or "")

    def _pairs(self, connection, products):
        """Each product with the items that have a key in common with it.

        :return: list of ``Pair``, best first
        """
        keys = {
            product: self._record_keys(
                product.id, *(product[name] for name in PRODUCT_COLUMNS)
            )
            for product in products
        }
        by_key = self._by_key(connection, keys.values())
        read_at_once = self.browse().union(*by_key.values()).ids
        pairs = []
        for product, own_keys in keys.items():
            near = self.browse().union(
                *(by_key[key] for key in own_keys.told() if key in by_key)
            )
            for item in near.with_prefetch(read_at_once):
                rule = compare_item(own_keys, item._match_keys())
                doubts = item._doubts(product, rule)
                pairs.append(Pair(product, item, rule, doubts))
        doubt_rivals(pairs, self.env._("it is not the only one"))
        return sorted(pairs, key=lambda pair: (pair.rank, pair.ours.id, pair.theirs.id))

    def _doubts(self, product, rule):
        """What speaks against linking this item to a product, in words."""
        if product in self.declined_product_ids:
            return [self.env._("this link was taken away before")]
        if rule is not ItemRule.NAME:
            return []
        if product.default_code:
            code = product.default_code
            return [self.env._("the product's reference is %(code)s", code=code)]
        if len(product.product_tmpl_id.product_variant_ids) > 1:
            return [self.env._("the product has other variants")]
        return []

    # EXTENDS 'xero.matching'
    def _rule_words(self):
        return {
            ItemRule.CODE: self.env._("Its code is the product's reference"),
            ItemRule.BARCODE: self.env._("Its code is the product's barcode"),
            ItemRule.NAME: self.env._("Same name"),
            ItemRule.NEAR_CODE: self.env._(
                "Same code, apart from upper and lower case"
            ),
        }
