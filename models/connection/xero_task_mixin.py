import base64
import datetime
import io

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context

# Of a cell: https://support.microsoft.com/en-us/office/excel-specifications-and-limits
CELL_LENGTH = 32767
COLUMN_WIDTH = 25


class XeroTaskMixin(models.AbstractModel):
    """Long work of a connection's job, which a person starts and may leave alone.

    The job does it in slices, each in a transaction of its own, and it ends with a
    spreadsheet.
    """

    _name = "xero.task.mixin"
    _inherit = ["xero.retention.mixin"]
    _description = "Work of a connection's job"
    _gc_batch = 1  # its lines go with it, and they are many
    # Fields that a person chooses, before it begins
    _choices = frozenset()
    # States in which the job has something to do
    _working_states = ()

    connection_id = fields.Many2one(
        "xero.connection",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_connection_id(),
        string="Organisation",
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    # Each kind of work has a list of its own; Odoo lets it replace no list, but this
    state = fields.Selection(
        lambda self: [("draft", "New"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    message = fields.Char(compute="_compute_message")
    progress = fields.Float(compute="_compute_progress", help="Percent")
    is_stopped = fields.Boolean(
        readonly=True, copy=False, help="By an unexpected error"
    )
    report = fields.Binary(compute="_compute_report", exportable=False)
    report_name = fields.Char(compute="_compute_report_name")

    @api.model
    def _default_connection_id(self):
        # sudo: which connection it is, is no secret
        return self.env.company.sudo()._xero_connection().sudo(False)

    # === HOOKS OF EACH KIND OF WORK === #

    def _move_on(self):
        """Do one slice.

        :return: number of things moved on; 0 when there is nothing to do any more
        :raise xero_api.XeroError: when Xero cannot be read now
        """
        raise NotImplementedError

    def _report_sheets(self):
        """The spreadsheet's sheets: (name, titles, rows) of each.

        The rows are iterated once; texts, numbers and days keep their kind.
        """
        raise NotImplementedError

    def _compute_report_name(self):
        raise NotImplementedError

    def _compute_progress(self):
        raise NotImplementedError

    def _what_happens(self):
        """What it is at, in words, while it is in one of its working states."""
        raise NotImplementedError

    def _what_stopped(self):
        """After an error that nobody foresaw: what stays, and what to do, in words."""
        raise NotImplementedError

    # === COMPUTE METHODS === #

    @api.depends("state", "progress", "connection_id", "is_stopped")
    def _compute_message(self):
        for each in self:
            if each.is_stopped:
                each.message = each._what_stopped()
            elif each.state in each._working_states:
                each.message = each._why_waiting() or each._what_happens()
            else:
                each.message = False

    # === CRUD METHODS === #

    # EXTENDS 'base'
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_may_write(vals)
        # A default in the context would be written unchecked
        clean = self.with_context(clean_context(self.env.context))
        return super(XeroTaskMixin, clean).create(vals_list).with_env(self.env)

    # EXTENDS 'base'
    def write(self, vals):
        self._check_may_write(vals)
        result = super().write(vals)
        if "connection_id" in vals:
            self.check_access("write")  # not into a company one has no rights on
        return result

    def _check_may_write(self, vals):
        """People choose what is read, before it is read; buttons do the rest."""
        if self.env.su:
            return
        if not self._choices.issuperset(vals):
            raise AccessError(
                self.env._("How far this has come changes with its buttons only.")
            )
        if any(each.state != "draft" for each in self):
            raise UserError(
                self.env._(
                    "This has started already. Create a new one to choose differently."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_working(self):
        if any(each.state in self._working_states for each in self):
            raise UserError(self.env._("Cancel this before deleting it."))

    # === THE JOB === #

    def _stop(self):
        """An error nobody foresaw: a person is told, and may start another one."""
        self.write({"state": "cancelled", "is_stopped": True})
        self.with_context(lang=self.create_uid.lang)._tell_stopped()

    def _tell_stopped(self):
        """Tell the person who started it, wherever in Odoo they are now.

        Their language is in its context: that of a worker is the company's.
        """
        self.create_uid._bus_send(
            "simple_notification",
            {
                "type": "danger",
                "sticky": True,
                "title": self.env["ir.model"]._get(self._name).name,
                "message": self._what_stopped(),
            },
        )

    def _why_waiting(self):
        """Why it does not go on now, in words; False when it does."""
        # sudo: whether it is connected is no secret
        connection = self.connection_id.sudo()
        if connection.state != "connected" or not connection.active:
            return self.env._(
                "“%(organisation)s” is not connected; this continues automatically"
                " when an administrator connects it.",
                organisation=connection.display_name,
            )
        return connection._why_closed()

    def _start(self, before, state):
        """Go from one of these states to another, at which the job works.

        :raise UserError: when it cannot start now, in words
        """
        self.check_access("write")
        if self.state not in before:
            raise UserError(self.env._("This is at another step; reload the page."))
        self._begin(state)

    def _leave(self, before, state):
        """Stop working, for a while or for good; who is at another state, stays."""
        self.check_access("write")
        for each in self:
            if each.state in before:
                # sudo: the state changes with the buttons only
                each.sudo().state = state

    def _begin(self, state):
        """Have the connection's job work on this.

        :raise UserError: when it cannot start now, in words
        """
        # sudo: whether it is connected is no secret
        connection = self.connection_id.sudo()
        if not connection._is_live() or connection.state in ("broken", "moved"):
            raise UserError(
                self.env._(
                    "“%(organisation)s” is not connected to Xero. An administrator"
                    " connects it under Configuration, Connections.",
                    organisation=connection.display_name,
                )
            )
        # sudo: the state changes with the buttons only
        self.sudo().state = state
        connection._wake()

    # === THE LINES === #

    def _start_from_lines(self):
        """The button to start, above the list of the lines: all of it is started."""
        self.action_run()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }

    def _open_lines(self, xmlid, **context):
        """The list of its ``line_ids``, of one filter when the context names one.

        :param xmlid: of the action that shows such lines
        :param context: for the list
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        own = self._fields["line_ids"].inverse_name
        chosen = self.env.context.get("xero_line_filter")
        if chosen:
            context[f"search_default_{chosen}"] = 1
        return {
            **action,
            "name": self.display_name,
            "domain": [(own, "=", self.id)],
            "context": context,
        }

    # === THE SPREADSHEET === #

    def action_report(self):
        """Button "Report": a spreadsheet, made when it is asked for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/report/{self.report_name}"
            "?download=true",
        }

    def _compute_report(self):
        for each in self:
            each.report = base64.b64encode(each._report())

    def _report(self):
        """The spreadsheet's bytes. Texts stay texts: no cell becomes a formula."""
        stream = io.BytesIO()
        options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        with xlsxwriter.Workbook(stream, options) as book:
            bold = book.add_format({"bold": True})
            for name, titles, rows in self._report_sheets():
                sheet = book.add_worksheet(name)
                sheet.set_column(0, len(titles), COLUMN_WIDTH)
                for column, title in enumerate(titles):
                    sheet.write_string(0, column, title, bold)
                for row, values in enumerate(rows, start=1):
                    for column, value in enumerate(values):
                        _write_cell(sheet, row, column, value)
        return stream.getvalue()


def _write_cell(sheet, row, column, value):
    """:param value: text, number, day, or nothing"""
    if isinstance(value, str):
        sheet.write_string(row, column, value[:CELL_LENGTH])
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value)
    elif value is not None and value is not False:
        sheet.write_number(row, column, value)
