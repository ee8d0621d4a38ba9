from odoo import fields, models

from ...xero_api.const import GONE_STATUSES

# Statuses in the order documents take them; a decision against one is not among them
PROGRESS = (
    "DRAFT",
    "SUBMITTED",
    "SENT",
    "AUTHORISED",
    "PAID",
    "ACCEPTED",
    "BILLED",
    "INVOICED",
)


class XeroDocument(models.Model):
    """A person changed it in Xero: nothing is overwritten, a person here decides."""

    _inherit = "xero.document"

    look_up = fields.Selection(
        [
            ("update", "Before it is updated"),
            ("lost", "After Xero's answer to a change got lost"),
            ("refused", "After Xero refused a change"),
            ("link", "To link it"),
        ],
        readonly=True,
        help="Why what Xero holds is read before anything is sent.",
    )
    changed_in_xero = fields.Boolean(
        readonly=True,
        help="A person changed it in Xero; an accountant here has not decided yet.",
    )
    replaces_approved = fields.Boolean(
        readonly=True,
        help="An accountant had it replaced although it was approved in Xero.",
    )
    looked = fields.Boolean(
        readonly=True, help="It was read just now: nobody changed it in Xero."
    )
    xero_lines_digest = fields.Char(
        readonly=True, help="Accounts, taxes and texts of its lines in Xero"
    )
    negative_quantities = fields.Boolean(
        readonly=True,
        help="Xero took quantities below zero: its lines are sent as they are there.",
    )
    link_to = fields.Char(
        readonly=True, help="Number or ID of the Xero document a person chose"
    )
    skip_reason = fields.Char(readonly=True)
    left_xero_id = fields.Char(
        readonly=True,
        help="The Xero documents that people left there: IDs, with commas",
    )

    # EXTENDS 'xero.binding'
    def _set_pending(self):
        self.filtered("looked").looked = False
        return super()._set_pending()

    # EXTENDS 'xero.binding'
    def _must_look_first(self):
        """An update would overwrite what a person changed in Xero: read it first.

        What is ended anyway, is not read.
        """
        if not self.xero_id or self.looked or self._is_unwanted():
            return False
        self.look_up = self.look_up or "update"
        return True

    # EXTENDS 'xero.binding'
    def _set_unanswered(self):
        """What Xero holds now may be our own change, whose answer got lost."""
        result = super()._set_unanswered()
        if self.xero_id and self.state == "pending":
            self.look_up = "lost"
        return result

    # EXTENDS 'xero.binding'
    def _cure_refusal(self, code):
        """Somebody changed it in Xero: see what it is there, then ask a person."""
        if code in ("wrong_status", "has_payment") and self.xero_id:
            self.look_up = "refused"
        return bool(self.look_up)

    def _settle_look_up(self, found, unchanged):
        """Say what Xero holds instead of what Odoo expected, or link to it.

        :param found: dict of Xero's id, or of ``link_to`` → ``xero_api.Element``
        :param unchanged: those of these rows that Xero surely holds as they were left
        """
        unchanged.write({"look_up": False, "looked": True})

        def settle(documents):
            for document in documents:
                document._settle_one(found)

        (self - unchanged)._apart(settle)

    def _settle_one(self, found):
        """:param found: see :meth:`_settle_look_up`"""
        why, self.look_up = self.look_up, False
        words = (why == "refused" and self.message) or ""
        self.message = False
        if why == "link":
            self._settle_link(found.get(self.link_to))
            return
        element = found.get(self.xero_id)
        gone = not element or element.status in GONE_STATUSES
        if why == "lost" and not gone:
            self.write({"looked": True, **self._values_seen(element)})
        elif why == "update" and element and self._may_change(element):
            self.write({"looked": True, **self._values_as_left(element)})
        elif why == "update" and not gone and self._is_settled_there(element):
            return
        else:
            if why == "update" and not gone:
                self._note_changed(element, unsent=True)
            else:
                self.changed_in_xero = False
            self._settle_refusal(element, words)

    def _is_settled_there(self, element):
        """Whether what Xero holds is Odoo's own doing, so that nobody is asked.

        :param element: ``xero_api.Element`` without errors
        """
        return False

    def _may_change(self, element):
        """Whether Odoo's change goes: not before a person decided about another's.

        :param element: ``xero_api.Element`` without errors
        """
        if self.changed_in_xero and not self.left_as:
            return False  # nobody knows how it was
        return not self._is_approved_there(element.status) and self._is_as_left(element)

    def _is_as_left(self, element):
        """Whether nobody changed in Xero what the last answer said.

        A person there may have done what Odoo wants anyway: approved, or accepted.

        :param element: ``xero_api.Element`` without errors
        """
        if element.status in GONE_STATUSES or not self._left()["currency"]:
            return element.status not in GONE_STATUSES
        return self._is_on_the_way(element.status) and not self._differences(element)

    def _is_on_the_way(self, status):
        """Whether a status is the known one, or one towards what Odoo wants.

        Xero tells what still may change. Where Odoo leaves it to Xero's people to
        approve what is posted here, they do what Odoo wants.
        """
        known, status = map(self._without_payment, (self._left()["status"], status))
        if status == known:
            return True
        wanted = self._without_payment(self._wanted_status())
        if wanted in ("DRAFT", "SUBMITTED") and self._is_final():
            wanted = "AUTHORISED"
        if status == wanted:
            return True
        if not {known, status, wanted} <= set(PROGRESS):
            return False
        way = PROGRESS[PROGRESS.index(known) : PROGRESS.index(wanted)]
        return status in way

    def _is_approved_there(self, status):
        """Whether Xero's people approved what Odoo leaves to them.

        That is what Odoo wants, but what they approved is not changed unasked.
        """
        if self.replaces_approved:
            return False
        waits = self._wanted_status() in ("DRAFT", "SUBMITTED") and self._is_final()
        return waits and self._without_payment(status) == "AUTHORISED"

    def _without_payment(self, status):
        """Payments make paid of awaiting payment."""
        accounting = self._xero_endpoint() in ("Invoices", "CreditNotes")
        return "AUTHORISED" if accounting and status == "PAID" else status

    def _is_final(self):
        """Whether it is posted or approved in Odoo, so that Xero's people may do so."""
        return (
            self.move_id.state == "posted" or self.purchase_order_id.state == "purchase"
        )

    def _values_as_left(self, element):
        """What is noted of a document that is as it was left, or again so.

        :param element: ``xero_api.Element`` without errors
        """
        if self.changed_in_xero:
            return {**self._values_seen(element), **self._values_put_back()}
        if not self.xero_currency:  # of an older version: all of it is news
            return self._values_seen(element)
        return self._values_looked_up(element)

    def _values_looked_up(self, element):
        """What is noted of a document that nobody changed, but may have moved on.

        :param element: ``xero_api.Element`` without errors
        """
        return {
            "xero_status": element.status,
            "negative_quantities": element.negative_quantities,
        }

    def _values_seen(self, element):
        """What Xero holds, so that a later change there is noticed.

        :param element: ``xero_api.Element`` without errors
        """
        return {
            "xero_number": element.number or self.xero_number,
            "xero_status": element.status,
            "contact_xero_id": element.contact_id or self.contact_xero_id,
            "xero_total": float(element.total or 0),
            "xero_tax": float(element.total_tax or 0),
            "xero_currency": element.currency,
            "xero_lines_digest": element.lines_digest or self.xero_lines_digest,
            "negative_quantities": element.negative_quantities,
        }

    def _settle_refusal(self, element, words):
        """Only what Xero surely has deleted may be sent anew.

        :param element: ``xero_api.Element``, None when Xero did not list it
        :param words: Xero's own, of the refusal; empty when it refused nothing
        """
        if not element or element.status not in GONE_STATUSES:
            if element:
                self.write(self._values_seen(element))
            self._set_failed([self._problem_kept(words)])
            return
        took_over, was = self.took_over, self._status_in_words()
        self._forget_allocations()
        self.write(
            {
                **self._values_when_gone(),
                "xero_status": element.status,
                "took_over": False,
            }
        )
        if self._is_unwanted():
            self._set_unchanged()
            self._after_synced()
        elif took_over:
            # Only its order's draft was deleted; the invoice was never in Xero
            self.gone_count -= 1
            self._set_pending()
        else:
            self._set_failed([self._problem_deleted_in_xero(words, was)])

    def _settle_link(self, element):
        """Take the Xero document a person chose, if it can be this one.

        :param element: ``xero_api.Element``, None when Xero has none
        """
        chosen, self.link_to = self.link_to, False
        if not element or element.status in GONE_STATUSES:
            reason = self.env._("Xero has no such document.")
        elif self._rows_read([element.xero_id]):
            reason = self.env._(
                "It is already linked to %s.",
                self._rows_read([element.xero_id]).record_name,
            )
        elif self._xero_type() not in (None, element.type):
            reason = self.env._("It is of another kind.")
        elif element.contact_id != self._partner().xero_contact_id.xero_id:
            reason = self.env._(
                "Its contact in Xero is not that of %s.", self._partner().display_name
            )
        else:
            self._link_to_element(element)
            return
        self._set_failed([self._problem_link(chosen, reason)])

    def _link_to_element(self, element):
        """:param element: ``xero_api.Element`` which this row stands for from now on"""
        left = self.xero_id and self.xero_id != element.xero_id
        if left:
            self._forget_allocations()
        self.write(
            {
                **(self._values_when_left() if left else {}),
                **self._values_seen(element),
                "xero_id": element.xero_id,
                "payload_digest": False,
                "took_over": False,
                "changed_in_xero": False,
            }
        )
        self._set_pending()

    def _values_when_left(self):
        """Its Xero document is a person's now, and must not be found as another's."""
        left = [self.left_xero_id, self.xero_id]
        return {
            **self._values_when_gone(),
            "left_xero_id": ",".join(filter(None, left)),
        }

    def _xero_type(self):
        """Xero's name of the type, for the kinds that share an endpoint."""
        return {
            "sale_order": "ACCREC",
            "invoice": "ACCREC",
            "bill": "ACCPAY",
            "credit_note": "ACCRECCREDIT",
            "refund": "ACCPAYCREDIT",
        }.get(self.kind)
