"""The PostgreSQL, the databases and the local Xeros that benchmarks work on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from environment.paths import fresh_log
from system_tests import installation, local_xero, odoo_process
from system_tests.installation import Installation
from system_tests.shop import Shop

NAME = "bench"
PATIENCE = 1_800  # seconds for one process


@dataclass(frozen=True)
class Workbench:
    """Gives fresh companies, each with a Xero of its own."""

    installation: Installation

    @contextmanager
    def shop(self, name: str) -> Iterator[Shop]:
        """A new company that is connected, with nothing in it yet."""
        with (
            self.installation.database(f"xero_bench_{name}") as database,
            local_xero.running(self.installation.odoo.tools) as xero,
        ):
            yield Shop(self.installation, database, xero)


@contextmanager
def running() -> Iterator[Workbench]:
    """A workbench while the block lasts.

    :raise environment.console.Failure: something cannot be had
    """
    with installation.running(NAME) as running_installation:
        config = running_installation.odoo.config
        odoo_process.configure(str(config), str(fresh_log("bench-odoo")))
        yield Workbench(running_installation)
