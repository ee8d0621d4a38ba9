import math

from odoo import api, fields, models
from odoo.tools import formatLang

from ...xero_api.const import BATCH_SIZE
from ..connection.xero_connection_budget import DAY_RESERVE
from ..document.xero_document import ENDPOINTS

# Page: best-practices/api-call-efficiencies/rate-limits
CALLS_A_MINUTE = 60


class XeroExisting(models.Model):
    """What sending takes: contacts and items that come first, calls, and time."""

    _inherit = "xero.existing"

    contacts_to_create = fields.Integer(compute="_compute_effort")
    contacts_to_link = fields.Integer(compute="_compute_effort")
    contacts_to_decide = fields.Integer(compute="_compute_effort")
    products_to_create = fields.Integer(compute="_compute_effort")
    effort = fields.Text("What it takes", compute="_compute_effort")

    @api.depends("state", "line_ids.action", "line_ids.contact_fate")
    def _compute_effort(self):
        for each in self:
            partners = each._partners_by_fate()
            each.contacts_to_create = partners.get("create", 0)
            each.contacts_to_link = partners.get("link", 0)
            each.contacts_to_decide = partners.get("decide", 0)
            each.products_to_create = len(each.product_ids)
            each.effort = each.state == "review" and each._effort_text()

    def _partners_by_fate(self):
        """:return: dict of what becomes of a contact → of how many"""
        groups = self.env["xero.existing.line"]._read_group(
            [("existing_id", "in", self.ids), ("action", "in", ("link", "send"))],
            ["contact_fate"],
            ["partner_id:count_distinct"],
        )
        return dict(groups)

    def _calls_needed(self):
        """How many calls sending takes, about: 50 go in one, each PDF by itself."""
        groups = self.env["xero.existing.line"]._read_group(
            [("existing_id", "in", self.ids), ("action", "=", "send")],
            ["document_kind"],
            ["__count"],
        )
        counts = {"contacts": self.contacts_to_create, "items": self.products_to_create}
        for kind, count in groups:
            endpoint = ENDPOINTS[kind]
            counts[endpoint] = counts.get(endpoint, 0) + count
        calls = sum(math.ceil(count / BATCH_SIZE) for count in counts.values())
        # sudo: what is attached is no secret
        if self.connection_id.sudo().attach_pdf:
            calls += sum(count for kind, count in groups if kind != "sale_order")
        return calls

    def _effort_text(self):
        """In sentences; False when nothing would be sent."""
        calls = self._calls_needed()
        if not calls:
            return False
        # sudo: how many calls there are is no secret
        limit = self.connection_id.sudo().day_limit
        a_day = limit - limit // DAY_RESERVE
        words = {"calls": formatLang(self.env, calls, digits=0)}
        if not a_day or calls <= a_day:
            minutes = math.ceil(calls / CALLS_A_MINUTE)
            return self.env._(
                "Calls to Xero that sending takes, about: %(calls)s. Time: %(minutes)s"
                " min at least.",
                minutes=minutes,
                **words,
            )
        return self.env._(
            "Calls to Xero that sending takes, about: %(calls)s. Xero allows %(limit)s"
            " a day. Days: %(days)s.",
            limit=formatLang(self.env, limit, digits=0),
            days=math.ceil(calls / a_day),
            **words,
        )
