"""What people do in a day of trade, for :mod:`benchmarks.moved_clock`."""

import hashlib
from datetime import timedelta
from typing import Any

from system_tests.odoo_process import set_quiet

from .moved_clock import Event

# Of an order's life → minutes since it began
STEPS = {"saved": 0, "edited": 4, "marked sent": 9, "confirmed": 25, "posted": 50}
LIFE = timedelta(hours=1, minutes=30)


def prepare(registry: Any) -> None:
    """In the process that lives through the day: printing takes no time."""
    set_quiet(timedelta(minutes=1), timedelta(minutes=5))

    def print_quickly(report: Any, reference: str, ids: list[int]) -> tuple[bytes, str]:
        model = {
            "sale.action_report_saleorder": "sale.order",
            "purchase.action_report_purchase_order": "purchase.order",
        }.get(reference, "account.move")
        [values] = report.env[model].browse(ids).read(["name", "state", "amount_total"])
        content = hashlib.sha256(repr(values).encode()).hexdigest()
        return b"%PDF" + content.encode(), "pdf"

    registry["ir.actions.report"]._render_qweb_pdf = print_quickly


def lives(orders: int) -> list[Event]:
    """So many orders one after the other, each with a new customer."""
    does = dict(zip(STEPS, (save, edit, mark_sent, confirm, post), strict=True))
    return [
        Event(number * LIFE + timedelta(minutes=minutes), step, does[step], keeps)
        for number, keeps in enumerate({} for _order in range(orders))
        for step, minutes in STEPS.items()
    ]


# --- what people do -------------------------------------------------------------------


def save(env: Any, keeps: dict) -> tuple[str, int, str]:
    """A quotation for a new customer."""
    count = env["res.partner"].search_count([])
    customer = env["res.partner"].create({"name": f"Customer {count}"})
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    line = {"product_id": product.id, "product_uom_qty": 2}
    order = env["sale.order"].create(
        {"partner_id": customer.id, "order_line": [(0, 0, line)]}
    )
    keeps["order"] = order.id
    return "sale_order_id", order.id, "quotation"


def edit(env: Any, keeps: dict) -> tuple[str, int, str]:
    """Another quantity."""
    order = env["sale.order"].browse(keeps["order"])
    order.order_line.product_uom_qty += 1
    return "sale_order_id", order.id, "quotation"


def mark_sent(env: Any, keeps: dict) -> tuple[str, int, str]:
    """The customer has it."""
    order = env["sale.order"].browse(keeps["order"])
    order.action_quotation_sent()
    return "sale_order_id", order.id, "quotation"


def confirm(env: Any, keeps: dict) -> tuple[str, int, str]:
    """The customer takes it."""
    env["sale.order"].browse(keeps["order"]).action_confirm()
    return "sale_order_id", keeps["order"], "sale_order"


def post(env: Any, keeps: dict) -> tuple[str, int, str]:
    """All of it is invoiced."""
    invoice = env["sale.order"].browse(keeps["order"])._create_invoices()
    invoice.action_post()
    return "move_id", invoice.id, "invoice"
