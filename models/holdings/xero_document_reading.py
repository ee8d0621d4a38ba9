from odoo import api, models

from ...xero_api.const import GONE_STATUSES

# What may differ from how it was left where it differed from Odoo's anyway
AMOUNTS = {"total", "tax", "currency", "lines"}


class XeroDocument(models.Model):
    """What a reading of Xero means for the documents we have.

    A change of a person's there is told when it is read, and ends by itself when the
    person puts it back. Nothing is sent because of a reading.
    """

    _inherit = "xero.document"

    @api.model
    def _take_over_seen(self, connection, elements):
        """Keep what Xero says about our documents; of others' nothing is kept.

        :param connection: ``xero.connection``
        :param elements: list of ``xero_api.Element``
        """
        found = {element.xero_id: element for element in elements if element.ok}
        if not found:
            return
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("xero_id", "in", list(found)),
                ("state", "!=", "sending"),  # its answer tells
            ]
        )
        as_left = rows.filtered(lambda row: row._is_as_left(found[row.xero_id]))
        put_back = as_left.filtered("changed_in_xero")
        for row in as_left - put_back:
            row._write_changes(row._values_as_left(found[row.xero_id]))

        def settle(rows):
            for row in rows:
                element = found[row.xero_id]
                if row in put_back:
                    row._settle_put_back(element)
                else:
                    row._settle_changed(element)

        (put_back + (rows - as_left))._apart(settle)

    def _settle_changed(self, element):
        """A person changed in Xero how this document was left.

        :param element: ``xero_api.Element`` without errors
        """
        if self.state == "skipped":
            self._write_changes(self._values_seen(element))
        elif self.state in ("pending", "held"):
            # It is looked at anyway before its change goes; now also if none goes
            if not self._is_unwanted():
                self.look_up = self.look_up or "update"
        elif self.state == "mismatch" and self._is_amended(element):
            self.write(self._values_seen(element))
            self.state = self._synced_state()
        elif self.state != "failed" or self.changed_in_xero:
            if element.status not in GONE_STATUSES:
                self._note_changed(unsent=False)
            self._settle_refusal(element, "")

    def _is_amended(self, element):
        """Whether only amounts changed, which were not Odoo's anyway.

        :param element: ``xero_api.Element`` without errors
        """
        gone = element.status in GONE_STATUSES
        same_status = self._is_on_the_way(element.status)
        return not gone and same_status and self._differences(element) <= AMOUNTS

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
