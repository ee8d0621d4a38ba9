"""The rows of the matrix: what is made in Odoo, and what Xero should hold of it.

The methods with ``env`` run in Odoo's processes.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

CUSTOMER, VENDOR = "Chaos customer", "Chaos vendor"
DAY = "2026-11-20"
_said: str | None = None  # see `saying`


@dataclass(frozen=True)
class Expected:
    """What Xero should hold under a name.

    :ivar total: None where the kind has none
    :ivar count: 0 when it should be gone, or never have come
    :ivar allocated: what of a credit note is set off, None for the other kinds
    :ivar in_odoo: Odoo's records for it
    """

    endpoint: str
    name: str
    total: float | None = None
    count: int = 1
    allocated: float | None = None
    in_odoo: int = 1


class Kind:
    """One row.

    :cvar endpoint: collection of Xero's that the struck call is about
    :cvar method: of that call
    :cvar path: of that call below the API's root, as far as it is known
    :cvar skipped: calls of this path and method that come before it
    :cvar button: of the Odoo record, that sends it
    :cvar worker: the model that does it
    """

    name = ""
    title = ""
    endpoint = ""
    method = "PUT"
    skipped = 0
    model = ""
    button = "action_xero_send"
    worker = "xero.connection"

    @property
    def path(self) -> str:
        return f"/{self.endpoint}"

    def ready(self, env: Any) -> Any:
        """What must be there, and in Xero, before the click; its id if there is one."""

    def click(self, env: Any, ready: Any) -> int:
        """What the user does; returns the id of the record."""
        raise NotImplementedError

    def undo(self, env: Any, record: int) -> None:
        """Take the click back."""
        raise NotImplementedError

    def expected(self, env: Any, record: int) -> list[Expected]:
        """What Xero should hold of the record as it is in Odoo now."""
        raise NotImplementedError


class Contact(Kind):
    name, title = "contact", "Contact"
    endpoint = "Contacts"
    model = "res.partner"
    button = "action_xero_create"

    def click(self, env: Any, ready: Any) -> int:
        values = {"name": f"Contact {mark()}", "customer_rank": 1}
        return env[self.model].create(values).id

    def expected(self, env: Any, record: int) -> list[Expected]:
        return [Expected(self.endpoint, env[self.model].browse(record).name)]


class Item(Kind):
    name, title = "item", "Item"
    endpoint = "Items"
    model = "product.product"
    button = "action_xero_create"

    def click(self, env: Any, ready: Any) -> int:
        code = mark()
        values = {"name": f"Item {code}", "default_code": code, "list_price": 12}
        return env[self.model].create(values).id

    def expected(self, env: Any, record: int) -> list[Expected]:
        return [Expected(self.endpoint, env[self.model].browse(record).default_code)]


class Quotation(Kind):
    name, title = "quotation", "Quotation"
    endpoint = "Quotes"
    model = "sale.order"

    def click(self, env: Any, ready: Any) -> int:
        return new_order(env, xero_send_choice="yes").id

    def undo(self, env: Any, record: int) -> None:
        env[self.model].browse(record)._action_cancel()

    def expected(self, env: Any, record: int) -> list[Expected]:
        order = env[self.model].browse(record)
        count = int(order.state != "cancel")
        return [Expected(self.endpoint, order.name, order.amount_total, count)]


class SalesOrder(Quotation):
    name, title = "order", "Sales order"
    endpoint = "Invoices"

    def click(self, env: Any, ready: Any) -> int:
        order = new_order(env)
        order.action_confirm()
        return order.id


class CancelledOrder(SalesOrder):
    name, title = "cancel-order", "Cancelled order: draft deleted"
    method = "POST"

    def ready(self, env: Any) -> Any:
        return super().click(env, None)

    def click(self, env: Any, ready: Any) -> int:
        env[self.model].browse(ready)._action_cancel()
        return ready

    def undo(self, env: Any, record: int) -> None:
        order = env[self.model].browse(record)
        order.action_draft()
        order.action_confirm()


class PurchaseOrder(Kind):
    name, title = "purchase", "Purchase order"
    endpoint = "PurchaseOrders"
    model = "purchase.order"

    def click(self, env: Any, ready: Any) -> int:
        line = {"product_id": product(env).id, "product_qty": 2, "price_unit": 30}
        values = {"partner_id": partner(env, VENDOR).id, "order_line": [(0, 0, line)]}
        order = env[self.model].create(values)
        order.button_confirm()
        return order.id

    def undo(self, env: Any, record: int) -> None:
        env[self.model].browse(record).button_cancel()

    def expected(self, env: Any, record: int) -> list[Expected]:
        order = env[self.model].browse(record)
        count = int(order.state != "cancel")
        return [Expected(self.endpoint, order.name, order.amount_total, count)]


class Move(Kind):
    """What stands in Odoo's journals."""

    model = "account.move"
    move_type = ""
    partner = CUSTOMER

    def click(self, env: Any, ready: Any) -> int:
        return new_move(env, self.move_type, self.partner).id

    def undo(self, env: Any, record: int) -> None:
        move = env[self.model].browse(record)
        move.button_draft()
        move.button_cancel()

    def expected(self, env: Any, record: int) -> list[Expected]:
        move = env[self.model].browse(record)
        sales = self.partner == CUSTOMER
        count = int(move.state != "cancel")
        name = move.name if sales else move.ref
        return [Expected(self.endpoint, name, move.amount_total, count)]


