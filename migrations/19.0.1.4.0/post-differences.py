from odoo.api import SUPERUSER_ID, Environment


def migrate(cr, version):
    """Amounts that differ are issues from now on."""
    env = Environment(cr, SUPERUSER_ID, {})
    differing = env["xero.document"].search(
        [("state", "=", "mismatch"), ("issue_ids", "=", False)]
    )
    differing._tell_difference()
