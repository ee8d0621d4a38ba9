"""Imports from the local Xero, as a person starts them and the job runs them."""

from unittest.mock import patch

from ..connected_case import ConnectedCase
from ..xero_server import TENANT_AU


class ImportCase(ConnectedCase):
    """A connected company; helpers for imports."""

    # === THE WAY OF AN IMPORT === #

    def read_import(self, **filters):
        """An import that has been read and waits for review."""
        found = self.env["xero.import"].create(
            {"connection_id": self.connection.id, **filters}
        )
        found.action_read()
        self.run_job(self.connection)
        return found

    def run_import(self, found):
        found.action_run()
        self.run_job(self.connection)
        return found

    def line_named(self, found, name):
        return found.line_ids.filtered(lambda line: line.name == name)

    # === ODOO === #

    def partner_count(self):
        return self.env["res.partner"].with_context(active_test=False).search_count([])

    def partner_named(self, name):
        return self.env["res.partner"].search([("name", "=", name)])

    def row_named(self, name):
        return self.env["xero.contact"].search(
            [("name", "=", name), ("connection_id", "=", self.connection.id)]
        )

    def stamps(self, records):
        """What any write would change."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            record.id: (record.write_date, record.write_uid.id) for record in records
        }

    def break_creation(self, name, error):
        """Let another module refuse the partner of this name.

        :return: function that ends this
        """
        partners = type(self.env["res.partner"])
        create = partners.create

        def refusing(self, vals_list):
            if any(vals.get("name") == name for vals in vals_list):
                raise error
            return create(self, vals_list)

        patcher = patch.object(partners, "create", refusing)
        patcher.start()
        self.addCleanup(patcher.stop)
        return patcher.stop

    # === XERO === #

    def active_in_xero(self):
        return [
            contact
            for contact in self.xero.state(TENANT_AU)["Contacts"]
            if contact["ContactStatus"] == "ACTIVE"
        ]

    def archive_in_xero(self, name):
        self.xero.edit(
            "Contacts", self.row_named(name).xero_id, ContactStatus="ARCHIVED"
        )
