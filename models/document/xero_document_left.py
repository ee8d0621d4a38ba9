from odoo import fields, models
from odoo.tools import float_compare

from .xero_document import XERO_DIGITS

# What is noted of a change that a person made in Xero
CHANGE_FIELDS = ("changed_in_xero", "left_as", "lines_there")
# What may be other than it was left where that was not Odoo's anyway
AMOUNTS = {"total", "tax", "currency", "lines"}


class XeroDocument(models.Model):
    """How a document was left in Xero, and what of it is other there now.

    How it was left is what the fields of the row say, until somebody changed it there:
    from then on they say what is there, and ``left_as`` how it was left.
    """

    _inherit = "xero.document"

    left_as = fields.Json(
        readonly=True,
        copy=False,
        help="How it was left in Xero, before a person changed it there.",
    )

    lines_there = fields.Json(
        readonly=True,
        copy=False,
        help="Its lines in Xero, since a person changed it there.",
    )

    def _left(self):
        """How it was left: dict of status, contact, currency, total, tax and lines."""
        if self.changed_in_xero and self.left_as:
            return self.left_as
        return {
            "status": self.xero_status,
            "contact": self.contact_xero_id,
            "currency": self.xero_currency,
            "total": self.xero_total,
            "tax": self.xero_tax,
            "lines": self.xero_lines_digest,
            "payload_digest": self.payload_digest,
        }

    def _note_changed(self, element, unsent):
        """A person changed it in Xero, what is there is noted next: keep how it was.

        :param element: ``xero_api.Element`` without errors
        :param unsent: whether a change of Odoo's was to be sent
        """
        left = self._left()
        if self.changed_in_xero:
            unsent = unsent or bool(self.left_as and self.left_as["unsent"])
        if self.left_as or not self.changed_in_xero:  # else nobody knows how it was
            self.left_as = {**left, "unsent": unsent}
        self.changed_in_xero = True
        self.lines_there = [
            [line.text, line.account, line.tax_type, f"{line.amount:.2f}"]
            for line in element.lines
        ]

    def _values_put_back(self):
        """Values of a document that is again as it was left."""
        known = {name: self.left_as[name] for name in ("payload_digest", "quote_said")}
        return {**known, **dict.fromkeys(CHANGE_FIELDS, False)}

    def _differences(self, element):
        """What of it is other than it was left, the status aside.

        What was never known, as of a document of an older version, is no difference.

        :param element: ``xero_api.Element`` without errors
        :return: set of keys of :meth:`_left`
        """
        left, digits = self._left(), self.currency_id.decimal_places
        held = {
            "contact": self._merged_contact(left["contact"], element.contact_id),
            "currency": element.currency,
            "lines": element.lines_digest or left["lines"],
        }
        amounts = {"total": element.total, "tax": element.total_tax}
        return {key for key in held if left[key] and left[key] != held[key]} | {
            key
            for key, amount in amounts.items()
            if float_compare(float(amount or 0), left[key], digits)
        }

    # EXTENDS 'xero.document'
    def _is_settled_there(self, element):
        """Amounts that differed were put right in Xero before somebody tried again."""
        differed = not (self.payload_digest or self.changed_in_xero) and self._differs()
        if not (differed and self._has_odoos_amounts(element)):
            return super()._is_settled_there(element)
        self.write(self._record()._xero_amounts(self.kind, self.connection_id))
        return self._settle_amended(element) or super()._is_settled_there(element)

    def _has_odoos_amounts(self, element):
        """Whether Xero's total, tax and currency are those that Odoo has now.

        :param element: ``xero_api.Element`` without errors
        """
        ours = self._record()._xero_amounts(self.kind, self.connection_id)
        currency = self.env["res.currency"].browse(ours["currency_id"])
        digits = max(currency.decimal_places, XERO_DIGITS[1])
        return (
            currency.name == element.currency
            and not float_compare(ours["odoo_total"], float(element.total or 0), digits)
            and not float_compare(
                ours["odoo_tax"], float(element.total_tax or 0), digits
            )
        )

    def _settle_amended(self, element):
        """Note that a person changed only amounts that were not Odoo's anyway.

        :param element: ``xero_api.Element`` without errors
        :return: whether that is so; its state says whether they are Odoo's now
        """
        if not (
            self._is_on_the_way(element.status)
            and self._differences(element) <= AMOUNTS
        ):
            return False
        self._note_changed(element, unsent=False)
        self.write(self._values_seen(element))
        self.state = self._synced_state()
        if self.state == "synced":
            self._clear_issues()
            self.write(dict.fromkeys(CHANGE_FIELDS, False))
        return True

    def _merged_contact(self, known, held):
        """A contact that was merged into another one is the same.

        :param known: Xero's id of the contact it was left with
        :param held: Xero's id of the contact it has now
        :return: the known id where they are the same
        """
        if known == held:
            return known
        contact = self.env["xero.contact"].search(
            [("connection_id", "=", self.connection_id.id), ("xero_id", "=", known)]
        )
        return known if contact and contact._merged_to().xero_id == held else held
