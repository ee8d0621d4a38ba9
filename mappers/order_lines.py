"""Lines of sales orders, purchase orders, invoices and bills, in one form."""

from .lines import Line

# Sections, subsections and notes
TEXT_TYPES = ("line_section", "line_subsection", "line_note")
# What counts in an invoice besides its lines: Odoo's cash rounding
AMOUNT_TYPES = ("product", "rounding", *TEXT_TYPES)


def sale_lines(order, quantities=None) -> list[Line]:
    """The lines of a sales order in its sequence.

    :param order: ``sale.order``
    :param quantities: dict of ``sale.order.line`` → what is left of it; lines without
        an entry are left out, sections and notes are not. None for the whole order
    """
    whole = quantities is None
    return [
        Line(record=line, text=line.name or "", informs_only=True)
        if line.display_type
        else _sale_line(line, line.product_uom_qty if whole else quantities[line])
        for line in order.order_line.sorted()
        if whole or line.display_type or line in quantities
    ]


def purchase_lines(order) -> list[Line]:
    """The lines of a purchase order in its sequence."""
    return [
        Line(record=line, text=line.name or "", informs_only=True)
        if line.display_type
        else Line(
            record=line,
            text=line.name or line.product_id.display_name or "-",
            quantity=line.product_qty,
            price_unit=line.price_unit,
            discount=line.discount,
            untaxed=line.price_subtotal,
            total=line.price_total,
            taxes=line.tax_ids,
            product=line.product_id,
            account=product_account(
                line.product_id, order.fiscal_position_id, order.company_id, "expense"
            ),
        )
        for line in order.order_line.sorted()
    ]


def move_lines(move, sign: int = 1) -> list[Line]:
    """The lines of an invoice, bill or credit note, Odoo's cash rounding included.

    :param sign: -1 for a document Xero knows as its opposite
    """
    lines = move.line_ids.filtered(lambda line: line.display_type in AMOUNT_TYPES)
    return [
        Line(record=line, text=line.name or "", informs_only=True)
        if line.display_type in TEXT_TYPES
        else _rounding_line(line, sign)
        if line.display_type == "rounding"
        else _move_line(line, sign)
        for line in lines.sorted(lambda line: (line.sequence, line.id))
    ]


def product_account(product, fiscal_position, company, use: str):
    """Odoo's own choice of account (product, category, fiscal position).

    :param use: ``income`` or ``expense``
    """
    template = product.product_tmpl_id.with_company(company)
    return template.get_product_accounts(fiscal_pos=fiscal_position)[use]


def _sale_line(line, quantity: float) -> Line:
    untaxed, total = line.price_subtotal, line.price_total
    if quantity != line.product_uom_qty:
        untaxed, total = _computed_amounts(line, quantity)
    return Line(
        record=line,
        text=line.name or line.product_id.display_name or "-",
        quantity=quantity,
        price_unit=line.price_unit,
        discount=line.discount,
        untaxed=untaxed,
        total=total,
        taxes=line.tax_ids,
        product=line.product_id,
        account=product_account(
            line.product_id,
            line.order_id.fiscal_position_id,
            line.order_id.company_id,
            "income",
        ),
    )


def _computed_amounts(line, quantity: float) -> tuple[float, float]:
    """What Odoo would count for another quantity, without and with tax."""
    tax_engine = line.env["account.tax"]
    base_line = line._prepare_base_line_for_taxes_computation(quantity=quantity)
    company = line.order_id.company_id
    tax_engine._add_tax_details_in_base_line(base_line, company)
    tax_engine._round_base_lines_tax_details([base_line], company)
    details = base_line["tax_details"]
    return details["total_excluded_currency"], details["total_included_currency"]


def _move_line(line, sign: int) -> Line:
    return Line(
        record=line,
        text=line.name or line.product_id.display_name or "-",
        quantity=sign * line.quantity,
        price_unit=line.price_unit,
        discount=line.discount,
        untaxed=sign * line.price_subtotal,
        total=sign * line.price_total,
        taxes=line.tax_ids,
        product=line.product_id,
        account=line.account_id,
    )


def _rounding_line(line, sign: int) -> Line:
    """Cash rounding has only a balance, whose sign depends on the document."""
    amount = sign * line.amount_currency * line.move_id.direction_sign
    return Line(
        record=line,
        text=line.name or "-",
        quantity=1,
        price_unit=amount,
        untaxed=amount,
        total=amount,
        taxes=line.tax_ids,
        product=line.product_id,
        account=line.account_id,
    )
