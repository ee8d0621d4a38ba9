"""The columns in which the database becomes an older one, or another one.

A backup is made, what is clicked goes out, and an hour later the backup is put back:
the database knows nothing of it, while Xero does.
"""

import functools
from collections.abc import Callable
from typing import Any

from . import faults
from .cell import Cell, Fault
from .kinds import mark

HOUR = 3600
WEEK = 7 * 24 * HOUR
ELSEWHERE = "1"  # where no server has its database
ONLY_READ = dict.fromkeys(("import", "reading"), "It makes nothing in Xero.")


def enter_again(cell: Cell) -> None:
    """The user enters it once more."""
    back_up(cell)
    lose(cell)
    restore(cell)
    cell.click()


def enter_twice_again(cell: Cell) -> None:
    """The backup is put back a second time, and it is entered a third time."""
    enter_again(cell)
    cell.stage.settle(cell.review)
    restore(cell)
    cell.click()


def enter_a_week_later(cell: Cell) -> None:
    """The backup is put back a week later."""
    back_up(cell)
    lose(cell, WEEK)
    restore(cell)
    cell.click()


def send_what_waited(cell: Cell) -> None:
    """The backup was made after the click, before it went out."""
    cell.word = mark()
    cell.click()
    cell.stage.back_up()
    cell.stage.settle(cell.review)
    cell.stage.pass_time(HOUR)
    cell.stage.restore()


def leave_call_open(cell: Cell) -> None:
    """The backup was made while Xero had answered, and nobody had read the answer."""
    cell.word = mark()
    faults.kill(faults.ANSWER, cell)
    cell.stage.back_up()
    cell.stage.settle(cell.review)
    cell.stage.pass_time(HOUR)
    cell.stage.restore()


def spend_token(cell: Cell) -> None:
    """The token of the backup was spent since: a person connects anew."""
    stage = cell.stage
    stage.shop.call(faults.keep_token, stage.xero.control("POST", "grant"))
    back_up(cell)
    stage.pass_time(faults.ACCESS_LIFE)
    lose(cell)
    restore(cell)
    cell.click()
    stage.run()
    if stage.connection()[0] != "broken":
        cell.problems.append(f"its token was spent, and it is {stage.connection()}")
    stage.shop.call(faults.reconnect)


def put_disk_back(cell: Cell) -> None:
    """Nothing tells the database from what it was: a snapshot of its machine."""
    back_up(cell)
    lose(cell)
    restore(cell)
    stay_in_place(cell)
    cell.click()


def move(server: str | None, cell: Cell) -> None:
    """A backup is put back elsewhere: it asks first, and is told that it replaces.

    :param server: where it is from now on; None for another name on the same one
    """
    stage = cell.stage
    back_up(cell)
    lose(cell)
    restore(cell)
    if server:
        stage.query(f"UPDATE xero_connection SET place = '{server}/1/1'")
    else:
        stage.query("UPDATE xero_connection SET database = 'another/one'")
    calls = len(stage.xero.calls())
    cell.click()
    stage.run()
    if stage.connection()[0] != "moved" or len(stage.xero.calls()) != calls:
        cell.problems.append(f"moved, it did not ask but is {stage.connection()}")
    stage.shop.call(replace)


# --- what happens to the database -----------------------------------------------------


def back_up(cell: Cell) -> None:
    """Make a backup; what is clicked from now on is entered with the same words."""
    cell.word = mark()
    cell.stage.back_up()


def lose(cell: Cell, seconds: float = HOUR) -> None:
    """Have it go out, and let time pass; a restore will take it away."""
    cell.click()
    cell.stage.settle(cell.review)
    cell.stage.pass_time(seconds)


def restore(cell: Cell) -> None:
    """Put the backup back."""
    cell.stage.restore()
    cell.records.clear()


def stay_in_place(cell: Cell) -> None:
    """Have the database's ids be those that it has noted."""
    cell.stage.shop.call(note_place)


# --- in Odoo's processes --------------------------------------------------------------


def note_place(env: Any) -> None:
    """Note where the database is now."""
    from odoo.addons.xero_sync.models.outbox.xero_outbox import LOCK_AND_PLACE

    env.cr.execute(LOCK_AND_PLACE, [0, 0])
    _locked, place = env.cr.fetchone()
    env.cr.execute("SELECT pg_advisory_unlock_all()")
    env["xero.connection"].search([]).place = place


def replace(env: Any) -> None:
    """An administrator presses the button."""
    env["xero.connection"].search([]).action_replaces()


# --- the columns ----------------------------------------------------------------------


def _restored(
    name: str, title: str, strike: Callable[[Cell], None], is_variant: bool = False
) -> Fault:
    return Fault(name, title, strike, makes_no_sense=ONLY_READ, is_variant=is_variant)


def _variant(name: str, title: str, strike: Callable[[Cell], None]) -> Fault:
    return _restored(name, title, strike, is_variant=True)


RESTORED = [
    _restored("restored", "backup restored, entered again", enter_again),
    _restored(
        "restored-waiting", "backup in which it waited restored", send_what_waited
    ),
    _restored("restored-call", "backup of an open call restored", leave_call_open),
    _variant("restored-twice", "restored and entered twice", enter_twice_again),
    _variant("restored-week", "restored a week later", enter_a_week_later),
    _variant("restored-token", "restored with a spent token", spend_token),
    _restored("restored-disk", "snapshot of the machine restored", put_disk_back),
    _restored(
        "moved-server",
        "restored on another server",
        functools.partial(move, ELSEWHERE),
    ),
    _variant(
        "moved-name", "restored under another name", functools.partial(move, None)
    ),
]
