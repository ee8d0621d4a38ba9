from odoo.tests import tagged

from ..common import XeroCase


@tagged("post_install", "-at_install")
class TestKeptCaches(XeroCase):
    """What tests find out is kept for the next one, unless they changed it."""

    def setUp(self):
        super().setUp()
        self.registry.clear_all_caches()
        self.registry.cache_invalidated.clear()
        self.before = self._cached(), dict(self.registry.cache_sequences)

    def kept(self):
        kept = {}
        self._keep_caches(kept, *self.before)
        return kept

    def find_out(self):
        self.env["ir.default"]._get_model_defaults("res.partner")

    def test_what_was_found_out_is_kept_and_put_back(self):
        self.find_out()
        kept = self.kept()
        self.assertTrue(kept["default"])
        self.registry.clear_all_caches()
        self._fill_caches(kept)
        self.assertEqual(self._cached(), kept)

    def test_nothing_is_kept_when_something_said_that_it_changed(self):
        self.env["ir.default"].set("res.partner", "comment", "By default")
        self.find_out()
        self.assertFalse(any(self.kept().values()))

    def test_nothing_is_kept_when_it_was_said_and_committed(self):
        self.env["ir.default"].set("res.partner", "comment", "By default")
        self.registry.signal_changes()  # as at a commit
        self.find_out()
        self.assertFalse(any(self.kept().values()))
