"""The question about older documents is asked by another wizard."""


def migrate(cr, version):
    cr.execute(
        """
        WITH gone AS (
            DELETE FROM ir_model_data
             WHERE module = 'xero_sync' AND name = 'xero_document_send_older_rule_own'
         RETURNING res_id
        )
        DELETE FROM ir_rule WHERE id IN (SELECT res_id FROM gone)
        """
    )
    cr.execute("DROP TABLE IF EXISTS xero_document_send_older")
