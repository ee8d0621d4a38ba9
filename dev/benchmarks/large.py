"""Invoices by the million, made by SQL from one that Odoo has posted."""

from dataclasses import dataclass
from typing import Any

from system_tests.installation import Installation

from .history import copy_rows

EACH_CUSTOMER = 20  # invoices
DAYS = 1_800  # over which they are spread
FIRST_DAY = "date '2021-01-01'"
CUSTOMER = "Large customer"
MOVES = ("account_move", "account_move_line")
TABLES = ("res_partner", *MOVES)
# Those that no constraint needs
INDEXES = f"""
    SELECT indexname, indexdef
      FROM pg_indexes
     WHERE tablename IN {TABLES}
       AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


@dataclass(frozen=True)
class Books:
    """A database without the addon, to be filled."""

    installation: Installation
    database: str

    def query(self, sql: str) -> list[tuple]:
        """Run one statement past Odoo."""
        return self.installation.query(self.database, sql)


def fill(books: Books, invoices: int) -> None:
    """Make so many posted invoices with two lines each, like the one that is there.

    Foreign keys are not asked, indexes are made at the end, and so are statistics, as
    PostgreSQL does by itself in the nights of the years.
    """
    indexes = books.query(INDEXES)
    for name, _definition in indexes:
        books.query(f'DROP INDEX "{name}"')
    role = f'ALTER DATABASE "{books.database}" SET session_replication_role'
    books.query(f"{role} = replica")
    customers = max(invoices // EACH_CUSTOMER, 1)
    name = f"'{CUSTOMER} ' || n"
    numbers = f"generate_series(1, {customers}) AS n"
    like = f"name = '{CUSTOMER}'"
    copy_rows(books, "res_partner", like, numbers, name=name, complete_name=name)
    books.query(
        "UPDATE res_partner SET commercial_partner_id = id"
        f" WHERE name LIKE '{CUSTOMER} %'"
    )
    _copy_invoices(books, invoices, customers)
    _copy_lines(books)
    books.query(f"{role} TO DEFAULT")
    for _name, definition in indexes:
        books.query(definition)
    for table in TABLES:
        books.query(f"VACUUM (ANALYZE) {table}")


def _copy_invoices(books: Books, invoices: int, customers: int) -> None:
    [(last,)] = books.query("SELECT max(id) FROM res_partner")
    customer = f"{last} - n % {customers}"
    day = f"{FIRST_DAY} + n * {DAYS} / {invoices}"
    copy_rows(
        books,
        "account_move",
        "move_type = 'out_invoice' AND state = 'posted'",
        f"generate_series(1, {invoices}) AS n",
        name="'LARGE/' || n",
        payment_reference="'LARGE/' || n",
        sequence_prefix="'LARGE/'",
        sequence_number="n",
        partner_id=customer,
        partner_shipping_id=customer,
        commercial_partner_id=customer,
        date=day,
        invoice_date=day,
        invoice_date_due=day,
        access_token="NULL",
    )


def _copy_lines(books: Books) -> None:
    """The lines of the first invoice, for each of the others."""
    lines = books.query(
        "SELECT id FROM account_move_line WHERE move_id ="
        " (SELECT min(id) FROM account_move WHERE move_type = 'out_invoice')"
    )
    for (line,) in lines:
        copy_rows(
            books,
            "account_move_line",
            f"id = {line}",
            "(SELECT id AS n, name AS n_name, partner_id AS n_partner, date AS n_date"
            " FROM account_move WHERE sequence_prefix = 'LARGE/') AS m",
            move_id="n",
            move_name="n_name",
            partner_id="n_partner",
            date="n_date",
            invoice_date="n_date",
            date_maturity="CASE WHEN t.date_maturity IS NOT NULL THEN n_date END",
        )


# --- in Odoo's processes --------------------------------------------------------------


def post_first(env: Any) -> None:
    """The customer and the invoice of which the others are copies."""
    env["res.partner"].create({"name": CUSTOMER, "customer_rank": 1})
    post(env, CUSTOMER, "2021-01-01", name="Work", tax_ids=[(6, 0, [])])


def post(env: Any, customer: str, day: str, **line: Any) -> None:
    """Post an invoice of a customer."""
    partner = env["res.partner"].search([("name", "=", customer)])
    env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_date": day,
            "invoice_line_ids": [(0, 0, {"quantity": 2, "price_unit": 40, **line})],
        }
    ).action_post()
