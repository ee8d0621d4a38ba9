"""Connections of before have no start date: older documents go as they did."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    connections = api.Environment(cr, SUPERUSER_ID, {})["xero.connection"]
    for connection in connections.search([("tenant_id", "!=", False)]):
        connection.message_post(
            body=connection.env._(
                "There is a start date now, in Settings → Xero: what is dated before"
                " is not made in Xero automatically. It is empty here, so documents"
                " of any date are sent as before."
            )
        )
