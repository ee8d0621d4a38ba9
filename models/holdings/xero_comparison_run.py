import functools
import logging

from odoo import models
from odoo.tools import SQL

from ... import xero_api
from .xero_comparison import WORKING_STATES
from .xero_comparison_kinds import ENDPOINTS

_logger = logging.getLogger(__name__)

FIRST_PLACE = {"step": 0, "page": 1, "page_count": 1, "last_id": 0}


class XeroConnection(models.Model):
    """The connection's job also compares, when nothing else is to be done."""

    _inherit = "xero.connection"

    # EXTENDS 'xero.connection'
    def _drain_once(self, end):
        return super()._drain_once(end) or self._work_on(self._due_comparison(), end)

    # EXTENDS 'xero.connection'
    def _has_due_rows(self):
        return super()._has_due_rows() or bool(
            self._is_open() and self._due_comparison()
        )

    def _due_comparison(self):
        """The oldest one at work; none while Xero's last calls are kept for others."""
        comparisons = self.env["xero.comparison"]
        if self._is_scarce():
            return comparisons
        return comparisons.search(
            [("connection_id", "=", self.id), ("state", "in", WORKING_STATES)],
            order="id",
            limit=1,
        )


class XeroComparison(models.Model):
    """What the connection's job does: a page of Xero's, or a batch of Odoo's.

    What was found in one, and how far that is, stand in one transaction: killed at any
    time, it goes on with the next page and counts nothing twice.
    """

    _inherit = "xero.comparison"

    # EXTENDS 'xero.task.mixin'
    def _move_on(self):
        connection, place = self.connection_id, self.place or FIRST_PLACE
        steps = self._steps()
        if place["step"] == len(steps):
            return connection._with_retry(self._finish)
        step = steps[place["step"]]
        slice_of_work = functools.partial(self._compare_batch, step)
        if step in ENDPOINTS:
            page = self._read_page(step, place["page"])
            if not page:
                return 1
            slice_of_work = functools.partial(self._compare_page, step, page)
        return connection._with_retry(slice_of_work)

    def _read_page(self, endpoint, number):
        """Xero's documents of the period, a thousand at a time.

        :return: ``xero_api.Page``; None when Xero refuses such a list for good, as one
            of more than 100,000 documents
        """
        try:
            with self.connection_id._client() as client:
                page = client.dated_page(endpoint, number, self.date_from, self.date_to)
        except xero_api.RequestRefused as error:
            _logger.warning("%s: Xero refused page %s: %s", self, number, error)
            self.connection_id._with_retry(self._stop)
            return None
        self.connection_id._note_budget(client)
        return page

    def _compare_page(self, endpoint, page):
        """:return: number of documents dealt with, at least one; 0 when it was left"""
        if self.state not in WORKING_STATES:
            return 0
        self.place = {**(self.place or FIRST_PLACE), "page_count": page.page_count}
        self._compare_elements(endpoint, page.items)
        if page.page < page.page_count:
            self.place = {**self.place, "page": page.page + 1}
        else:
            self._go_to_next_step()
        return len(page.items) or 1

    def _compare_batch(self, model):
        """:return: number of records dealt with, at least one; 0 when it was left"""
        if self.state not in WORKING_STATES:
            return 0
        return self._compare_records(model) or 1

    def _go_to_next_step(self):
        self.place = {**FIRST_PLACE, "step": self.place["step"] + 1}

    def _finish(self):
        """:return: 1, something was done; 0 when a person left it meanwhile"""
        if self.state not in WORKING_STATES:
            return 0
        self.state = "done"
        self._forget_seen()
        self._tell_done()
        return 1

    def _tell_done(self):
        """Tell the person who started it, wherever in Odoo they are now."""
        self.create_uid._bus_send(
            "simple_notification",
            {
                "type": "warning" if self.unequal_count else "success",
                "title": self.env._("The comparison with Xero is done"),
                "message": self.verdict,
            },
        )

    # === WHAT WAS SEEN === #

    # By SQL: the ORM reads all that is there to add to it

    def _seen(self, row_ids):
        """:return: those of these ids of rows whose Xero document was met"""
        self.env.cr.execute(
            SQL(
                "SELECT document_id FROM xero_comparison_seen_rel"
                " WHERE comparison_id = %s AND document_id = ANY(%s::int[])",
                self.id,
                [row_id for row_id in row_ids if row_id],
            )
        )
        return {row_id for (row_id,) in self.env.cr.fetchall()}

    def _note_seen(self, row_ids):
        self.env.cr.execute(
            SQL(
                "INSERT INTO xero_comparison_seen_rel (comparison_id, document_id)"
                " SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING",
                self.id,
                row_ids,
            )
        )

    def _forget_seen(self):
        self.env.cr.execute(
            SQL(
                "DELETE FROM xero_comparison_seen_rel WHERE comparison_id = %s", self.id
            )
        )
