"""What a benchmark found: figures with their targets, as a table and a chart."""

from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST_BAR = 40  # characters


@dataclass(frozen=True)
class Figure:
    """One number.

    :ivar unit: what stands behind it, e.g. ``×`` or ``calls``
    :ivar least: it should not be smaller
    :ivar most: it should not be greater
    """

    title: str
    value: float
    unit: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def good(self) -> bool:
        """Whether it meets its target; so does one without a target."""
        too_small = self.least is not None and self.value < self.least
        too_great = self.most is not None and self.value > self.most
        return not (too_small or too_great)

    @property
    def target(self) -> str:
        """The target in words."""
        if self.least is not None and self.least == self.most:
            return f"exactly {number(self.most)}"
        words = []
        if self.least is not None:
            words.append(f"at least {number(self.least)}")
        if self.most is not None:
            words.append(f"at most {number(self.most)}")
        return ", ".join(words)

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The cells of its row in the table."""
        verdict = ("ok" if self.good else "MISSED") if self.target else ""
        return self.title, f"{number(self.value)} {self.unit}", self.target, verdict


@dataclass
class Result:
    """What one benchmark found.

    :ivar bars: (label, value) pairs for a chart, all in ``unit``
    :ivar notes: sentences under the chart
    """

    figures: list[Figure] = field(default_factory=list)
    bars: list[tuple[str, float]] = field(default_factory=list)
    unit: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether every target is met."""
        return all(figure.good for figure in self.figures)

    def text(self) -> str:
        """Table, chart and notes."""
        head = ("Figure", "Measured", "Target", "")
        parts = [table([head, *(figure.row for figure in self.figures)])]
        if self.bars:
            parts.append(chart(self.bars, self.unit))
        return "\n\n".join([*parts, *filter(None, ["\n".join(self.notes)])])


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows in columns; the first row is the head."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = tuple("-" * width for width in widths)
    lines = [
        "  ".join(
            cell.rjust(width) if position == 1 else cell.ljust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in [rows[0], rule, *rows[1:]]
    ]
    return "\n".join(line.rstrip() for line in lines)


def chart(bars: Iterable[tuple[str, float]], unit: str) -> str:
    """A bar for each value."""
    bars = list(bars)
    width = max(len(label) for label, _value in bars)
    scale = LONGEST_BAR / (max(value for _label, value in bars) or 1)
    return "\n".join(
        f"{label.ljust(width)}  {'█' * max(round(value * scale), 1)} "
        f"{number(value)} {unit}"
        for label, value in bars
    )


def number(value: float) -> str:
    """Three digits, or all of a whole number."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:,.1f}"
