"""The base of system and browser tests: installed once, restored for the other."""

import pytest

from environment import base
from environment.console import Failure
from environment.odoo import Odoo


class Workspace(Odoo):
    """Odoo's files, without Odoo and without a PostgreSQL."""

    def __init__(self, directory):
        self.directory = self.data = directory
        self.databases = {}  # what was done to have each

    def exists(self, database):
        return database in self.databases

    def query(self, database, sql):
        return []

    def drop(self, database):
        self.databases.pop(database, None)

    def run(self, arguments, log, **options):
        _db, _init, database, *_country = arguments
        self.databases[database] = "installed"
        self.files(database).mkdir(parents=True)
        (self.files(database) / "picture").touch()

    def install(self, database, modules, log, *arguments, **options):
        assert self.exists(database)

    def dump(self, database, path):
        path.write_text(database)

    def restore(self, path, database):
        assert path.exists()
        self.databases[database] = "restored"

    def rename(self, source, target):
        super().rename(source, target)
        self.databases[target] = self.databases.pop(source)


@pytest.fixture
def workspaces(tmp_path, monkeypatch):
    """Two workspaces, and nothing kept yet."""
    monkeypatch.setattr(base, "STATE", tmp_path)
    monkeypatch.setattr(base, "KEPT", tmp_path / "base")
    monkeypatch.setattr(base, "fresh_log", lambda name: tmp_path / name)
    return Workspace(tmp_path / "system"), Workspace(tmp_path / "browser")


def test_the_first_installs_it_and_the_other_takes_the_backup_with_its_files(
    workspaces,
):
    for workspace in workspaces:
        base.provide(workspace, "base")
    first, other = workspaces
    assert (first.databases, other.databases) == (
        {"base": "installed"},
        {"base": "restored"},
    )
    assert (other.files("base") / "picture").exists()


def test_who_has_it_keeps_it(workspaces):
    first, _other = workspaces
    first.databases["base"] = "there"
    base.provide(first, "base")
    assert first.databases == {"base": "there"}
    assert not base.KEPT.exists()


def test_a_backup_that_fails_is_not_kept(workspaces, monkeypatch):
    first, _other = workspaces

    def full(database, path):
        raise Failure("the disk is full")

    monkeypatch.setattr(first, "dump", full)
    with pytest.raises(Failure, match="full"):
        base.provide(first, "base")
    assert not base.KEPT.exists()
    assert not first.exists("base")
