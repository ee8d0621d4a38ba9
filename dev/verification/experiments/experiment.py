"""What an experiment is."""

from collections.abc import Callable
from dataclasses import dataclass

from ..lab import Lab
from ..reading import Reading


@dataclass(frozen=True)
class Experiment:
    """A question to Xero, the calls that answer it, and what hangs on the answer."""

    code: str
    question: str
    read: Callable[[Lab, Reading], None]
    addon: str  # how the addon fares with either answer
    constants: tuple[str, ...] = ()  # of sandbox/unverified.py, that stand on it


def state_of(element: dict, name: str, sent: object) -> str:
    """Whether a field still says what was sent."""
    return "kept" if element.get(name) == sent else "changed"
