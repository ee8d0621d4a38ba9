"""A running Odoo server, and a user of its external interface."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from environment import rpc
from environment.paths import LOGS
from environment.processes import free_port, wait_until

from .shop import Shop


@contextmanager
def serving(shop: Shop, options: Sequence[str]) -> Iterator[rpc.Client]:
    """Odoo serving the shop's database while the block lasts."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    odoo = shop.installation.odoo
    arguments = ["server", "-d", shop.database, "--db-filter", f"^{shop.database}$"]
    command = [*arguments, "--http-port", str(port), *options]
    with odoo.serve(command, LOGS / "system-server.log") as server:
        wait_until(lambda: rpc.answers(f"{address}/web/health"), server, seconds=60)
        yield rpc.Client(address, shop.database, "admin", "admin")
