import json
from collections import Counter, defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..mapping.xero_mapping_mixin import ACCOUNTANT

GRAPH_DAYS = 14
WAITING = ("pending", "sending", "held")
DOCUMENTS, ISSUES = "xero.document", "xero.issue"


class XeroConnection(models.Model):
    """The figures of the start page; each opens the list of what it counts."""

    _inherit = "xero.connection"

    figures = fields.Json(
        compute="_compute_figures",
        groups=ACCOUNTANT,
        help="What was sent today and this month, by kind, and what is left to do",
    )
    figures_graph = fields.Text(compute="_compute_figures", groups=ACCOUNTANT)
    last_issue_id = fields.Many2one(
        "xero.issue", "Last error", compute="_compute_last_issue", groups=ACCOUNTANT
    )

    # === COMPUTE METHODS === #

    @api.depends_context("uid", "tz", "lang")
    def _compute_figures(self):
        sent, left = self._count_sent(), self._count_left()
        for connection in self:
            of_days = sent[connection.id]
            connection.figures = {
                **connection._figures_sent(of_days),
                **{name: counts.get(connection.id, 0) for name, counts in left.items()},
            }
            connection.figures_graph = json.dumps(connection._graph(of_days))

    def _compute_last_issue(self):
        for connection in self:
            connection.last_issue_id = self.env[ISSUES].search(
                [("connection_id", "=", connection.id), ("state", "=", "open")],
                order="id desc",
                limit=1,
            )

    # === WHAT WAS SENT === #

    def _count_sent(self):
        """What Xero confirmed last on each day: of this month, and of the graph.

        A document counts once, on the day of its last confirmation.

        :return: dict of connection's id → ``Counter`` of (kind, day)
        """
        today = fields.Date.context_today(self)
        first = min(today.replace(day=1), today - timedelta(days=GRAPH_DAYS - 1))
        # Of the time zone Odoo groups days only by the context's
        documents = self.env[DOCUMENTS].with_context(tz=self.env.tz.zone)
        groups = documents._read_group(
            [("connection_id", "in", self.ids), *self._sent_since(first)],
            ["connection_id", "kind", "synced_at:day"],
            ["__count"],
        )
        sent = defaultdict(Counter)
        for connection, kind, moment, count in groups:
            sent[connection.id][kind, moment.date()] += count
        return sent

    def _sent_since(self, day):
        """:param day: ``date`` in the user's time zone"""
        zone = ZoneInfo(self.env.tz.zone)
        start = datetime.combine(day, time.min, zone).astimezone(UTC)
        return [("synced_at", ">=", fields.Datetime.to_string(start))]

    def _figures_sent(self, of_days):
        """:param of_days: ``Counter`` of (kind, day)"""
        today = fields.Date.context_today(self)
        since = {"today": today, "month": today.replace(day=1)}
        kinds = self.env[DOCUMENTS]._fields["kind"].get_values(self.env)
        return {
            name: {
                kind: sum(
                    count
                    for (each, day), count in of_days.items()
                    if day >= first and kind in (each, "all")
                )
                for kind in (*kinds, "all")
            }
            for name, first in since.items()
        }

    def _graph(self, of_days):
        """What Odoo's ``dashboard_graph`` shows: a bar for each of the last days.

        :param of_days: ``Counter`` of (kind, day)
        """
        today = fields.Date.context_today(self)
        by_day = Counter()
        for (_kind, day), count in of_days.items():
            by_day[day] += count
        days = [today - timedelta(days=ago) for ago in reversed(range(GRAPH_DAYS))]
        bars = [
            {
                "label": format_date(self.env, day, date_format="d MMM"),
                "value": by_day[day],
                "type": "future" if day == today else "past",  # its two colours
            }
            for day in days
        ]
        return [{"values": bars, "key": self.env._("Sent to Xero")}]

    # === WHAT IS LEFT TO DO === #

    def _count_left(self):
        """:return: dict of figure → dict of connection's id → number"""
        found = {}
        for name, (model, domain) in self._left_domains().items():
            groups = self.env[model]._read_group(
                Domain("connection_id", "in", self.ids) & domain,
                ["connection_id"],
                ["__count"],
            )
            found[name] = {connection.id: count for connection, count in groups}
        return found

    @api.model
    def _left_domains(self):
        """:return: dict of figure → model and domain of what it counts"""
        return {
            "waiting": (DOCUMENTS, Domain("state", "in", WAITING)),
            "failed": (DOCUMENTS, Domain("state", "=", "failed")),
            "mismatch": (DOCUMENTS, Domain("state", "=", "mismatch")),
            "changed": (
                DOCUMENTS,
                Domain("changed_in_xero", "=", True) & Domain("state", "!=", "skipped"),
            ),
            "issues": (ISSUES, Domain("state", "=", "open")),
        }

    # === ACTIONS === #

    def action_open_figure(self):
        """The list of what a figure counts; the context names it (``xero_figure``).

        One of :meth:`_left_domains`; ``today`` or ``month`` with a kind of document or
        ``all`` (``xero_kind``); ``last_issue``.
        """
        self.ensure_one()
        self.check_access("read")
        figure = self.env.context.get("xero_figure", "waiting")
        model, domain = self._figure_domain(figure)
        xml_id = {DOCUMENTS: "xero_document_action", ISSUES: "xero_issue_action"}[model]
        action = self.env["ir.actions.act_window"]._for_xml_id(f"xero_sync.{xml_id}")
        own = Domain("connection_id", "=", self.id)
        return {**action, "domain": list(own & domain), "context": {}}

    def _figure_domain(self, figure):
        """:return: model and domain of what a figure counts"""
        if figure == "last_issue":
            return ISSUES, Domain("id", "=", self.last_issue_id.id)
        if figure not in ("today", "month"):
            return self._left_domains()[figure]
        today = fields.Date.context_today(self)
        first = today if figure == "today" else today.replace(day=1)
        domain = Domain(self._sent_since(first))
        kind = self.env.context.get("xero_kind", "all")
        if kind != "all":
            domain &= Domain("kind", "=", kind)
        return DOCUMENTS, domain
