"""What was tried, as a table."""

from collections.abc import Iterator


def table(results: dict[str, dict]) -> str:
    """:param results: by name, what was kept of each part"""
    rows = [("", "passed", "failed", "also without us", "new", "queries", "took")]
    rows += [_row(name, each) for name, each in results.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_lines(rows, widths))


def _row(name: str, result: dict) -> tuple[str, ...]:
    new = str(len(result["problems"]))
    if "modules" in result:
        title = f"{len(result['applications'])} applications"
        return title, f"{result['modules']} modules", "", "", new, "", result["took"]
    return (
        name,
        str(result["passed"]),
        str(result["failed"]),
        str(result["failed_without"]),
        new,
        _more_queries(result["queries"]),
        result["took"],
    )


def _more_queries(queries: dict[str, tuple[int, int]]) -> str:
    """Nothing where Odoo counted what it expects, or counts nothing at all."""
    if not queries:
        return ""
    most, of = max((after - before, before) for before, after in queries.values())
    return f"+{most} of {of} at most" if most > 0 else "as many"


def _lines(rows: list[tuple[str, ...]], widths: list[int]) -> Iterator[str]:
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(cell.ljust(width) for cell, width in cells).rstrip()
