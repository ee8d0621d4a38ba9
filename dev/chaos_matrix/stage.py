"""The company and the local Xero that all cells share; time; Odoo's scheduler."""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from system_tests import installation, local_xero, odoo_process
from system_tests.local_xero import LocalXero
from system_tests.odoo_process import OdooProcess
from system_tests.shop import Shop

from .kinds import CUSTOMER, KINDS, VENDOR, ContactsImport, import_names, mark
from .servers import Servers

ROWS = ("xero_document", "xero_contact", "xero_item", "xero_allocation")
# Whose every date is older when time has passed
DATED = ("xero_connection", "xero_token", "xero_request", "ir_cron", "ir_cron_trigger")
LONGEST = 11 * 60  # seconds; the job looks by itself every ten minutes
TURNS = 20
POLL = 0.3  # seconds
SERVED_PATIENCE = 60  # seconds that servers get for what is due


@contextmanager
def running(name: str, log: Path) -> Iterator["Stage"]:
    """A stage with a PostgreSQL of this name, while the block lasts.

    :param log: of Odoo in the forked processes
    :raise environment.console.Failure: something cannot be had
    """
    with installation.running(name) as running_installation:
        odoo_process.configure(str(running_installation.odoo.config), str(log))
        with (
            running_installation.database(f"xero_{name}") as database,
            local_xero.running(running_installation.odoo.tools) as xero,
        ):
            yield Stage(Shop(running_installation, database, xero))


class Stuck(Exception):
    """Something waits and nothing will wake it."""


