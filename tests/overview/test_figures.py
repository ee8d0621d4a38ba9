import json
from datetime import timedelta

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.tests import tagged

from ..common import KINDS
from ..connected_case import ConnectedCase

NOW = "2026-11-18 03:00:00"
MOST_QUERIES = 25
STATES = ("pending", "sending", "held", "failed", "mismatch", "skipped", "synced")
LEFT = ("waiting", "failed", "issues", "mismatch", "changed")


@tagged("post_install", "-at_install")
class TestFigures(ConnectedCase):
    """The figures of the start page, and the lists that they open."""

    def row(self, synced_at=False, **values):
        return (
            self.env["xero.document"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "kind": "invoice",
                    "record_name": "INV/1",
                    "state": "synced",
                    "synced_at": synced_at,
                    **values,
                }
            )
        )

    def issue(self, name="Something", **values):
        return (
            self.env["xero.issue"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "key": f"other:{name}",
                    "name": name,
                    "remedy": "Look.",
                    "fixer": "user",
                    **values,
                }
            )
        )

    def opened(self, figure, kind="all"):
        """The records of the list that a figure opens."""
        context = {"xero_figure": figure, "xero_kind": kind}
        action = self.connection.with_context(**context).action_open_figure()
        return self.env[action["res_model"]].search(action["domain"])

    @freeze_time(NOW)
    def test_each_figure_is_the_number_of_rows_of_its_list(self):
        for number, state in enumerate(STATES):
            for kind in KINDS[: number + 1]:
                self.row(f"2026-11-{number + 11} 12:00:00", state=state, kind=kind)
        self.row("2026-11-18 01:00:00")
        self.row(state="failed", changed_in_xero=True)
        self.row(state="skipped", changed_in_xero=True)
        self.issue("Open")
        self.issue("Solved", state="solved")
        figures = self.connection.figures
        for name in LEFT:
            with self.subTest(name):
                self.assertGreater(figures[name], 0)
                self.assertEqual(figures[name], len(self.opened(name)))
        for name in ("today", "month"):
            for kind in (*KINDS, "all"):
                with self.subTest(f"{name} {kind}"):
                    found = self.opened(name, kind)
                    self.assertEqual(figures[name][kind], len(found))
        self.assertEqual(figures["today"]["all"], 1)

    @freeze_time(NOW)
    def test_what_is_left_to_do(self):
        for state in STATES:
            self.row(state=state)
        self.row(state="failed", changed_in_xero=True)
        figures = {name: self.connection.figures[name] for name in LEFT}
        self.assertEqual(
            figures,
            {"waiting": 3, "failed": 2, "issues": 0, "mismatch": 1, "changed": 1},
        )

    @freeze_time(NOW)
    def test_a_day_begins_where_the_user_is(self):
        self.row("2026-11-17 13:30:00")  # the 18th in Sydney
        self.row("2026-11-17 12:30:00")
        self.row("2026-10-31 13:30:00")  # the 1st of November in Sydney
        self.row("2026-10-31 12:30:00")
        sydney = self.connection.with_context(tz="Australia/Sydney").figures
        self.assertEqual((sydney["today"]["all"], sydney["month"]["all"]), (1, 3))
        # Where Odoo's context names none, it is the user's
        self.env.invalidate_all()
        self.env.user.tz = "Australia/Sydney"
        here = self.connection.with_context(tz=False).figures
        self.assertEqual((here["today"]["all"], here["month"]["all"]), (1, 3))
        self.env.invalidate_all()
        greenwich = self.connection.with_context(tz="UTC").figures
        self.assertEqual((greenwich["today"]["all"], greenwich["month"]["all"]), (0, 2))

    @freeze_time("2026-11-03 03:00:00")
    def test_the_graph_has_a_bar_for_each_of_the_last_fourteen_days(self):
        self.row("2026-11-03 01:00:00")
        self.row("2026-10-21 01:00:00", kind="bill")
        self.row("2026-10-20 01:00:00")
        (graph,) = json.loads(self.connection.figures_graph)
        values = [bar["value"] for bar in graph["values"]]
        self.assertEqual(values, [1] + [0] * 12 + [1])

    def test_what_was_really_sent_today_counts_once(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order.order_line.product_uom_qty = 3
        self.run_job(self.connection)
        self.env.invalidate_all()
        figures = self.connection.figures
        self.assertEqual(figures["today"]["sale_order"], 1)
        self.assertEqual(self.opened("today"), order.xero_document_ids)

    def test_the_last_error_is_the_newest_open_issue(self):
        self.issue("Old")
        new = self.issue("New")
        self.issue("Solved", state="solved")
        self.assertEqual(self.connection.last_issue_id, new)
        self.assertEqual(self.opened("last_issue"), new)
        new.state = "solved"
        self.env.invalidate_all()
        self.assertEqual(self.connection.last_issue_id.name, "Old")

    def test_of_another_connection_nothing_counts(self):
        other = self.setup_other_company(name="Hobart Pty")["company"]
        theirs = self.connect_to_britain(other)
        today = fields.Datetime.now()
        self.row(today, connection_id=theirs.id, state="failed")
        self.issue("Theirs", connection_id=theirs.id)
        figures = (self.connection + theirs).mapped("figures")
        seen = [
            (each["today"]["all"], each["failed"], each["issues"]) for each in figures
        ]
        self.assertEqual(seen, [(0, 0, 0), (1, 1, 1)])
        self.assertFalse(self.opened("failed"))

    # === WHAT IT COSTS === #

    def show_page(self):
        """Ask for what the browser asks for to show the start page.

        :return: number of queries
        """
        connections = self.env["xero.connection"]
        view = self.env.ref("xero_sync.xero_connection_view_kanban_overview")
        arch = etree.fromstring(connections.get_view(view.id)["arch"])
        names = {node.get("name") for node in arch.iter("field")}
        relational = {name for name in names if connections._fields[name].relational}
        specification = {
            name: {"fields": {"display_name": {}}} if name in relational else {}
            for name in names
        }
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        connections.web_search_read([], specification, limit=80)
        return self.cr.sql_log_count - before

    def test_the_page_costs_few_queries_however_much_there_is(self):
        self.show_page()  # what Odoo keeps between requests is read
        few = self.show_page()
        now = fields.Datetime.now()
        for ago in range(30):
            for state in STATES:
                self.row(now - timedelta(days=ago), state=state)
            self.issue(f"Issue {ago}")
        many = self.show_page()
        self.assertLessEqual(few, MOST_QUERIES)
        self.assertLessEqual(many, few + 1)
