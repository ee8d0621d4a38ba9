"""A database of an earlier version is brought up to today's code, and goes on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from chaos_matrix import checks
from chaos_matrix.cell import go_on
from chaos_matrix.kinds import KINDS, Expected
from chaos_matrix.stage import Stage, Stuck
from environment import odoo_checks
from environment.paths import DEV, MODULE, fresh_log
from environment.processes import run
from system_tests import local_xero
from system_tests.installation import BASE, TEMPLATE, Installation
from system_tests.shop import Shop

from . import schema, versions
from .before import Order

# States in which nothing is to be sent; and what the rows are in the end
QUIET = ("synced", "mismatch", "skipped")
IN_THE_END = {"mismatch": "mismatch", "skipped": "skipped"}
LINKS = (
    "SELECT 'partner', id, xero_contact_id::text FROM res_partner"
    " WHERE xero_contact_id IS NOT NULL"
    " UNION ALL SELECT 'product', id, xero_item_id::text FROM product_product"
    " WHERE xero_item_id IS NOT NULL"
)
SETTINGS = ("auto_", "number_", "theme_", "default_", "zero_", "create_", "attach_")
Document = tuple[str, int]


@dataclass
class Verdict:
    """What became of the documents in one state."""

    version: str
    state: str
    documents: int = 0
    sent_anew: int = 0
    lost: int = 0
    doubled: int = 0
    stuck: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether all is as it should be."""
        counts = (self.sent_anew, self.lost, self.doubled, self.stuck)
        return not (any(counts) or self.problems)


class UpgradedStage(Stage):
    """The stage with what an earlier version left on it."""

    def _furnish(self) -> None:
        """All is there."""


def play(installation: Installation, version: str) -> list[Verdict]:
    """Make a database of a version, upgrade it, let it go on, and look.

    :raise environment.console.Failure: the version is not in the history here
    """
    database = f"xero_old_{version.replace('.', '_')}"
    with local_xero.running(installation.odoo.tools) as xero:
        try:
            made = _make(installation, version, database, xero.address)
            return _Upgrade(installation, version, database, xero, made).play()
        finally:
            installation.drop(database)


def _make(
    installation: Installation, version: str, database: str, address: str
) -> dict[str, list[Document]]:
    """Install a version and have its own code fill the database."""
    odoo = installation.odoo
    addons = odoo.addons_path(versions.addons_directory(version))
    log = fresh_log(f"old-{version}")
    installation.copy(BASE, database)
    odoo.install(database, MODULE, log, "--no-http", f"--addons-path={addons}")
    file = odoo.directory / f"{database}.json"
    order = Order(odoo.directory.name, database, addons, address, str(log), str(file))
    python = odoo.tools.python / "bin/python"
    command = [python, "-m", "old_versions.before", order.argument()]
    run(command, fresh_log(f"old-{version}-filled"), env=odoo.environment(), cwd=DEV)
    made = json.loads(file.read_text(encoding="utf-8"))
    return {
        state: [tuple(document) for document in documents]
        for state, documents in made.items()
    }


class _Upgrade:
    """One upgrade, and what comes of it."""

    def __init__(
        self,
        installation: Installation,
        version: str,
        database: str,
        xero: local_xero.LocalXero,
        made: dict[str, list[Document]],
    ) -> None:
        self.installation = installation
        self.version = version
        self.database = database
        self.xero = xero
        self.made = made

    def play(self) -> list[Verdict]:
        kept = self._kept()
        self.xero.control("DELETE", "calls")
        log = fresh_log(f"old-{self.version}-upgraded")
        self.installation.odoo.upgrade(self.database, MODULE, log)
        whole = Verdict(self.version, "database")
        whole.problems += odoo_checks.problems(log)
        whole.problems += schema.differences(self.installation, self.database, TEMPLATE)
        self.stage = UpgradedStage(Shop(self.installation, self.database, self.xero))
        whole.problems += self._settle()
        self.stage.shop.call(_touch, self.made["synced"])
        whole.problems += self._settle()
        verdicts = [self._look(state) for state in self.made if state != "failed"]
        self.stage.shop.call(_try_again)
        whole.problems += self._settle()
        verdicts += [self._look("failed")] if "failed" in self.made else []
        whole.problems += self._gone(kept)
        calls = [each for each in self.xero.calls() if checks.API in each["path"]]
        whole.problems += checks.calls_without_key(calls)
        whole.problems += checks.repeated_under_another_key(calls)
        return [whole, *verdicts]

    # --- before and after -------------------------------------------------------------

    def _kept(self) -> dict[str, Any]:
        """What the upgrade must leave as it is: links and settings."""
        query = self.installation.query
        kept = {
            f"{model} {id_}": link for model, id_, link in query(self.database, LINKS)
        }
        [(row,)] = query(self.database, "SELECT to_jsonb(c) FROM xero_connection c")
        settings = {key: row[key] for key in row if key.startswith(SETTINGS)}
        return kept | settings

    def _gone(self, kept: dict[str, Any]) -> list[str]:
        now = self._kept()
        return [
            f"{name} was {value}, is {now.get(name)}"
            for name, value in kept.items()
            if now.get(name) != value
        ]

    def _look(self, state: str) -> Verdict:
        return look(self.stage, self.version, state, self.made[state])

    def _settle(self) -> list[str]:
        try:
            self.stage.settle(self._review)
        except Stuck as stuck:
            return [str(stuck)]
        return []

    def _review(self) -> bool:
        """Let a person go on with the import."""
        imports = self.made.get("import", ())
        return any(self.stage.shop.call(go_on, record) for _kind, record in imports)


