"""Orders' documents have the day of the company, as in Xero, and not that of UTC.

The upgrade to 19.0.1.4.0 noted the latter: in Sydney that is yesterday until ten.
"""

from odoo.tools import SQL

TABLES = {"sale_order": "sale_order_id", "purchase_order": "purchase_order_id"}


def migrate(cr, version):
    for table, column in TABLES.items():
        # The zone as mappers.local_date finds it; PostgreSQL may not know each
        cr.execute(
            SQL(
                """
                WITH known AS MATERIALIZED (SELECT name FROM pg_timezone_names),
                local AS (
                    SELECT record.id, record.date_order::date AS utc_day,
                           (record.date_order AT TIME ZONE 'UTC' AT TIME ZONE
                               known.name)::date AS day
                      FROM %(table)s record
                      JOIN res_company company ON company.id = record.company_id
                      JOIN res_partner own ON own.id = company.partner_id
                 LEFT JOIN res_users seller ON seller.id = record.user_id
                 LEFT JOIN res_partner its ON its.id = seller.partner_id
                 LEFT JOIN res_users creator ON creator.id = record.create_uid
                 LEFT JOIN res_partner theirs ON theirs.id = creator.partner_id
                      JOIN known ON known.name = COALESCE(
                               NULLIF(own.tz, ''), NULLIF(its.tz, ''),
                               NULLIF(theirs.tz, ''), 'UTC')
                )
                UPDATE xero_document document
                   SET date = local.day
                  FROM local
                 WHERE document.%(column)s = local.id
                   AND document.date = local.utc_day
                   AND local.day <> local.utc_day
                """,
                table=SQL.identifier(table),
                column=SQL.identifier(column),
            )
        )
