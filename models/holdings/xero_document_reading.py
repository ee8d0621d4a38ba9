from odoo import api, models

from ...xero_api.const import GONE_STATUSES


class XeroDocument(models.Model):
    """What a reading of Xero means for the documents we have.

    A change of a person's there is told when it is read, and ends by itself when the
    person puts it back. Nothing is sent because of a reading.
    """

    _inherit = "xero.document"

    @api.model
    def _take_over_seen(self, connection, elements, looked_at=None):
        """Keep what Xero says about our documents; of others' nothing is kept.

        :param connection: ``xero.connection``
        :param elements: list of ``xero_api.Element``
        :param looked_at: Xero's time of the reading before (UTC, without a zone)
        """
        found = {element.xero_id: element for element in elements if element.ok}
        if not found:
            return
        rows = self.search_fetch(
            [
                ("connection_id", "=", connection.id),
                ("xero_id", "in", list(found)),
                ("state", "!=", "sending"),  # its answer tells
            ],
            ["xero_id", "xero_updated"],
        )
        news = rows.filtered(
            lambda row: not row._is_known(found[row.xero_id].updated, looked_at)
        )
        news.with_prefetch()._apart(lambda rows: rows._judge(found))

    def _is_known(self, updated, looked_at):
        """Whether it is as Odoo knows it by what Xero says of the time of its change.

        Each reading looks back some minutes. What changed in the second of a change
        that Odoo knows, the reading before it has seen.

        :param updated: Xero's time of its last change, None when it does not say
        :param looked_at: Xero's time of the reading before (UTC, without a zone)
        """
        if not (looked_at and self.xero_updated and self.xero_updated < looked_at):
            return False
        return self.xero_updated == self._naive_utc(updated)

    def _judge(self, found):
        """See which of these are as they were left, and settle the others.

        :param found: dict of Xero's id → ``xero_api.Element`` without errors
        """
        as_left = self.filtered(lambda row: row._is_as_left(found[row.xero_id]))
        new = (self - as_left).filtered(
            lambda row: (
                row.state == "synced" and found[row.xero_id].status not in GONE_STATUSES
            )
        )
        for row in self - new:
            element = found[row.xero_id]
            if row not in as_left:
                row._settle_changed(element)
            elif not row.changed_in_xero:
                row._write_changes(row._values_as_left(element))
            elif row._may_change(element):
                row._settle_put_back(element)
        new._settle_newly_changed(found)

    def _settle_newly_changed(self, found):
        """Raise an issue for each of these, in few queries however many they are.

        :param found: dict of Xero's id → ``xero_api.Element``
        """
        problems = []
        for row in self:
            row._note_changed(found[row.xero_id], unsent=False)
            row.write(row._values_seen(found[row.xero_id]))
            problems.append(row._problem_changed_in_xero(""))
        if self:
            self._set_failed_together(problems)

    def _settle_changed(self, element):
        """A person changed in Xero how this document was left.

        :param element: ``xero_api.Element`` without errors
        """
        if self.state == "skipped":
            # Asked for again, it must not replace what nobody here has seen
            if element.status not in GONE_STATUSES:
                self._note_changed(element, unsent=False)
            self._write_changes(self._values_seen(element))
        elif self.state in ("pending", "held"):
            # It is looked at anyway before its change goes; now also if none goes
            if not self._is_unwanted():
                self.look_up = self.look_up or "update"
            elif element.status in GONE_STATUSES:
                self._settle_refusal(element, "")  # ended already, as Odoo wants it
        elif self.state == "mismatch" and self._settle_amended(element):
            return
        elif self.state != "failed" or self.changed_in_xero:
            if element.status not in GONE_STATUSES:
                self._note_changed(element, unsent=False)
            self._settle_refusal(element, "")

    def _settle_put_back(self, element):
        """It is again as it was left; what Odoo changed meanwhile goes now, if any.

        :param element: ``xero_api.Element`` without errors
        """
        values = self._values_as_left(element)
        if self.state == "failed":
            self._clear_issues()
            self._set_pending()
            values.update(looked=True, message=False)
        self.write(values)
