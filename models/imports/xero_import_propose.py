from odoo import models

# A reason names no more candidates than this
NAMED_CANDIDATES = 5


class XeroImport(models.Model):
    """What an import proposes to do with each contact or item."""

    _inherit = "xero.import"

    def _propose(self, rows):
        """Make the lines of some rows of Xero's.

        :param rows: ``xero.contact`` or ``xero.item``
        """
        linked = self._linked_records(rows)
        open_rows = rows.filtered(lambda row: row.id not in linked)
        asked = open_rows.filtered(lambda row: not self._why_skip(row))
        matches = getattr(asked, self._kind().match_method)() if asked else {}
        self.env["xero.import.line"].create(
            [
                {
                    "import_id": self.id,
                    self._kind().row_field: row.id,
                    "name": row.name or row.display_name,
                    **self._proposal(row, linked.get(row.id), matches.get(row)),
                }
                for row in rows
            ]
        )

    def _linked_records(self, rows):
        """Odoo's records that are linked to rows of Xero's, archived ones too.

        :return: dict of row id → record
        """
        link = self._kind().link_field
        records = self.env[self._kind().record_model].with_context(active_test=False)
        # The oldest one stands for the others
        found = records.search_fetch([(link, "in", rows.ids)], [link], order="id desc")
        return {record[link].id: record for record in found}

    def _proposal(self, row, linked, matches):
        """Action, record and reason of one line.

        :param linked: Odoo's record that is linked already, or None
        :param matches: ranked matches of MATCHING, or None
        """
        record_field = self._kind().record_field
        if linked:
            return {"action": "linked", record_field: linked.id}
        why_skip = self._why_skip(row)
        if why_skip:
            return {"action": "skip", "reason": why_skip}
        if not matches:
            reason = self.env._("No match in Odoo.")
            return {"action": "create", "reason": reason}
        sure = [match for match in matches if match.sure]
        if len(sure) == 1:
            record = self._matched(sure[0])
            return {
                "action": "link",
                record_field: record.id,
                "reason": sure[0].reason,
            }
        return self._question(matches)

    def _question(self, matches):
        """Values of a line that a person decides: the candidates, none chosen."""
        records = [self._matched(match) for match in matches]
        named = [
            self.env._(
                "%(name)s (%(reason)s)",
                name=self._described(record),
                reason=match.reason,
            )
            for record, match in zip(records, matches, strict=True)
        ]
        return {
            "action": "decide",
            "best_id": records[0].id,
            self._kind().candidates_field: [record.id for record in records],
            "reason": "; ".join(named[:NAMED_CANDIDATES]),
        }

    def _described(self, record):
        """A record's name, with what tells namesakes apart."""
        names = [record.display_name]
        if self.kind == "contacts":
            names += [record.email, record.city]
        return ", ".join(filter(None, names))

    def _matched(self, match):
        """Odoo's record of a match."""
        return getattr(match, self._kind().match_record)

    def _why_skip(self, row):
        """Why a row of Xero's is left out unless a person wants it; False if not."""
        if self.kind == "items":
            return False
        if row.merged_to_xero_id:
            return self.env._("Merged into another contact in Xero.")
        return row.archived_in_xero and self.env._("Archived in Xero.")
