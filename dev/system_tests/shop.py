"""An Australian company in Odoo that sells one product, connected to the local Xero."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from environment.local_xero import CLIENT_ID, CLIENT_SECRET

from . import odoo_process
from .installation import Installation
from .local_xero import SIX_MINUTES, LocalXero
from .odoo_process import OdooProcess

BASE_URLS = ("api", "identity", "login", "web")
# Fields of a connection that say when its next call may be made
PAUSES = ("next_allowed", "minute_renews_at", "day_renews_at")


@dataclass(frozen=True)
class Orders:
    """Orders with a customer each, made together."""

    ids: list[int]
    names: list[str]
    totals: list[float]
    customers: list[str]


class Shop:
    """The company's database, and the verbs of the tests."""

    def __init__(
        self, installation: Installation, database: str, xero: LocalXero
    ) -> None:
        self.installation = installation
        self.database = database
        self.xero = xero
        odoo_process.load(database)
        self.connection = self.call(connect, xero.address)

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function with an environment in a process of its own; commit."""
        return odoo_process.call(self.database, function, *arguments)

    def start(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        prepare: Callable[[Any], None] | None = None,
    ) -> OdooProcess:
        """Start such a process, without waiting for it.

        :param prepare: called with the registry in the new process, before
        """
        return OdooProcess(self.database, function, *arguments, prepare=prepare)

    def rehearse(self) -> None:
        """Sell once and take it back: processes that do it then take less time."""
        odoo_process.rehearse(self.database, sell)

    def query(self, sql: str) -> list[tuple]:
        """Run one statement past Odoo."""
        return self.installation.query(self.database, sql)

    def confirm_orders(self, count: int = 1) -> Orders:
        """Create orders of new customers and confirm them, all in one transaction."""
        return self.call(confirm_orders, count)

    def start_worker(self, prepare: Callable[[Any], None] | None = None) -> OdooProcess:
        """Start a process that does what the connection's scheduled job does."""
        return OdooProcess(self.database, run_job, self.connection, prepare=prepare)

    def work(self) -> None:
        """Let a new worker do what is to be done now."""
        self.start_worker().result()

    def pass_time(self, seconds: int = SIX_MINUTES) -> None:
        """Move the local Xero's clock and make what Odoo noted as much older."""
        self.xero.advance(seconds)
        older = f"- interval '{seconds} seconds'"
        self.query(
            f"UPDATE xero_request SET sent_at = sent_at {older},"
            f" answered_at = answered_at {older}"
        )
        moments = (f"{name} = {name} {older}" for name in PAUSES)
        self.query(f"UPDATE xero_connection SET {', '.join(moments)}")

    def fresh_start(self) -> None:
        """Put away what a failed test left, so that it does not spoil the next."""
        self.xero.fresh_start()
        self.end_pause()
        self.query("UPDATE xero_request SET outcome = 'looked_up'")
        for table in ("xero_document", "xero_contact", "xero_allocation"):
            self.query(f"UPDATE {table} SET state = 'skipped' WHERE state <> 'synced'")

    def end_pause(self) -> None:
        """Make the connection's pause be over."""
        ends = (f"{name} = NULL" for name in PAUSES)
        self.query(f"UPDATE xero_connection SET {', '.join(ends)}")

    def rows(self, orders: Orders) -> list[dict[str, Any]]:
        """The outbox rows of orders, as a user's form shows them."""
        return self.call(read_rows, orders.ids)


def confirm_orders(env: Any, count: int) -> Orders:
    """Create and confirm orders of new customers."""
    orders = create_orders(env, count)
    env["sale.order"].browse(orders.ids).action_confirm()
    return orders


def sell(env: Any) -> None:
    """Confirm an order of a new customer, and post its invoice."""
    orders = confirm_orders(env, 1)
    env["sale.order"].browse(orders.ids)._create_invoices().action_post()


def create_orders(env: Any, count: int) -> Orders:
    """Create quotations of new customers: amounts differ from order to order."""
    mark = uuid.uuid4().hex[:8]
    customers = env["res.partner"].create(
        [{"name": f"Customer {mark} {number}"} for number in range(count)]
    )
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    orders = env["sale.order"].create(
        [
            {
                "partner_id": customer.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "product_uom_qty": number})
                ],
            }
            for number, customer in enumerate(customers, start=1)
        ]
    )
    return Orders(
        orders.ids,
        orders.mapped("name"),
        orders.mapped("amount_total"),
        customers.mapped("name"),
    )


def change_quantity(env: Any, order_id: int, quantity: float) -> float:
    """Change the quantity of an order's lines, and tell its new total."""
    order = env["sale.order"].browse(order_id)
    order.order_line.product_uom_qty = quantity
    return order.amount_total


def cancel(env: Any, order_id: int) -> None:
    """Cancel an order, as its button does."""
    env["sale.order"].browse(order_id)._action_cancel()


def run_job(env: Any, connection: int) -> None:
    """What the scheduler calls."""
    env["xero.connection"]._cron_run(connection)


def read_rows(env: Any, order_ids: list[int]) -> list[dict[str, Any]]:
    """The outbox row of each order, empty when it has none."""
    fields = ["state", "xero_number", "xero_status", "xero_total", "message"]
    return [
        next(iter(order.xero_document_ids.read(fields)), {})
        for order in env["sale.order"].browse(order_ids)
    ]


def connect(env: Any, address: str) -> int:
    """Connect the company, accept what is proposed, and create the product.

    A database that was filled before has all this.
    """
    connection = env["xero.connection"].search([])
    if connection:
        return connection.id
    parameters = env["ir.config_parameter"]
    for name in BASE_URLS:
        parameters.set_param(f"xero_sync.{name}_url", address)
    connection = env["xero.connection"].create(
        {
            "company_id": env.company.id,
            "auth_method": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "auto_quotation": False,  # the tests count the calls of what follows
        }
    )
    env.cr.commit()
    connection.action_connect()
    env.cr.commit()
    env.invalidate_all()
    assert connection.state == "connected", connection.state_message
    env["account.tax"].search([]).action_xero_accept_proposal()
    if not env["product.product"].search_count([("default_code", "=", "SYSTEM")]):
        env["product.product"].create(
            {"name": "Office chair", "default_code": "SYSTEM", "list_price": 100}
        )
    return connection.id
