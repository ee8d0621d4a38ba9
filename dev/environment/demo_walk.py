"""One partner's documents, made in Odoo step by step, and looked for in Xero."""

import time
from collections.abc import Callable
from decimal import Decimal

from . import local_xero, rpc
from .console import Failure, say, seconds_since
from .demo_books import Expected, Found, Pair, documents_of, pair

PATIENCE = 60  # seconds; the worker needs one or two for a step


class Walk:
    """A partner without documents, in Odoo and in Xero."""

    def __init__(self, client: rpc.Client, xero_port: int, kind: str) -> None:
        """Create the partner.

        :param kind: what the partner is, a word for its name
        """
        self.client = client
        self.xero_port = xero_port
        self.contact = f"{kind} {time.time():.0f}"
        self.partner = self.create("res.partner", {"name": self.contact})

    # What a person does in Odoo

    def create(self, model: str, values: dict, **context) -> int:
        """Create one record; return its id."""
        return self.client.call(model, "create", [values], context=context)[0]

    def create_order(self, model: str, quantity: str) -> int:
        """An order of two, four and six pieces of three products.

        :param quantity: the field of its lines
        """
        domain = [("default_code", "!=", False)]
        products = self.client.call("product.product", "search", domain, limit=3)
        lines = [
            (0, 0, {"product_id": product, quantity: 2 * number})
            for number, product in enumerate(products, start=1)
        ]
        return self.create(model, {"partner_id": self.partner, "order_line": lines})

    def press(self, model: str, button: str, record: int):
        """Press a button of a record; return what it leads to."""
        return self.client.call(model, button, [record])

    def invoice_order(self, order: int) -> int:
        """Make a draft invoice of all that an order has left; return its id."""
        wizard = self.create(
            "sale.advance.payment.inv",
            {
                "advance_payment_method": "delivered",
                "sale_order_ids": [(6, 0, [order])],
            },
        )
        action = self.press("sale.advance.payment.inv", "create_invoices", wizard)
        return action["res_id"]

    def sell(self) -> tuple[int, int]:
        """Confirm, invoice and post an order; return its id and the invoice's."""
        order = self.create_order("sale.order", "product_uom_qty")
        self.press("sale.order", "action_confirm", order)
        invoice = self.invoice_order(order)
        self.press("account.move", "action_post", invoice)
        return order, invoice

    def reverse(self, invoice: int) -> int:
        """Make a draft credit note of a whole invoice; return its id."""
        context = {"active_model": "account.move", "active_ids": [invoice]}
        move = self.client.call("account.move", "read", [invoice], ["journal_id"])[0]
        values = {"journal_id": move["journal_id"][0]}
        wizard = self.create("account.move.reversal", values, **context)
        return self.press("account.move.reversal", "refund_moves", wizard)["res_id"]

    def edit_lines(self, invoice: int, edit: Callable[[int, dict], tuple]) -> None:
        """Change the lines of a draft.

        :param edit: gives Odoo's command for a line, from its place and values
        """
        domain = [("move_id", "=", invoice), ("display_type", "=", "product")]
        lines = self.client.call(
            "account.move.line", "search_read", domain, fields=["quantity"]
        )
        commands = [edit(place, line) for place, line in enumerate(lines)]
        values = {"invoice_line_ids": commands}
        self.client.call("account.move", "write", [invoice], values)

    # What Xero should hold then

    def expect(
        self, model: str, record: int, endpoint: str, *statuses: str
    ) -> Expected:
        """Odoo's document as it is now, which Xero has in one of these statuses."""
        fields = ["name", "amount_total"]
        values = self.client.call(model, "read", [record], fields)[0]
        name, total = values["name"] or "draft", Decimal(str(values["amount_total"]))
        return Expected(model, record, name, total, endpoint, statuses)

    def step(self, title: str, *expected: Expected) -> list[Found]:
        """Wait until Xero holds these documents of the partner, and no others.

        :return: them, in the given order
        :raise Failure: it does not come to that
        """
        start = time.monotonic()
        for each in expected:
            if each.endpoint == "Quotes":  # else it waits until people have finished
                self.client.call(each.model, "action_xero_send", [each.record])
        pairs = self._pairs(expected)
        while not all(map(self._agrees, pairs)):
            if time.monotonic() - start > PATIENCE:
                break
            time.sleep(0.3)
            pairs = self._pairs(expected)
        say("\n".join([f"{title} ({seconds_since(start)})", *map(str, pairs)]))
        if not all(map(self._agrees, pairs)):
            raise Failure(f"{title}: {self._explain(expected)}")
        return [each.found for each in pairs]

    def _pairs(self, expected: tuple[Expected, ...]) -> list[Pair]:
        books = local_xero.books(self.xero_port)
        return pair(expected, documents_of(books, self.contact))

    def _agrees(self, pair: Pair) -> bool:
        """Whether both sides are there, and Odoo shows Xero's number."""
        if not (pair.expected and pair.found):
            return False
        return pair.found.number in self._shown(pair.expected, "xero_number")

    def _shown(self, expected: Expected, field: str) -> str:
        record = [expected.record]
        return self.client.call(expected.model, "read", record, [field])[0][field] or ""

    def _explain(self, expected: tuple[Expected, ...]) -> str:
        messages = {self._shown(each, "xero_message") for each in expected}
        return " ".join(filter(None, messages)) or "Odoo and Xero differ."
