"""The columns of the matrix that need no running server."""

import functools
from collections.abc import Callable
from typing import Any

from system_tests import odoo_process
from system_tests.kill_steps import AFTER, BEFORE, STEPS, do_at
from system_tests.local_xero import SIX_MINUTES
from system_tests.odoo_process import ProcessFailed

from .cell import Cell, Fault
from .checks import RETRY_AFTER
from .kinds import Kind

CLAIM, COMMIT, ANSWER, READ, DONE = STEPS
# The same steps of an import: what it reads, it reads anew, so nothing is recovered
IMPORT_STEPS = {
    CLAIM: ("_do_slice", AFTER),
    COMMIT: ("_read_from_xero", BEFORE),
    ANSWER: ("_note_read", BEFORE),
    READ: ("_note_read", AFTER),
    DONE: ("_move_on", AFTER),
}
# And those of a reading, which goes on where it was
READING_STEPS = {
    CLAIM: ("_begin_reading", AFTER),
    COMMIT: ("_read_page", BEFORE),
    ANSWER: ("_keep_page", BEFORE),
    READ: ("_keep_page", AFTER),
    DONE: ("_end_reading", AFTER),
}
CALL_SECONDS = 1.0
ACCESS_LIFE = 31 * 60
DISCONNECTED = "The application was disconnected in Xero."
OTHERS = "FROM pg_stat_activity WHERE datname = current_database()"
OTHERS += " AND pid <> pg_backend_pid()"


def at_step(step: str, kind: Kind, action: Callable[[], Any]) -> Callable[[Any], None]:
    """A preparation for a scheduler that does something at a step of the kind's call.

    :param step: a key of ``STEPS``
    """
    if kind.method == "GET":
        steps = READING_STEPS if kind.worker == "xero.connection" else IMPORT_STEPS
        method, moment = steps[step]
        return do_at(kind.worker, method, moment, action)
    method, moment, is_endpoint = STEPS[step]

    def is_meant(result: Any, arguments: tuple) -> bool:
        request = result[1] if result else arguments[0] if arguments else None
        is_call = is_endpoint(kind.endpoint, result, arguments)
        return is_call and request.method == kind.method

    return do_at("xero.connection", method, moment, action, is_meant)


# --- processes ------------------------------------------------------------------------


def kill(step: str, cell: Cell) -> None:
    """The worker dies at a step."""
    cell.click()
    prepare = at_step(step, cell.kind, odoo_process.die)
    cell.stage.scheduler(prepare).wait_killed()


def kill_in_call(cell: Cell) -> None:
    """The worker dies while Xero is at it."""
    cell.plan("slow", seconds=CALL_SECONDS)
    cell.click()
    worker = cell.stage.scheduler()
    cell.wait_for_strike("slow")
    worker.kill()


def kill_in_call_six_minutes(cell: Cell) -> None:
    """The same, and nobody looks before Xero has forgotten the key."""
    kill_in_call(cell)
    cell.stage.pass_time(SIX_MINUTES)


def cut_database_in_call(cell: Cell) -> None:
    """All sessions of the worker end while Xero is at it."""
    cell.plan("slow", seconds=CALL_SECONDS)
    cell.click()
    worker = cell.stage.scheduler()
    cell.wait_for_strike("slow")
    cut_database(cell)
    end(worker)


def cut_database_before_commit(cell: Cell) -> None:
    """The same when the answer is read, and not committed."""
    cell.click()
    cut = functools.partial(cut_database, cell)
    end(cell.stage.scheduler(at_step(READ, cell.kind, cut)))


def cut_database(cell: Cell) -> None:
    """End all sessions of the database but the one that does it."""
    cell.stage.query(f"SELECT pg_terminate_backend(pid) {OTHERS}")


def end(worker: odoo_process.OdooProcess) -> None:
    """Wait for a worker that may end well or badly, but ends."""
    try:
        worker.result()
    except ProcessFailed as failure:
        if str(failure) in ("killed", "no end"):
            raise


# --- the wire -------------------------------------------------------------------------


def wire(fault: str, cell: Cell) -> None:
    """The local Xero does something to the call."""
    cell.plan(fault)
    cell.click()
    cell.stage.run()
    require_struck(cell, fault)


def lost_and_six_minutes(cell: Cell) -> None:
    """The answer is lost, and nobody asks before Xero has forgotten the key."""
    wire("lost_answer", cell)
    cell.stage.pass_time(SIX_MINUTES)


def limit(fault: str, cell: Cell) -> None:
    """Xero refuses for some time; meanwhile the job is woken, which must not call."""
    retry_after = RETRY_AFTER.get(fault)
    options = {"retry_after": retry_after} if retry_after else {}
    cell.plan(fault, **options)
    cell.click()
    cell.stage.run()
    require_struck(cell, fault)
    calls = len(cell.stage.xero.calls())
    cell.stage.wake()
    cell.stage.run()
    if len(cell.stage.xero.calls()) != calls:
        cell.problems.append(f"a call right after {fault}")


def lose_refresh(cell: Cell) -> None:
    """The access token has expired, and the answer with the new one is lost."""
    stage = cell.stage
    stage.shop.call(keep_token, stage.xero.control("POST", "grant"))
    stage.pass_time(ACCESS_LIFE)
    stage.xero.fault("lost_answer", "/connect/token")
    cell.click()
    stage.run()
    require_struck(cell, "lost_answer")
    stage.settle(cell.review)
    stage.shop.call(reconnect)
    stage.settle(cell.review)


