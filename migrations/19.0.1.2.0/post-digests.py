"""Documents know the digest that is made since then of what Xero holds.

Before, it held a quote's status, and the number that a draft got as an invoice: the
first save after an upgrade sent them once more.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    documents = api.Environment(cr, SUPERUSER_ID, {})["xero.document"]
    kinds = ("quotation", "invoice")
    documents.search(
        [
            ("kind", "in", kinds),
            ("state", "=", "synced"),
            ("xero_id", "!=", False),
            ("payload_digest", "!=", False),
        ]
    )._note_digest()
