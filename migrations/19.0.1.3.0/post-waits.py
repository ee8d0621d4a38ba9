"""What is done in Xero says no longer what it waited for."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE xero_document
           SET message = NULL, waits_for_contact_id = NULL,
               waits_for_document_id = NULL, waits_for_allocation_id = NULL
         WHERE state IN ('synced', 'mismatch')
           AND num_nonnulls(waits_for_contact_id, waits_for_document_id,
                            waits_for_allocation_id) > 0
        """
    )