class Stage:
    """What the cells are played on."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.xero: LocalXero = shop.xero
        self.servers = Servers(shop.installation, shop.database)
        self.longest = LONGEST
        self._backup = f"{shop.database}_backup"
        self._since_backup = 0.0
        shop.query(
            "UPDATE ir_cron SET active = false"
            " WHERE id NOT IN (SELECT cron_id FROM xero_connection)"
        )
        self._furnish()

    def _furnish(self) -> None:
        """Make what all cells need, and have it sent."""
        self.shop.query(
            "UPDATE xero_connection SET auto_customer = true, auto_item = true,"
            " auto_quotation = false"
        )
        self.shop.call(create_partners)
        self.settle()

    def prepare(self, wanted: dict[str, int]) -> dict[str, list[Any]]:
        """Make what so many cells of each kind need, and have it sent.

        :return: name of the kind → what :meth:`Kind.click` takes, for each cell
        """
        imports = [mark() for _each in range(wanted.get(ContactsImport.name, 0))]
        names = [{"Name": name} for word in imports for name in import_names(word)]
        if names:
            self.xero.control("POST", "seed", endpoint="Contacts", elements=names)
        ready = self.shop.call(make_ready, wanted)
        self.settle()
        return {**ready, ContactsImport.name: imports}

    def fresh_start(self) -> None:
        """Put away what the cell before has left."""
        self.shop.fresh_start()
        self.longest = LONGEST
        self.shop.query(
            "UPDATE xero_item SET state = 'skipped' WHERE state <> 'synced';"
            "UPDATE xero_import SET state = 'cancelled'"
            " WHERE state IN ('reading', 'review', 'running');"
            "DELETE FROM ir_cron_trigger;"
            "DELETE FROM xero_doorbell;"
            # Xero's own times, and its clock was set back
            "UPDATE xero_connection SET holdings_marks = NULL, holdings_reading = NULL,"
            " state = 'connected', unknown_since = NULL, restored_from = NULL;"
            "DELETE FROM xero_found;"
            "UPDATE ir_cron SET failure_count = 0, first_failure_date = NULL"
        )

    # --- what waits -------------------------------------------------------------------

    def open_rows(self) -> list[str]:
        """What is on its way, in words; empty when all is settled."""
        rows = " UNION ALL ".join(
            f"SELECT '{table}', id, state, message FROM {table}"
            " WHERE state IN ('pending', 'sending', 'held')"
            for table in ROWS
        )
        found = self.shop.query(
            f"{rows} UNION ALL SELECT 'xero_request', id, outcome, error"
            " FROM xero_request WHERE outcome IN ('open', 'unknown')"
            " UNION ALL SELECT 'xero_import', id, state, NULL FROM xero_import"
            " WHERE state IN ('reading', 'running')"
            " UNION ALL SELECT 'xero_doorbell', id, 'rung', NULL FROM xero_doorbell"
            " UNION ALL SELECT 'xero_connection', id, 'reading', NULL"
            " FROM xero_connection WHERE holdings_reading IS NOT NULL"
        )
        return [f"{table} {id_} {state}: {said}" for table, id_, state, said in found]

    def given_up(self) -> list[str]:
        """What a person would have to mend, in words."""
        rows = " UNION ALL ".join(
            f"SELECT '{table}', id, state, message FROM {table}"
            " WHERE state NOT IN ('synced', 'skipped')"
            for table in ROWS
        )
        return [f"{table} {i} {state}: {m}" for table, i, state, m in self.query(rows)]

    def query(self, sql: str) -> list[tuple]:
        """Run one statement past Odoo."""
        return self.shop.query(sql)

    def connection(self) -> tuple[str, str | None]:
        """State of the connection, and what it says."""
        [(state, said)] = self.query("SELECT state, state_message FROM xero_connection")
        return state, said

    # --- time and the scheduler -------------------------------------------------------

    def scheduler(self, prepare: Callable[[Any], None] | None = None) -> OdooProcess:
        """Start a process that does once what a cron worker of Odoo does."""
        return self.shop.start(run_due_jobs, prepare=prepare)

    def run(self) -> None:
        """Let the scheduler do what is due."""
        self.scheduler().result()

    def wake(self) -> None:
        """Make the connection's job due, as any other document would."""
        self.query(
            "INSERT INTO ir_cron_trigger (cron_id, call_at)"
            " SELECT cron_id, now() AT TIME ZONE 'UTC' FROM xero_connection"
        )

    def seconds_to_wake(self) -> float:
        """When the job is woken next; less than nothing when it is due.

        What it does every ten minutes counts only when nothing else wakes it: during
        a long pause it does nothing then.
        """
        [(seconds,)] = self.query(
            "SELECT extract(epoch FROM coalesce("
            " (SELECT min(call_at) FROM ir_cron_trigger WHERE cron_id = ir_cron.id),"
            " nextcall) - (now() AT TIME ZONE 'UTC'))"
            " FROM ir_cron JOIN xero_connection ON cron_id = ir_cron.id"
            " WHERE ir_cron.active"
        ) or [(math.inf,)]
        return float(seconds)

    def pass_time(self, seconds: float) -> None:
        """Move the local Xero's clock, and make all that Odoo noted as much older."""
        self.xero.advance(seconds)
        self._since_backup += seconds
        self._age(seconds)

    def _age(self, seconds: float) -> None:
        """Make all that Odoo noted so much older."""
        columns = defaultdict(list)
        for table, column in self.query(
            "SELECT table_name, column_name FROM information_schema.columns"
            f" WHERE table_name IN {DATED} AND data_type LIKE 'timestamp%'"
        ):
            older = f"{column} = {column} - interval '{seconds} seconds'"
            columns[table].append(older)
        updates = [f"UPDATE {t} SET {', '.join(older)}" for t, older in columns.items()]
        # As Odoo's scheduler does, so that neither waits for the other's rows
        lock = "SELECT id FROM ir_cron ORDER BY id FOR NO KEY UPDATE"
        self.query(";".join([lock, *updates]))

    def back_up(self) -> None:
        """Keep the database as it is now; nobody may work on it."""
        self.shop.installation.copy(self.shop.database, self._backup)
        self._since_backup = 0.0

    def restore(self) -> None:
        """Put it back as it was, so much later."""
        self.shop.installation.copy(self._backup, self.shop.database)
        self._age(self._since_backup)

    def settle(self, person: Callable[[], bool] = lambda: False) -> None:
        """Let time pass from one wake-up to the next until nothing waits.

        :param person: does what only a person can; tells whether there was something
        :raise Stuck: nothing wakes what waits, or it never ends
        """
        for _turn in range(TURNS):
            if not self.open_rows() and not person():
                return
            self._go_on()
        raise Stuck(f"after {TURNS} turns still: {'; '.join(self.open_rows())}")

    def _go_on(self) -> None:
        """Let the scheduler work; when nothing is due, move the clock to when it is."""
        if self.servers.running and self._wait_for_servers():
            return
        seconds = self.seconds_to_wake()
        if seconds > self.longest:
            waiting = "; ".join(self.open_rows())
            raise Stuck(f"nothing wakes for {seconds:.0f} s: {waiting}")
        if seconds > 0:
            # Whole seconds: Odoo's own times have no parts of them
            self.pass_time(math.floor(seconds))
            time.sleep(seconds % 1)
        if not self.servers.running:
            self.run()

    def _wait_for_servers(self) -> bool:
        """Let them do what is due; they look by themselves once in a minute only.

        :return: whether nothing waits any more
        :raise Stuck: they do not do it
        """
        deadline = time.monotonic() + SERVED_PATIENCE
        while self.open_rows():
            if self.seconds_to_wake() > 0:
                return False
            if time.monotonic() > deadline:
                raise Stuck(f"servers leave what is due: {self.open_rows()}")
            self.servers.notify()
            time.sleep(POLL)
        return True


# --- in Odoo's processes --------------------------------------------------------------


def run_due_jobs(env: Any) -> None:
    """What a cron worker does when it is woken, on cursors of its own."""
    from odoo.addons.base.models.ir_cron import IrCron

    IrCron._process_jobs(env.cr.dbname)


def create_partners(env: Any) -> None:
    """The customer and the vendor of all cells; both are sent at once."""
    partners = env["res.partner"].create(
        [
            {"name": CUSTOMER, "customer_rank": 1},
            {"name": VENDOR, "supplier_rank": 1},
        ]
    )
    partners._xero_queue()


def make_ready(env: Any, wanted: dict[str, int]) -> dict[str, list[Any]]:
    """What each kind wants to be there before the click, so many times."""
    return {
        name: [KINDS[name].ready(env) for _each in range(count)]
        for name, count in wanted.items()
    }
