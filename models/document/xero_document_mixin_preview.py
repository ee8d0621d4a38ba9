from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError

from . import xero_preview
from .xero_preview import Preview

MOST = 20  # a person reads so many at most


class XeroDocumentMixin(models.AbstractModel):
    """What Xero would get of these records."""

    _inherit = "xero.document.mixin"

    def _xero_preview(self, forced=True):
        """What would be sent of these, built as the outbox builds it.

        Writes nothing and calls nothing. Memory grows with the records: of thousands,
        ask for some at a time.

        :param forced: as if a person asked, so that switches and the start date do not
            matter, nor that it was skipped
        :return: list of ``Preview`` in the order of the records: of each the one of the
            kind that it is now, then those of other kinds that Xero has of it
        """
        # As the outbox: its texts are nobody's, and it may read everything
        records = self.with_env(self.env(user=SUPERUSER_ID, su=True, context={}))
        rows = records.env["xero.document"]._rows_of_records([records])
        found = dict.fromkeys(records)
        for connection, group in records._xero_by_connection():
            of_group = {record: [] for record in group}
            if connection._is_live():
                connection = connection._as_it_sends()
                for preview in rows.with_env(connection.env)._preview(
                    connection, group.with_env(connection.env), forced
                ):
                    of_group[preview.record].append(preview)
            for record, previews in of_group.items():
                found[record] = record._xero_with_kind_now(connection, previews)
        return [preview for previews in found.values() for preview in previews]

    def _xero_with_kind_now(self, connection, previews):
        """These, that of the kind it is now first, though there be nothing of it.

        :param connection: ``xero.connection``, maybe empty
        :param previews: list of ``Preview`` of this record
        """
        kind = self._xero_kind_now()
        now = [preview for preview in previews if preview.kind == kind]
        others = [preview for preview in previews if preview.kind != kind]
        if not now:
            live = kind and connection._is_live()
            starts = live and self._xero_starts(kind, connection)
            outcome = xero_preview.OFF if starts else xero_preview.NOTHING
            now = [Preview(self, kind, outcome)]
        return now + others

    def _xero_why_nothing(self):
        """Why there is nothing to preview, in a sentence."""
        connection = self.company_id.sudo()._xero_connection()  # sudo: no secret
        if not connection._is_live():
            return self.env._("%s is not connected to Xero.", self.company_id.name)
        if self.state == "cancel":
            return self.env._(
                "%s is cancelled, and is not in Xero. Set it back to draft to send it.",
                self.display_name,
            )
        return self.env._(
            "There is nothing to send yet: give the document a partner and a line, and"
            " confirm or post it."
        )

    # === ACTIONS === #

    def action_xero_preview(self):
        """Button and action "Preview for Xero": what would be sent, and nothing is.

        :raise odoo.exceptions.UserError: these are too many to read
        """
        self.check_access("read")
        self.env["xero.document.preview"].check_access("create")
        if len(self) > MOST:
            raise UserError(
                self.env._("Choose %s at most, so that you can read them all.", MOST)
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_document_preview_action"
        )
        context = {
            "default_res_model": self._name,
            "default_res_ids": self.ids,
            "dialog_size": "extra-large",
        }
        return {**action, "context": context}

    def _xero_followed_action(self):
        """The list of these records' documents, which follows them on their way."""
        # sudo: the list shows what the user may see of them
        rows = self.sudo().xero_document_ids
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_document_followed_action"
        )
        return {**action, "domain": [("id", "in", rows.ids)]}
