from odoo import models

from ... import mappers
from ..outbox.xero_refusals import recognise


class XeroDocument(models.Model):
    """What a person is told about a document that is not as Odoo left it in Xero."""

    _inherit = "xero.document"

    def _problem_kept(self, words):
        """Xero does not take the change of what it holds.

        :param words: Xero's own, where it refused the change
        """
        ends_order = self.kind == "purchase_order" and self._is_unwanted()
        if ends_order and recognise([words]).code == "status_step":
            return self._problem_order_linked(words)
        return self._problem_changed_in_xero(words)

    def _problem_order_linked(self, words):
        """Xero deletes no order from which a bill was made there.

        It says so with the words for any step it does not take
        (https://developer.xero.com/documentation/api/accounting/purchaseorders).
        """
        return mappers.Problem(
            key=f"order_linked:{self.id}",
            title=self.env._(
                "Xero keeps the purchase order %(number)s of %(record)s: most likely a"
                " bill was made from it there.",
                number=self.xero_number,
                record=self.record_name,
            ),
            remedy=self.env._(
                "Open the purchase order in Xero and remove what is linked to it, then"
                " try again; or skip it here, and it stays in Xero as it is."
            ),
            record=self._record() or None,
            words=words,
        )

    def _problem_changed_in_xero(self, words):
        """:param words: Xero's own, where it refused the change"""
        names = {
            "document": self._kind_in_xero(),
            "number": self._number_in_xero(),
            "status": self._status_in_words(),
            "record": self.record_name,
        }
        if self.changed_in_xero and self.left_as and not self.left_as["unsent"]:
            title = self.env._(
                "The %(document)s %(number)s of %(record)s was changed in Xero.",
                **names | {"record": self._owner_of_number()},
            )
        else:
            title = self.env._(
                "Xero's %(document)s %(number)s is %(status)s there, so the change in"
                " %(record)s was not sent.",
                **names,
            )
        return mappers.Problem(
            key=f"changed_in_xero:{self.id}",
            title=" ".join(filter(None, [title, self._sides_text()])),
            remedy=self._remedy_when_changed(),
            record=self._record() or None,
            words=words,
        )

    def _owner_of_number(self):
        """Odoo's document, or its partner where the two numbers are the same."""
        same = self.xero_number and self.record_name.startswith(self.xero_number)
        return (same and self.partner_id.display_name) or self.record_name

    def _remedy_when_changed(self):
        if self._is_unwanted():
            return self.env._(
                "Xero does not let it be deleted or voided in its present state. Undo"
                " in Xero what is in the way, a payment for example, and try again;"
                " or skip it here, and it stays in Xero as it is."
            )
        if self.changed_in_xero:
            return self.env._(
                "Odoo overwrites nothing there unasked. Put it right in Xero and try"
                " again, or decide here: replace what is in Xero, send the document"
                " as a new one, link it to another, or skip it."
            )
        return self.env._(
            "Odoo cannot change it in its present state there. Undo in Xero what is"
            " in the way, a payment for example, and try again; or send the document"
            " as a new one, link it to another, or skip it."
        )

    def _problem_deleted_in_xero(self, words, was):
        """:param words: Xero's own, where it refused the change
        :param was: the status it had, in words
        """
        return mappers.Problem(
            key=f"deleted_in_xero:{self.id}",
            title=self.env._(
                "The %(document)s %(number)s of %(record)s was %(status)s in Xero."
                " Before, it was %(was)s, with a total of %(total)s.",
                document=self._kind_in_xero(),
                number=self._number_in_xero(),
                record=self._owner_of_number(),
                status=self._status_in_words(),
                was=was,
                total=self._money(self.xero_total, self.xero_currency),
            ),
            remedy=self.env._("Try again to send it as a new one, or cancel it here."),
            record=self._record() or None,
            words=words,
            fixer="user",
        )

    def _problem_link(self, chosen, reason):
        """A person's link that could not be made.

        :param chosen: number or id of the document in Xero
        :param reason: a sentence
        """
        return mappers.Problem(
            key=f"link:{self.id}",
            title=self.env._(
                "%(record)s was not linked to “%(chosen)s”. %(reason)s",
                record=self.record_name,
                chosen=chosen,
                reason=reason,
            ),
            remedy=self.env._("Link it to another document, or try again to send it."),
            record=self._record() or None,
        )
