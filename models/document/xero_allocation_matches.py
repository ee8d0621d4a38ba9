import functools
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.tools import clean_context

from .xero_allocation import GONE
from .xero_document_mixin import KEEP

# So long after a credit note went to Xero nobody set it off there by hand
FRESH = timedelta(minutes=5)

# Kinds of documents that give credit, with the kind each is allocated to
CREDITED_KINDS = {"credit_note": "invoice", "refund": "bill"}
# Statuses in which Xero counts credit
BOOKED_STATUSES = ("AUTHORISED", "PAID")
PAYABLE_TYPES = ("asset_receivable", "liability_payable")


class XeroAllocation(models.Model):
    """Xero sets off what Odoo matches, and no more once the match is undone."""

    _inherit = "xero.allocation"

    # === FROM ODOO === #

    @api.model
    def _note(self, moves):
        """Have the matches of these looked at before the commit.

        Odoo matches and undoes several times over while it posts or resets.

        :param moves: ``account.move`` of which a match was just made, or is undone
        """
        precommit = self.env.cr.precommit
        noted = precommit.data.setdefault("xero_sync.matches", set())
        if moves and not noted:
            # sudo: the match was the user's to make; what it means for Xero is not
            env = self.env(su=True, context=clean_context(self.env.context))
            noting = env[self._name]
            precommit.add(functools.partial(noting._request_noted, noted))
        noted.update(moves.ids)

    @api.model
    def _request_noted(self, noted):
        """:param noted: set of ids of ``account.move``; emptied here"""
        moves = self.env["account.move"].browse(noted).exists()
        noted.clear()
        documents = moves.xero_document_ids
        for document in documents:
            # A worker that is just confirming one does not see this match yet. Both
            # then write the same row, and the later of the two looks anew.
            document.state = document.state
        if self._request(documents):
            documents.connection_id._wake()

    # === FROM DOCUMENTS === #

    @api.model
    def _request(self, documents):
        """Queue what Xero has to set off, or take back, as Odoo matches it now.

        :param documents: ``xero.document`` of any kind
        :return: the allocations that were made or queued
        """
        matches = documents._matches()
        lately = fields.Datetime.now() - FRESH
        wanted = {
            pair: amount
            for pair, amount in matches.items()
            if all(document._is_booked() for document in pair)
        }
        known = self._around(documents)
        due = known._filtered_to_withdraw(matches)
        for row in known:
            matched = wanted.pop((row.document_id, row.credited_document_id), 0)
            if not row.xero_id and row._is_due(matched):
                due |= row
        due._mark_changed()
        due.filtered(lambda row: row.state == "skipped")._set_pending()
        return due | self._create_once(
            [
                {
                    "connection_id": credit.connection_id.id,
                    "document_id": credit.id,
                    "credited_document_id": credited.id,
                    # A person may have set it off in Xero meanwhile
                    "look_up": bool(credit.synced_at and credit.synced_at < lately),
                }
                for credit, credited in wanted
            ]
        )

    @api.model
    def _create_once(self, vals_list):
        """Create these; if another process just did, the transaction runs anew.

        Both sides may be matched by two users at once (see ``xero.issue``).

        :raise psycopg2.errors.SerializationFailure: another process was faster
        """
        if not vals_list:
            return self.browse()
        try:
            with self.env.cr.savepoint():
                return self.create(vals_list)
        except psycopg2.errors.UniqueViolation:
            again = "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"
            self.env.cr.execute(again, log_exceptions=False)

    def _is_due(self, matched):
        """Whether this one, which Xero does not have, is to be looked at again.

        :param matched: what Odoo matches now of what both sides are in Xero
        """
        same = self.currency_id.compare_amounts(matched, self.matched_amount) == 0
        if self.state == "skipped":  # Xero had nothing left for it
            return not same
        return matched > 0 or self.state != "synced"

    @api.model
    def _around(self, documents):
        """The allocations given or taken by these documents."""
        if not documents:
            return self.browse()
        return self.search(
            [
                "|",
                ("document_id", "in", documents.ids),
                ("credited_document_id", "in", documents.ids),
            ]
        )

    @api.model
    def _to_withdraw(self, documents):
        """The allocations of these documents that Xero has, and should not any more."""
        known = self._around(documents)
        return known and known._filtered_to_withdraw(documents._matches())

    def _filtered_to_withdraw(self, matches):
        """Those of these that Xero has, and should not any more.

        One that could not be withdrawn is a person's: Xero says what it thinks of it.

        :param matches: of the documents of all of these, see ``_matches``
        """
        return self.filtered(
            lambda row: (
                row.xero_id
                and row.state not in ("failed", "skipped")
                and row._is_unwanted(
                    matches.get((row.document_id, row.credited_document_id), 0)
                )
            )
        )

    def _is_unwanted(self, matched=None):
        """Whether Xero should not set this off, or not this amount.

        :param matched: what Odoo matches of it at present, where that is known
        """
        documents = self.document_id + self.credited_document_id
        if any(
            document._is_gone() or document._is_unwanted() for document in documents
        ):
            return True
        now = self._matched_now() if matched is None else matched
        if not self.xero_id:
            booked = all(document._is_booked() for document in documents)
            return not booked or now <= 0
        if any(document._wanted_status() == KEEP for document in documents):
            return False  # Odoo undoes the matches of what is reset to draft
        if any(document._gets_other_amounts() for document in documents):
            return True  # Xero takes none of what is set off; it is set off anew
        # What was set off before Odoo's matches were noted, stays
        before = self.matched_amount
        return bool(before) and self.currency_id.compare_amounts(before, now) != 0

    def _matched_now(self):
        """What Odoo matches of the two at present, in their currency."""
        credit, credited = self.document_id, self.credited_document_id
        return credit._matches().get((credit, credited), 0)

    # EXTENDS 'xero.binding'
    def _after_synced(self):
        result = super()._after_synced()
        back = self.filtered(lambda row: not row.xero_id)
        # A document that waited for this goes first: its amount may be another one
        waiting = self.env["xero.document"].search(
            [("waits_for_allocation_id", "in", back.ids)]
        )
        back -= waiting.waits_for_allocation_id
        self._request(back.document_id)
        return result


