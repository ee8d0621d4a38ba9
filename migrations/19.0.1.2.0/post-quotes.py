"""Quotes know what Odoo said in them, so that what was typed over in Xero stays."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["xero.document"]._note_quotes_said()
