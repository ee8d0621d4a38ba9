"""Directories that are either complete or not there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def complete_or_absent(directory: Path) -> Iterator[Path]:
    """Give an empty directory beside ``directory`` that takes its place at the end.

    Whatever interrupts the work in between leaves only the one beside, which the next
    attempt removes.
    """
    beside = directory.with_name(directory.name + ".incomplete")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    yield beside
    shutil.rmtree(directory, ignore_errors=True)
    beside.rename(directory)
