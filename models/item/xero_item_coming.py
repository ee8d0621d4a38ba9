from odoo import api, models

from ... import mappers


class XeroItem(models.Model):
    """What the outbox would do about products without an item, and is not done."""

    _inherit = "xero.item"

    @api.model
    def _coming_codes(self, connection, products):
        """Codes of the items that :meth:`_request` and the outbox would link or make.

        A product whose item cannot be made is missing: documents go without.

        :param products: ``product.product`` without an item
        :return: dict of id of the product → code
        """
        rows = self.search(
            [("connection_id", "=", connection.id), ("product_id", "in", products.ids)]
        )
        settled = rows.filtered(lambda row: row.state not in ("pending", "sending"))
        products -= settled.product_id
        codes = {}
        for product, matches in self._matches(connection, products).items():
            if matches and matches[0].sure:
                codes[product.id] = matches[0].item.code
                continue
            try:
                item = mappers.product_to_item(product, connection)
            except mappers.MappingError:
                continue
            codes[product.id] = item.code
        return codes
