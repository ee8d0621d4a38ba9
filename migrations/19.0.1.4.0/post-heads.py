"""Lists of documents show whose each is, and of which day."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE xero_document
           SET partner_id = partner.commercial_partner_id,
               date = sale_order.date_order::date,
               odoo_total = CASE WHEN xero_document.synced_at IS NULL
                   THEN sale_order.amount_total ELSE xero_document.odoo_total END,
               currency_id = COALESCE(xero_document.currency_id, sale_order.currency_id)
          FROM sale_order
          JOIN res_partner partner ON partner.id = sale_order.partner_invoice_id
         WHERE sale_order.id = xero_document.sale_order_id
           AND xero_document.partner_id IS NULL
        """
    )
    cr.execute(
        """
        UPDATE xero_document
           SET partner_id = partner.commercial_partner_id,
               date = purchase_order.date_order::date,
               odoo_total = CASE WHEN xero_document.synced_at IS NULL
                   THEN purchase_order.amount_total ELSE xero_document.odoo_total END,
               currency_id = COALESCE(
                   xero_document.currency_id, purchase_order.currency_id)
          FROM purchase_order
          JOIN res_partner partner ON partner.id = purchase_order.partner_id
         WHERE purchase_order.id = xero_document.purchase_order_id
           AND xero_document.partner_id IS NULL
        """
    )
    cr.execute(
        """
        UPDATE xero_document
           SET partner_id = account_move.commercial_partner_id,
               date = account_move.invoice_date,
               odoo_total = CASE WHEN xero_document.synced_at IS NULL
                   THEN account_move.amount_total ELSE xero_document.odoo_total END,
               currency_id = COALESCE(
                   xero_document.currency_id, account_move.currency_id)
          FROM account_move
         WHERE account_move.id = xero_document.move_id
           AND xero_document.partner_id IS NULL
        """
    )
