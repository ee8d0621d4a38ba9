from odoo.tests import BaseCase, tagged

from . import change_policy_table


@tagged("post_install", "-at_install", "xero_many")
class TestPolicyManual(BaseCase):
    """The manual shows the change policy that the other tests check."""

    def test_manual_shows_the_tables_of_the_tests(self):
        self.assertEqual(
            change_policy_table.written(),
            change_policy_table.render(),
            "Run: python tests/document/change_policy_table.py",
        )
