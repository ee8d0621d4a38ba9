"""The local Xero of one test file: a process, and what tests ask of it."""

import json
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import local_xero
from environment.processes import free_port
from environment.setup import Tools

# What is left is told even when no call is refused, and Odoo pauses at nothing left.
NO_LIMITS = dict.fromkeys(("minute", "app_minute", "day"), 1_000_000)
SIX_MINUTES = 6 * 60 + 30  # after which Xero has forgotten an idempotency key


class LocalXero:
    """Controls of a running local Xero."""

    def __init__(self, address: str) -> None:
        self.address = address

    def control(self, verb: str, action: str, **data):
        """Call the control API."""
        request = urllib.request.Request(
            f"{self.address}/_sandbox/{action}",
            json.dumps(data).encode() if verb != "GET" else None,
            method=verb,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def fault(self, fault: str, path: str, method: str = "", **options) -> None:
        """Plan what goes wrong with the next such call.

        :param path: below the API's root, e.g. ``/Invoices``
        """
        data = {"fault": fault, "method": method, "path": path, **options}
        self.control("POST", "faults", **data)

    def advance(self, seconds: float) -> None:
        """Move its clock, and with it the life of its keys and tokens."""
        self.control("POST", "clock", advance=seconds)

    def calls(self) -> list[dict]:
        """Every call since the log was cleared, oldest first."""
        return self.control("GET", "calls")

    def fresh_start(self) -> None:
        """Forget the calls and the faults, and set the clock right; keep the books."""
        self.control("DELETE", "calls")
        self.control("DELETE", "faults")
        self.control("POST", "clock", reset=True)

    def books(self) -> dict:
        """All that the Australian organisation holds."""
        return self.control("GET", "state")

    def writes(self, endpoint: str) -> list[dict]:
        """The calls that would have changed something of an endpoint."""
        return [
            call
            for call in self.calls()
            if call["path"].endswith(f"/{endpoint}") and call["method"] != "GET"
        ]

    def invoices_of(self, references: list[str]) -> dict[str, list[dict]]:
        """The invoices that are there, by the order's number."""
        found = defaultdict(list)
        for invoice in self.books()["Invoices"]:
            if invoice["Status"] != "DELETED":
                found[invoice.get("Reference")].append(invoice)
        return {reference: found[reference] for reference in references}

    def contacts_of(self, names: list[str]) -> dict[str, list[dict]]:
        """The contacts of these names."""
        found = defaultdict(list)
        for contact in self.books()["Contacts"]:
            found[contact["Name"]].append(contact)
        return {name: found[name] for name in names}


@contextmanager
def running(tools: Tools, directory: Path | None = None) -> Iterator[LocalXero]:
    """A local Xero without limits, with nothing in it but its seeds.

    :param directory: keeps what it holds, in case it is started again
    """
    port = free_port()
    state = directory / "local-xero.json" if directory else None
    with local_xero.start(tools, port, state):
        xero = LocalXero(local_xero.address(port))
        xero.control("POST", "limits", enabled=False, **NO_LIMITS)
        yield xero


def key_of(call: dict) -> str | None:
    """The idempotency key of a call."""
    headers = {name.lower(): value for name, value in call["headers"].items()}
    return headers.get("idempotency-key")
