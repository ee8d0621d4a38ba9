"""The experiments, worst uncertainty first, as they are numbered."""

from . import amounts, contacts, lines, numbers, rights, statuses, wire
from .experiment import Experiment

EXPERIMENTS: dict[str, Experiment] = {
    each.code: each
    for each in sorted(
        (
            *amounts.EXPERIMENTS,
            *contacts.EXPERIMENTS,
            *lines.EXPERIMENTS,
            *numbers.EXPERIMENTS,
            *rights.EXPERIMENTS,
            *statuses.EXPERIMENTS,
            *wire.EXPERIMENTS,
        ),
        key=lambda each: int(each.code[1:]),
    )
}

__all__ = ["EXPERIMENTS", "Experiment"]