def disconnect(cell: Cell) -> None:
    """A person takes the application off in Xero, and later connects it again."""
    stage = cell.stage
    cell.click()
    stage.xero.control("POST", "disconnect", tenant=tenant(cell))
    stage.run()
    state = stage.connection()
    [(tasks,)] = stage.query(
        "SELECT count(*) FROM mail_activity WHERE res_model = 'xero.connection'"
        " AND active"
    )
    if state != ("broken", DISCONNECTED) or not tasks:
        cell.problems.append(f"disconnected, it says {state}, {tasks} tasks")
    calls = len(stage.xero.calls())
    stage.wake()
    stage.run()
    if len(stage.xero.calls()) != calls:
        cell.problems.append("a call after the disconnect")
    stage.xero.control("POST", "grant", client_id=client_id(cell))
    stage.shop.call(reconnect)


def require_struck(cell: Cell, fault: str) -> None:
    """:raise AssertionError: it did not happen, so the cell would prove nothing"""
    assert cell.has_struck(fault), f"{fault} did not strike"


def tenant(cell: Cell) -> str:
    """The organisation."""
    [(found,)] = cell.stage.query("SELECT tenant_id FROM xero_connection")
    return found


def client_id(cell: Cell) -> str:
    """The application."""
    [(found,)] = cell.stage.query("SELECT client_id FROM xero_connection")
    return found


# --- the user -------------------------------------------------------------------------


def roll_back(cell: Cell) -> None:
    """The user's transaction fails after the hook; then the user does it again."""
    stage = cell.stage
    try:
        for ready in cell.ready:
            stage.shop.call(click_and_fail, cell.kind, ready)
    except ProcessFailed as failure:
        if Regret.__name__ not in str(failure):
            raise
    else:
        cell.problems.append("the user's transaction did not fail")
    if stage.open_rows():
        cell.problems.append("a transaction that never was has left rows")
    stage.wake()
    stage.run()
    calls = [call for call in stage.xero.calls() if call["method"] != "GET"]
    if any("/api.xro/" in call["path"] for call in calls):
        cell.problems.append("a transaction that never was, was sent")
    cell.click()


class Regret(Exception):
    """What ends the user's transaction."""


# --- in Odoo's processes --------------------------------------------------------------


def keep_token(env: Any, answer: dict[str, Any]) -> None:
    """Make the connection one of a web app, which has a token to renew."""
    from datetime import datetime, timedelta, timezone

    from odoo.addons.xero_sync.xero_api import TokenSet

    connection = env["xero.connection"].search([])
    connection.write(
        {
            "auth_method": "authorization_code",
            "client_id": "LOCAL-WEB-APP",
            "client_secret": "local-web-secret",
        }
    )
    env.cr.commit()
    expires = datetime.now(timezone.utc) + timedelta(minutes=30)
    scopes = tuple(answer["scope"].split())
    tokens = TokenSet(answer["access_token"], answer["refresh_token"], expires, scopes)
    env["xero.token"]._store(connection, tokens)


def reconnect(env: Any) -> None:
    """Press Reconnect, with the credentials that need no browser."""
    from environment.local_xero import CLIENT_ID, CLIENT_SECRET

    connection = env["xero.connection"].search([])
    connection.write(
        {
            "auth_method": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
        }
    )
    connection.action_connect()


def click_and_fail(env: Any, kind: Kind, ready: Any) -> None:
    """Do what the user does, to the last statement, and roll it back."""
    kind.click(env, ready)
    env.cr.flush()  # with what is done before the commit
    raise Regret


# --- the columns ----------------------------------------------------------------------


def _wire(name: str, title: str, fault: str) -> Fault:
    return Fault(name, title, functools.partial(wire, fault))


def _limit(name: str, title: str, fault: str, **options: Any) -> Fault:
    return Fault(name, title, functools.partial(limit, fault), **options)


def _kill(name: str, step: str) -> Fault:
    return Fault(name, f"worker killed {step}", functools.partial(kill, step))


FAULTS = [
    _kill("kill-claim", CLAIM),
    _kill("kill-commit", COMMIT),
    Fault("kill-call", "worker killed during the call", kill_in_call),
    _kill("kill-answer", ANSWER),
    _kill("kill-read", READ),
    _kill("kill-done", DONE),
    Fault(
        "kill-late",
        "worker killed during the call, then six minutes pass",
        kill_in_call_six_minutes,
    ),
    Fault("db-call", "database lost during the call", cut_database_in_call),
    Fault(
        "db-answer",
        "database lost before the answer's commit",
        cut_database_before_commit,
    ),
    _wire("lost", "answer lost", "lost_answer"),
    Fault(
        "lost-late",
        "answer lost, then the clock moves past six minutes",
        lost_and_six_minutes,
    ),
    _wire("dropped", "connection dropped before", "dropped_before"),
    _wire("half", "answer cut in half", "half_answer"),
    _wire("500", "500", "server_error"),
    _wire("503", "503 with text", "unavailable"),
    _limit("429-minute", "429 minute with Retry-After", "rate_minute"),
    _limit("429-day", "429 day", "rate_day", longest=6 * 3600),
    _limit("429-concurrent", "429 concurrent without Retry-After", "rate_concurrent"),
    _wire("expired", "token expired mid-run", "expired_token"),
    Fault("refresh-lost", "answer with the new token lost", lose_refresh),
    Fault("disconnected", "tenant disconnected by a person in Xero", disconnect),
    Fault("rollback", "user's transaction rolled back after the hook", roll_back),
]
