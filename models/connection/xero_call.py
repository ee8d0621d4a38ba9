from odoo import api, fields, models
from odoo.tools import SQL

COUNT = """
    INSERT INTO xero_call
        (connection_id, company_id, day, subject, verb, calls, create_date)
    VALUES %s
    ON CONFLICT (connection_id, day, subject, verb)
    DO UPDATE SET calls = EXCLUDED.calls
"""


class XeroCall(models.Model):
    """How many calls of a day (UTC) were made for one cause.

    The day that still lasts is counted on the connection, in the write that notes how
    many calls are left: a count of its own would be a statement for each call.
    """

    _name = "xero.call"
    _inherit = ["xero.retention.mixin"]
    _description = "Xero calls of a day"
    _order = "day desc, calls desc, id"
    _rec_name = "subject"
    _gc_moment = "day"

    connection_id = fields.Many2one(
        "xero.connection",
        "Organisation",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    day = fields.Date(required=True, readonly=True)
    # As xero_api/budget.py names them
    subject = fields.Selection(
        [
            ("Quotes", "Quotes"),
            ("Invoices", "Invoices and bills"),
            ("CreditNotes", "Credit notes"),
            ("Allocations", "Credit set off"),
            ("PurchaseOrders", "Purchase orders"),
            ("PDF", "PDFs"),
            ("Contacts", "Contacts"),
            ("Items", "Items"),
            ("Choices", "Accounts, taxes and other choices"),
        ],
        "Of what",
        required=True,
        readonly=True,
    )
    verb = fields.Selection(
        [
            ("read", "Read"),
            ("make", "Created"),
            ("change", "Changed"),
            ("remove", "Removed"),
        ],
        "What was done",
        required=True,
        readonly=True,
    )
    calls = fields.Integer(required=True, readonly=True)

    _cause_uniq = models.UniqueIndex(
        "(connection_id, day, subject, verb)", "A day has one count of each cause."
    )

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        return []

    @api.model
    def _keep(self, connection, noted):
        """Keep what is noted; as often as one likes, it counts once.

        :param connection: ``xero.connection``
        :param noted: dict of day → dict of cause → calls, see ``calls_noted``
        """
        company = connection.company_id
        rows = [
            SQL(
                "(%s, %s, %s, %s, %s, %s, now() AT TIME ZONE 'UTC')",
                connection.id,
                company.id,
                day,
                *cause.split(" "),
                calls,
            )
            for day, causes in noted.items()
            for cause, calls in causes.items()
        ]
        if rows:
            self.env.cr.execute(SQL(COUNT, SQL(", ").join(rows)))
            self.invalidate_model()


class XeroConnection(models.Model):
    """What the calls of a day were spent on."""

    _inherit = "xero.connection"

    calls_noted = fields.Json(
        readonly=True,
        copy=False,
        help="Of the day of the last call: its date → what it was spent on → calls",
    )

    # EXTENDS 'xero.connection'
    def _values_of_budget(self, budget):
        values = super()._values_of_budget(budget)
        if budget.calls:
            values["calls_noted"] = self._with_calls(budget.calls)
        return values

    def _with_calls(self, calls):
        """What is noted of the day, and these; what is noted of another day is kept.

        :param calls: dict of cause → calls that were just made
        """
        noted, today = self.calls_noted or {}, str(fields.Date.today())
        if noted and today not in noted:
            self.env["xero.call"]._keep(self, noted)
        before = noted.get(today, {})
        causes = [*before, *(cause for cause in calls if cause not in before)]
        return {
            today: {
                cause: before.get(cause, 0) + calls.get(cause, 0) for cause in causes
            }
        }

    def action_open_calls(self):
        """What the days' calls were spent on, until now."""
        self.ensure_one()
        self.check_access("read")
        # sudo: how many calls were made is no secret; the list has rights of its own
        self.env["xero.call"].sudo()._keep(self, self.sudo().calls_noted or {})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_call_action"
        )
        return {**action, "domain": [("connection_id", "=", self.id)]}