def look(stage: Stage, version: str, state: str, documents: list[Document]) -> Verdict:
    """What became of the documents in a state."""
    verdict = Verdict(version, state, len(documents))
    books, writes = stage.xero.books(), list(checks.writes(stage.xero.calls()))
    found = stage.shop.call(_found, documents)
    for (kind, record), (expected, states) in zip(documents, found, strict=True):
        for wanted in map(_meant(state), expected):
            held = checks.Findings()
            checks.compare(wanted, books, held)
            verdict.lost += held.lost
            verdict.doubled += held.duplicates
            verdict.problems += held.problems
            if state in QUIET:
                anew = [each for each in writes if _names(wanted, each)]
                verdict.sent_anew += len(anew)
                verdict.problems += [f"sent anew: {_told(each)}" for each in anew]
        if set(states) - {IN_THE_END.get(state, "synced")}:
            verdict.stuck += 1
            verdict.problems.append(f"{kind} {record}: {states}")
    return verdict


def _meant(state: str) -> Any:
    """What is to be in Xero of what was in this state."""
    if state == "skipped":
        return lambda wanted: replace(wanted, count=0)
    if state == "mismatch":
        return lambda wanted: replace(wanted, total=None)
    return lambda wanted: wanted


def _names(wanted: Expected, call: dict) -> bool:
    """Whether a call is about a document."""
    return f'"{wanted.name}"' in (call["body"] or "")


def _told(call: dict) -> str:
    """A call, as far as it tells why it was made."""
    return f"{call['method']} {call['path']} {(call['body'] or '')[:2000]}"


def table(verdicts: Iterable[Verdict]) -> str:
    """The table: a line for each version and state, and what is wrong."""
    head = ("version", "state", "documents", "sent anew", "lost", "doubled", "stuck")
    rows = [
        (v.version, v.state, v.documents, v.sent_anew, v.lost, v.doubled, v.stuck)
        for v in verdicts
    ]
    form = "{:<12} {:<11} {:>9} {:>9} {:>5} {:>7} {:>5}"
    lines = [form.format(*row) for row in (head, *rows)]
    wrong = [
        f"  {v.version} {v.state}: {text}" for v in verdicts for text in v.problems
    ]
    return "\n".join([*lines, *wrong])


# --- in Odoo's processes --------------------------------------------------------------


def _found(
    env: Any, documents: list[Document]
) -> list[tuple[list[Expected], list[str]]]:
    """What Xero should hold of each, and the states of its rows."""
    found = []
    for kind, record in documents:
        odoo = env[KINDS[kind].model].browse(record)
        rows = odoo.xero_document_ids if "xero_document_ids" in odoo else ()
        states = [row.state for row in rows]
        found.append((KINDS[kind].expected(env, record), states))
    return found


def _touch(env: Any, documents: list[Document]) -> None:
    """They are saved once more, without a change."""
    for kind, record in documents:
        odoo = env[KINDS[kind].model].browse(record)
        if "xero_document_ids" in odoo:
            env["xero.document"]._request([(odoo, True)])


def _try_again(env: Any) -> None:
    """An accountant has all that is kept back sent again."""
    env["xero.issue"].search([("state", "=", "open")]).action_try_again()
