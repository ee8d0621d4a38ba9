"""Run by ``odoo shell``: leave traces that uninstalling must remove."""

env["ir.config_parameter"].set_param("xero_sync.api_url", "http://127.0.0.1:9")
env["xero.connection"].create({"client_id": "0" * 32, "client_secret": "unused"})
env.cr.commit()
