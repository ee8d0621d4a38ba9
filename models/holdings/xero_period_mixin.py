import functools
import logging

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import date_utils, format_date

from ... import xero_api
from .xero_comparison_kinds import CHOICES, ENDPOINTS, MODELS

_logger = logging.getLogger(__name__)

FIRST_PLACE = {"step": 0, "page": 1, "page_count": 1, "last_id": 0}


class XeroPeriodMixin(models.AbstractModel):
    """All documents of some days: Xero's page by page, then Odoo's batch by batch.

    What was found in one slice, and how far that is, stand in one transaction: killed
    at any time, it goes on with the next slice and counts nothing twice. It comes with
    ``xero.task.mixin``.
    """

    _name = "xero.period.mixin"
    _description = "Documents of a period, in Odoo and in Xero"

    date_from = fields.Date("From", required=True)
    date_to = fields.Date("To", required=True)
    with_sales = fields.Boolean("Customer invoices and credit notes", default=True)
    with_purchases = fields.Boolean("Vendor bills and refunds", default=True)
    with_drafts = fields.Boolean(
        "Drafts",
        help="Orders not invoiced yet, which are draft invoices in Xero, and draft"
        " bills.",
    )
    with_quotations = fields.Boolean("Quotations")
    with_purchase_orders = fields.Boolean("Purchase orders")
    place = fields.Json(readonly=True, copy=False, help="How far it has come")

    # === HOOKS OF EACH KIND OF WORK === #

    def _compare_elements(self, endpoint, elements):
        """Look at a page of Xero's documents.

        :param elements: list of what :meth:`_ask_for_page` asks for
        """
        raise NotImplementedError

    def _compare_records(self, records):
        """Look at a batch of Odoo's documents of one model."""
        raise NotImplementedError

    def _finish(self):
        """All was looked at.

        :return: 1, something was done; 0 when a person left it meanwhile
        """
        raise NotImplementedError

    def _first_read(self):
        """The first and the last day of which Xero's documents are read."""
        return self.date_from, self.date_to

    def _ask_for_page(self, client, endpoint, number):
        """:return: ``xero_api.Page`` of what :meth:`_compare_elements` takes"""
        return client.dated_page(endpoint, number, *self._first_read())

    # === THE PERIOD === #

    def _period_text(self):
        """The days in words: a month by its name."""
        first, last = self.date_from, self.date_to
        if (first, last) == date_utils.get_month(first):
            return format_date(self.env, first, date_format="MMMM y")
        return " – ".join(format_date(self.env, day) for day in (first, last))

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for each in self:
            if each.date_from > each.date_to:
                raise ValidationError(
                    self.env._("The last day is before the first. Correct one of them.")
                )

    def _is_in_period(self, day):
        return bool(day) and self.date_from <= day <= self.date_to

    def _kinds(self):
        """The kinds that were chosen, as a set."""
        return {kind for name, kinds in CHOICES.items() if self[name] for kind in kinds}

    def _steps(self):
        """Xero's endpoints, then Odoo's models, which hold what was chosen."""
        chosen = self._kinds()
        places = {**ENDPOINTS, **MODELS}
        return [place for place, kinds in places.items() if kinds & chosen]

    def _part_done(self):
        """How many of the steps are done, as a number from 0 to 1."""
        place, steps = self.place, len(self._steps())
        part = place["step"] if place else 0
        if place and part < steps:
            part += (place["page"] - 1) / max(place["page_count"], place["page"])
        return part / (steps or 1)

    # EXTENDS 'xero.task.mixin'
    def _why_waiting(self):
        # sudo: how many calls are left is no secret
        connection = self.connection_id.sudo()
        waiting = super()._why_waiting()
        if waiting or not connection._is_scarce():
            return waiting
        return self.env._(
            "Xero's last calls of today are kept for documents. This continues"
            " automatically, after %(time)s at the latest.",
            time=connection._renewal_text(),
        )

    # === SLICES === #

    def _go_through(self):
        """Look at the next page or batch, and commit nothing.

        :return: number of documents dealt with, at least one; 0 when a person left it
        :raise xero_api.XeroError: when Xero cannot be read now
        """
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
                page = self._ask_for_page(client, endpoint, number)
        except xero_api.RequestRefused as error:
            _logger.warning("%s: Xero refused page %s: %s", self, number, error)
            self.connection_id._with_retry(self._stop)
            return None
        self.connection_id._note_budget(client)
        return page

    def _compare_page(self, endpoint, page):
        """:return: number of documents dealt with, at least one; 0 when it was left"""
        if self.state not in self._working_states:
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
        if self.state not in self._working_states:
            return 0
        records = self._next_records(model)
        self._compare_records(records)
        if records:
            self.place = {**self.place, "last_id": records[-1].id}
        else:
            self._go_to_next_step()
        return len(records) or 1

    def _go_to_next_step(self):
        self.place = {**FIRST_PLACE, "step": self.place["step"] + 1}
