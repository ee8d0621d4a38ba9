"""Odoo's command line as a file: with ``-m odoo`` a server with workers cannot start
its process for live connections, and tries again several times a second."""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
