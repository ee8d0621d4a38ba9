"""The PostgreSQL and the databases that the system tests use."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from environment import base, setup
from environment.locks import one_after_another
from environment.odoo import Odoo
from environment.paths import MODULE, STATE, fresh_log
from environment.postgres import ROLE, Cluster

NAME = "system"  # of the cluster, which one run of tests uses at a time
BASE = "xero_system_base"  # Odoo's sales for an Australian company, kept for next time
TEMPLATE = "xero_system_template"  # the same with the addon of this checkout


@dataclass(frozen=True)
class Installation:
    """A running PostgreSQL with a database to copy from."""

    odoo: Odoo
    cluster: Cluster

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """A database with the addon, dropped at the end."""
        self.copy(TEMPLATE, name)
        try:
            yield name
        finally:
            self.drop(name)

    def copy(self, source: str, target: str) -> None:
        """Copy a database; its stored files stay shared, none is written here."""
        self.drop(target)
        self._administer(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def dump(self, database: str, path: Path) -> None:
        """Make a backup of a database, as administrators do."""
        self.odoo.dump(database, path)

    def restore(self, path: Path, database: str) -> None:
        """Put a backup in the place of a database."""
        self.drop(database)
        self.odoo.restore(path, database)

    def drop(self, name: str) -> None:
        """Drop a database, whoever still uses it."""
        self._administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def connect(self, database: str) -> "psycopg2.extensions.connection":
        """A connection of our own, past Odoo."""
        return psycopg2.connect(
            host=str(self.cluster.socket_directory), user=ROLE, dbname=database
        )

    def query(self, database: str, sql: str) -> list[tuple]:
        """Run one statement, committed; return the rows it gives."""
        with closing(self.connect(database)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if cursor.description else []

    def _administer(self, sql: str) -> None:
        self.query("postgres", sql)


@contextmanager
def running(name: str = NAME) -> Iterator[Installation]:
    """Provide PostgreSQL with the template while the tests run.

    :param name: of the cluster; each has databases of its own
    :raise environment.console.Failure: something cannot be had
    """
    tools = setup.provide()
    cluster = Cluster(name, tools.python)
    notice = "Another run uses the databases of these tests; waiting …"
    with one_after_another(STATE / f"{name}.lock", notice), cluster.start():
        installation = Installation(Odoo(name, tools, cluster), cluster)
        base.provide(installation.odoo, BASE)
        installation.copy(BASE, TEMPLATE)
        log = fresh_log(f"{name}-install")
        installation.odoo.install(TEMPLATE, MODULE, log, "--no-http")
        yield installation
