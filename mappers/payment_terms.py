"""Payment terms that Odoo and Xero can both say; of all others, nothing is said.

Xero knows one day and one way to count: days after the bill, days after the end of
its month, or a day of this or the following month.
https://developer.xero.com/documentation/api/accounting/types#payment-terms
"""

AFTER_BILL = "DAYSAFTERBILLDATE"
AFTER_MONTH = "DAYSAFTERBILLMONTH"
THIS_MONTH = "OFCURRENTMONTH"
NEXT_MONTH = "OFFOLLOWINGMONTH"
MOST_DAYS = 31
SHORTEST_MONTH = 28

# Day and the way to count it
XeroTerm = tuple[int, str]


def term_to_xero(term) -> XeroTerm | None:
    """What Xero calls an Odoo payment term.

    :param term: ``account.payment.term``, maybe empty
    :return: None for instalments, early discounts and days Xero has no word for
    """
    line = term.line_ids
    whole = len(line) == 1 and line.value == "percent" and line.value_amount == 100
    if not whole or term.early_discount:
        return None
    days = line.nb_days
    if line.delay_type == "days_after" and 0 <= days <= MOST_DAYS:
        return days, AFTER_BILL
    if line.delay_type == "days_after_end_of_month" and 0 <= days <= MOST_DAYS:
        return days, AFTER_MONTH
    if days:
        return None
    if line.delay_type == "days_after_end_of_next_month":
        return MOST_DAYS, NEXT_MONTH
    if line.delay_type == "days_end_of_month_on_the":
        # Odoo takes day 0 for the last of this month
        day = int(line.days_next_month or 0)
        return (day, NEXT_MONTH) if day else (0, AFTER_MONTH)
    return None


def odoo_line(day: int, kind: str) -> dict | None:
    """Values of the one line of an Odoo payment term that means what Xero's does.

    :return: None where Odoo has no way to say it: a day of the same month
    """
    day, kind = same_term(day, kind)
    if kind == NEXT_MONTH and 1 <= day <= MOST_DAYS:
        return {"delay_type": "days_end_of_month_on_the", "days_next_month": str(day)}
    if kind == AFTER_MONTH and 0 <= day <= MOST_DAYS:
        return {"delay_type": "days_after_end_of_month", "nb_days": day}
    if kind == AFTER_BILL and 0 <= day <= MOST_DAYS:
        return {"delay_type": "days_after", "nb_days": day}
    return None


def same_term(day: int, kind: str) -> XeroTerm:
    """One of the pairs of Xero's that mean the same day, always the same one."""
    if kind == THIS_MONTH and day == MOST_DAYS:
        return 0, AFTER_MONTH
    if kind == AFTER_MONTH and 1 <= day <= SHORTEST_MONTH:
        return day, NEXT_MONTH
    return day, kind


def terms_by_xero(terms) -> dict[XeroTerm, int]:
    """Ids of Odoo's payment terms by what Xero calls them.

    :param terms: ``account.payment.term``, the best first
    """
    named = [(term_to_xero(term), term.id) for term in terms]
    found = {}
    for pair, term_id in named:
        if pair:
            found.setdefault(pair, term_id)
    for pair, term_id in named:
        if pair:
            found.setdefault(same_term(*pair), term_id)
    return found


def term_words(env, day: int, kind: str) -> str:
    """Xero's payment term in words."""
    if kind == AFTER_BILL:
        return env._("%s days after the date", day)
    if kind == AFTER_MONTH:
        return env._("%s days after the end of the month", day)
    if kind == THIS_MONTH:
        return env._("day %s of the month", day)
    if kind == NEXT_MONTH:
        return env._("day %s of the following month", day)
    return f"{day} {kind}"
