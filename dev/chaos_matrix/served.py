"""The columns that need running Odoo servers with workers."""

from concurrent.futures import ThreadPoolExecutor

from environment.console import Failure
from environment.rpc import Client

from .cell import Cell, Fault
from .faults import CALL_SECONDS

STAYS = "A contact or item stays in Xero, whatever becomes of it in Odoo."
NOTHING_SENT = "A reading sends nothing that could be taken back."
ALONE = "An import is one person's; its button refuses a second press."


def restart(cell: Cell) -> None:
    """Odoo is restarted while Xero is at it."""
    _click_into_slow_call(cell)
    cell.stage.servers.restart()


def kill_cron_worker(cell: Cell) -> None:
    """The cron worker gets SIGKILL while Xero is at it; Odoo starts another."""
    _click_into_slow_call(cell)
    cell.stage.servers.kill_cron_worker()


def _click_into_slow_call(cell: Cell) -> None:
    cell.plan("slow", seconds=4 * CALL_SECONDS)
    cell.click()
    cell.wait_for_strike("slow")


def click(cell: Cell) -> None:
    """The workers of all servers are free to take it."""
    cell.click()


def press_together(cell: Cell) -> None:
    """Twenty users press the button at once; nobody, nor the log, hears of a collision.

    What the server says of it, it says as an error.
    """
    cell.click()
    [record] = cell.records
    servers = cell.stage.servers
    users = servers.users
    servers.new_errors()

    def press(client: Client) -> str | None:
        try:
            client.call(cell.kind.model, cell.kind.button, [record])
        except Failure as failure:
            return str(failure)
        return None

    with ThreadPoolExecutor(len(users)) as pool:
        cell.problems += filter(None, pool.map(press, users))
    cell.problems += servers.new_errors()


def undo_at_once(cell: Cell) -> None:
    """The user takes it back while it is sent."""
    cell.plan("slow", seconds=CALL_SECONDS)
    cell.click()
    cell.undo()


# In this order the servers are started least often
SERVED_FAULTS = [
    Fault("kill-cron", "cron worker of a server killed", kill_cron_worker, servers=1),
    Fault(
        "taken-back",
        "confirmed and cancelled within a second",
        undo_at_once,
        servers=1,
        makes_no_sense={"contact": STAYS, "item": STAYS, "reading": NOTHING_SENT},
        sends_again=True,
    ),
    Fault("restart", "Odoo restarted", restart, servers=1),
    Fault("two-servers", "two servers drain", click, servers=2, records=6),
    Fault(
        "twenty-users",
        "twenty users press Send on the same document",
        press_together,
        with_users=True,
        makes_no_sense={"import": ALONE},
    ),
]
