import json

from ... import mappers, xero_api
from ..connected_case import ConnectedCase

XERO_ID = "60aa5d55-a47e-4665-a974-874bb50263b9"


class ItemMappingCase(ConnectedCase):
    """Products mapped out, without sending them."""

    def body(self, product, xero_id=None):
        """The item as it stands in the body of a request."""
        item = mappers.product_to_item(
            product.sudo(), self.connection.sudo(), xero_id=xero_id
        )
        return json.loads(xero_api.serialise("Items", [item]))["Items"][0]

    def new_product(self, **values):
        return self.env["product.product"].create(
            {"name": "Oak table", "default_code": "OAK-2", **values}
        )

    def account(self, code):
        return self.env["xero.account"].search(
            [("code", "=", code), ("connection_id", "=", self.connection.id)]
        )

    def income(self, product):
        return product.product_tmpl_id.get_product_accounts()["income"]

    def expense(self, product):
        return product.product_tmpl_id.get_product_accounts()["expense"]
