from odoo import api, models


class XeroMirror(models.AbstractModel):
    """A row that repeats what Xero says."""

    _name = "xero.mirror"
    _description = "Mirror of something in Xero"

    def _write_changes(self, values):
        """Write only the values that differ, so that reading again costs no update."""
        self.ensure_one()
        changed = {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if changed:
            self.write(changed)

    @api.model
    def _naive_utc(self, moment):
        """A time as Odoo keeps it: UTC, whole seconds, no zone; False for None."""
        return moment.replace(tzinfo=None, microsecond=0) if moment else False
