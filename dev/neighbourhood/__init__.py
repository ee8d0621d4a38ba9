"""What ``dev/neighbours`` does: the addon beside Odoo's other applications."""
