from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_time


class XeroDocument(models.Model):
    """What people are told about a document: in the chatter, and on Odoo's form."""

    _inherit = "xero.document"

    status_in_words = fields.Char("Status in words", compute="_compute_status_in_words")

    difference = fields.Text("How amounts differ", compute="_compute_difference")

    @api.depends("state")
    def _compute_difference(self):
        for document in self:
            differs = document.state == "mismatch"
            document.difference = differs and document._difference_text()

    @api.depends("xero_status")
    def _compute_status_in_words(self):
        for document in self:
            document.status_in_words = document._status_in_words()

    def _note_in_chatter(self, text_of):
        """Tell what happened on the Odoo documents, once per event.

        :param text_of: function of one document → text (Markup)
        """
        by_author = self.grouped(lambda row: (row.requested_by, row._record()._name))
        for (user, model), documents in by_author.items():
            notes = documents._new_notes(text_of)
            # Who asked signs; a customer in the portal, or nobody, is Odoo itself
            signs = user if user and not user.share else self.env.ref("base.user_root")
            if notes:
                self.env[model].browse(notes)._message_log_batch(
                    bodies=notes, author_id=signs.partner_id.id
                )

    def _new_notes(self, text_of):
        """:return: dict of record id → text that its chatter was not told yet"""
        notes = {}
        for document in self:
            text = text_of(document)
            if text and document._record() and text != document.noted:
                document.noted = text
                notes[document._record().id] = text
        return notes

    def _synced_note(self):
        """What the chatter is told once Xero has the document (``Markup``)."""
        name = " ".join(filter(None, [self._kind_in_xero(), self.xero_number]))
        title = self.env._(
            "Xero: %(document)s is %(status)s.",
            document=name,
            status=self._status_in_words(),
        )
        if self.state != "mismatch":
            return Markup("%s") % title
        return Markup("%s<br/>%s") % (title, self._difference_text())

    def _failed_note(self):
        return Markup("%s<br/>%s") % (
            self.env._("Not sent to Xero. %s", self.message),
            self.remedy or "",
        )

    def _skipped_note(self):
        return Markup("%s") % self.env._(
            "Skipped by %(user)s. %(reason)s",
            user=self.env.user.name,
            reason=self.skip_reason or "",
        )

    def _difference_text(self):
        lost = {
            "lines": self.env._("Xero did not keep the lines as they were sent."),
            "tracking": self.env._("Xero did not keep the tracking of every line."),
        }
        parts = [lost.get(self.lost_in_xero), self._totals_text()]
        return " ".join(filter(None, parts))

    def _totals_text(self):
        return self.env._(
            "Xero's total is %(xero_total)s with %(xero_tax)s tax, Odoo's is"
            " %(odoo_total)s with %(odoo_tax)s tax.",
            xero_total=self._money(self.xero_total, self.xero_currency),
            xero_tax=self._money(self.xero_tax, self.xero_currency),
            odoo_total=self._money(self.odoo_total, self.currency_id.name),
            odoo_tax=self._money(self.odoo_tax, self.currency_id.name),
        )

    def _difference_remedy(self):
        return self.env._(
            "Compare the two, correct the one that is wrong, then try again."
        )

    def _text_for_user(self):
        """What the form of the Odoo document says about this row, or False."""
        if self.state == "mismatch":
            return "\n".join([self._difference_text(), self._difference_remedy()])
        parts = [self.message]
        if self._is_waiting():
            parts.append(self._waiting_text())
        if self.state in ("failed", "held"):
            parts.append(self.remedy)
        if self.state in ("pending", "held"):
            parts.append(self.connection_id._why_closed(self.urgent))
        return "\n".join(filter(None, parts)) or False

    def _waiting_text(self):
        """In the user's time zone; it is a matter of minutes."""
        time = format_time(self.env, self.waits_until, time_format="short")
        return self.env._("Waits for further changes, and goes to Xero at %s.", time)

    def _number_in_xero(self):
        """Xero's number; it asks none of a bill."""
        return self.xero_number or self.env._("without a number")

    def _kind_in_xero(self):
        return {
            "quotation": self.env._("quote"),
            "sale_order": self.env._("invoice"),
            "invoice": self.env._("invoice"),
            "credit_note": self.env._("credit note"),
            "purchase_order": self.env._("purchase order"),
            "bill": self.env._("bill"),
            "refund": self.env._("supplier credit note"),
        }[self.kind]

    def _status_in_words(self, status=None):
        """:param status: one of Xero's; without it, the document's own"""
        status = status or self.xero_status
        if status == "AUTHORISED" and self.kind == "purchase_order":
            return self.env._("approved")
        words = {
            "DRAFT": self.env._("a draft"),
            "DELETED": self.env._("deleted"),
            "VOIDED": self.env._("voided"),
            "AUTHORISED": self.env._("awaiting payment"),
            "SUBMITTED": self.env._("awaiting approval"),
            "PAID": self.env._("paid"),
            "SENT": self.env._("sent"),
            "ACCEPTED": self.env._("accepted"),
            "DECLINED": self.env._("declined"),
            "INVOICED": self.env._("invoiced"),
            "BILLED": self.env._("billed"),
        }
        return words.get(status, status)
