from odoo import SUPERUSER_ID, models

from . import xero_preview
from .xero_preview import Preview


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
        found = {record: [] for record in records}
        for company, group in records.grouped("company_id").items():
            connection = company._xero_connection()
            if connection._is_live():
                for preview in rows._preview(connection, group, forced):
                    found[preview.record].append(preview)
        return [
            preview
            for record, previews in found.items()
            for preview in record._xero_with_kind_now(previews)
        ]

    def _xero_with_kind_now(self, previews):
        """These, that of the kind it is now first, though there be nothing of it.

        :param previews: list of ``Preview`` of this record
        """
        kind = self._xero_kind_now()
        now = [preview for preview in previews if preview.kind == kind]
        others = [preview for preview in previews if preview.kind != kind]
        if not now:
            connection = self.company_id._xero_connection()
            starts = bool(
                kind and connection._is_live() and self._xero_starts(kind, connection)
            )
            outcome = xero_preview.OFF if starts else xero_preview.NOTHING
            now = [Preview(self, kind, outcome)]
        return now + others
