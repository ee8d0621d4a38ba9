from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column, rename_column


def migrate(cr, _version):
    """The Xero rate of a tax was one for all companies; now each has its own."""
    if not column_exists(cr, "account_tax", "xero_tax_rate_id"):
        return
    rename_column(cr, "account_tax", "xero_tax_rate_id", "xero_tax_rate_before")
    create_column(cr, "account_tax", "xero_tax_rate_id", "jsonb")
    cr.execute(
        SQL(
            """
            UPDATE account_tax tax
               SET xero_tax_rate_id = jsonb_build_object(
                       connection.company_id::text, rate.id
                   )
              FROM xero_tax_rate rate
              JOIN xero_connection connection ON connection.id = rate.connection_id
             WHERE rate.id = tax.xero_tax_rate_before
            """
        )
    )
    cr.execute(SQL("ALTER TABLE account_tax DROP COLUMN xero_tax_rate_before"))
