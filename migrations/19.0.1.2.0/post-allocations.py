"""Credit that stands in Xero already is known as Odoo matched it."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    allocations = api.Environment(cr, SUPERUSER_ID, {})["xero.allocation"]
    for allocation in allocations.search([("xero_id", "!=", False)]):
        allocation.matched_amount = allocation._matched_now()
