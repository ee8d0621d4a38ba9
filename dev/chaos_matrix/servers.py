"""Running Odoo servers with workers, for the columns that need them."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from environment.rpc import Client
from system_tests.installation import Installation
from system_tests.odoo_process import wait_for
from system_tests.running_odoo import serving

WORKERS = ("--workers", "2", "--max-cron-threads", "1")


class Servers:
    """The servers of the stage's database; none at first."""

    def __init__(self, installation: Installation, database: str) -> None:
        self.installation = installation
        self.database = database
        self.clients: list[Client] = []  # one of each server
        self.users: list[Client] = []
        self._stack = ExitStack()

    @property
    def running(self) -> bool:
        """Whether there is one."""
        return bool(self.clients)

    def run(self, count: int) -> None:
        """Have so many servers run from now on."""
        if len(self.clients) != count:
            self.stop()
            for _each in range(count):
                server = serving(self.installation, self.database, WORKERS)
                self.clients.append(self._stack.enter_context(server))

    def stop(self) -> None:
        """Stop them as a person would."""
        self.clients.clear()
        self.users.clear()
        self._stack.close()

    def restart(self) -> None:
        """Stop them, and start as many."""
        count = len(self.clients)
        self.stop()
        self.run(count)

    def log_in(self, count: int) -> None:
        """Have so many people at work on the first server."""
        url = self.clients[0].url
        with ThreadPoolExecutor(count) as pool:
            people = [
                pool.submit(Client, url, self.database, "admin", "admin")
                for _each in range(count)
            ]
        self.users = [each.result() for each in people]

    def notify(self) -> None:
        """Wake the cron workers, as a trigger's commit does."""
        sql = f"SELECT pg_notify('cron_trigger', '{self.database}')"
        self.installation.query("postgres", sql)

    def kill_drain(self) -> None:
        """SIGKILL the worker that holds the lock of the connection."""
        os.kill(wait_for(self._drain_process), signal.SIGKILL)

    def _drain_process(self) -> int | None:
        """The system's id of that worker; Odoo names its sessions after it."""
        from odoo.addons.xero_sync.models.xero_outbox import DRAIN_LOCK

        found = self.installation.query(
            self.database,
            "SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)"
            f" WHERE locktype = 'advisory' AND classid = {DRAIN_LOCK}",
        )
        return int(found[0][0].rpartition("-")[2]) if found else None
