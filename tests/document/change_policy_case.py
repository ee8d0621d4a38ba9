"""Makes a test of every cell of a table in ``change_policy.py``."""

import json
import os
from dataclasses import replace

from odoo.sql_db import Savepoint

from ...xero_api.const import ID_KEYS
from ..common import XeroCase
from ..xero_server import TENANT_AU
from .change_policy import OUTCOMES, Outcome, Table

ENDPOINTS = ("Quotes", "Invoices", "CreditNotes", "PurchaseOrders")
DOCUMENT_PATHS = tuple(f"/api.xro/2.0/{endpoint}" for endpoint in ENDPOINTS)
BANK = "090"
# What a person in Xero makes of a document's status
HAND_STATUSES = {
    "submitted_there": "SUBMITTED",
    "approved_there": "AUTHORISED",
    "accepted_there": "ACCEPTED",
    "declined_there": "DECLINED",
    "billed_there": "BILLED",
    "voided_there": "VOIDED",
    "deleted_there": "DELETED",
}
APPROVED_AND_PAID = {"part_paid_there": 0.25, "paid_there": 1}
PAID = {"part_paid": 0.25, "paid": 1}
UNSENT = ("waits", "switched_off")


def cells_of(*tables: Table, kind: str):
    """Class decorator: a test method for each cell of these tables.

    :param tables: the first is the one about this class's documents
    :param kind: the one of the tables' kinds this class is about
    """

    def decorate(case):
        case.table, case.kind = tables[0], kind
        for table in tables:
            for status, event, name in table.cells():
                if _is_turn_of(kind, table, status, event):
                    test = _test_of(status, event, OUTCOMES[name])
                    setattr(case, f"test_{status}__{event}__{name}", test)
        return case

    return decorate


def _is_turn_of(kind: str, table: Table, status: str, event: str) -> bool:
    """Whether a cell is tested with this kind.

    Kinds that run through the same code take turns along the rows and columns; with
    ``XERO_POLICY_ALL_KINDS`` in the environment each of them takes all.
    """
    if not table.takes_turns or "XERO_POLICY_ALL_KINDS" in os.environ:
        return True
    row = list(table.rows).index(status)
    column = list(table.events).index(event)
    return table.kinds[(row + column) % len(table.kinds)] == kind


def _test_of(status: str, event: str, outcome: Outcome):
    def test(self):
        self.check_cell(status, event, outcome)

    test.begins_as = status, event
    return test


