"""One run of a command at a time in a checkout."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .console import Failure, say


@contextmanager
def only_one(path: Path, refusal: str) -> Iterator[None]:
    """Hold a lock file, or refuse.

    :raise Failure: another process holds it; ``refusal`` is what a person reads
    """
    with _open(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failure(refusal) from error
        yield


def is_held(path: Path) -> bool:
    """Whether another process holds a lock file now."""
    try:
        with only_one(path, ""):
            return False
    except Failure:
        return True


@contextmanager
def one_after_another(path: Path, notice: str) -> Iterator[None]:
    """Hold a lock file, waiting for it when another process holds it."""
    with _open(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(notice)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _open(path: Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a")
