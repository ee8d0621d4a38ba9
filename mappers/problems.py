"""What keeps a record from being sent, as data: the mapper names it, models show it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One cause. Two records with the same ``key`` are blocked by the same cause.

    :param key: identity of the cause, e.g. ``tax:12``
    :param title: what is wrong, translated, naming the record
    :param remedy: what a person does about it, translated
    :param record: the record on which it is cured, or None
    :param fixer: who can: ``user``, ``accountant`` or ``administrator``
    :param words: Xero's own, where it said something
    :param detail: what it means for this record alone, where many share the cause
    """

    key: str
    title: str
    remedy: str
    record: Any = None
    fixer: str = "accountant"
    words: str = ""
    detail: str = ""


class MappingError(Exception):
    """A record cannot be expressed in Xero as things are.

    :param problems: list of :class:`Problem`, in the order they were met
    """

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(problem.key for problem in problems))
        self.problems = problems


class Problems(list):
    """Collects problems while a document is built, so that all are shown at once."""

    def add(self, key: str, **values: Any) -> None:
        """Note a problem, once per key."""
        if all(problem.key != key for problem in self):
            self.append(Problem(key=key, **values))

    def check(self) -> None:
        """:raise MappingError: when any problem was noted"""
        if self:
            raise MappingError(list(self))
