from .models.holdings.xero_connection_uninstalled import MADE_SINCE


def uninstall_hook(env):
    """Remove what was made at run time, which no XML id ties to the module.

    Each connection owns a scheduled job, and system parameters may lead to another
    Xero: Odoo would leave both behind. Only where Xero has documents of Odoo's, a note
    stays, with which they are linked again when the addon is installed again.
    """
    connections = env["xero.connection"].with_context(active_test=False).search([])
    crons = connections.cron_id
    connections.cron_id = False
    crons.unlink()
    parameters = env["ir.config_parameter"]
    ours = [("key", "=like", "xero_sync.%"), ("key", "!=", MADE_SINCE)]
    parameters.search(ours).unlink()
    connections._leave_note()