class Invoice(Move):
    name, title = "invoice", "Invoice"
    endpoint = "Invoices"
    move_type = "out_invoice"


class CreditNote(Move):
    name, title = "credit-note", "Credit note"
    endpoint = "CreditNotes"
    move_type = "out_refund"


class Bill(Move):
    name, title = "bill", "Bill"
    endpoint = "Invoices"
    move_type = "in_invoice"
    partner = VENDOR


class Refund(Move):
    name, title = "refund", "Refund"
    endpoint = "CreditNotes"
    move_type = "in_refund"
    partner = VENDOR


class TakeOver(Invoice):
    name, title = "take-over", "Invoice that takes over its order's draft"
    method = "POST"

    def ready(self, env: Any) -> Any:
        order = new_order(env)
        order.action_confirm()
        return order.id

    def click(self, env: Any, ready: Any) -> int:
        move = env["sale.order"].browse(ready)._create_invoices()
        move.action_post()
        return move.id

    def expected(self, env: Any, record: int) -> list[Expected]:
        [invoice] = super().expected(env, record)
        order = env[self.model].browse(record).line_ids.sale_line_ids.order_id
        left = 1 - invoice.count  # of the order, when its invoice is cancelled
        return [invoice, Expected(self.endpoint, order.name, order.amount_total, left)]


class Update(Invoice):
    name, title = "update", "Update of an invoice"
    method = "POST"
    price, changed_price = 50, 75

    def ready(self, env: Any) -> Any:
        return new_move(env, self.move_type, self.partner, self.price).id

    def click(self, env: Any, ready: Any) -> int:
        self._set_price(env, ready, self.changed_price)
        return ready

    def undo(self, env: Any, record: int) -> None:
        self._set_price(env, record, self.price)

    def _set_price(self, env: Any, record: int, price: float) -> None:
        move = env[self.model].browse(record)
        move.button_draft()
        move.invoice_line_ids.price_unit = price
        move.action_post()


class CancelledInvoice(Invoice):
    name, title = "cancel-invoice", "Cancelled invoice: voided"
    method = "POST"

    def ready(self, env: Any) -> Any:
        return super().click(env, None)

    def click(self, env: Any, ready: Any) -> int:
        super().undo(env, ready)
        return ready

    def undo(self, env: Any, record: int) -> None:
        move = env[self.model].browse(record)
        move.button_draft()
        move.action_post()


