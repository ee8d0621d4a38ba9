"""Odoo's command line for tests that open no browser.

Odoo makes the style sheets and scripts of all pages before tests that may open one,
which takes longer than many of these tests. Those that do are in ``dev/browser_tests``.
"""

import odoo.cli
from odoo.tests.suite import OdooSuite

OdooSuite.has_http_case = lambda suite: False  # what asks for them

if __name__ == "__main__":
    odoo.cli.main()
