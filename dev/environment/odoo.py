"""Odoo's command line, with a configuration, files and databases of one workspace."""

import configparser
import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from . import odoo_source
from .console import Failure
from .paths import ADDONS, LOGS, SCRIPTS, STATE
from .postgres import ROLE, Cluster
from .processes import Service, capture, free_port, run
from .python_packages import clean_environment
from .setup import Tools

COMMAND = SCRIPTS / "odoo_command.py"
TEST_COMMAND = SCRIPTS / "test_command.py"
QUERY = """
import json, sys, psycopg2
arguments = json.loads(sys.argv[1])
connection = psycopg2.connect(**arguments["connect"])
connection.autocommit = True  # databases are not made in transactions
cursor = connection.cursor()
cursor.execute(arguments["sql"])
print(json.dumps(cursor.fetchall() if cursor.description else [], default=str))
"""


class Odoo:
    """Odoo as one command uses it: demo and test do not see each other's databases.

    Databases are copied past Odoo's command line, which starts Odoo to drop one, and
    loads all modules to copy one.
    """

    def __init__(self, name: str, tools: Tools, cluster: Cluster) -> None:
        self.tools = tools
        self.cluster = cluster
        self.directory = STATE / name
        self.data = self.directory / "data"
        self.data.mkdir(parents=True, exist_ok=True)
        self.config = self._write_config()

    def run(self, arguments: Iterable[str], log: Path, **options) -> None:
        """Run one Odoo command to its end.

        :raise CommandFailed: it ended with an error
        """
        run(self._command(arguments), log, env=self.environment(), **options)

    def serve(self, arguments: Iterable[str], log: Path) -> Service:
        """Start an Odoo server."""
        return Service(self._command(arguments), log, env=self.environment())

    def install(
        self, database: str, modules: str, log: Path, *arguments: str, **options
    ) -> None:
        """Install modules in a database, which is created if need be, and stop.

        :raise CommandFailed: Odoo ended with an error
        """
        stop = ("--stop-after-init", "--max-cron-threads=0")
        command = ["server", "-d", database, "-i", modules, *stop, *arguments]
        self.run(command, log, **options)

    def test(
        self, database: str, tags: str, log: Path, *, xero: str, install: str = ""
    ) -> None:
        """Run tests of installed modules, those that follow an installation.

        :param tags: as for Odoo's ``--test-tags``
        :param xero: the address of the local Xero that they use, one after another
        :param install: modules to install before
        :raise CommandFailed: a test failed, or Odoo ended with an error
        """
        stop = ("--stop-after-init", "--max-cron-threads=0")
        select = ("--test-tags", tags, "--http-port", str(free_port()))
        first = ("-i", install) if install else ()
        command = ["server", "-d", database, *first, *stop, *select]
        environment = self.environment() | {"XERO_SANDBOX_URL": xero}
        run(self._command(command, TEST_COMMAND), log, env=environment)

    def upgrade(self, database: str, module: str, log: Path) -> None:
        """Bring an installed module of a database up to the code, and stop.

        :raise CommandFailed: Odoo ended with an error
        """
        stop = ("--stop-after-init", "--max-cron-threads=0", "--no-http")
        self.run(["server", "-d", database, "-u", module, *stop], log)

    def shell(self, database: str, script: Path, log: Path) -> None:
        """Run a Python script with ``env`` of a database.

        :raise CommandFailed: the script raised an exception
        """
        self.run(["shell", "-d", database, "--no-http"], log, input_file=script)

    def drop(self, database: str) -> None:
        """Drop a database and its files, if it is there, whoever uses it.

        :raise Failure: PostgreSQL refused, as :meth:`copy` and :meth:`rename` do
        """
        self._administer(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        shutil.rmtree(self.files(database), ignore_errors=True)

    def copy(self, source: str, target: str) -> None:
        """Copy a database and its files; nobody may use it."""
        self._administer(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        self._copy_files(source, target)

    def rename(self, source: str, target: str) -> None:
        """Rename a database and its files; nobody may use it."""
        self._administer(f'ALTER DATABASE "{source}" RENAME TO "{target}"')
        self._copy_files(source, target)
        shutil.rmtree(self.files(source), ignore_errors=True)

    def dump(self, database: str, path: Path) -> None:
        """Make a backup of a database without its files.

        :raise CommandFailed: PostgreSQL refused, as :meth:`restore` does
        """
        self._client("pg_dump", "--format=custom", f"--file={path}", database)

    def restore(self, path: Path, database: str) -> None:
        """Make a database from a backup."""
        # Sorted as in those that Odoo makes
        collate = "TEMPLATE template0 LC_COLLATE 'C'"
        self._administer(f'CREATE DATABASE "{database}" {collate}')
        self._client("pg_restore", "--no-owner", f"--dbname={database}", str(path))

    def files(self, database: str) -> Path:
        """Where Odoo keeps the files of a database."""
        return self.data / "filestore" / database

    def exists(self, database: str) -> bool:
        """Whether there is a database of this name."""
        names = self.query("postgres", "SELECT datname FROM pg_database")
        return [database] in names

    def query(self, database: str, sql: str) -> list[list]:
        """The rows that a statement gives.

        :raise subprocess.CalledProcessError: PostgreSQL refused
        """
        connect = {
            "host": str(self.cluster.socket_directory),
            "user": ROLE,
            "dbname": database,
        }
        arguments = json.dumps({"connect": connect, "sql": sql})
        command = [self.tools.python / "bin/python", "-c", QUERY, arguments]
        return json.loads(capture(command, env=clean_environment()))

    def addons_path(self, addons: Path = ADDONS) -> str:
        """Odoo's own addons, and the directory that holds ours."""
        own = odoo_source.addons_directories(self.tools.odoo_home)
        return ",".join(map(str, [*own, addons]))

    def environment(self) -> dict[str, str]:
        """The environment in which Odoo runs, with what it calls on its PATH."""
        path = self.tools.path(self.tools.python / "bin", self.cluster.binaries)
        return clean_environment() | {
            "ODOO_RC": str(self.config),
            "PATH": path,
            "PYTHONPATH": str(self.tools.odoo_home),
            "PYTHONUNBUFFERED": "1",
        }

    def _client(self, program: str, *arguments: str) -> None:
        host = f"--host={self.cluster.socket_directory}"
        command = [self.cluster.binaries / program, host, f"--username={ROLE}"]
        run([*command, *arguments], LOGS / f"{program}.log")

    def _administer(self, sql: str) -> None:
        try:
            self.query("postgres", sql)
        except subprocess.CalledProcessError as error:
            *_traceback, reason = error.stderr.strip().splitlines()
            raise Failure(f"PostgreSQL refuses: {reason}") from error

    def _copy_files(self, source: str, target: str) -> None:
        """Odoo names stored files by their hash: those that are there do no harm."""
        if self.files(source).exists():
            files = self.files(target)
            shutil.copytree(self.files(source), files, dirs_exist_ok=True)

    def _command(self, arguments: Iterable[str], script: Path = COMMAND) -> list[str]:
        python = self.tools.python / "bin/python"
        return [str(python), str(script), *arguments]

    def _write_config(self) -> Path:
        config = configparser.ConfigParser(interpolation=None)
        config["options"] = {
            "addons_path": self.addons_path(),
            "data_dir": str(self.data),
            "db_host": str(self.cluster.socket_directory),
            "db_user": ROLE,
            "http_interface": "127.0.0.1",
            "list_db": "True",
        }
        path = self.directory / "odoo.conf"
        with path.open("w", encoding="utf-8") as output:
            config.write(output)
        return path
