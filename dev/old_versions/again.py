"""Today's addon is uninstalled and installed again: nothing is doubled."""

from chaos_matrix import checks
from chaos_matrix.stage import Stuck
from environment.paths import MODULE, fresh_log
from system_tests import local_xero
from system_tests.installation import Installation
from system_tests.shop import Shop

from odoo.modules.registry import Registry

from . import states
from .after import UpgradedStage, Verdict, look

NAME = "installed again"
# What leads to its Odoo document in Xero, and is linked without being asked for
LINKED = ("order", "invoice", "take-over", "bill")


def play(installation: Installation) -> list[Verdict]:
    """Send documents, uninstall, install, connect, go on, and look.

    What has no link in Xero is sent by a person, before the second look.
    """
    with (
        installation.database("xero_again") as database,
        local_xero.running(installation.odoo.tools) as xero,
    ):
        made = states.make_synced(Shop(installation, database, xero))
        _install_again(installation, database)
        xero.control("DELETE", "calls")
        stage = UpgradedStage(Shop(installation, database, xero))
        linked = [each for each in made if each[0] in LINKED]
        verdicts = [_settled(stage, "linked again", linked)]
        stage.shop.call(states.send, made)
        return [*verdicts, _settled(stage, "sent again", made)]


def _install_again(installation: Installation, database: str) -> None:
    Registry.delete(database)
    odoo, log = installation.odoo, fresh_log("installed-again")
    odoo.run(["module", "uninstall", "-d", database, MODULE], log)
    odoo.install(database, MODULE, log, "--no-http")


def _settled(stage: UpgradedStage, state: str, documents: list) -> Verdict:
    """What became of documents once nothing waits any more; nothing may be made."""
    stage.wake()
    stage.run()
    try:
        stage.settle()
    except Stuck as stuck:
        return Verdict(NAME, state, problems=[str(stuck)])
    verdict = look(stage, NAME, state, documents)
    sent = [c for c in checks.writes(stage.xero.calls()) if checks.API in c["path"]]
    verdict.sent_anew = len(sent)
    verdict.problems += [f"{each['method']} {each['path']}" for each in sent]
    return verdict
