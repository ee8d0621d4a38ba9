"""Quotes know whose they are, so that they follow when their order changes customer."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE xero_document quote
           SET quote_partner_id = partner.commercial_partner_id
          FROM sale_order
          JOIN res_partner partner ON partner.id = sale_order.partner_invoice_id
         WHERE sale_order.id = quote.sale_order_id
           AND quote.kind = 'quotation'
           AND quote.state = 'synced'
           AND quote.xero_id IS NOT NULL
           AND quote.quote_partner_id IS NULL
        """
    )
