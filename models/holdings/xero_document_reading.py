from odoo import api, models


class XeroDocument(models.Model):
    """What a reading of Xero means for the documents we have."""

    _inherit = "xero.document"

    @api.model
    def _take_over_seen(self, connection, elements):
        """Keep what Xero says about documents; of others' nothing is kept.

        :param connection: ``xero.connection``
        :param elements: list of ``xero_api.Element``
        """
        found = {element.xero_id: element for element in elements if element.ok}
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("xero_id", "in", list(found)),
                ("state", "!=", "sending"),  # its answer tells
            ]
        )
        for row in rows:
            element = found[row.xero_id]
            if row.state == "skipped":
                row._write_changes(row._values_seen(element))
            elif row._is_as_left(element):
                row._write_changes(row._values_looked_up(element))
