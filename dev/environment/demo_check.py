"""``dev/demo --check``: the main job, done through the interfaces of both sides."""

from decimal import Decimal

from . import local_xero, rpc
from .console import Failure, activity, say

ORDER_FIELDS = ("name", "amount_total", "xero_state", "xero_number", "xero_message")


def run(client: rpc.Client, xero_port: int) -> int:
    """Confirm an order, wait for the worker, compare with the local Xero's invoice.

    :return: 0 when number and total are the same on both sides, else 1
    :raise Failure: Odoo did not send the order
    """
    order_id = _create_order(client)
    with activity("Confirming an order and waiting for the worker"):
        client.call("sale.order", "action_confirm", [order_id])
        order = client.wait_for("sale.order", order_id, ORDER_FIELDS, _is_settled)
    if order["xero_state"] != "synced":
        raise Failure(f"Odoo did not send {order['name']}: {order['xero_message']}")
    invoice = local_xero.find_invoice(xero_port, order["xero_number"])
    here, there = Decimal(str(order["amount_total"])), Decimal(str(invoice["Total"]))
    same = here == there and order["xero_number"] == invoice["InvoiceNumber"]
    say(
        f"{'Passed' if same else 'Failed'}: Odoo's order {order['name']} of {here:.2f} "
        f"is Xero's {invoice['Status'].lower()} invoice {invoice['InvoiceNumber']} "
        f"of {there:.2f} {invoice['CurrencyCode']}."
    )
    return 0 if same else 1


def _is_settled(order: dict) -> bool:
    return order["xero_state"] not in (False, "pending", "sending", "held")


def _create_order(client: rpc.Client) -> int:
    customer = client.call("res.partner", "search", [("customer_rank", ">", 0)])[0]
    products = client.call("product.product", "search", [("default_code", "!=", False)])
    lines = [
        (0, 0, {"product_id": product, "product_uom_qty": quantity})
        for quantity, product in enumerate(products[:3], start=1)
    ]
    values = {"partner_id": customer, "order_line": lines}
    return client.call("sale.order", "create", [values])[0]
