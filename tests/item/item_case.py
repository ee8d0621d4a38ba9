from ..common import XeroCase


class ItemCase(XeroCase):
    def items(self, code):
        return [item for item in self.xero.state()["Items"] if item["Code"] == code]

    def item(self, code):
        (item,) = self.items(code)
        return item

    def new_product(self, **values):
        return self.env["product.product"].create({"name": "Oak stool", **values})
