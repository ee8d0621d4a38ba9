"""Sales orders, customer invoices and vendor bills → Xero invoices."""

from xero_python.accounting import Invoice

from .amounts import BILL, SALES_INVOICE
from .checks import check_currency, check_lines, check_totals
from .document import common_fields
from .header import local_date
from .lines import XeroLines, xero_lines
from .move import xero_move_lines
from .order_lines import sale_lines
from .problems import Problems
from .target import Target


def order_to_draft_invoice(
    order, target: Target, total: float, quantities=None
) -> Invoice:
    """Build the draft sales invoice that stands for a confirmed sales order.

    :param order: ``sale.order`` in the state ``sale``
    :param total: of what is sent, in the order's currency
    :param quantities: what is left of each line, see ``sale_lines``; None for all
    :raise MappingError: when an account, a tax rate or a line is missing
    """
    problems = Problems()
    lines = sale_lines(order, quantities)
    check_lines(order, lines, total, problems)
    check_currency(order, target, problems)
    sent = xero_lines(lines, target, "sale", SALES_INVOICE, problems)
    tax = float(sum(line.tax for line in lines))
    check_totals(order, sent, total, tax, problems)
    problems.check()
    title = order.env._("Odoo order %(order)s", order=order.name)
    return Invoice(
        type="ACCREC",
        date=local_date(order, order.date_order),
        reference=order.name,
        **_common(order, target, title, sent),
    )


def move_to_invoice(move, target: Target, title: str) -> Invoice:
    """Build the sales invoice or bill of a customer invoice or vendor bill.

    :param move: ``account.move``
    :param title: text of the first line, which carries Odoo's number
    :raise MappingError: when something is missing or would be refused
    """
    sales = move.is_sale_document(include_receipts=True)
    sent = xero_move_lines(move, target, SALES_INVOICE if sales else BILL)
    return Invoice(
        type="ACCREC" if sales else "ACCPAY",
        date=move.invoice_date or None,
        due_date=move.invoice_date_due or None,
        # Xero shows the number of a bill as its reference, and has no other
        reference=move.name if sales else None,
        sent_to_contact=_is_sent(move, target) or None,
        **_common(move, target, title, sent),
    )


def _is_sent(move, target: Target) -> bool:
    """Whether the customer has it from Odoo; Xero takes that of what is approved.

    https://developer.xero.com/documentation/api/accounting/invoices
    """
    approved = target.status in ("AUTHORISED", None)
    return approved and move.is_move_sent and move.is_sale_document()


def _common(record, target: Target, title: str, sent: XeroLines) -> dict:
    """What every invoice of Xero has."""
    return {
        "invoice_id": target.xero_id,
        "invoice_number": target.number,
        "url": target.url,
        **common_fields(record, target, title, sent),
    }
