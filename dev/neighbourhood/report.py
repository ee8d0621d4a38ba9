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
    more = [(after - before, before) for before, after in result["queries"].values()]
    most, of = max(more, default=(0, 0))
    queries = f"+{most} of {of} at most" if most > 0 else "as many"
    return (
        name,
        str(result["passed"]),
        str(result["failed"]),
        str(result["failed_without"]),
        new,
        queries,
        result["took"],
    )


def _lines(rows: list[tuple[str, ...]], widths: list[int]) -> Iterator[str]:
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(cell.ljust(width) for cell, width in cells).rstrip()
