"""Lines of sales orders, purchase orders, invoices and bills, in one form.

Amounts are those of Odoo's tax engine for the whole document, as Odoo itself adds it
up: with the company's way of rounding, and taxes a person typed over.
"""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from .decimals import ZERO, money
from .line import Line

# Sections, subsections and notes
TEXT_TYPES = ("line_section", "line_subsection", "line_note")


def read_ahead(records, answered: bool = False) -> None:
    """Read the taxes on the lines of many documents at once.

    Odoo's tax engine looks at the lines of one document only, and would have them read
    by queries for each.

    :param records: ``account.move``, ``sale.order`` or ``purchase.order``
    :param answered: whether only their amounts are needed; those of ``account.move``
        are booked
    """
    if records._name == "account.move" and answered:
        records.line_ids.fetch(["display_type", "amount_currency"])
    elif records._name == "account.move":
        records.line_ids.fetch(["tax_ids", "tax_tag_ids"])
    else:
        records.order_line.fetch(["tax_ids"])


def sale_lines(order, quantities=None) -> list[Line]:
    """The lines of a sales order in its sequence.

    :param order: ``sale.order``
    :param quantities: see :func:`sale_base_lines`; sections and notes stay in any case
    """
    return _order_lines(order, sale_base_lines(order, quantities), "income")


def shown_amounts(order) -> dict[str, Any]:
    """What Odoo counts for an order by the rates and the rounding of now.

    So its form and its print show it, and so it will be invoiced. What is stored of its
    amounts is as old as the last change of its lines.

    :param order: ``sale.order`` or ``purchase.order``
    :return: dict with ``odoo_total``, ``odoo_tax`` and ``currency_id``
    """
    return _amounts(order, order.tax_totals)


def order_amounts(order, quantities) -> dict[str, Any]:
    """What Odoo counts for a part of a sales order.

    :param order: ``sale.order``
    :param quantities: see :func:`sale_base_lines`
    :return: as of :func:`shown_amounts`
    """
    tax_engine, company = order.env["account.tax"], order.company_id
    base_lines = sale_base_lines(order, quantities)
    tax_engine._add_tax_details_in_base_lines(base_lines, company)
    tax_engine._round_base_lines_tax_details(base_lines, company)
    totals = tax_engine._get_tax_totals_summary(
        base_lines=base_lines, currency=order.currency_id, company=company
    )
    return _amounts(order, totals)


def _amounts(order, totals: dict[str, Any]) -> dict[str, Any]:
    """:param totals: of Odoo's tax engine; its sums of floats are a little beside"""
    currency = order.currency_id
    return {
        "odoo_total": currency.round(totals["total_amount_currency"]),
        "odoo_tax": currency.round(totals["tax_amount_currency"]),
        "currency_id": currency.id,
    }


def sale_base_lines(order, quantities=None) -> list[dict]:
    """The lines of a sales order for Odoo's tax engine.

    :param order: ``sale.order``
    :param quantities: dict of ``sale.order.line`` → what is left of it, or of a down
        payment its price; lines without an entry are left out. None for the whole
        order, without the down payments that are not posted
    """
    if quantities is None:
        base_lines = [
            line._prepare_base_line_for_taxes_computation()
            for line in order._get_priced_lines()
            if line.product_uom_qty or not line.is_downpayment
        ]
        return base_lines + order._add_base_lines_for_early_payment_discount()
    base_lines = [
        _deposit_base_line(line, left)
        if line.is_downpayment
        else line._prepare_base_line_for_taxes_computation(quantity=left)
        for line, left in quantities.items()
    ]
    return base_lines + _early_payment_base_lines(order, base_lines)


def _early_payment_base_lines(order, base_lines: list[dict]) -> list[dict]:
    """What Odoo takes off the tax of a part of an order for a discount "always".

    Odoo makes such lines of the whole order and of each invoice: for each line the
    discount with its taxes, and its opposite without.

    :param base_lines: of that part
    """
    if not order._add_base_lines_for_early_payment_discount():
        return []  # the payment terms have no such discount
    tax_engine, currency = order.env["account.tax"], order.currency_id
    share = order.payment_term_id.discount_percentage / 100
    discounts = []
    for base_line in base_lines:
        tax_engine._add_tax_details_in_base_line(base_line, order.company_id)
        untaxed = base_line["tax_details"]["raw_total_excluded_currency"]
        discount = currency.round(currency.round(untaxed) * share)
        taxes = base_line["tax_ids"].flatten_taxes_hierarchy()
        taxes = taxes.filtered(lambda tax: tax.amount_type != "fixed")
        discounts += [
            tax_engine._prepare_base_line_for_taxes_computation(
                record=order,
                price_unit=price,
                quantity=1.0,
                currency_id=currency,
                sign=1,
                special_type="early_payment",
                tax_ids=each,
            )
            for price, each in ((-discount, taxes), (discount, taxes.browse()))
        ]
    return discounts


