"""Who is connected has decided what is sent: that is no first step any more."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE xero_connection
           SET scope_decided = TRUE,
               existing_decided = TRUE
         WHERE tenant_id IS NOT NULL
        """
    )
