"""Tests that do not begin with empty caches."""


class KeptCachesMixin:
    """For a test case: what a test found of rights, rules, defaults… serves the next.

    Odoo empties its caches after each test, and every test then asks the database a
    hundred times for what all tests ask. Whatever changes what a cache holds says so
    (``clear_cache``), else other transactions would be told what is old. So where
    nothing said so, a test changed nothing that they hold, and they are as true when it
    is rolled back. Otherwise they are again as they were before it.

    Put it before the test base, as :class:`.xero_server.XeroServerMixin`.
    """

    def setUp(self):
        kept = {}
        self.addCleanup(self._fill_caches, kept)  # runs after Odoo has emptied them
        super().setUp()
        self.registry.cache_invalidated.clear()
        before = self._cached(), dict(self.registry.cache_sequences)
        self.addCleanup(self._keep_caches, kept, *before)

    def _cached(self):
        caches = self.registry._Registry__caches  # as in odoo/tools/cache.py
        return {name: cache.snapshot for name, cache in caches.items()}

    def _keep_caches(self, kept, cached, sequences):
        """Choose what is kept.

        :param cached: the caches' content before the test
        :param sequences: by cache, how often somebody had said so before the test
        """
        registry = self.registry
        told = registry.cache_invalidated or registry.cache_sequences != sequences
        kept.update(cached if told else self._cached())

    def _fill_caches(self, kept):
        caches = self.registry._Registry__caches
        for name, values in kept.items():
            caches[name].update(values)
