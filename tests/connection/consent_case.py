from urllib.parse import urlsplit

from odoo.tests import HttpCase

from ..common import XeroCase
from ..xero_server import CLIENT_ID, CLIENT_SECRET


class ConsentCase(XeroCase, HttpCase):
    """A connection that an administrator is about to allow on Xero's page."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].sudo().set_param(
            "web.base.url", f"http://localhost:{self.http_port()}"
        )
        self.admin = self.new_user(
            "xero_admin", "xero_sync.xero_sync_group_administrator,base.group_system"
        )
        self.connection = (
            self.env["xero.connection"]
            .with_user(self.admin)
            .create(
                {
                    "company_id": self.company.id,
                    "client_id": CLIENT_ID,
                    "client_secret": CLIENT_SECRET,
                }
            )
        )
        self.authenticate("xero_admin", "xero_admin")

    def consent_url(self):
        return self.connection.action_connect()["url"]

    def come_back(self, location):
        """The browser follows Xero's redirect to Odoo."""
        parts = urlsplit(location)
        answer = self.url_open(f"{parts.path}?{parts.query}", allow_redirects=False)
        self.env.invalidate_all()
        return answer
