"""Years of history, made by SQL from one document that really went to Xero."""

from system_tests.shop import Shop

# What history makes grow
GROWING = (
    "sale_order",
    "xero_document",
    "xero_request",
    "xero_contact",
    "xero_issue",
)
# Which documents an issue keeps back
BLOCKED = "xero_document_xero_issue_rel"
# The newest documents are not settled, always so many whatever the history
WAITING = 50
KEPT_BACK = 50
DIFFERENT = 10
UNPAID = 50
OLD = "now() - interval '30 days'"  # younger than what the vacuum removes
SENT = "now() - (n % 730) * interval '1 day'"  # on each day of two years as many


def lengthen(shop: Shop, size: int) -> None:
    """Lengthen the history to so many orders with a document, request, and so on.

    There must be one of each that went the real way.
    """
    name = {"name": "'HISTORY-' || n"}
    _copy(shop, "sale_order", size, **name, xero_document_id="NULL")
    _copy(
        shop,
        "xero_document",
        size,
        like="sale_order_id IS NOT NULL AND currency_id IS NOT NULL",
        source="(SELECT id AS n FROM sale_order WHERE xero_document_id IS NULL) AS o",
        sale_order_id="n",
        record_name="'HISTORY-' || n",
        xero_id="gen_random_uuid()",
        request_id="NULL",
        synced_at=SENT,
        payment_state="'paid'",
    )
    shop.query(
        "UPDATE sale_order SET xero_document_id = xero_document.id FROM xero_document"
        " WHERE sale_order_id = sale_order.id AND sale_order.xero_document_id IS NULL"
    )
    _copy(
        shop,
        "xero_request",
        size,
        idempotency_key="gen_random_uuid()",
        sent_at=OLD,
        outcome="'answered'",
    )
    contact = {"xero_id": "gen_random_uuid()", "partner_id": "NULL"}
    _copy(shop, "xero_contact", size, **name, **contact)
    _copy(shop, "xero_issue", size, key="'history:' || n", state="'solved'")
    settle_all(shop)


def settle_all(shop: Shop) -> None:
    """Nothing waits, and PostgreSQL knows its tables as its autovacuum sees to."""
    shop.query("UPDATE xero_document SET state = 'synced' WHERE state <> 'synced'")
    shop.query(
        "UPDATE xero_document SET payment_state = 'paid' WHERE payment_state = 'unpaid'"
    )
    shop.query(f"DELETE FROM {BLOCKED}")
    _know(shop)


def unsettle(shop: Shop) -> None:
    """Of the newest documents some wait, are kept back, differ, or are to be paid."""
    newest = "(SELECT id FROM xero_document WHERE state = 'synced' ORDER BY id DESC"
    states = {"pending": WAITING, "failed": KEPT_BACK, "mismatch": DIFFERENT}
    for state, count in states.items():
        shop.query(
            f"UPDATE xero_document SET state = '{state}'"
            f" WHERE id IN {newest} LIMIT {count})"
        )
    shop.query(
        "UPDATE xero_document SET payment_state = 'unpaid'"
        f" WHERE id IN {newest} LIMIT {UNPAID})"
    )
    shop.query(
        f"INSERT INTO {BLOCKED} (xero_document_id, xero_issue_id)"
        " SELECT xero_document.id, xero_issue.id FROM xero_document, xero_issue"
        " WHERE xero_document.state = 'failed' AND xero_issue.state = 'open'"
    )
    _know(shop)


def _copy(
    shop: Shop,
    table: str,
    size: int,
    like: str = "true",
    source: str = "",
    **values: str,
) -> None:
    """Copy a table's first row until there are so many.

    :param source: gives the ``n`` of each copy; numbers, unless said
    """
    [(count,)] = shop.query(f"SELECT count(*) FROM {table}")
    numbers = f"generate_series({count + 1}, {size}) AS n"
    copy_rows(shop, table, like, source or numbers, **values)


def copy_rows(shop: Shop, table: str, like: str, source: str, **values: str) -> None:
    """Copy a table's first row of some kind.

    :param like: SQL of what the copied row is like
    :param source: gives the ``n`` of each copy
    :param values: column → SQL of what is not copied
    """
    columns = [
        column
        for (column,) in shop.query(
            "SELECT column_name FROM information_schema.columns"
            f" WHERE table_name = '{table}' AND column_name <> 'id'"
        )
    ]
    taken = ", ".join(values.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    shop.query(
        f"INSERT INTO {table} ({names}) SELECT {taken}"
        f" FROM (SELECT * FROM {table} WHERE {like} ORDER BY id LIMIT 1) AS t, {source}"
    )


def _know(shop: Shop) -> None:
    for table in (*GROWING, BLOCKED):
        shop.query(f"VACUUM (ANALYZE) {table}")
