from odoo import models


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
