"""Documents know whether they are paid in Xero, as far as the last answer told.

Of the others the first reading tells. Odoo would compute it for one after another.
"""


def migrate(cr, version):
    cr.execute(
        "ALTER TABLE xero_document ADD COLUMN IF NOT EXISTS payment_state varchar"
    )
    cr.execute(
        """
        UPDATE xero_document
           SET payment_state = 'paid'
         WHERE xero_status = 'PAID'
           AND kind IN ('sale_order', 'invoice', 'bill', 'credit_note', 'refund')
           AND payment_state IS NULL
        """
    )
