from odoo import api, fields, models
from odoo.fields import Domain

from ... import xero_api
from ...xero_api.const import GONE_STATUSES


class XeroFound(models.Model):
    """A document that Odoo made in Xero, and this database does not know.

    It was made after the backup from which the database was restored, or by a copy of
    the database. It waits here for the Odoo document that it is: what is entered again
    with the same content, takes it; where that says something else, a person decides.
    """

    _name = "xero.found"
    _inherit = ["xero.retention.mixin"]
    _description = "Document in Xero that Odoo does not know"
    _order = "date desc, id desc"
    _rec_name = "title"
    _gc_moment = "create_date"

    connection_id = fields.Many2one(
        "xero.connection",
        required=True,
        index=True,
        ondelete="cascade",
        string="Organisation",
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    endpoint = fields.Char(required=True, help="Collection in Xero, e.g. Invoices")
    xero_id = fields.Char("Xero ID", required=True)
    title = fields.Char("In Odoo", help="Its first line, which names Odoo's document")
    number = fields.Char("Number in Xero")
    contact_xero_id = fields.Char()
    contact_name = fields.Char("Contact", compute="_compute_contact_name")
    date = fields.Date()
    total = fields.Float(digits=(16, 2))
    currency = fields.Char()
    url = fields.Char("Link to Odoo")
    xero_url = fields.Char("Open in Xero", compute="_compute_xero_url")
    names = fields.Text(help="Its link, first line and numbers, one in a line")
    by_another = fields.Boolean(
        help="Another database made it meanwhile; nobody was asked about that yet"
    )
    content = fields.Json(help="All that Xero says of it, to be compared")

    _xero_id_uniq = models.UniqueIndex(
        "(connection_id, xero_id)", "A Xero document is found once."
    )

    def _compute_contact_name(self):
        contacts = self.env["xero.contact"].search_fetch(
            [
                ("connection_id", "in", self.connection_id.ids),
                ("xero_id", "in", self.mapped("contact_xero_id")),
            ],
            ["connection_id", "xero_id", "name"],
        )
        names = {(each.connection_id, each.xero_id): each.name for each in contacts}
        for found in self:
            key = (found.connection_id, found.contact_xero_id)
            found.contact_name = names.get(key)

    def _compute_xero_url(self):
        for found in self:
            bill = (found.content or {}).get("type") == "ACCPAY"
            page = "Bills" if bill else found.endpoint
            found.xero_url = found.connection_id._web_url(page, found.xero_id)

    # === READING === #

    @api.model
    def _keep(self, connection, endpoint, elements):
        """Keep those that Odoo made and this database does not know.

        :param endpoint: collection in Xero that they are of
        :param elements: list of ``xero_api.Element``, as Xero holds them now
        :return: the rows of those that were not kept before
        """
        odoos = {
            each.xero_id: each
            for each in elements
            if each.ok and xero_api.is_odoos(each) and each.status not in GONE_STATUSES
        }
        if not odoos:
            return self.browse()
        known = connection._known_xero_ids("xero.document", list(odoos))
        kept = self._refresh(connection, elements)
        return self.create(
            [
                {
                    "connection_id": connection.id,
                    "endpoint": endpoint,
                    "xero_id": xero_id,
                    **self._values(element),
                }
                for xero_id, element in odoos.items()
                if xero_id not in known | set(kept.mapped("xero_id"))
            ]
        )

    @api.model
    def _refresh(self, connection, elements):
        """Have what is kept say what Xero holds now, and forget what is no question.

        That is what was ended there, or a document here stands for it meanwhile.

        :param elements: list of ``xero_api.Element``
        :return: the rows of the others
        """
        by_id = {each.xero_id: each for each in elements if each.ok}
        rows = self.search(
            [("connection_id", "=", connection.id), ("xero_id", "in", list(by_id))]
        )
        if not rows:
            return rows
        known = connection._known_xero_ids("xero.document", rows.mapped("xero_id"))
        gone = rows.filtered(
            lambda row: (
                row.xero_id in known or by_id[row.xero_id].status in GONE_STATUSES
            )
        )
        gone.unlink()
        for row in rows - gone:
            row.write(self._values(by_id[row.xero_id]))
        return rows - gone

    @api.model
    def _values(self, element):
        """:param element: ``xero_api.Element`` without errors"""
        return {
            "title": element.lines[0].text if element.lines else False,
            "number": element.number or element.reference,
            "contact_xero_id": element.contact_id,
            "date": element.date,
            "total": float(element.total or 0),
            "currency": element.currency,
            "url": element.url,
            "names": _lines(xero_api.names(element)),
            "content": xero_api.keep(element),
        }

    # === COMPARING === #

    @api.model
    def _candidate(self, document, sent):
        """The one that a document to be made is, or may be.

        :param document: ``xero.document`` without Xero's id
        :param sent: what would be sent, as in a request's body
        :return: (row, ``xero_api.Element``, whether it surely is the document)
        """
        endpoint = document._xero_endpoint()
        left = (document.left_xero_id or "").split(",")
        under_its_names = Domain.OR(
            # Wildcards in it find too many, which are compared below
            Domain("names", "like", _lines([name]))
            for name in xero_api.names_sent(sent, endpoint)
        )
        found = self.search(
            under_its_names
            & Domain("connection_id", "=", document.connection_id.id)
            & Domain("endpoint", "=", endpoint)
            & Domain("xero_id", "not in", left),
            order="id",
        )
        alike = None
        for row in found:
            element = xero_api.kept(row.content)
            if xero_api.is_same(sent, element, endpoint):
                return row, element, True
            if not alike and xero_api.is_under_its_name(sent, element, endpoint):
                alike = (row, element, False)
        return alike or (self.browse(), None, False)

    # === CRUD METHODS === #

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        """What nobody has entered again by then, will not be."""
        return []


def _lines(names):
    """Each in a line, with a line's end before and after it."""
    return "\n{}\n".format("\n".join(sorted(names)))