def _deposit_base_line(line, price: float) -> dict:
    """What takes a down payment off, as on Odoo's last invoice.

    With the tax that the down payment was given; where only a part of it is left, Odoo
    counts the tax of that.

    :param line: ``sale.order.line``
    :param price: below zero, as the customer paid it
    """
    exact = line.env["account.tax"]._reverse_quantity_base_line_extra_tax_data(
        line.extra_tax_data
    )
    return line._prepare_base_line_for_taxes_computation(
        quantity=1.0 if price > 0 else -1.0, price_unit=abs(price), extra_tax_data=exact
    )


def purchase_lines(order) -> list[Line]:
    """The lines of a purchase order in its sequence.

    A down payment is no part of what is ordered: Odoo keeps it there with no quantity.
    """
    base_lines = [
        line._prepare_base_line_for_taxes_computation()
        for line in order.order_line
        if not line.display_type and (line.product_qty or not line.is_downpayment)
    ]
    return _order_lines(order, base_lines, "expense")


def move_lines(move, sign: int = 1) -> list[Line]:
    """The lines of an invoice, bill or credit note.

    Odoo's own among them: cash rounding, early payment discount. Not what Odoo puts on
    a bill of an order with a quantity of zero, because it is not received yet; what a
    person entered goes.

    :param sign: -1 for a document Xero knows as its opposite
    """
    base_lines, tax_lines = move._get_rounded_base_and_tax_lines()
    _add_rest_of_tax(base_lines, tax_lines)
    texts = move.line_ids.filtered(lambda line: line.display_type in TEXT_TYPES)
    lines = [_text_line(line) for line in texts]
    for base_line in base_lines:
        if not _is_unreceived(base_line):
            untaxed = _booked(base_line["record"])
            account = base_line["account_id"]
            lines.append(_priced_line(base_line, account, untaxed, sign))
    lines += [_private_tax_line(line, sign) for line in _private_tax(move)]
    return sorted(lines, key=lambda line: (line.record.sequence, line.record.id))


def _is_unreceived(base_line) -> bool:
    return bool(base_line["record"].purchase_line_id and not base_line["quantity"])


def booked_tax(move) -> float:
    """Tax of an invoice or bill as Odoo books it, in the document's currency.

    Not the tax on what is private in a bill: nobody claims it, so it is a cost.
    """
    private = _private_tax(move).mapped("amount_currency")
    return move.amount_tax - move.direction_sign * sum(private)


def product_account(product, fiscal_position, company, use: str):
    """Odoo's own choice of account (product, category, fiscal position).

    :param use: ``income`` or ``expense``
    """
    template = product.product_tmpl_id.with_company(company)
    return template.get_product_accounts(fiscal_pos=fiscal_position)[use]


def _order_lines(order, base_lines: list[dict], use: str) -> list[Line]:
    """Lines in the order's sequence, then what Odoo counts besides them."""
    tax_engine, company = order.env["account.tax"], order.company_id
    tax_engine._add_tax_details_in_base_lines(base_lines, company)
    tax_engine._round_base_lines_tax_details(base_lines, company)
    priced = [
        _combo_line(base_line)
        if _is_combo(base_line)
        else _priced_line(
            base_line,
            product_account(
                base_line["product_id"], order.fiscal_position_id, company, use
            ),
            _counted(base_line),
        )
        for base_line in base_lines
    ]
    priced = _with_discount_of_each_tax(priced)
    texts = [_text_line(line) for line in order.order_line if line.display_type]
    places = {line: place for place, line in enumerate(order.order_line.sorted())}
    return sorted(texts + priced, key=lambda line: places.get(line.record, len(places)))


def _with_discount_of_each_tax(lines: list[Line]) -> list[Line]:
    """The lines, with one for early payment of each tax, and one without tax.

    Odoo counts two for each of the order's lines.
    """
    groups: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        if line.is_early_payment:
            groups[line.taxes].append(line)
    sums = [_sum(group) for group in groups.values()]
    taxed = [line for line in sums if line.tax]
    # Those of a tax of 0 % cancel out, but for what Odoo's rounding puts there
    untaxed = [line for line in sums if not line.tax]
    untaxed.sort(key=lambda line: bool(line.taxes))
    rest = [_sum(untaxed)] if untaxed else []
    rest = [line for line in rest if taxed or line.untaxed]
    return [line for line in lines if not line.is_early_payment] + taxed + rest


