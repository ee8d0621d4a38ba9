"""What is left of an order is counted anew.

Down payments were counted as pieces, and are by their price now. Drafts of orders of
which something was delivered or invoiced are looked at: Odoo may have nothing left.
"""

from odoo import SUPERUSER_ID, api

DEPOSITS = """
    UPDATE xero_document document
       SET order_quantities = document.order_quantities || deposit.prices
      FROM (
            SELECT move_id, jsonb_object_agg(order_line_id::text, price) AS prices
              FROM (
                    SELECT line.move_id,
                           rel.order_line_id,
                           SUM(
                               CASE move.move_type WHEN 'out_refund' THEN -1 ELSE 1 END
                               * line.quantity * line.price_unit
                               * (1 - COALESCE(line.discount, 0) / 100)
                           ) AS price
                      FROM sale_order_line_invoice_rel rel
                      JOIN sale_order_line order_line
                           ON order_line.id = rel.order_line_id
                           AND order_line.is_downpayment
                      JOIN account_move_line line ON line.id = rel.invoice_line_id
                      JOIN account_move move ON move.id = line.move_id
                  GROUP BY line.move_id, rel.order_line_id
                   ) taken
          GROUP BY move_id
           ) deposit
     WHERE deposit.move_id = document.move_id
       AND jsonb_typeof(document.order_quantities) = 'object'
"""


def migrate(cr, version):
    cr.execute(DEPOSITS)
    documents = api.Environment(cr, SUPERUSER_ID, {})["xero.document"]
    drafts = documents.search(
        [
            ("kind", "=", "sale_order"),
            ("state", "=", "synced"),
            ("xero_id", "!=", False),
            "|",
            ("sale_order_id.order_line.qty_delivered", "!=", 0),
            ("sale_order_id.order_line.qty_invoiced", "!=", 0),
        ]
    )
    drafts._mark_changed()
