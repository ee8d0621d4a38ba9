from odoo import fields, models
from odoo.tools.misc import format_date

from ... import mappers
from ...xero_api.const import NUMBER_KEYS


class XeroDocument(models.Model):
    """A document in Xero that may be this one: a person compares the two and decides.

    Xero's answer to a create was lost, and what stands there has its number or
    reference and its contact, but was not surely made by Odoo. Or it was made before a
    backup was restored, and what has its number or link in Odoo now says something
    else. It is neither taken for this document nor sent a second time until an
    accountant has decided.
    """

    _inherit = "xero.document"

    doubt = fields.Json(
        readonly=True,
        copy=False,
        help="What Odoo sent, and the document in Xero that may be it.",
    )

    def _set_doubtful(self, sent, element, restored=False):
        """Ask whether a document in Xero is this one.

        :param sent: what the lost create sent, as in the request's body
        :param element: ``xero_api.Element`` without errors
        :param restored: whether it was made before a backup was restored
        """
        self.ensure_one()
        record, total = self._record(), self.odoo_total
        if record:  # else it was deleted meanwhile
            total = record._xero_amounts(self.kind, self.connection_id)["odoo_total"]
        self.doubt = {
            "xero_id": element.xero_id,
            "restored": restored,
            "theirs": {
                "number": element.number or element.reference,
                "date": fields.Date.to_string(element.date),
                "total": self._money(float(element.total or 0), element.currency),
                "contact": element.contact_id,
                "url": element.url,
            },
            "ours": {
                "number": sent.get(NUMBER_KEYS[self._xero_endpoint()])
                or sent.get("Reference"),
                "date": sent.get("Date"),
                "total": self._money(total, sent["CurrencyCode"]),
                "contact": sent["Contact"]["ContactID"],
                "url": sent.get("Url"),
            },
        }
        self._set_failed([self._problem_doubt()])

    # EXTENDS 'xero.document'
    def _problem_before_send(self):
        """Whatever changes in Odoo, the question stays until it is answered."""
        return self._problem_doubt() if self.doubt else super()._problem_before_send()

    def _problem_doubt(self):
        document = self._kind_in_xero()
        return mappers.Problem(
            key=f"doubt:{self.id}",
            title=self._doubt_title(
                record=self.record_name,
                document=document,
                theirs=self._doubt_figures("theirs"),
                ours=self._doubt_figures("ours"),
            ),
            remedy=self.env._(
                "Compare the two. If they are the same %(document)s, link to the one"
                " in Xero; Odoo then updates it. If not, send this one as new, or skip"
                " it.",
                document=document,
            ),
            record=self._record() or None,
        )

    def _doubt_title(self, **words):
        """:param words: ``record``, ``document`` and the figures of both sides"""
        if self.doubt.get("restored"):
            return self.env._(
                "Since the backup that was restored here, Xero has a %(document)s under"
                " the number or link of %(record)s, and it says something else. In"
                " Xero: %(theirs)s. In Odoo: %(ours)s.",
                **words,
            )
        return self.env._(
            "Xero's answer about %(record)s was lost, and Xero has a %(document)s"
            " like it that Odoo may not have made. In Xero: %(theirs)s. In Odoo:"
            " %(ours)s.",
            **words,
        )

    def _doubt_figures(self, side):
        """Number, date, total, contact and link of one of the two, in a line.

        :param side: ``theirs`` or ``ours``
        """
        figures = self.doubt[side]
        contact = self.env["xero.contact"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("xero_id", "=", figures["contact"]),
            ]
        )
        date = figures["date"] and format_date(self.env, figures["date"])
        return ", ".join(
            [
                figures["number"] or self.env._("no number"),
                date or self.env._("no date"),
                figures["total"],
                contact.name or self.env._("another contact"),
                figures["url"] or self.env._("no link"),
            ]
        )

    def _number_to_propose(self):
        """Of the document in Xero to which this one is most likely to be linked.

        The number is not enough where two bills have the same.
        """
        return (self.doubt or {}).get("xero_id") or self.record_name

    # EXTENDS 'xero.document'
    def _choices(self):
        """To try again answers no question."""
        choices = super()._choices()
        if not self.doubt:
            return choices
        return (choices | {"send_as_new"}) - {"try_again", "replace"}

    # EXTENDS 'xero.document'
    def _link_to_element(self, element):
        self.doubt = False
        return super()._link_to_element(element)

    # EXTENDS 'xero.document'
    def action_send_as_new(self):
        """What is not this document is left to the person who made it."""
        for row in self._check_decision().filtered("doubt"):
            left = [row.left_xero_id, row.doubt["xero_id"]]
            row.write({"left_xero_id": ",".join(filter(None, left)), "doubt": False})
        return super().action_send_as_new()
