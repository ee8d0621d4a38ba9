"""A real backup, put back after more was sent: nothing is in Xero twice."""

from .checks import assert_sent_once

CUSTOMER, VENDOR = "Backup customer", "Backup vendor"
DAY = "2026-11-20"
ENDPOINTS = ("Contacts", "Items", "Invoices", "CreditNotes", "PurchaseOrders")


def test_what_waited_and_what_is_entered_again_is_in_xero_once(shop, tmp_path):
    backup = tmp_path / "backup"
    shop.call(_create_partners)
    shop.work()
    waiting = shop.confirm_orders(2)
    shop.installation.dump(shop.database, backup)
    names = shop.call(_enter)
    shop.work()
    sent = _documents(shop)
    shop.installation.restore(backup, shop.database)
    assert shop.call(_enter) == names
    shop.work()
    assert _documents(shop) == sent
    assert_sent_once(shop, waiting)
    sql = "SELECT state FROM xero_document WHERE state <> 'synced'"
    assert shop.query(sql) == []
    [(state, restored_from, unknown_since)] = shop.query(
        "SELECT state, restored_from, unknown_since FROM xero_connection"
    )
    assert (state, unknown_since) == ("connected", None)
    assert restored_from
    assert shop.query("SELECT * FROM xero_found") == []


def _documents(shop):
    """What Xero holds, by its ids."""
    books = shop.xero.books()
    return {name: {_id(each) for each in books[name]} for name in ENDPOINTS}


def _id(element):
    return next(iter(element[key] for key in element if key.endswith("ID")))


def _create_partners(env):
    partners = env["res.partner"].create(
        [
            {"name": CUSTOMER, "customer_rank": 1},
            {"name": VENDOR, "supplier_rank": 1},
        ]
    )
    partners._xero_queue()


def _enter(env):
    """What users enter, the same each time; returns Odoo's numbers."""
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    partners = env["res.partner"].search([("name", "in", (CUSTOMER, VENDOR))])
    customer, vendor = partners.sorted("name")
    sold = {"product_id": product.id, "product_uom_qty": 3}
    order = env["sale.order"].create(
        {"partner_id": customer.id, "order_line": [(0, 0, sold)]}
    )
    order.action_confirm()
    bought = {"product_id": product.id, "product_qty": 2, "price_unit": 30}
    purchase = env["purchase.order"].create(
        {"partner_id": vendor.id, "order_line": [(0, 0, bought)]}
    )
    purchase.button_confirm()
    moves = env["account.move"].create(
        [
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "ref": f"REF-{move_type}",
                "invoice_date": DAY,
                "invoice_line_ids": [
                    (0, 0, {"product_id": product.id, "price_unit": 40})
                ],
            }
            for move_type, partner in (
                ("out_invoice", customer),
                ("out_refund", customer),
                ("in_invoice", vendor),
                ("in_refund", vendor),
            )
        ]
    )
    moves.action_post()
    return [order.name, purchase.name, *moves.mapped("name")]