class PolicyCase(XeroCase):
    """Drives an Odoo document and its Xero document into a cell, and looks.

    A class per kind says how documents of it come about (:meth:`create_before`,
    :meth:`create_after`) and has a method ``do_<event>`` for each event, which does
    what a user does.
    """

    table: Table
    kind: str
    # Kind of the row to look at after an event, where it is another one
    kinds_after: dict[str, str] = {}
    # Events that have the document made in Xero, so nothing happened before them
    creating: tuple[str, ...] = ()
    # Settings of the connection: for all cells (""), and those that bring a document
    # into a status
    settings: dict[str, dict] = {}
    # The status of the document that is there for the cells of a row, one after another
    status: str | None = None
    record = None
    typed_id = None  # of a document that somebody typed in Xero

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Connected once for all cells; each gets a fresh Xero with the same accounts
        cls.connection = cls("check_cell").connect(**cls.settings.get("", {}))
        # sudo: nobody reads tokens. A fresh Xero knows none of those it gave before
        token = cls.env["xero.token"].sudo()
        token.search([("connection_id", "=", cls.connection.id)]).expires_at = False
        contact = cls.env["xero.contact"].search([("name", "=", "PowerDirect")])
        (cls.customer | cls.vendor).xero_contact_id = contact
        cls.unused = None  # where the transaction is before there is a document

    def setUp(self):
        status, event = getattr(self, self._testMethodName).begins_as
        wanted = status if self.is_shared(status, event) else None
        if wanted != self.status:
            self.change_status(wanted)
        super().setUp()
        if wanted:
            self.xero.recall()

    def change_status(self, status):
        """Bring a new document into a status, for the tests that come now.

        :param status: None for no document
        """
        case = type(self)
        if not case.unused:
            self.env.flush_all()
            case.unused = Savepoint(self.cr)
        case.unused.rollback()
        self.env.transaction.clear()
        self.cr.precommit.clear()
        self.cr.postcommit.clear()
        self.muted_registry_logger(self.registry.clear_all_caches)()
        case.record = None
        case.status = ""  # no cell's: should this fail, the next test begins anew
        if status:
            self.xero.reset()
            self.xero.limits(enabled=False)
            self.bring_into(status)
            self.env.flush_all()
            self.xero.remember()
            case.record = self.record
        case.status = status

    # === OF EACH KIND === #

    def create_before(self):
        """:return: the Odoo document as it is before the first creating event"""
        raise NotImplementedError

    def create_after(self, status):
        """:return: the Odoo document that makes one in Xero, in this status"""
        raise NotImplementedError

    def bring_back(self):
        """After it was cancelled, and Xero's document ended, it is a draft again."""
        raise NotImplementedError

    # === THE CELL === #

    def check_cell(self, status, event, outcome):
        if not self.is_shared(status, event):
            self.begin(status, event)
        before = self.row()
        was, held_id = before.state, before.xero_id
        documents = self.documents()
        self.xero.clear_calls()
        getattr(self, f"do_{event}")()
        self.run_job(self.connection)
        row = self.row(self.kinds_after.get(event))
        if outcome.state == "=":
            outcome = replace(outcome, state=was or None)
        self.check_calls(outcome, documents.get(held_id))
        self.check_documents(outcome, documents, held_id, row)
        self.check_row(outcome, row)

    def is_created(self, status, event):
        """Whether the event has the document made in Xero."""
        return event in self.creating and status != "cancelled"

    def is_shared(self, status, event):
        """Whether the document is in Xero before, for all cells of the row."""
        return status not in UNSENT and not self.is_created(status, event)

    def begin(self, status, event):
        """A document in Odoo that is not in Xero yet."""
        if not self.is_created(status, event):
            self.bring_into(status)
            return
        self.connection.write(self.settings.get(status, {}))
        if status == "locked":
            self.lock_period()
        self.record = self.create_before()

    def bring_into(self, status):
        """The document in Odoo and in Xero as the cells of a row want them."""
        self.connection.write(self.settings.get(status, {}))
        self.record = self.create_after(status)
        if status in UNSENT:
            return
        self.run_job(self.connection)
        row = self.row()
        self.assertEqual(row.state, "synced", row.message)
        if status == "cancelled":
            self.do_cancel()
            self.run_job(self.connection)
            self.bring_back()
            self.run_job(self.connection)
        elif status == "locked":
            self.lock_period()
        elif status in ("edited_there", "asked"):
            self.edit_line(row, UnitAmount=7.0, LineAmount=7.0)
        elif status == "recoded_there":
            self.edit_line(row, AccountCode="260")
        elif status in HAND_STATUSES:
            self.edit_in_xero(row, Status=HAND_STATUSES[status])
        elif status in APPROVED_AND_PAID:
            self.edit_in_xero(row, Status="AUTHORISED", DueDate="2026-04-01")
            self.pay_in_xero(row, APPROVED_AND_PAID[status])
        elif status in PAID:
            self.pay_in_xero(row, PAID[status])
        if status == "asked":
            self.do_reprice()
            self.run_job(self.connection)
            self.assertEqual(row.state, "failed")

    # === WHAT AN ACCOUNTANT CHOOSES === #

    def do_try_again(self):
        self.row().action_send_again()
        self.finish_request()

    def do_replace(self):
        self.row().action_replace()
        self.finish_request()

    def do_send_as_new(self):
        self.row().action_send_as_new()
        self.finish_request()

    def do_link(self):
        """To a draft that somebody typed in Xero."""
        row = self.row()
        held = self.documents()[row.xero_id]
        typed = {"Contact": held["Contact"], "Date": "2026-03-02"}
        typed["LineItems"] = [{"Description": "Typed", "Quantity": 1, "UnitAmount": 1}]
        if held.get("Type") != "PURCHASEORDER":
            typed["Type"] = held.get("Type")
        endpoint = row._xero_endpoint()
        (other,) = self.xero.seed(endpoint, [typed])
        self.typed_id = other[ID_KEYS[endpoint]]
        row.action_link(self.typed_id)
        self.finish_request()

    def do_skip(self):
        self.row().action_skip("Known to the bookkeeper")

    # === IN XERO === #

    def edit_in_xero(self, row, **values):
        self.xero.edit(row._xero_endpoint(), row.xero_id, **values)

    def edit_line(self, row, **values):
        """A bookkeeper edits the first line that has a price."""
        lines = self.documents()[row.xero_id]["LineItems"]
        line = next(each for each in lines if each.get("UnitAmount"))
        line |= values
        self.edit_in_xero(row, LineItems=lines)

    def pay_in_xero(self, row, share):
        """:param share: of the total"""
        endpoint = row._xero_endpoint()
        key = {"Invoices": "Invoice", "CreditNotes": "CreditNote"}[endpoint]
        payment = {
            key: {ID_KEYS[endpoint]: row.xero_id},
            "Account": {"Code": BANK},
            "Amount": round(row.xero_total * share, 2),
        }
        (answer,) = self.xero.seed("Payments", [payment])
        self.assertFalse(answer.get("ValidationErrors"), answer)

    def lock_period(self):
        """Everything up to today is closed in Xero, and Odoo knows."""
        self.xero.edit("Organisation", None, PeriodLockDate="2026-12-31")
        self.press_refresh(self.connection)
        self.finish_request()

    def documents(self):
        """All documents the local Xero holds, by their ids."""
        books = self.xero.state(TENANT_AU)
        return {
            document[ID_KEYS[endpoint]]: document
            for endpoint in ENDPOINTS
            for document in books[endpoint]
        }

    # === CHECKS === #

    def row(self, kind=None):
        """The row of the kind this class is about; there is one document only."""
        return self.env["xero.document"].search(
            [
                ("connection_id", "=", self.connection.id),
                ("kind", "=", kind or self.kind),
            ]
        )

    def check_calls(self, outcome, held):
        """Exactly the writes the cell names were made, in that order."""
        status_then = held and held["Status"]
        # What is paid stays so, without being told
        statuses = {
            "=": "" if status_then == "PAID" else status_then,
            "*": self.table.starts,
        }
        expected = []
        for call in outcome.calls:
            method, _space, status = call.partition(" ")
            expected.append((method, statuses.get(status, status)))
        made = self.document_writes()
        for index, (_method, status) in enumerate(expected[: len(made)]):
            if status == "!":
                made[index] = (made[index][0], "!")
        self.assertEqual(made, expected)

    def document_writes(self):
        """:return: (method, status that was sent) of each write about a document"""
        return [
            (call["method"], _status_sent(call))
            for call in self.xero.calls()
            if call["method"] in ("PUT", "POST", "DELETE")
            and call["path"].startswith(DOCUMENT_PATHS)
        ]

    def check_documents(self, outcome, documents, held_id, row):
        """Xero's document is what the cell says, and there is no other new one."""
        now = self.documents()
        new = [key for key in now if key not in documents and key != self.typed_id]
        created = [call for call in outcome.calls if call.startswith("PUT ")]
        self.assertEqual(len(new), len(created), "documents made in Xero")
        if new or self.typed_id or not outcome.writes:
            kept = {key: now[key] for key in documents}
            self.assertEqual(kept, documents, "Xero's documents changed")
        if not outcome.writes:
            return
        document = now[(new or [self.typed_id or held_id])[0]]
        last = outcome.calls[-1].partition(" ")[2]
        if last not in ("", "=", "*"):  # credit has no status
            self.assertEqual(document["Status"], last)
        if document["Status"] not in ("DELETED", "VOIDED"):
            self.assertEqual(document["Total"], row.odoo_total)
            self.assertEqual(document["Total"], row._record().amount_total)

    def check_row(self, outcome, row):
        """The row stands where the cell says, and tells the user so."""
        self.assertEqual(row.state or None, outcome.state, row.message)
        text = row._text_for_user() if row else ""
        if outcome.words:
            self.assertRegex(text.replace("\n", " "), outcome.words)
            self.assertNotIn("False", text)
        else:
            self.assertFalse(text)
        if outcome.state == "failed":
            self.assertEqual(row.issue_ids.mapped("state"), ["open"])


def _status_sent(call):
    """The status in a call's body; empty for what has none."""
    if not call["body"]:
        return ""
    ((element, *_others),) = json.loads(call["body"]).values()
    return element.get("Status", "")
