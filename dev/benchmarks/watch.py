"""What an installation does to a database, as PostgreSQL sees it."""

import os
import re
import resource
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from system_tests.installation import Installation

SLOW = 20  # milliseconds from which PostgreSQL notes a statement
TURN = 0.05  # seconds between two looks at the locks
# Its further lines begin with a tab
STATEMENT = re.compile(
    r"duration: ([\d.]+) ms  (?:statement|execute [^:]*): (.*(?:\n\t.*)*)"
)
FILES = (
    "SELECT relname, pg_relation_filenode(oid) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)
CHANGED = "SELECT relname, n_tup_upd FROM pg_stat_user_tables"
LOCKED = (
    "SELECT relation::regclass::text FROM pg_locks WHERE granted AND mode IN"
    " ('AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock')"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND relation IS NOT NULL"
)


@dataclass
class Seen:
    """What was seen.

    :ivar seconds: that it took
    :ivar work: seconds of a processor, Odoo's and PostgreSQL's: what else the machine
        does changes them little
    :ivar rewritten: tables of before whose file is another one now
    :ivar changed: table of before → rows changed in it
    :ivar statements: milliseconds and text of the slow ones, the slowest first
    :ivar locked: table → seconds during which nobody could write in it
    """

    seconds: float = 0
    work: float = 0
    rewritten: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    statements: list[tuple[float, str]] = field(default_factory=list)
    locked: dict[str, float] = field(default_factory=dict)

    @property
    def slowest(self) -> float:
        """Seconds of the slowest statement."""
        return max((each for each, _text in self.statements), default=0) / 1000


@contextmanager
def watching(installation: Installation, database: str) -> Iterator[Seen]:
    """Watch a database while the block lasts; what is yielded is filled at its end."""
    seen, log = Seen(), installation.cluster.log
    begin = len(_text(log))
    files, changed = (dict(installation.query(database, q)) for q in (FILES, CHANGED))
    installation.query(
        "postgres",
        f'ALTER DATABASE "{database}" SET log_min_duration_statement = {SLOW}',
    )
    start, worked = time.monotonic(), _work(installation)
    with _looking_at_locks(installation, database) as looks:
        yield seen
    seen.seconds = time.monotonic() - start
    seen.work = _work(installation) - worked
    now = dict(installation.query(database, FILES))
    seen.rewritten = [name for name, file in files.items() if now.get(name) != file]
    counts = dict(installation.query(database, CHANGED))
    seen.changed = {
        name: counts[name] - before
        for name, before in changed.items()
        if counts.get(name, before) > before
    }
    found = STATEMENT.findall(_text(log)[begin:])
    seen.statements = sorted(
        ((float(ms), " ".join(said.split())) for ms, said in found), reverse=True
    )
    seen.locked = {name: count * TURN for name, count in looks.most_common()}


@contextmanager
def _looking_at_locks(installation: Installation, database: str) -> Iterator[Counter]:
    """Counts, for each table, how often a lock kept others from writing."""
    looks: Counter = Counter()
    over = threading.Event()

    def look() -> None:
        connection = installation.connect(database)
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not over.wait(TURN):
                cursor.execute(LOCKED)
                looks.update({name for (name,) in cursor.fetchall()})
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield looks
    finally:
        over.set()
        thread.join()


def _work(installation: Installation) -> float:
    """Seconds of a processor that ended children and ended database sessions took."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    postmaster = (installation.cluster.data / "postmaster.pid").read_text().split()[0]
    # Of all its children that have ended (proc(5), after the name in parentheses)
    times = Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()
    sessions = sum(map(int, times[13:15])) / os.sysconf("SC_CLK_TCK")
    return ended.ru_utime + ended.ru_stime + sessions


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")
