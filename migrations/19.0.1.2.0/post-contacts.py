"""Contacts know what Odoo said of them, so that an update says only what changed."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["xero.contact"]._note_what_was_said()
