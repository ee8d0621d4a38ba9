"""Running Odoo servers with workers, for the columns that need them."""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from environment.paths import fresh_log
from environment.processes import Service, wait_until
from environment.rpc import Client
from system_tests import odoo_process
from system_tests.installation import Installation
from system_tests.running_odoo import LOG, TWO_WORKERS, serving

# Cron workers only: nobody is at work there
WORKERS = ("--workers", "2", "--max-cron-threads", "1", "--no-http")
CRON_WORKER = re.compile(r"Worker WorkerCron \((\d+)\) alive")
PATIENCE = 60  # seconds for a server to start
USERS = 20


class Servers:
    """The servers of the stage's database; none at first."""

    def __init__(self, installation: Installation, database: str) -> None:
        self.installation = installation
        self.database = database
        self.users: list[Client] = []
        self._running: list[Service] = []
        self._read_to = 0
        self._stack = ExitStack()

    @property
    def running(self) -> bool:
        """Whether there is one."""
        return bool(self._running or self.users)

    def run(self, count: int, with_users: bool) -> None:
        """Have so many servers run from now on.

        :param with_users: people work on it; then there is one
        """
        if with_users == bool(self.users) and (with_users or count == self.count):
            return
        self.stop()
        if with_users:
            self._let_work()
        else:
            self._start(count)

    @property
    def count(self) -> int:
        """How many run cron workers only."""
        return len(self._running)

    def stop(self) -> None:
        """Stop them as a person would."""
        self._running.clear()
        self.users.clear()
        self._stack.close()

    def restart(self) -> None:
        """Stop them as a service manager does that loses patience; start as many."""
        count = self.count
        for server in self._running:
            server.patience = 1
        self.stop()
        self._start(count)

    def new_errors(self) -> list[str]:
        """What the server that people work on called an error since it was asked."""
        with LOG.open("rb") as log:
            log.seek(self._read_to)
            text = log.read().decode(errors="replace")
            self._read_to = log.tell()
        return [line for line in text.splitlines() if " ERROR " in line]

    def notify(self) -> None:
        """Wake the cron workers, as a trigger's commit does."""
        sql = f"SELECT pg_notify('cron_trigger', '{self.database}')"
        self.installation.query("postgres", sql)

    def kill_cron_worker(self) -> None:
        """SIGKILL the cron worker of the first server."""
        os.kill(_cron_workers(self._running[0].log)[-1], signal.SIGKILL)

    def _start(self, count: int) -> None:
        arguments = ("server", "-d", self.database, *WORKERS)
        for number in range(count):
            log = fresh_log(f"chaos-server-{number}")
            server = self.installation.odoo.serve(arguments, log)
            self._running.append(self._stack.enter_context(server))
        for server in self._running:
            wait_until(lambda log=server.log: _cron_workers(log), server, PATIENCE)

    def _let_work(self) -> None:
        logins = odoo_process.call(self.database, employ, USERS)
        server = serving(self.installation, self.database, TWO_WORKERS)
        self._read_to = LOG.stat().st_size if LOG.exists() else 0
        url = self._stack.enter_context(server).url
        with ThreadPoolExecutor(USERS) as pool:
            people = [
                pool.submit(Client, url, self.database, login, login)
                for login in logins
            ]
        self.users = [each.result() for each in people]


def _cron_workers(log: Path) -> list[int]:
    """The system's ids of a server's cron workers, the newest last."""
    text = log.read_text(encoding="utf-8", errors="replace")
    return [int(each) for each in CRON_WORKER.findall(text)]


# --- in Odoo's processes --------------------------------------------------------------


def employ(env: Any, count: int) -> list[str]:
    """Have so many users with the administrator's rights; their logins, and passwords.

    People of the last time are back at work.
    """
    users = env["res.users"]
    logins = [f"colleague-{number}" for number in range(count)]
    known = users.search([("login", "in", logins)]).mapped("login")
    groups = [(6, 0, env.ref("base.user_admin").group_ids.ids)]
    users.create(
        [
            {"name": login, "login": login, "password": login, "group_ids": groups}
            for login in logins
            if login not in known
        ]
    )
    return logins
