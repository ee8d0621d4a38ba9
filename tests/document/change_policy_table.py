"""Writes the change policy into the manual.

``python tests/document/change_policy_table.py`` rewrites the tables between the two
marks; a test fails while they are not what ``change_policy.py`` says.
"""

import textwrap
from pathlib import Path

try:
    from . import change_policy
except ImportError:  # run as a script
    import change_policy

PAGE = Path(__file__).resolve().parents[2] / "doc" / "change_policy.rst"
BEGIN = ".. The tables are written by tests/document/change_policy_table.py.\n"
END = ".. End of the tables.\n"
# Characters after which a cell is wrapped
WIDTH = 13


def render() -> str:
    """The tables and their legend, as reStructuredText."""
    parts = [_legend(), *(_table(table) for table in change_policy.TABLES)]
    return "\n".join(parts)


def written() -> str:
    """What the page holds between the marks.

    :raise ValueError: the marks are missing
    """
    text = PAGE.read_text(encoding="utf-8")
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[begin:end].strip("\n") + "\n"


def write() -> None:
    """Put the tables into the page."""
    text = PAGE.read_text(encoding="utf-8")
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    PAGE.write_text(f"{text[:begin]}\n{render()}\n{text[end:]}", encoding="utf-8")


def _legend() -> str:
    """What each word in the tables means."""
    used = {name for table in change_policy.TABLES for *_cell, name in table.cells()}
    lines = []
    for name, outcome in change_policy.OUTCOMES.items():
        if name in used and outcome.meaning:
            lines += [outcome.label, *_indented(outcome.meaning + ".")]
    return "\n".join([*lines, ""])


def _indented(text: str) -> list[str]:
    lines = textwrap.wrap(text[0].upper() + text[1:], 85)
    return [f"   {line}" for line in lines]


def _table(table: change_policy.Table) -> str:
    """A simple table: statuses in Xero down, events in Odoo across."""
    head = ["in Xero", *table.events.values()]
    cells = {(status, event): name for status, event, name in table.cells()}
    rows = []
    for status in table.rows:
        outcomes = [cells.get((status, event)) for event in table.events]
        labels = [
            change_policy.OUTCOMES[name].label if name else "" for name in outcomes
        ]
        rows.append([change_policy.STATUSES[status], *labels])
    return "\n".join([f"**{table.title}**", "", *_simple_table(head, rows), ""])


def _simple_table(head: list[str], rows: list[list[str]]) -> list[str]:
    """Lines of a table whose cells are wrapped, but for the first column."""
    wrapped = [
        [[first], *(textwrap.wrap(cell, WIDTH) or [""] for cell in others)]
        for first, *others in [head, *rows]
    ]
    widths = [
        max(len(line) for row in wrapped for line in row[column])
        for column in range(len(head))
    ]
    border = "  ".join("=" * width for width in widths)
    lines = [border]
    for number, row in enumerate(wrapped):
        lines += _row_lines(row, widths)
        if not number:
            lines.append(border)
    return [*lines, border]


def _row_lines(row: list[list[str]], widths: list[int]) -> list[str]:
    height = max(len(cell) for cell in row)
    return [
        "  ".join(
            (cell[index] if index < len(cell) else "").ljust(width)
            for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for index in range(height)
    ]


if __name__ == "__main__":
    write()
