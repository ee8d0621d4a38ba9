"""Odoo in processes of its own, forked from this one with a loaded registry."""

import functools
import importlib
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

import psycopg2

from odoo import api, sql_db
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

PATIENCE = 120  # seconds for one process
QUIET_MODULE = "odoo.addons.xero_sync.models.outbox.xero_binding_quiet"
_fork = multiprocessing.get_context("fork")


class ProcessFailed(Exception):
    """The process raised an exception; its traceback is the text."""


def configure(config_file: str, log_file: str, *options: str) -> None:
    """Make this process one that can load registries.

    :param options: of Odoo's command line, which the file does not have
    """
    files = ("-c", config_file, "--logfile", log_file)
    config.parse_config([*files, "--no-http", *options])


def load(database: str) -> None:
    """Load what the processes then inherit: a database's registry, and Xero's SDK.

    Whoever changes something there has finished when the job runs.
    """
    registry = Registry(database)
    # Odoo finds out at its first write which fields depend on which: once for them all
    _triggers = registry._field_triggers
    importlib.import_module("odoo.addons.xero_sync.xero_api.sdk")
    set_quiet(timedelta(0))
    sql_db.close_all()  # a connection must not be used on both sides of a fork


def rehearse(database: str, function: Callable[..., Any], *arguments: Any) -> None:
    """Call a function with an environment here, and take back what it did.

    What Odoo found out on the way, of rights, defaults and its own code, it keeps: the
    processes inherit it too.
    """
    with Registry(database).check_signaling().cursor() as cr:
        function(api.Environment(cr, api.SUPERUSER_ID, {}), *arguments)
        cr.flush()
        cr.rollback()
    sql_db.close_all()


def set_quiet(time: timedelta) -> None:
    """How long changes wait for further ones; earlier versions did not know that."""
    with suppress(ModuleNotFoundError):
        importlib.import_module(QUIET_MODULE).QUIET = time


class OdooProcess:
    """A process that calls one function with an environment, and commits.

    As in a request of a user, a collision with another transaction is tried again.
    """

    def __init__(
        self,
        database: str,
        function: Callable[..., Any],
        *arguments: Any,
        prepare: Callable[[Registry], None] | None = None,
    ) -> None:
        """:param prepare: called with the registry in the new process, before"""
        self.database = database
        self._receiver, sender = _fork.Pipe(duplex=False)
        self.process = _fork.Process(
            target=_work, args=(sender, database, prepare, function, arguments)
        )
        self.process.start()
        sender.close()

    def result(self, patience: float = PATIENCE) -> Any:
        """Wait for the end; return what the function returned.

        :param patience: seconds to wait
        :raise ProcessFailed: it raised an exception, or was killed
        """
        ended = self._receiver.poll(patience)
        try:
            success, value = self._receiver.recv() if ended else (False, "no end")
        except EOFError:
            success, value = False, "killed"
        self.process.join(PATIENCE)
        if not success:
            raise ProcessFailed(value)
        return value

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        self.process.kill()
        self.wait_killed()

    def wait_killed(self) -> None:
        """Wait until it has died of SIGKILL, and nothing else, and lost its locks."""
        self.process.join(PATIENCE)
        code = self.process.exitcode
        if code != -signal.SIGKILL:
            raise ProcessFailed(f"should have been killed, ended with {code}")
        wait_for(lambda: not self._has_sessions())

    def _has_sessions(self) -> bool:
        """Whether PostgreSQL has not yet noticed that the process is gone.

        Until then a next worker finds the connection locked, and leaves it alone.
        """
        _name, parameters = sql_db.connection_info_for(self.database)
        with closing(psycopg2.connect(**parameters)) as connection:
            cr = connection.cursor()
            # Odoo names its sessions by their process: sql_db.connection_info_for
            cr.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s",
                [f"odoo-{self.process.pid}"],
            )
            return bool(cr.fetchone()[0])

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.is_alive()


def call(database: str, function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function with an environment, in a process of its own, and commit."""
    return OdooProcess(database, function, *arguments).result()


def pipe() -> tuple[Connection, Connection]:
    """Two ends for talking with a process that is started later."""
    return _fork.Pipe()


def die() -> None:
    """End this process as a crash does: nothing is cleaned up."""
    os.kill(os.getpid(), signal.SIGKILL)


def wait_for(condition: Callable[[], Any], seconds: float = 30) -> Any:
    """Wait until a condition holds; return what it gave.

    :raise AssertionError: it took too long
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.02)
    return value


def _work(
    sender: Connection,
    database: str,
    prepare: Callable[[Registry], None] | None,
    function: Callable[..., Any],
    arguments: tuple,
) -> None:
    try:
        registry = Registry(database).check_signaling()
        if prepare:
            prepare(registry)
        with registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            value = retrying(functools.partial(function, env, *arguments), env)
        sender.send((True, value))
    except Exception:
        sender.send((False, traceback.format_exc()))
    finally:
        sender.close()
