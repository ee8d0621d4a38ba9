"""What a person reads: what is being done while it lasts, and why it failed."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Failure(Exception):
    """Something a person can act on; its text is the one line they read."""


def say(text: str) -> None:
    """Print one line at once, also when the output is a file."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print one line on standard error."""
    print(text, file=sys.stderr, flush=True)


def seconds_since(start: float) -> str:
    """Whole seconds since ``start``, a reading of ``time.monotonic``."""
    return f"{time.monotonic() - start:.0f} s"


@contextmanager
def activity(text: str) -> Iterator[None]:
    """Announce some work, and say how long it took."""
    start = time.monotonic()
    say(f"{text} …")
    yield
    say(f"  done in {seconds_since(start)}")
