from odoo import api, fields, models
from odoo.tools import SQL


class XeroDoorbell(models.Model):
    """Somebody rang: what changed in Xero is to be read.

    A row of its own, so that whoever rings waits for nobody: the connection's row
    belongs to the job, which may just be changing it.
    """

    _name = "xero.doorbell"
    _description = "Wish to read what changed in Xero"

    connection_id = fields.Many2one(
        "xero.connection", required=True, index=True, ondelete="cascade"
    )
    by_person = fields.Boolean(help="Somebody waits for it.")

    @api.model
    def _ring(self, connections, by_person):
        """Ask for a reading of each of these; many wishes are one reading.

        What rings before a reading begins is read by it: one wish is enough.

        :param by_person: whether somebody waits for it
        :return: those of which nobody had asked for one yet (``xero.connection``)
        """
        known = self.search_fetch(
            [
                ("connection_id", "in", connections.ids),
                ("by_person", "in", (True, by_person)),
            ],
            ["connection_id"],
        )
        new = connections - known.connection_id
        self.create(
            [{"connection_id": each.id, "by_person": by_person} for each in new]
        )
        return new

    @api.model
    def _wishes(self, connection):
        """The wishes that no reading has begun to fulfil."""
        return self.search_fetch([("connection_id", "=", connection.id)], ["by_person"])

    @api.model
    def _answer(self, connection):
        """The wishes that this transaction sees are fulfilled by the reading it begins.

        By SQL: nothing refers to a wish, and the ORM would ask five tables for that.

        :return: whether somebody waits for one of them
        """
        self.flush_model()
        answered = self.env.execute_query(
            SQL(
                "DELETE FROM xero_doorbell WHERE connection_id = %s"
                " RETURNING by_person",
                connection.id,
            )
        )
        self.invalidate_model()
        return any(by_person for [by_person] in answered)
