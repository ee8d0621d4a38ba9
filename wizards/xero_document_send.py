from collections import Counter

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..models.document import xero_preview

NAMED = 3  # so many of the older ones are named
CAUSES = 8  # so many causes are told, the most frequent first


class XeroDocumentSend(models.TransientModel):
    """Shall these go to Xero? What becomes of many is said before, also of old ones."""

    _name = "xero.document.send"
    _inherit = ["xero.document.question"]
    _description = "Send documents to Xero"

    # So many are built to say what becomes of them, within seconds
    _looked_at = 500

    older_ids = fields.Json(default=list)
    # Not computed: to build hundreds takes seconds, and once is enough
    summary = fields.Html(readonly=True, default=lambda self: self._default_summary())
    question = fields.Text(compute="_compute_question")
    leaves_older = fields.Boolean(
        compute="_compute_question", help="Some of them are older, and may stay here."
    )
    with_older = fields.Boolean("Send these too")

    # === COMPUTE METHODS === #

    @api.depends("res_model", "older_ids")
    def _compute_question(self):
        for wizard in self:
            older = wizard._records(wizard.older_ids or [])
            wizard.leaves_older = bool(older) and len(older) < len(wizard.res_ids)
            wizard.question = wizard._question_about(older) if older else False

    def _question_about(self, older):
        """:param older: documents that are dated before the start date"""
        # sudo: the start date is no secret to who may send
        start = older[:1].company_id.sudo()._xero_connection().start_date
        values = {
            "names": ", ".join(older[:NAMED].mapped("display_name")),
            "count": len(older) - NAMED,
            "date": format_date(self.env, start),
        }
        if len(older) > NAMED:
            return self.env._(
                "%(names)s and %(count)s more are dated before the start date,"
                " %(date)s.",
                **values,
            )
        return self.env._("Dated before the start date, %(date)s: %(names)s.", **values)

    # === SUMMARY === #

    @api.model
    def _default_summary(self):
        """What becomes of many; nothing is said of one but the question."""
        context = self.env.context
        ids = context.get("default_res_ids") or []
        if len(ids) < 2:
            return False
        wizard = self.new(
            {
                "res_model": context.get("default_res_model"),
                "res_ids": ids,
                "older_ids": context.get("default_older_ids"),
            }
        )
        return self.env["ir.qweb"]._render(
            "xero_sync.xero_document_send_summary", wizard._summary_values()
        )

    def _summary_values(self):
        """:return: dict of values of the template"""
        records, older = self._records(), self._records(self.older_ids or [])
        asked = records - older if self.leaves_older else records
        few = len(asked) <= self._looked_at
        values = self._built(asked) if few else self._at_a_glance(asked)
        if asked != records:
            text = self.env._("Dated before the start date")
            values["counts"].append((text, len(older)))
        return values

    def _built(self, records):
        """What becomes of them, as each is built: values for the summary."""
        previews = [
            _most_telling(of_record)
            for of_record in _by_record(records._xero_preview()).values()
        ]
        causes = Counter(
            preview.problems[0].title for preview in previews if preview.problems
        )
        contacts = {
            preview.contact.contact
            for preview in previews
            if preview.contact
            and not (preview.problems or preview.contact.contact.xero_id)
        }
        return {
            "counts": self._counts_in_words(
                Counter(preview.outcome for preview in previews)
            ),
            "contacts": len(contacts),
            "causes": causes.most_common(CAUSES),
            "more": sum(causes.values())
            - sum(count for _title, count in causes.most_common(CAUSES)),
            "glance": False,
        }

    def _at_a_glance(self, records):
        """What is known of very many without building them, as :meth:`_built`."""
        outcomes = Counter()
        # sudo: what is in Xero, and what should be, is no secret
        for connection, group in records.sudo()._xero_by_connection():
            for record in group:
                kind = record._xero_kind_now()
                if kind and record._xero_is_sent(kind, connection):
                    outcomes[xero_preview.UPDATE] += 1
                elif kind and record._xero_starts(kind, connection):
                    outcomes[xero_preview.NEW] += 1
                else:
                    outcomes[xero_preview.NOTHING] += 1
        return {
            "counts": self._counts_in_words(outcomes),
            "contacts": 0,
            "causes": [],
            "more": 0,
            "glance": True,
        }

    def _counts_in_words(self, outcomes):
        """:return: list of (words, how many) in the order in which they matter"""
        words = {
            xero_preview.NEW: self.env._("New in Xero"),
            xero_preview.UPDATE: self.env._("Updated in Xero"),
            xero_preview.END: self.env._("Deleted, voided or declined in Xero"),
            xero_preview.HELD: self.env._("Kept back"),
            xero_preview.SAME: self.env._("Up to date in Xero already"),
            xero_preview.NOTHING: self.env._("Nothing to send"),
        }
        return [
            (text, outcomes[outcome])
            for outcome, text in words.items()
            if outcomes[outcome]
        ]

    # === ACTIONS === #

    def action_send(self):
        """Send all that was asked for; older ones if that was said, too."""
        self.ensure_one()
        records, older = self._records(), self._records(self.older_ids or [])
        if self.leaves_older and not self.with_older:
            records -= older
        else:
            older.xero_send_choice = "yes"
        records.action_xero_send()
        if len(self.res_ids) == 1:
            return {"type": "ir.actions.act_window_close"}
        return records._xero_followed_action()


def _by_record(previews):
    """:return: dict of record → list of its previews"""
    found = {}
    for preview in previews:
        found.setdefault(preview.record, []).append(preview)
    return found


def _most_telling(previews):
    """Of what becomes of one record: what it is now, unless nothing happens to that."""
    quiet = (xero_preview.SAME, xero_preview.NOTHING)
    loud = [preview for preview in previews if preview.outcome not in quiet]
    return (loud or previews)[0]
