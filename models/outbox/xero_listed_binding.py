from odoo import api, models


class XeroListedBinding(models.AbstractModel):
    """A binding of what Xero lists, and Odoo reads: a contact or an item.

    Rows read from Xero are there to be chosen. A row made for an Odoo record creates
    what Xero lacks, and then is the record's link.
    """

    _name = "xero.listed.binding"
    _inherit = ["xero.binding"]
    _description = "Xero binding with a list"

    _feeder = ""  # field with the Odoo record whose data goes to Xero

    # === HOOKS OF EACH KIND === #

    def _new_values(self, record):
        """Values of the row that is to create this Odoo record in Xero."""
        raise NotImplementedError

    def _values(self, found):
        """Values of the row that stands for what was read.

        :param found: ``xero_api.Contact`` or ``xero_api.Item``
        """
        raise NotImplementedError

    def _read_again(self, values):
        """:param values: of the row, as Xero has it now"""
        self._write_changes(values)

    # === FROM ODOO === #

    @api.model
    def _request(self, connection, records):
        """Queue the creation of each of these records in Xero.

        :param records: partners or variants without a link
        :return: their rows, queued or already on the way
        """
        rows = self.search(
            [("connection_id", "=", connection.id), (self._feeder, "in", records.ids)]
        )
        new = self.create(
            [
                {
                    "connection_id": connection.id,
                    self._feeder: record.id,
                    **self._new_values(record),
                }
                for record in records - rows[self._feeder]
            ]
        )
        return rows + new

    # === FROM XERO === #

    @api.model
    def _take_over(self, connection, found):
        """Keep what Xero's list says, or a page of it.

        :param found: list as for :meth:`_values`
        """
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("xero_id", "in", [each.xero_id for each in found]),
            ]
        )
        by_id = {row.xero_id: row for row in rows}
        new = []
        for each in found:
            values = self._values(each)
            if each.xero_id in by_id:
                by_id[each.xero_id]._read_again(values)
            else:
                new.append(
                    {
                        **values,
                        "connection_id": connection.id,
                        "xero_id": each.xero_id,
                        "state": "synced",
                        "requested_by": False,
                    }
                )
        self.create(new)

    # === OUTBOX === #

    # EXTENDS 'xero.binding'
    def _record(self):
        return self[self._feeder]

    # EXTENDS 'xero.binding'
    def _twins(self, xero_ids):
        return self._rows_read(xero_ids)

    # EXTENDS 'xero.binding'
    def _doubtful_ids(self, xero_ids):
        return set()
