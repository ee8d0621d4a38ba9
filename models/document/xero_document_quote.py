import contextlib

from odoo import api, fields, models

from ... import mappers, xero_api

# Statuses in which Xero takes no change of a quote but to its status
# (https://developer.xero.com/documentation/api/accounting/quotes)
FROZEN_QUOTE = ("DECLINED", "ACCEPTED", "INVOICED")
# Odoo's states in which an order's date is that of its confirmation, not the quote's
DECIDED = ("sale", "cancel")


class XeroDocument(models.Model):
    """Quotes: Xero empties what an update leaves out, their lines apart.

    Each update says all again that the quote says: what Odoo changed in Odoo's words,
    the rest as Xero holds it. The lines go only when something is new in them or in
    Odoo's words, and never with a quote that was decided on.
    """

    _inherit = "xero.document"

    quote_date = fields.Date(
        readonly=True, help="Date of the quote, which each update must repeat"
    )
    quote_held = fields.Json(
        readonly=True, help="What the quote says in Xero, as it was read last"
    )
    quote_said = fields.Json(
        readonly=True, help="Odoo's words that are in Xero, or were until it was edited"
    )
    quote_sending = fields.Json(
        readonly=True, help="Odoo's words as of the update that is on its way"
    )
    quote_partner_id = fields.Many2one(
        "res.partner", readonly=True, help="The customer, as Xero was told last"
    )

    # === SEND === #

    def _prepare_quote(self, order, status):
        """A quote that was decided on changes its status and its contact, no more.

        :param order: ``sale.order`` in the company of the books
        :param status: to send
        :return: a model of the SDK, None when nothing is to be sent
        """
        target = self._target(status)
        if self._is_frozen():
            moves = status != self.xero_status
            follows = self._has_other_customer()
            # A new link of the same customer is for future documents
            kept = self.contact_xero_id if not follows else None
            step = self._quote_step(status, kept or target.contact_id)
            return step if moves or follows else None
        quote = order._xero_prepare(self, target)
        if order.state in DECIDED and self.quote_date:
            quote.date = self.quote_date
        self.quote_date = quote.date
        return quote

    def _is_frozen(self):
        """Whether Xero takes no change of it but to its status."""
        return self.kind == "quotation" and self.xero_status in FROZEN_QUOTE

    def _has_other_customer(self):
        """Whether Odoo's order is another customer's than the quote in Xero."""
        before, now = self.quote_partner_id, self._partner()
        other = bool(before) and before != now
        return other and now.xero_contact_id.xero_id != self.contact_xero_id

    def _quote_step(self, status, contact_id, number=None):
        """The update that moves the quote, and repeats what it says in Xero.

        :param number: to give it another number
        :return: a model of the SDK
        """
        target = mappers.Target(
            connection=self.connection_id,
            contact_id=contact_id,
            status=status,
            number=number or self.xero_number,
            xero_id=self.xero_id,
        )
        return mappers.quote_step(target, self.quote_held or self._quote_unread())

    def _quote_unread(self):
        """What is known of a quote that was not read since the addon keeps its head."""
        return {"date": self.quote_date or None}

    # EXTENDS 'xero.binding'
    def _leave_out_known(self, content):
        """A quote's status says nothing of its content: :meth:`_says_more` knows it."""
        if self.kind == "quotation":
            content.pop("Status")
        return super()._leave_out_known(content)

    # EXTENDS 'xero.binding'
    def _says_more(self, content):
        if super()._says_more(content):
            return True
        if self.kind != "quotation" or not self.xero_id:
            return False
        moves = content.get("Status") != self.xero_status
        contact_id = content.get("Contact", {}).get("ContactID")
        return moves or (contact_id or False) != self.contact_xero_id

    # EXTENDS 'xero.binding'
    def _repeats(self, content):
        """A step without lines is no news of Odoo's."""
        return self.kind == "quotation" and "LineItems" not in content

    # EXTENDS 'xero.binding'
    def _complete(self, element, known):
        if self.kind != "quotation":
            return super()._complete(element, known)
        held = self.xero_id and self.quote_held
        is_step = element.line_items is None
        self.quote_sending = self.quote_said
        if known and held and not is_step:
            contact_id = element.contact.contact_id
            return self._quote_step(element.status, contact_id, element.quote_number)
        if not is_step:
            self.quote_sending = mappers.quote_words(element)
            if held:
                mappers.keep_what_was_typed(element, held, self.quote_said or {})
        return element

    @api.model
    def _note_quotes_said(self):
        """Of quotes of an older version: Odoo has said what it would say by now."""
        rows = self.search(
            [
                ("kind", "=", "quotation"),
                ("state", "=", "synced"),
                ("xero_id", "!=", False),
                ("xero_status", "not in", FROZEN_QUOTE),
            ]
        )
        for row in rows.filtered(lambda row: row._record() and not row.quote_said):
            order = row._record().with_company(row.company_id)
            with contextlib.suppress(mappers.MappingError):
                quote = order._xero_prepare(row, row._target(row.xero_status))
                row.quote_said = mappers.quote_words(quote)

    # === WHAT XERO HOLDS === #

    def _may_be_unread(self):
        """Whether what Xero lists as unchanged is known without reading it."""
        return bool(self.kind != "quotation" or self.quote_held)

    def _head_seen(self, element):
        """:return: dict of ``quote_held``, empty for other documents"""
        head = element.quote_head
        return {"quote_held": xero_api.quote_details(head)} if head else {}

    # EXTENDS 'xero.document'
    def _values_looked_up(self, element):
        values = {**super()._values_looked_up(element), **self._head_seen(element)}
        if self.kind == "quotation" and self.connection_id.number_quotation == "xero":
            # A person may have changed it there, and each update repeats it
            values["xero_number"] = element.number or self.xero_number
        return values

    # EXTENDS 'xero.document'
    def _values_seen(self, element):
        return {**super()._values_seen(element), **self._head_seen(element)}

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = super()._values_from_answer(element)
        if self.kind == "quotation":
            values["quote_said"] = self.quote_sending
            values.update(self._whose_quote(element))
        return values

    def _whose_quote(self, element):
        """What is noted of the customer; and said, when Xero kept another one.

        :param element: ``xero_api.Element`` without errors
        """
        if not self._record():
            return {}
        values = {"quote_partner_id": self._partner().id}
        if self._has_other_customer() and element.contact_id == self.contact_xero_id:
            values["message"] = self.env._(
                "In Xero the quote %(number)s stays with %(before)s: Xero did not"
                " accept another customer for it.",
                number=self.xero_number,
                before=self.quote_partner_id.display_name,
            )
        return values

    # EXTENDS 'xero.document'
    def _set_unanswered(self):
        """Xero may hold the words whose answer got lost: neither are said for sure."""
        if self.kind == "quotation":
            said, sending = self.quote_said or {}, self.quote_sending or {}
            sure = {name for name in said if said[name] == sending.get(name)}
            self.quote_said = {name: said[name] for name in sure}
        return super()._set_unanswered()

    # EXTENDS 'xero.document'
    def _left(self):
        return {"quote_said": self.quote_said, **super()._left()}

    # EXTENDS 'xero.document'
    def _note_changed(self, element, unsent):
        """Whoever sends it all the same, wants Odoo's words."""
        result = super()._note_changed(element, unsent)
        self.quote_said = False
        return result

    # EXTENDS 'xero.document'
    def _settle_refusal(self, element, words):
        """Whoever sends it all the same, wants Odoo's words."""
        self.quote_said = False
        return super()._settle_refusal(element, words)

    # EXTENDS 'xero.document'
    def _link_to_element(self, element):
        """The quote a person chose is brought up to date: Odoo's words, too."""
        self.quote_said = False
        return super()._link_to_element(element)
