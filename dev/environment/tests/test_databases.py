"""Databases are copied, renamed and dropped with their files."""

import subprocess

import pytest

from environment.console import Failure
from environment.odoo import Odoo


@pytest.fixture
def odoo(tmp_path, monkeypatch):
    """Odoo's files, without a PostgreSQL."""
    monkeypatch.setattr(Odoo, "query", lambda self, database, sql: [])
    odoo = object.__new__(Odoo)
    odoo.data = tmp_path
    return odoo


def store(odoo, database, name):
    """A stored file of a database."""
    path = odoo.data / "filestore" / database / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_files_go_with_a_database_that_is_renamed_past_what_lay_there(odoo):
    old, left = store(odoo, "old", "a"), store(odoo, "new", "b")
    odoo.rename("old", "new")
    assert not old.parent.exists()
    assert {path.name for path in left.parent.iterdir()} == {"a", "b"}


def test_a_copy_has_the_files_and_the_source_keeps_them(odoo):
    kept = store(odoo, "source", "a")
    odoo.copy("source", "target")
    assert kept.exists()
    assert (odoo.data / "filestore" / "target" / "a").exists()


def test_dropped_files_are_gone(odoo):
    path = store(odoo, "old", "a")
    odoo.drop("old")
    assert not path.parent.exists()


def test_a_refusal_is_told_in_postgresqls_words(monkeypatch):
    said = "Traceback (most recent call last):\npsycopg2.Error: it is being accessed\n"
    refused = subprocess.CalledProcessError(1, "python", stderr=said)

    def refuse(self, database, sql):
        raise refused

    monkeypatch.setattr(Odoo, "query", refuse)
    with pytest.raises(Failure, match="refuses: psycopg2.Error: it is being accessed"):
        object.__new__(Odoo).rename("old", "new")
