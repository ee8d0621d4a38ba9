"""What must be true after every cell, from Xero's books and from Odoo's."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from system_tests.local_xero import SIX_MINUTES, key_of

from .kinds import Expected

if TYPE_CHECKING:
    from .stage import Stage  # which needs Odoo

GONE = ("DELETED", "VOIDED")
# Where a name of ours may stand, in whatever it is
NAME_KEYS = (
    "Name",
    "Code",
    "Reference",
    "InvoiceNumber",
    "CreditNoteNumber",
)
TABLES = {"Contacts": "xero_contact", "Items": "xero_item"}  # else xero_document
# The seconds that the faults of this matrix tell to wait
RETRY_AFTER = {"rate_minute": 26, "rate_day": 5 * 3600}
API = "/api.xro/"


@dataclass
class Findings:
    """What came of one cell."""

    documents: int = 0
    duplicates: int = 0
    lost: int = 0
    stuck: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether all is as it should be."""
        return not (self.duplicates or self.lost or self.stuck or self.problems)


def check(stage: "Stage", expected: list[Expected], sends_again: bool) -> Findings:
    """Look at everything a cell was about.

    :param expected: what Xero should hold now
    :param sends_again: whether the same body may have gone out twice
    """
    findings = Findings()
    books = stage.xero.books()
    for wanted in expected:
        compare(wanted, books, findings)
        findings.problems += wrong_rows(stage, wanted, books)
    calls = [call for call in stage.xero.calls() if API in call["path"]]
    findings.problems += stage.given_up()
    findings.problems += calls_without_key(calls)
    findings.problems += calls_too_early(calls)
    if not sends_again:
        findings.problems += repeated_under_another_key(calls)
    if stage.connection()[0] != "connected":
        findings.problems.append(f"the connection is {stage.connection()}")
    return findings


def compare(wanted: Expected, books: dict, findings: Findings) -> None:
    """Count what Xero holds under a name, and look at the sums."""
    found = held(wanted, books)
    findings.documents += len(found)
    findings.duplicates += max(len(found) - wanted.count, 0)
    findings.lost += max(wanted.count - len(found), 0)
    if len(found) != wanted.count:
        text = f"{wanted.endpoint} {wanted.name}: {len(found)} of {wanted.count}"
        findings.problems.append(text)
    for element in found:
        if wanted.total not in (None, element.get("Total")):
            text = f"{wanted.name}: total {element['Total']}, not {wanted.total}"
            findings.problems.append(text)
        if wanted.allocated is not None:
            amounts = [each["Amount"] for each in element["Allocations"]]
            if amounts != [wanted.allocated]:
                findings.problems.append(f"{wanted.name}: set off {amounts}")
                findings.duplicates += max(len(amounts) - 1, 0)
                findings.lost += int(not amounts)


def held(wanted: Expected, books: dict) -> list[dict]:
    """What Xero holds under a name, and has not ended."""
    return [
        element
        for element in books[wanted.endpoint]
        if wanted.name in [element.get(key) for key in NAME_KEYS]
        and element.get("Status") not in GONE
    ]


def wrong_rows(stage: "Stage", wanted: Expected, books: dict) -> list[str]:
    """Where Odoo does not know what Xero holds, or holds something else itself."""
    from odoo.addons.xero_sync.xero_api.const import ID_KEYS

    problems = []
    table = TABLES.get(wanted.endpoint, "xero_document")
    for element in held(wanted, books) if wanted.in_odoo else ():
        identifier = element[ID_KEYS[wanted.endpoint]]
        sql = f"SELECT state FROM {table} WHERE xero_id = '{identifier}'"
        states = [state for (state,) in stage.query(sql)]
        if states != ["synced"]:
            problems.append(f"Odoo's rows of {wanted.name}: {states}")
    if wanted.endpoint == "Contacts":
        sql = f"SELECT count(*) FROM res_partner WHERE name = '{wanted.name}'"
        [(count,)] = stage.query(sql)
        if count != wanted.in_odoo:
            problems.append(f"{count} partners {wanted.name}, not {wanted.in_odoo}")
    return problems


def writes(calls: list[dict]) -> Iterator[dict]:
    """The calls that Xero keeps keys for."""
    return (call for call in calls if call["method"] in ("PUT", "POST"))


def calls_without_key(calls: list[dict]) -> list[str]:
    """Writes without a key, and keys that were used for something else."""
    bodies = defaultdict(set)
    for call in writes(calls):
        bodies[key_of(call)].add((call["method"], call["path"], call["body"]))
    problems = ["a write had no key"] if None in bodies else []
    return problems + [
        f"key {key} was used for {len(each)} bodies"
        for key, each in bodies.items()
        if len(each) > 1
    ]


def repeated_under_another_key(calls: list[dict]) -> list[str]:
    """The same write under another key, while the first could still count in Xero."""
    same = defaultdict(list)
    for call in writes(calls):
        same[call["method"], call["path"], call["body"]].append(call)
    return [
        f"{later['method']} {later['path']} went again under another key after"
        f" {seconds_between(earlier, later):.0f} s"
        for repeated in same.values()
        for earlier, later in pairwise(repeated)
        if key_of(earlier) != key_of(later)
        and not 400 <= (earlier["status"] or 0) < 500
        and seconds_between(earlier, later) < SIX_MINUTES - 30
    ]


def calls_too_early(calls: list[dict]) -> list[str]:
    """Calls made before the end of a pause that Xero asked for."""
    return [
        f"a call {seconds_between(call, later):.2f} s after {call['fault']}"
        for call, later in pairwise(calls)
        if seconds_between(call, later) < RETRY_AFTER.get(call["fault"], 0)
    ]


def seconds_between(earlier: dict, later: dict) -> float:
    """By the local Xero's clock."""
    times = [datetime.fromisoformat(call["time"]) for call in (earlier, later)]
    return (times[1] - times[0]).total_seconds()
