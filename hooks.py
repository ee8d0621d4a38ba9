def uninstall_hook(env):
    """Remove the scheduled jobs of the connections.

    Each connection owns a job made at run time, which no XML id ties to the module,
    so Odoo would leave it behind.
    """
    connections = env["xero.connection"].with_context(active_test=False).search([])
    connections.cron_id.unlink()
