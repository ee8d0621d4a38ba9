"""How PostgreSQL answers what Odoo asks: the scans in the plans of its statements."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

# Node lines of EXPLAIN that read a table or an index, with their rows
SCAN = re.compile(r"((?:Parallel )?(?:Seq|Index|Index Only|Bitmap \w+) Scan .*)")
COSTS = re.compile(r" +\(cost=.*?\) \(actual (rows=\S+) loops=\d+\)")
TABLE = re.compile(r" on (\w+)")


def scans(env: Any, action: Callable[[], Any], tables: Collection[str]) -> list[str]:
    """The scans of these tables that an action's queries need.

    :param action: is called once
    :return: lines such as ``Index Scan using x_idx on x (rows=3)``
    """
    with _noted(env.cr) as statements:
        action()
    found = []
    for statement in dict.fromkeys(statements):
        env.cr.execute("EXPLAIN (ANALYZE, TIMING OFF) " + statement)
        plan = [line for (line,) in env.cr.fetchall()]
        found += [line for line in _scan_lines(plan) if _table(line) in tables]
    return list(dict.fromkeys(found))


def is_sequential(scan: str) -> bool:
    """Whether such a line reads a table from end to end."""
    return "Seq Scan" in scan


@contextmanager
def _noted(cursor: Any) -> Iterator[list[bytes]]:
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


def _scan_lines(plan: list[str]) -> Iterator[str]:
    for line in plan:
        scan = SCAN.search(line)
        if scan and "never executed" not in line:
            yield COSTS.sub(r" (\1)", scan[1])


def _table(scan: str) -> str:
    """The table; of a scan of a bitmap, that of its index is not said."""
    named = TABLE.search(scan)
    return named[1] if named else ""
