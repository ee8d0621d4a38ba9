"""Existing documents: the preview beside building their bodies, and matching."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from environment.console import say
from system_tests.shop import Shop

from odoo import sql_db

from .calls import invoice_values
from .figures import Figure, Result
from .history import copy_rows
from .holdings import SEEDED_AT_ONCE, Work, job, xero_invoice
from .process import idle_memory, peak_memory
from .workbench import PATIENCE, Workbench

TITLE = "The first day: existing documents"
SIZES = (20_000,)  # documents in Odoo
SMOKE = (60,)
TYPED = 4  # one in so many is in Xero, by hand
BUILT_AT_ONCE = 200
ORIGINAL = "Typed Ltd"  # customer of the invoice of which the others are copies
DAY = "2025-11-03"
MONTH = {"date_from": "2025-11-01", "date_to": "2025-11-30"}
SLOWEST = 1.3  # times building the bodies
MOST_MEMORY = 80  # megabytes over idle
MOST_READS = 10


@dataclass(frozen=True)
class Measured:
    """What a preview of so many documents took."""

    documents: int
    typed: int
    building: Work
    preview: Work  # found: to link, to send, kept back, to decide
    reads: int


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Preview so many invoices of Odoo, a quarter of them typed into Xero by hand."""
    [size] = sizes
    with bench.shop("first_day") as shop:
        return report(measure(shop, size))


def measure(shop: Shop, size: int) -> Measured:
    """Fill the books of both, build all bodies, then look at all documents."""
    typed = size // TYPED
    say(f"  {size:,} documents: filling the books of both …")
    fill(shop, size, typed)
    say(f"  {size:,} documents: building their bodies …")
    building = shop.start(build, shop.connection).result(PATIENCE)
    shop.xero.control("DELETE", "calls")
    say(f"  {size:,} documents: the preview …")
    preview = shop.start(look, shop.connection).result(PATIENCE)
    calls = [call for call in shop.xero.calls() if "/api.xro/" in call["path"]]
    assert all(call["method"] == "GET" for call in calls), "something was written"
    return Measured(size, typed, building, preview, len(calls))


def report(each: Measured) -> Result:
    """The figures with their targets."""
    what = f"preview of {each.documents:,} documents"
    figures = [
        Figure(
            f"{what}: time / building their bodies",
            each.preview.seconds / each.building.seconds,
            "×",
            most=SLOWEST,
        ),
        Figure(
            f"{what}: memory over idle", each.preview.memory, "MB", most=MOST_MEMORY
        ),
        Figure(f"{what}: queries, each", each.preview.queries / each.documents),
        Figure(
            f"matching {each.typed:,} that Xero has: reads",
            each.reads,
            "calls",
            most=MOST_READS,
        ),
        Figure("of these to link", each.preview.found[0], least=each.typed),
    ]
    bars = [
        ("building bodies", each.building.seconds),
        ("preview", each.preview.seconds),
    ]
    return Result(figures, bars, "s")


# --- the books ------------------------------------------------------------------------


def fill(shop: Shop, size: int, typed: int) -> None:
    """Post one invoice that does not go to Xero, copy it, and type some in there."""
    shop.call(post_one)
    copy_rows(
        shop,
        "account_move",
        f"ref = '{ORIGINAL}'",
        f"generate_series(1, {size - 1}) AS n",
        name="'OLD-' || n",
        payment_reference="'OLD-' || n",
        ref="NULL",
    )
    copy_lines(shop)
    contact = {"Name": ORIGINAL}
    [made] = shop.xero.control("POST", "seed", endpoint="Contacts", elements=[contact])[
        "elements"
    ]
    for first in range(1, typed + 1, SEEDED_AT_ONCE):
        numbers = range(first, min(first + SEEDED_AT_ONCE, typed + 1))
        shop.xero.control(
            "POST",
            "seed",
            endpoint="Invoices",
            elements=[
                {
                    **xero_invoice(f"OLD-{number}", made["ContactID"]),
                    "Date": DAY,
                    "DueDate": DAY,
                }
                for number in numbers
            ],
        )
    for table in ("account_move", "account_move_line"):
        shop.query(f"VACUUM (ANALYZE) {table}")


def copy_lines(shop: Shop) -> None:
    """Give the copies the lines of their original, with their taxes."""
    columns = [
        column
        for (column,) in shop.query(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'account_move_line' AND column_name <> 'id'"
        )
    ]
    # The line that is copied, until its taxes are
    other = {"move_id": "copy.id", "move_name": "copy.name", "sequence": "line.id"}
    taken = ", ".join(other.get(name, f'line."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    shop.query(
        f"INSERT INTO account_move_line ({names}) SELECT {taken}"
        " FROM account_move_line line JOIN account_move original"
        f" ON original.id = line.move_id AND original.ref = '{ORIGINAL}',"
        " account_move copy WHERE copy.name LIKE 'OLD-%'"
    )
    shop.query(
        "INSERT INTO account_move_line_account_tax_rel"
        " (account_move_line_id, account_tax_id)"
        " SELECT line.id, taxes.account_tax_id FROM account_move_line line"
        " JOIN account_move copy ON copy.id = line.move_id"
        " AND copy.name LIKE 'OLD-%'"
        " JOIN account_move_line_account_tax_rel taxes"
        " ON taxes.account_move_line_id = line.sequence"
    )


# --- in Odoo's processes --------------------------------------------------------------


def post_one(env: Any) -> None:
    """The invoice of which all others are copies; it stays at home."""
    customer = env["res.partner"].create({"name": ORIGINAL})
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    values = invoice_values(customer, [product] * 3)
    for line in values["invoice_line_ids"]:
        line[2].update(quantity=2, price_unit=100)
    values.update(invoice_date=DAY, ref=ORIGINAL, xero_send_choice="no")
    env["account.move"].create(values).action_post()


def build(env: Any, connection: int) -> Work:
    """Build the bodies of all, in memory, and keep none."""
    own = env["xero.connection"].browse(connection)
    moves = env["account.move"].search([("invoice_date", "=", DAY)])
    ids, rows = moves.ids, env["xero.document"].sudo()
    env.invalidate_all()
    idle, queries, start = idle_memory(), sql_db.sql_counter, time.monotonic()
    for first in range(0, len(ids), BUILT_AT_ONCE):
        values = {"connection_id": connection, "kind": "invoice"}
        some = rows.concat(
            *(
                rows.new({**values, "move_id": id_, "record_name": "-"})
                for id_ in ids[first : first + BUILT_AT_ONCE]
            )
        )
        some._read_ahead()
        for row in some:
            own._build(row)
        env.invalidate_all()
    seconds = time.monotonic() - start
    return Work(seconds, sql_db.sql_counter - queries, peak_memory() - idle)


def look(env: Any, connection: int) -> Work:
    """A person's button, then the job to the end of the preview."""
    existing = env["xero.existing"].create({"connection_id": connection, **MONTH})
    existing.action_preview()
    env.cr.commit()
    work = job(env, connection)
    assert existing.state == "review", existing.message
    found = (
        existing.link_count,
        existing.send_count,
        existing.fix_count,
        existing.decide_count,
    )
    return Work(work.seconds, work.queries, work.memory, found)
