"""Sets up and runs what the addon needs: Odoo, PostgreSQL, a browser, the local Xero.

Standard library only: it is started by the system's own python3, before anything
else exists. Everything it makes lives in the ignored directory ``.dev``.
"""
