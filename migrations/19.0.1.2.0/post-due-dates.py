"""Documents that are due before their date go: Xero takes them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["xero.issue"]._solve_kinds("due_date")
