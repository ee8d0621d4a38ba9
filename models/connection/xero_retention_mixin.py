from odoo import api, models


class XeroRetentionMixin(models.AbstractModel):
    """Rows of a connection that nothing needs once they are finished.

    They are kept for the connection's ``retention_days``, then Odoo's daily vacuum
    deletes them, a batch in each of its transactions.
    """

    _name = "xero.retention.mixin"
    _description = "Kept for a set time"

    _gc_batch = 1000
    # Field whose time counts
    _gc_moment = "write_date"

    @api.model
    def _gc_domain(self):
        """Which rows are finished, and needed by nothing however old they get."""
        raise NotImplementedError

    @api.autovacuum
    def _gc_finished(self):
        """Delete a batch of what is old enough.

        :return: how many were deleted, and whether there may be more
        """
        if self._abstract:  # the vacuum asks this model too
            return 0, False
        connections = self.env["xero.connection"].with_context(active_test=False)
        old = self.browse()
        for connection in connections.search_fetch([], ["retention_days"]):
            domain = [
                ("connection_id", "=", connection.id),
                (self._gc_moment, "<", connection._retained_since()),
                *self._gc_domain(),
            ]
            old += self.search(domain, limit=self._gc_batch - len(old), order="id")
            if len(old) == self._gc_batch:
                break
        old.unlink()
        return len(old), len(old) == self._gc_batch
