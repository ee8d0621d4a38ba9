"""The database that the system tests and the browser tests begin with.

Each has a PostgreSQL of its own, and installing Odoo's sales takes more than a minute:
the first that needs it keeps a backup for the other, and the database for itself.
"""

import shutil

from .locks import one_after_another
from .odoo import Odoo
from .paths import STATE, fresh_log
from .staging import complete_or_absent

MODULES = "sale_management,purchase,l10n_au"
KEPT = STATE / "base"
DUMP, FILES = "database.dump", "files"


def provide(odoo: Odoo, database: str) -> None:
    """Give ``database`` Odoo's sales for an Australian company, if it is not there.

    :raise environment.console.Failure: it cannot be installed
    """
    if odoo.exists(database):
        return
    making = f"{database}_in_the_making"
    odoo.drop(making)
    notice = "Another run installs Odoo's sales; waiting …"
    with one_after_another(STATE / "base.lock", notice):
        if KEPT.exists():
            odoo.restore(KEPT / DUMP, making)
            shutil.copytree(KEPT / FILES, odoo.files(making), dirs_exist_ok=True)
        else:
            _install(odoo, making)
            with complete_or_absent(KEPT) as beside:
                odoo.dump(making, beside / DUMP)
                shutil.copytree(odoo.files(making), beside / FILES)
    odoo.query(making, "ANALYZE")  # a backup has no statistics
    odoo.rename(making, database)


def _install(odoo: Odoo, database: str) -> None:
    log = fresh_log(f"{odoo.directory.name}-base")
    # The country decides the company's currency and chart of accounts.
    odoo.run(["db", "init", database, "--country", "AU"], log)
    odoo.install(database, MODULES, log, "--no-http")