class XeroDocument(models.Model):
    """What Odoo matches of the documents on both sides of an allocation."""

    _inherit = "xero.document"

    def _matches(self):
        """What Odoo matches of these documents, with credit on one of the two sides.

        :return: dict of (credit note's or refund's row, invoice's or bill's row) →
            amount in the currency of the former
        """
        amounts = {}
        for match in self._partials():
            debit, credit = match.debit_move_id.move_id, match.credit_move_id.move_id
            if not (debit._xero_documents() and credit._xero_documents()):
                continue  # a payment
            for giving, taking, amount in (
                (credit, debit, match.credit_amount_currency),
                (debit, credit, match.debit_amount_currency),
            ):
                for pair in self._pairs(giving, taking):
                    amounts[pair] = amounts.get(pair, 0) + amount
        return amounts

    def _partials(self):
        """Odoo's matches of these documents (``account.partial.reconcile``)."""
        lines = self.env["account.move.line"].search(
            [
                ("move_id", "in", self.move_id.ids),
                ("account_type", "in", PAYABLE_TYPES),
            ]
        )
        return self.env["account.partial.reconcile"].search(
            [
                "|",
                ("debit_move_id", "in", lines.ids),
                ("credit_move_id", "in", lines.ids),
            ]
        )

    def _pairs(self, giving, taking):
        """The rows of two entries of which one may be set off against the other.

        :param giving: ``account.move`` that may be a credit note or refund
        :param taking: the one it is matched with
        """
        for kind, credited_kind in CREDITED_KINDS.items():
            for credit in self._rows_of(kind, giving):
                for credited in credit._rows_of(credited_kind, taking):
                    yield credit, credited

    def _gets_other_amounts(self):
        """Whether it is about to go with another total or tax than Xero was told."""
        if self.state not in ("pending", "held") or not self.synced_at:
            return False
        amounts = self._record()._xero_amounts(self.kind, self.connection_id)
        return any(
            self.currency_id.compare_amounts(amounts[name], self[name])
            for name in ("odoo_total", "odoo_tax")
        )

    def _is_booked(self):
        """Whether Xero counts it: credit can be given, or taken, or was."""
        return bool(self.xero_id) and self.xero_status in BOOKED_STATUSES

    def _forget_allocations(self):
        """What Xero had is gone, or a person's now: credit is set off anew."""
        rows = self.given_allocation_ids | self.taken_allocation_ids
        rows.filtered(lambda row: row.xero_id and row.state != "sending").write(
            {**GONE, "state": "synced", "message": False}
        )

    # EXTENDS 'xero.binding'
    def _set_unchanged(self):
        """What waited until credit was taken back, may now be credited anew."""
        result = super()._set_unchanged()
        rows = self.given_allocation_ids | self.taken_allocation_ids
        if rows.filtered(lambda row: row.state == "synced" and not row.xero_id):
            self.env["xero.allocation"]._request(self)
        return result
