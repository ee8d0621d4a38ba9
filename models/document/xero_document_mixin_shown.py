"""Which state and number lists show: in one query for all that is on a page."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...xero_api.const import GONE_STATUSES
from .xero_document import is_gone

# What is read of the documents that a list shows
COLUMNS = ("state", "xero_id", "xero_status", "xero_number")


class XeroDocument(models.Model):
    """What is settled, but not in Xero, is not shown as being there."""

    _inherit = "xero.document"

    shown_state = fields.Selection(
        selection=lambda self: self._shown_states(),
        string="State in Xero",
        compute="_compute_shown_state",
    )

    @api.model
    def _shown_states(self):
        """The states; what is settled, but not there, is not shown as being in Xero."""
        states = self._fields["state"]._description_selection(self.env)
        return [*states, ("ended", self.env._("Not in Xero any more"))]

    @api.depends("state", "xero_id", "xero_status")
    def _compute_shown_state(self):
        for document in self:
            ended = document.state == "synced" and document._is_gone()
            document.shown_state = "ended" if ended else document.state


class XeroDocumentMixin(models.AbstractModel):
    """Lists are opened all day: they show what one query finds for the whole page.

    Nothing of it is kept in Odoo's own tables: the job would then write where people
    work, and their transactions collide with it.
    """

    _inherit = "xero.document.mixin"

    xero_number = fields.Char(
        "Xero number", compute="_compute_xero_shown", search="_search_xero_number"
    )
    xero_shown_state = fields.Selection(
        selection=lambda self: self.env["xero.document"]._shown_states(),
        string="State in Xero",
        compute="_compute_xero_shown",
        search="_search_xero_shown_state",
        groups="base.group_user",
    )

    # Of the documents, own ones first, with commas
    xero_shown_ids = fields.Char(
        compute="_compute_xero_shown",
        groups=fields.NO_ACCESS,
    )

    @api.depends("xero_document_ids.state", "xero_document_ids.xero_number")
    def _compute_xero_shown(self):
        # sudo: whoever may see the document may see what became of it in Xero
        found = self.sudo()._xero_shown_rows(Domain.TRUE, COLUMNS)
        for record in self:
            shown = found.get(record._origin.id, [])
            # What was deleted matters only while there is nothing else
            live = [
                row for row in shown if not is_gone(row["xero_id"], row["xero_status"])
            ]
            numbers = [row["xero_number"] for row in live or shown]
            record.xero_number = ", ".join(filter(None, numbers))
            own = [row["state"] for row in shown if row["own"]]
            state = own[-1] if own else False
            ended = state == "synced" and not live
            record.xero_shown_state = "ended" if ended else state
            record.xero_shown_ids = ",".join(str(row["id"]) for row in shown)

    def _xero_shown_documents(self):
        """Its own documents in Xero and those of what was made from it, in order."""
        ids = [
            int(id_)
            for record in self.sudo()
            for id_ in (record.xero_shown_ids or "").split(",")
            if id_
        ]
        # sudo: whoever may see the document may see what became of it in Xero
        return self.env["xero.document"].sudo().browse(dict.fromkeys(ids))

    def _xero_shown_rows(self, domain, columns):
        """What a page of records shows, in one query.

        :param domain: of ``xero.document``, as far as the user may read it
        :param columns: names of its fields
        :return: dict of id of the record → list of dicts of these, ``id`` and whether
            it is its ``own``; those first, and the oldest first
        """
        ids = self._origin.ids
        if not ids:
            return {}
        if len(ids) == 1:
            return {ids[0]: self._origin._xero_shown_of_one(domain, columns)}
        names = ("id", *columns)
        documents = self.env["xero.document"]
        selects = []
        for place, (query, record) in enumerate(self._xero_queries_showing(domain)):
            query.add_where(SQL("%s IN %s", record, tuple(ids)))
            read = (documents._field_to_sql(query.table, name, query) for name in names)
            selects.append(query.select(record, SQL("%s", place == 0), *read))
        # Own ones first; what is shown as both counts as that
        statement = SQL(
            "SELECT * FROM (%s) AS shown ORDER BY 2 DESC, 3",
            SQL(" UNION ").join(selects),
        )
        found = {}
        for record_id, *values in self.env.execute_query(statement):
            row = dict(zip(("own", *names), values, strict=True))
            found.setdefault(record_id, {}).setdefault(row["id"], row)
        return {record_id: list(rows.values()) for record_id, rows in found.items()}

    def _xero_shown_of_one(self, domain, columns):
        """The same of one record, whose form shows all else of the documents, too.

        :return: list of dicts
        """
        queries = self._xero_queries_showing(domain)
        for query, record in queries:
            query.add_where(SQL("%s = %s", record, self.id))
        ids = SQL(" UNION ").join(query.select() for query, _record in queries)
        documents = self.env["xero.document"].search_fetch(
            [("id", "in", SQL("(%s)", ids))]
        )
        rows = [
            {
                "own": self._xero_is_own(document),
                "id": document.id,
                **{name: document[name] for name in columns},
            }
            for document in documents
        ]
        return sorted(rows, key=lambda row: (not row["own"], row["id"]))

    def _search_xero_number(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if operator == "in" and False in value:
            some = Domain.OR(
                Domain(path, "any", [("xero_number", "!=", False)])
                for path in self._xero_number_paths
            )
            value = [number for number in value if number]
            return ~some | Domain(self._search_xero_number(operator, value))
        numbered = Domain("xero_number", operator, value)
        if operator == "ilike":  # typed by somebody who looks for it
            numbered |= Domain("former_numbers", operator, value)
        found = Domain.OR(
            Domain(path, "any", numbered) for path in self._xero_number_paths
        )
        # sudo: whoever may see the document may see what became of it in Xero
        return Domain("id", "in", self.sudo()._search(found))

    @api.model
    def _search_xero_shown_state(self, operator, values):
        if operator != "in":
            return NotImplemented
        # sudo: whoever may see the document may see what became of it in Xero
        some_live = self.sudo()._xero_showing(
            [("xero_id", "!=", False), ("xero_status", "not in", GONE_STATUSES)]
        )
        settled = Domain("xero_state", "=", "synced")
        states = [value for value in values if value not in ("synced", "ended")]
        found = Domain("xero_state", "in", states)
        if "synced" in values:
            found |= settled & some_live
        if "ended" in values:
            found |= settled & ~some_live
        # sudo: whoever may see the document may see what became of it in Xero
        return Domain("id", "in", self.sudo()._search(found))

    @api.model
    def _xero_showing(self, domain):
        """Records that show such a document of Xero's (``Domain``).

        As a query, so that PostgreSQL begins with what is rarer, however long the
        history is.

        :param domain: as for :meth:`_xero_queries_showing`
        """
        found = SQL(" UNION ").join(
            query.select(record) for query, record in self._xero_queries_showing(domain)
        )
        return Domain("id", "in", SQL("(%s)", found))
