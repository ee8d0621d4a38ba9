"""Products, and which item of Xero's each of them is."""

import pytest

from .office import CLERK

TEMPLATE, VARIANT, LINK = "product.template", "product.product", "xero_item_id"


@pytest.fixture
def item_office(ready_office):
    """The office, with quotations switched off and an item in Xero to choose."""
    ready_office.set(auto_quotation=False)
    if not ready_office.in_xero("Items", "Roasted beans"):
        ready_office.seed("Items", {"Code": "BEANS", "Name": "Roasted beans"})
    return ready_office


def item_code_of(office, product):
    """Sell a product; return the item's code on the line that Xero gets."""
    walk = office.walk("Item buyer")
    line = (0, 0, {"product_id": product})
    order = walk.create(
        "sale.order", {"partner_id": walk.partner, "order_line": [line]}
    )
    walk.press("sale.order", "action_confirm", order)
    invoice = office.find("Invoices", office.wait_until_in_xero("sale.order", order))
    return invoice["LineItems"][-1].get("ItemCode")


def test_an_item_is_picked_on_a_product_of_one_variant(item_office, log_in):
    name = item_office.unused_name("Beans")
    (template,) = item_office.call(TEMPLATE, "create", [{"name": name}])
    person = log_in(CLERK)
    person.open(f"products/{template}")
    person.choose(person.field(LINK), "BEANS")
    person.save()
    (product,) = item_office.read(TEMPLATE, template, "product_variant_ids")
    assert item_code_of(item_office, product) == "BEANS"


def test_each_variant_has_an_item_of_its_own(item_office, log_in):
    small, large = create_variants(item_office)
    person = log_in(CLERK)
    person.open(f"action-product.product_normal_action_sell/{large}")
    person.choose(person.field(LINK), "BEANS")
    person.save()
    assert item_code_of(item_office, large) == "BEANS"
    assert not item_office.read(VARIANT, small, LINK)


def test_the_box_creates_a_new_product_in_xero_as_an_item(item_office, log_in):
    name = item_office.unused_name("Grinder")
    code = name.replace(" ", "-")
    person = log_in(CLERK)
    person.open("products/new")
    person.field("name").locator("input, textarea").first.fill(name)
    person.field("default_code").locator("input").fill(code)
    person.field("xero_create").locator("input").check()
    person.save()
    (product,) = item_office.call(VARIANT, "search", [("default_code", "=", code)])
    item_office.wait_until_linked(VARIANT, product, LINK)
    (item,) = item_office.in_xero("Items", name)
    assert item["Code"] == code


def create_variants(office):
    """A product that is sold small and large; return the ids of its variants."""
    (attribute,) = office.call(
        "product.attribute",
        "create",
        [
            {
                "name": "Bag",
                "value_ids": [(0, 0, {"name": "Small"}), (0, 0, {"name": "Large"})],
            }
        ],
    )
    values = office.read("product.attribute", attribute, "value_ids")
    line = {"attribute_id": attribute, "value_ids": [(6, 0, values)]}
    template = {"name": "Bag of beans", "attribute_line_ids": [(0, 0, line)]}
    (template,) = office.call(TEMPLATE, "create", [template])
    return office.read(TEMPLATE, template, "product_variant_ids")
