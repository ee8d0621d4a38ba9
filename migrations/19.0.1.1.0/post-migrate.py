"""Contacts know the partner that feeds them, and all that Xero says of them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    connections = env["xero.connection"].search([])
    for connection in connections:
        partners = env["res.partner"].with_company(connection.company_id)
        linked = [("xero_contact_id.connection_id", "=", connection.id)]
        env["xero.contact"]._move_links(partners.search(linked), {})
    # Read again, in full, by the next run of the job
    connections.write({"contacts_at": False, "items_at": False, "choices_at": False})
