"""What is locked by hash is what is pinned, and does for the addon."""

import re

from packaging.requirements import Requirement

from environment.paths import DEV
from environment.python_packages import LOCK, RANGES

PINNED = [DEV / f"requirements-{name}.txt" for name in ("odoo", "dev")]
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def _requirements(path) -> dict[str, str]:
    """Name → the whole entry, lines that are continued joined."""
    text = path.read_text().replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    entries = [line for line in lines if line and not line.startswith("#")]
    return {_name(entry): entry for entry in entries}


def _name(entry: str) -> str:
    name = re.match(r"[\w.-]+", entry).group()
    return re.sub(r"[-_.]+", "-", name).lower()


def _version(entry: str) -> str:
    return re.search(r"==(\S+)", entry).group(1)


def test_every_pinned_version_is_locked_and_nothing_else():
    pinned = {}
    for path in PINNED:
        pinned |= _requirements(path)
    locked = _requirements(LOCK)
    assert {name: _version(entry) for name, entry in locked.items()} == {
        name: _version(entry) for name, entry in pinned.items()
    }


def test_every_locked_package_has_its_hashes():
    embedded = _requirements(DEV / "requirements-postgres.txt")
    for name, entry in (_requirements(LOCK) | embedded).items():
        assert HASH.search(entry), name


def test_the_addons_own_ranges_hold_what_is_locked():
    locked = _requirements(LOCK)
    for name, entry in _requirements(RANGES).items():
        assert _version(locked[name]) in Requirement(entry).specifier, name
