"""Upgrades are tried from every version that landed."""

import ast

from old_versions.versions import LANDED

from environment.paths import ROOT

MANIFEST = ast.literal_eval((ROOT / "__manifest__.py").read_text(encoding="utf-8"))


def test_every_version_with_a_migration_that_is_not_todays_has_landed():
    migrated = {path.name for path in (ROOT / "migrations").iterdir()}
    assert set(LANDED) >= migrated - {MANIFEST["version"]}


def test_landed_versions_are_older_than_this_and_in_order():
    ordered = [*LANDED, MANIFEST["version"]]
    numbers = [tuple(map(int, version.split("."))) for version in ordered]
    assert numbers == sorted(set(numbers))
