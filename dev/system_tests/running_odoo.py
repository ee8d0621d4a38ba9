"""A running Odoo server, and a user of its external interface."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from environment import rpc
from environment.paths import LOGS
from environment.processes import free_port, wait_until

from .installation import Installation

THREADS = ("--workers", "0", "--max-cron-threads", "1")
LOG = LOGS / "system-server.log"
TWO_WORKERS = ("--workers", "2", "--max-cron-threads", "1")


@contextmanager
def serving(
    installation: Installation, database: str, options: Sequence[str]
) -> Iterator[rpc.Client]:
    """Odoo serving a database while the block lasts."""
    port, gevent_port = free_port(), free_port()
    address = f"http://127.0.0.1:{port}"
    arguments = ["server", "-d", database, "--db-filter", f"^{database}$"]
    ports = ["--http-port", str(port), "--gevent-port", str(gevent_port)]
    command = [*arguments, *ports, *options]
    with installation.odoo.serve(command, LOG) as server:
        wait_until(lambda: rpc.answers(f"{address}/web/health"), server, seconds=60)
        yield rpc.Client(address, database, "admin", "admin")