class Allocation(Move):
    name, title = "allocation", "Allocation of a credit note"
    endpoint = "Allocations"
    path = "/CreditNotes"
    skipped = 1  # the credit note itself
    move_type = "out_refund"

    def ready(self, env: Any) -> Any:
        return new_move(env, "out_invoice", CUSTOMER).id

    def click(self, env: Any, ready: Any) -> int:
        invoice = env[self.model].browse(ready)
        credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        credit.action_post()
        return credit.id

    def expected(self, env: Any, record: int) -> list[Expected]:
        credit = env[self.model].browse(record)
        invoice = credit.reversed_entry_id
        total, count = credit.amount_total, int(credit.state != "cancel")
        return [
            Expected("CreditNotes", credit.name, total, count, allocated=total),
            Expected("Invoices", invoice.name, invoice.amount_total),
        ]


class ContactsImport(Kind):
    name, title = "import", "Import of contacts"
    endpoint = "Contacts"
    method = "GET"
    model = worker = "xero.import"
    contacts = 3  # of Xero, for each import

    def click(self, env: Any, ready: Any) -> int:
        contacts_import = env[self.model].create({"search_text": ready})
        contacts_import.action_read()
        return contacts_import.id

    def undo(self, env: Any, record: int) -> None:
        env[self.model].browse(record).action_cancel()

    def expected(self, env: Any, record: int) -> list[Expected]:
        contacts_import = env[self.model].browse(record)
        done = contacts_import.state == "done"
        return [
            Expected(
                self.endpoint,
                name,
                count=1,
                in_odoo=1 if done else 0,
            )
            for name in import_names(contacts_import.search_text)
        ]


class Reading(Invoice):
    name, title = "reading", "Reading of what changed in Xero"
    method = "GET"
    button = "action_xero_check_now"

    def ready(self, env: Any) -> Any:
        return super().click(env, None)

    def click(self, env: Any, ready: Any) -> int:
        env["xero.connection"].search([])._ask_for_reading(by_person=True)
        return ready

    def undo(self, env: Any, record: int) -> None:
        """Nothing is taken back."""


KINDS = {
    kind.name: kind
    for kind in (
        Contact(),
        Item(),
        Quotation(),
        SalesOrder(),
        Invoice(),
        TakeOver(),
        CreditNote(),
        Allocation(),
        PurchaseOrder(),
        Bill(),
        Refund(),
        Update(),
        CancelledOrder(),
        CancelledInvoice(),
        ContactsImport(),
        Reading(),
    )
}


def mark() -> str:
    """A word that nothing else has; within `saying` the one that is said again."""
    return _said or f"C{uuid.uuid4().hex[:10].upper()}"


@contextmanager
def saying(word: str | None) -> Iterator[None]:
    """Have a click in the block use this word, so that another may say the same.

    :param word: None for a new one each time
    """
    global _said
    _said = word
    try:
        yield
    finally:
        _said = None


def import_names(word: str) -> list[str]:
    """The contacts of Xero that an import which searches for this word finds."""
    return [f"Import {word} {n}" for n in range(1, ContactsImport.contacts + 1)]


def partner(env: Any, name: str) -> Any:
    """The customer or vendor of all cells."""
    return env["res.partner"].search([("name", "=", name)])


def product(env: Any) -> Any:
    """The product of all cells."""
    return env["product.product"].search([("default_code", "=", "SYSTEM")])


def new_order(env: Any, **values: Any) -> Any:
    """A quotation."""
    line = {"product_id": product(env).id, "product_uom_qty": 3}
    customer = partner(env, CUSTOMER)
    return env["sale.order"].create(
        {"partner_id": customer.id, "order_line": [(0, 0, line)], **values}
    )


def new_move(env: Any, move_type: str, name: str, price: float = 40) -> Any:
    """A posted invoice, bill, credit note or refund."""
    line = {"product_id": product(env).id, "quantity": 2, "price_unit": price}
    move = env["account.move"].create(
        {
            "move_type": move_type,
            "partner_id": partner(env, name).id,
            "ref": mark(),
            "invoice_date": DAY,
            "invoice_line_ids": [(0, 0, line)],
        }
    )
    move.action_post()
    return move
