from odoo import api, fields, models


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

    @api.model
    def _ring(self, connections):
        """Ask for a reading of each of these; many wishes are one reading.

        What rings before a reading begins is read by it: one wish is enough.
        """
        asked = self.search([("connection_id", "in", connections.ids)]).connection_id
        self.create([{"connection_id": each.id} for each in connections - asked])

    @api.model
    def _answer(self, connection):
        """Take back the wishes that the reading which begins now will fulfil.

        :return: whether there were any
        """
        wishes = self.search([("connection_id", "=", connection.id)])
        asked = bool(wishes)
        wishes.unlink()
        return asked