def _sum(group: list[Line]) -> Line:
    """The first of some lines of one piece, with what all come to."""
    first = group[0]
    untaxed = sum((line.untaxed for line in group), ZERO)
    tax = sum((line.tax for line in group), ZERO)
    price = untaxed + tax if first.includes_tax else untaxed
    return replace(first, price_unit=float(price), untaxed=untaxed, tax=tax)


def _add_rest_of_tax(base_lines: list[dict], tax_lines: list[dict]) -> None:
    """Give tax that Odoo counts, but its engine gives to no line, to the tax's first.

    So it is with typed tax and with cash rounding on a tax that is zero by itself:
    one of 0 %, or a reverse charge.

    :param tax_lines: of Odoo's tax engine: what is booked
    """
    rest: dict[Any, float] = defaultdict(float)
    for tax_line in tax_lines:
        tax = tax_line["tax_repartition_line_id"].tax_id
        rest[tax] += tax_line["sign"] * tax_line["amount_currency"]
    first: dict[Any, dict] = {}
    for base_line in base_lines:
        for details in base_line["tax_details"]["taxes_data"]:
            rest[details["tax"]] -= details["tax_amount_currency"]
            first.setdefault(details["tax"], details)
    for tax, details in first.items():
        details["tax_amount_currency"] += rest[tax]


def _private_tax(move):
    """Where Odoo books the tax on what is private in a bill (``account.move.line``)."""
    return move.line_ids.filtered(
        lambda line: line.display_type == "non_deductible_tax"
    )


def _private_tax_line(record, sign: int) -> Line:
    """:param record: ``account.move.line`` out of :func:`_private_tax`"""
    amount = _booked(record)
    return Line(
        record=record,
        text=record.name or "-",
        quantity=float(sign),
        price_unit=amount,
        untaxed=money(sign * amount, record.currency_id),
        taxes=record.tax_ids,
        product=record.product_id,
        account=record.account_id,
    )


def _booked(record) -> float:
    """Amount of a journal item (``account.move.line``) as its document counts it."""
    return record.move_id.direction_sign * record.amount_currency


def _counted(base_line: dict) -> float:
    """Untaxed amount of an order's line, as Odoo's tax engine rounded it."""
    details = base_line["tax_details"]
    return details["total_excluded_currency"] + details["delta_total_excluded_currency"]


def _text_line(record) -> Line:
    return Line(record=record, text=record.name or "", informs_only=True)


def _is_combo(base_line: dict) -> bool:
    """Whether it only heads the products that were chosen, which have the prices."""
    product = base_line["product_id"]
    return bool(product) and product.type == "combo" and not _counted(base_line)


def _combo_line(base_line: dict) -> Line:
    """The head of a combo is a text: as Odoo prints it, and as its invoices have it."""
    record = base_line["record"]
    text = f"{record.name} x {base_line['quantity']:g}"
    return Line(record=record, text=text, informs_only=True)


def _priced_line(base_line: dict, account, untaxed: float, sign: int = 1) -> Line:
    """:param base_line: of Odoo's tax engine, with its rounded tax details"""
    record, product = base_line["record"], base_line["product_id"]
    taxes, currency = base_line["tax_details"]["taxes_data"], base_line["currency_id"]
    tax = sum(each["tax_amount_currency"] for each in taxes)
    return Line(
        record=record,
        text=_text(base_line) or product.display_name or "-",
        quantity=sign * base_line["quantity"],
        price_unit=base_line["price_unit"],
        discount=base_line["discount"],
        untaxed=money(sign * untaxed, currency),
        tax=money(sign * tax, currency),
        includes_tax=all(each["price_include"] for each in taxes) if taxes else None,
        price_is_net=not any(each["price_include"] for each in taxes),
        taxes=base_line["tax_ids"],
        product=product,
        account=account,
        distribution=base_line["analytic_distribution"],
        is_early_payment=_is_early_payment(base_line),
    )


def _is_early_payment(base_line: dict) -> bool:
    """Whether Odoo counts it for an order's discount; an invoice's are its lines."""
    return base_line["record"]._name == "sale.order"


def _text(base_line: dict) -> str:
    """What the other side reads; Odoo's own lines of an order have no name."""
    if _is_early_payment(base_line):
        return base_line["record"].env._("Early payment discount")
    return base_line["record"].name or ""
