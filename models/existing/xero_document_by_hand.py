from markupsafe import Markup

from odoo import fields, models

# Of a row that stood for something else, or was asked about, nothing counts any more
FRESH_VALUES = {
    "by_hand": True,
    "message": False,
    "doubt": False,
    "took_over": False,
    "look_up": False,
    "link_to": False,
    "changed_in_xero": False,
    "left_as": False,
    "lines_there": False,
    "lost_in_xero": False,
    "skip_reason": False,
    "pdf_due": False,
    "pdf_digest": False,
    "send_alone": False,
    "unanswered": 0,
}


class XeroDocument(models.Model):
    """A document that a person typed into Xero, and that stands for one of Odoo's.

    Its total was compared when it was linked, its lines, accounts and texts were not:
    they are that person's. What changes in Odoo later does not replace them before an
    accountant says so, as with what a person changes in Xero.
    """

    _inherit = "xero.document"

    by_hand = fields.Boolean(
        "Typed into Xero by hand",
        readonly=True,
        help="Linked, not sent: its lines and accounts in Xero are those that a person"
        " entered there.",
    )

    # === LINKING === #

    def _take_by_hand(self, element, read_at):
        """Stand for a document that a person made in Xero. Nothing is sent.

        :param element: ``xero_api.Element``, maybe without lines
        :param read_at: when Xero said so (UTC)
        """
        self.ensure_one()
        record, connection = self._record(), self.connection_id
        self._clear_issues()
        self._end_wait()
        self._end_search_for(element)
        self.write(
            {
                **FRESH_VALUES,
                **self._values_seen(element),
                **record._xero_amounts(self.kind, connection),
                "record_name": record.display_name,
                "xero_id": element.xero_id,
                # Since then Xero has it, set off and paid by people
                "synced_at": self._naive_utc(element.updated) or read_at,
                "seen_at": read_at,
            }
        )
        if self.kind in ("invoice", "credit_note"):
            self.order_quantities = record._xero_order_quantities(connection)
        self.payload_digest = self._digest_now()
        self.state = self._synced_state()

    def _digest_now(self):
        """Digest of what Odoo would send now; False where something lacks."""
        sent = self._would_send()
        return self._digest(dict(sent)) if sent else False

    def _after_taken_by_hand(self):
        """Tell it in the chatter; what is left of their orders follows from them."""
        self._note_in_chatter(lambda document: document._by_hand_note())
        orders = self.move_id.line_ids.sale_line_ids.order_id
        self._rows_of("sale_order", orders)._mark_changed()

    def _by_hand_note(self):
        name = " ".join(filter(None, [self._kind_in_xero(), self.xero_number]))
        return Markup("%s") % self.env._(
            "Linked to the %(document)s that was typed into Xero by hand. Nothing was"
            " sent.",
            document=name,
        )

    # === LATER === #

    # EXTENDS 'xero.document'
    def _number_to_send(self, has_url):
        """It keeps the number that the person gave it."""
        number = self.by_hand and self.xero_number
        return number or super()._number_to_send(has_url)

    # EXTENDS 'xero.document'
    def _may_change(self, element):
        """What is new in Odoo does not replace what the person typed."""
        if self.by_hand and self._digest_now() != self._left()["payload_digest"]:
            return False
        return super()._may_change(element)

    # EXTENDS 'xero.document'
    def _may_be_unread(self):
        """That nobody changed it in Xero, does not make it Odoo's."""
        return not self.by_hand and super()._may_be_unread()

    # EXTENDS 'xero.document'
    def _is_settled_there(self, element):
        """The person typed the change of Odoo's, too."""
        sent = self.by_hand and self._would_send()
        if not (sent and self._says_the_same(sent, element)):
            return super()._is_settled_there(element)
        self.by_hand = False
        self._take_for_own(sent, self._digest(dict(sent)), element)
        return True

    # EXTENDS 'xero.document'
    def action_replace(self):
        """From now on it is Odoo's."""
        rows = self._check_decision()
        result = super().action_replace()
        rows.by_hand = False
        return result

    # EXTENDS 'xero.document'
    def _link_to_element(self, element):
        """Whoever links it by its own button has it brought up to date."""
        self.by_hand = False
        return super()._link_to_element(element)

    # EXTENDS 'xero.document'
    def _values_when_gone(self):
        return {**super()._values_when_gone(), "by_hand": False}

    # EXTENDS 'xero.document'
    def _give_away(self, invoice):
        """A draft that was typed by hand stays so when it becomes the invoice."""
        by_hand = self.by_hand
        taken = super()._give_away(invoice)
        self.by_hand = False
        return {**taken, "by_hand": by_hand}


class XeroConnection(models.Model):
    """What was linked is looked at again: it may have changed since it was found."""

    _inherit = "xero.connection"

    def _read_again_since(self, endpoints, moment):
        """Have the next reading of these collections begin at some time, or before.

        :param endpoints: iterable
        :param moment: UTC, without a zone
        """
        marks = dict(self.holdings_marks or {})
        text = fields.Datetime.to_string(moment)
        for endpoint in endpoints:
            mark = marks.get(endpoint, {"from": text, "read": text})
            marks[endpoint] = {**mark, "from": min(mark["from"], text)}
        self._write_changes({"holdings_marks": marks})
