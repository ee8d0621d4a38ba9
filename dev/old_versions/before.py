"""Fills a database with an earlier version's code, in a process of its own.

``python -m old_versions.before ORDER`` writes what it made to a file.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from environment import odoo_source


@dataclass(frozen=True)
class Order:
    """What is to be filled.

    :ivar cluster: name of the running PostgreSQL
    :ivar addons: the addons' path that holds the earlier version
    :ivar xero: address of the local Xero
    :ivar made: the file for what was made, see :func:`states.make`
    """

    cluster: str
    database: str
    addons: str
    xero: str
    log: str
    made: str

    def argument(self) -> str:
        """As the command line takes it."""
        return json.dumps(asdict(self))


def main() -> None:
    """Fill it."""
    order = Order(**json.loads(sys.argv[1]))
    sys.path.append(str(odoo_source.provide()))
    from environment import setup
    from environment.odoo import Odoo
    from environment.postgres import Cluster
    from system_tests import odoo_process
    from system_tests.installation import Installation
    from system_tests.local_xero import LocalXero
    from system_tests.shop import Shop

    from . import states

    tools = setup.provide()
    cluster = Cluster(order.cluster, tools.python)
    odoo = Odoo(order.cluster, tools, cluster)
    odoo_process.configure(str(odoo.config), order.log, f"--addons-path={order.addons}")
    shop = Shop(Installation(odoo, cluster), order.database, LocalXero(order.xero))
    Path(order.made).write_text(json.dumps(states.make(shop)), encoding="utf-8")


if __name__ == "__main__":
    main()
