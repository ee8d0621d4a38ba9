"""People at a browser, with a real Odoo server and the local Xero behind it."""
