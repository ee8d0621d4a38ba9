"""Takes everything away again that the experiments made."""

from collections.abc import Iterable, Iterator
from datetime import date

from .client import Client
from .lab import WRITING
from .reading import outcomes_of, refusal_of
from .state import IDS, Made, State

# Documents before the contacts that they name
DOCUMENTS = ("Invoices", "CreditNotes", "Quotes", "PurchaseOrders")
UNKNOWN = 404  # the Demo Company was reset meanwhile
DRAFTS = frozenset({"DRAFT", "SUBMITTED"})


def clean_up(client: Client, state: State) -> list[str]:
    """Delete, void or archive what is there; tell in words what stays, and why."""
    left = []
    for made in _there(state, "CreditNotes"):
        if made.allocated:
            _take_allocations_back(client, made)
    for endpoint in DOCUMENTS:
        left += _end(client, endpoint, _there(state, endpoint))
    for made in _there(state, "Items"):
        left += _delete_item(client, made)
    left += _end(client, "Contacts", _there(state, "Contacts"))
    state.made.clear()
    state.save()
    return left


def _there(state: State, endpoint: str) -> list[Made]:
    return [
        made
        for made in state.made.values()
        if made.endpoint == endpoint and not made.gone
    ]


def _take_allocations_back(client: Client, note: Made) -> None:
    path = f"/CreditNotes/{note.identifier}"
    for element in client.call("GET", path).elements():
        for allocation in element.get("Allocations") or []:
            identifier = allocation.get("AllocationID")
            client.call("DELETE", f"{path}/Allocations/{identifier}")


def _end(client: Client, endpoint: str, things: list[Made]) -> list[str]:
    """End things with one call, or one by one when Xero refuses the call."""
    if not things:
        return []
    body = {endpoint: [_ending(each) for each in things]}
    exchange = client.call("POST", f"/{endpoint}", body, WRITING)
    if exchange.status != 200 and len(things) > 1:
        return [text for each in things for text in _end(client, endpoint, [each])]
    outcomes = outcomes_of(exchange, len(things))
    return list(_left(zip(things, outcomes, strict=True)))


def _left(pairs: Iterable) -> Iterator[str]:
    for made, outcome in pairs:
        if not outcome.taken and outcome.status != UNKNOWN:
            yield _complaint(made, "; ".join(outcome.messages) or outcome.verdict)


def _complaint(made: Made, reason: str) -> str:
    return f"{made.endpoint} {made.number or made.identifier}: {reason}"


def _ending(made: Made) -> dict:
    """The element that ends it."""
    id_name, number_name = IDS[made.endpoint]
    element = {id_name: made.identifier}
    if made.endpoint == "Contacts":
        return {**element, "ContactStatus": "ARCHIVED"}
    if made.endpoint in ("Quotes", "PurchaseOrders"):
        return {
            **element,
            # A quote without them is refused, or draws a new number
            number_name: made.number,
            "Contact": {"ContactID": made.contact},
            "Date": date.today().isoformat(),
            "Status": "DELETED",
        }
    return {**element, "Status": "DELETED" if made.status in DRAFTS else "VOIDED"}


def _delete_item(client: Client, made: Made) -> list[str]:
    exchange = client.call("DELETE", f"/Items/{made.identifier}")
    if exchange.status in (200, 204):
        made.status = "DELETED"
        return []
    reason = "; ".join(refusal_of(exchange)) or f"HTTP {exchange.status}"
    return [_complaint(made, reason)]
