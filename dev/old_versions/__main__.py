"""Upgrades from earlier versions; started by ``dev/upgrades``."""

import sys
from importlib import import_module

from environment import odoo_source
from environment.console import say
from environment.paths import fresh_log
from environment.processes import guarded

from .command import parse

NAME = "upgrades"


def main() -> int:
    """Try what was asked for; 0 when all is well."""
    options = parse()
    sys.path.append(str(odoo_source.provide()))
    after = import_module("old_versions.after")  # it needs Odoo
    again = import_module("old_versions.again")
    installation = import_module("system_tests.installation")
    odoo_process = import_module("system_tests.odoo_process")
    verdicts = []
    with installation.running(NAME) as running:
        config = str(running.odoo.config)
        odoo_process.configure(config, str(fresh_log("upgrades-odoo")))
        for version in options.versions:
            say(f"From {version} …")
            verdicts += after.play(running, version)
        if options.again:
            say("Uninstalled and installed again …")
            verdicts += again.play(running)
    say(after.table(verdicts))
    return 0 if all(verdict.good for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(guarded(main))
