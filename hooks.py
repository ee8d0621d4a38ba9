def uninstall_hook(env):
    """Remove what was made at run time, which no XML id ties to the module.

    Each connection owns a scheduled job, and system parameters may lead to another
    Xero: Odoo would leave both behind.
    """
    connections = env["xero.connection"].with_context(active_test=False).search([])
    crons = connections.cron_id
    connections.cron_id = False
    crons.unlink()
    parameters = env["ir.config_parameter"]
    parameters.search([("key", "=like", "xero_sync.%")]).unlink()
