"""Run by ``odoo shell``: an Australian company with customers, suppliers, products.

The database is new, its company has the Australian chart of accounts and GST.
It worked with Odoo before it had the addon: some documents are of last month.
"""

from datetime import date, timedelta

CUSTOMERS = [
    ("Banksia Cafe Pty Ltd", "orders@banksia.example", "Fremantle", "WA", "6160"),
    ("Harbour Dental Group", "accounts@harbour.example", "Sydney", "NSW", "2000"),
    ("Yarra Valley Cellars", "hello@yarra.example", "Healesville", "VIC", "3777"),
    ("Olive Nguyen", "olive@nguyen.example", "Adelaide", "SA", "5000"),
]
SUPPLIERS = [
    ("Tasman Timber Supply", "sales@tasman.example", "Launceston", "TAS", "7250"),
    ("Outback Upholstery", "billing@outback.example", "Alice Springs", "NT", "0870"),
]
# name, internal reference, kind, sales price, cost (AUD without GST), supplier
PRODUCTS = [
    ("Jarrah desk", "DESK-01", "consu", 890.00, 420.00, "Tasman Timber Supply"),
    (
        "Office chair, blue gum",
        "CHAIR-02",
        "consu",
        345.50,
        150.00,
        "Outback Upholstery",
    ),
    (
        "Bookshelf, five boards",
        "SHELF-05",
        "consu",
        219.95,
        98.00,
        "Tasman Timber Supply",
    ),
    ("Desk lamp", "LAMP-01", "consu", 64.90, 22.40, "Outback Upholstery"),
    ("Assembly on site, per hour", "ASSEMBLY", "service", 95.00, 60.00, None),
]
# kind, partner, products by their place above, day of last month, vendor's reference
BEFORE = [
    ("out_invoice", "Banksia Cafe Pty Ltd", (0, 1), 3, False),
    ("out_invoice", "Olive Nguyen", (3,), 9, False),
    ("out_invoice", "Yarra Valley Cellars", (1, 2), 17, False),
    ("in_invoice", "Tasman Timber Supply", (0, 2), 21, "TTS-4471"),
]


def address(city, state, postcode):
    """Values of an Australian address."""
    australia = env.ref("base.au")
    states = env["res.country.state"].search(
        [("country_id", "=", australia.id), ("code", "=", state)]
    )
    return {
        "street": "1 Example Street",
        "city": city,
        "state_id": states.id,
        "zip": postcode,
        "country_id": australia.id,
    }


def fill_company():
    """Give the company a name and the administrator its time zone."""
    env.company.write(
        {"name": "Gumtree Office Furniture Pty Ltd", "vat": "83 914 571 673"}
    )
    env.company.partner_id.write(address("Melbourne", "VIC", "3000"))
    env.ref("base.user_admin").tz = "Australia/Melbourne"


def create_partners():
    """Create the customers and the suppliers."""
    for rank, people in (("customer_rank", CUSTOMERS), ("supplier_rank", SUPPLIERS)):
        for name, email, city, state, postcode in people:
            env["res.partner"].create(
                address(city, state, postcode)
                | {
                    "name": name,
                    "email": email,
                    "is_company": name != "Olive Nguyen",
                    rank: 1,
                }
            )


def create_products():
    """Create the products, with the company's own GST on sales and purchases."""
    for name, reference, kind, price, cost, supplier in PRODUCTS:
        sellers = env["res.partner"].search([("name", "=", supplier)])
        env["product.template"].create(
            {
                "name": name,
                "default_code": reference,
                "type": kind,
                "list_price": price,
                "standard_price": cost,
                # no warehouse is installed that would tell what arrived
                "purchase_method": "purchase",
                "seller_ids": [
                    (0, 0, {"partner_id": seller.id, "price": cost})
                    for seller in sellers
                ],
            }
        )


def create_documents_of_before():
    """Post invoices and a bill of last month, before anybody connects to Xero."""
    last_month = date.today().replace(day=1) - timedelta(days=1)
    products = env["product.product"].search(
        [("default_code", "!=", False)], order="id"
    )
    for kind, partner, places, day, reference in BEFORE:
        env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": env["res.partner"].search([("name", "=", partner)]).id,
                "invoice_date": last_month.replace(day=day),
                "ref": reference,
                "invoice_line_ids": [
                    (0, 0, {"product_id": products[place].id, "quantity": 2})
                    for place in places
                ],
            }
        ).action_post()


def create_quotation():
    """Create a quotation that only waits to be confirmed."""
    products = env["product.product"].search([("default_code", "!=", False)])
    customer = env["res.partner"].search([("name", "=", CUSTOMERS[0][0])])
    env["sale.order"].create(
        {
            "partner_id": customer.id,
            "user_id": env.ref("base.user_admin").id,  # the list shows one's own
            "order_line": [
                (0, 0, {"product_id": product.id, "product_uom_qty": quantity})
                for quantity, product in enumerate(products[:3], start=1)
            ],
        }
    )


def create_request_for_quotation():
    """Create a purchase order that only waits to be confirmed."""
    supplier = env["res.partner"].search([("name", "=", SUPPLIERS[0][0])])
    products = env["product.product"].search(
        [("seller_ids.partner_id", "=", supplier.id)]
    )
    env["purchase.order"].create(
        {
            "partner_id": supplier.id,
            "user_id": env.ref("base.user_admin").id,
            "order_line": [
                (0, 0, {"product_id": product.id, "product_qty": quantity})
                for quantity, product in enumerate(products, start=4)
            ],
        }
    )


fill_company()
create_partners()
create_products()
create_documents_of_before()
create_quotation()
create_request_for_quotation()
env.cr.commit()
