"""How PostgreSQL answers what Odoo asks: the scans in the plans of its statements."""

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scan:
    """A node of a plan that reads a table, or an index in its stead."""

    kind: str
    table: str
    index: str
    rows: int  # that it found
    removed: int  # that it read in vain

    @property
    def read(self) -> int:
        """How many rows it had to read."""
        return self.rows + self.removed

    def __str__(self) -> str:
        using = f" using {self.index}" if self.index else ""
        vain = f", {self.removed:,} read in vain" if self.removed else ""
        return f"{self.kind}{using} on {self.table}: {self.rows:,} rows{vain}"


def scans(env: Any, action: Callable[[], Any], tables: Collection[str]) -> list[Scan]:
    """The scans of these tables that an action's queries need.

    :param action: is called once
    """
    with _noted(env.cr) as statements:
        action()
    found = []
    for statement in dict.fromkeys(statements):
        env.cr.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + statement)
        [(plans,)] = env.cr.fetchall()
        plans = json.loads(plans) if isinstance(plans, str) else plans
        nodes = (node for plan in plans for node in _nodes(plan["Plan"]))
        found += [_scan(node) for node in nodes if node.get("Relation Name") in tables]
    return list(dict.fromkeys(found))


@contextmanager
def _noted(cursor: Any) -> Iterator[list[str]]:
    """The queries that a cursor is given while the block lasts."""
    kind, statements = type(cursor), []
    execute = kind.execute

    def noting(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        given = execute(self, query, *arguments, **options)
        sent = self._obj.query.decode()  # with its values, as PostgreSQL got it
        if sent.lstrip().upper().startswith(("SELECT", "WITH")):
            statements.append(sent)
        return given

    kind.execute = noting
    try:
        yield statements
    finally:
        kind.execute = execute


def _nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _scan(node: dict) -> Scan:
    """Rows are those of all its loops together."""
    loops = node["Actual Loops"]
    removed = node.get("Rows Removed by Filter", 0)
    return Scan(
        node["Node Type"],
        node["Relation Name"],
        node.get("Index Name", ""),
        round(node["Actual Rows"] * loops),
        round(removed * loops),
    )
