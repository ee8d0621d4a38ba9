"""The addon attacked as an attacker does: by calls over HTTP, with a session each."""

from odoo.fields import Command
from odoo.tests import HttpCase
from odoo.tests.common import JsonRpcException, new_test_user

from ..common import XeroCase

GROUPS = {
    "nobody": None,
    "portal": "base.group_portal",
    "employee": "base.group_user",
    "user": "base.group_user,xero_sync.xero_sync_group_user",
    "accountant": "base.group_user,xero_sync.xero_sync_group_accountant",
    "administrator": "base.group_user,xero_sync.xero_sync_group_administrator",
}
ACCESS_ERROR = "odoo.exceptions.AccessError"
NOT_LOGGED_IN = "odoo.http.SessionExpiredException"
REFUSALS = {ACCESS_ERROR, NOT_LOGGED_IN}


class SecurityCase(XeroCase, HttpCase):
    """A connected company, and people of each group in any company."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    # EXTENDS XeroCase: an HttpCase is in the registry's test mode all the time
    def finish_request(self):
        self.env.cr.flush()
        self.env.cr.postcommit.run()
        self.env.invalidate_all()

    # EXTENDS XeroCase
    def run_job(self, connection):
        self.env.cr.flush()
        connection.sudo().cron_id.method_direct_trigger()
        self.env.invalidate_all()

    def log_in(self, group, company=None):
        """Be somebody of one of GROUPS from now on.

        :return: the ``res.users``, empty for nobody
        """
        if not GROUPS[group]:
            self.authenticate(None, None)
            return self.env["res.users"]
        user = self.person(group, company)
        self.authenticate(user.login, user.login)
        return user

    def person(self, group, company=None):
        """Somebody of one of GROUPS, who is in one company only."""
        company = company or self.company
        login = f"{group}_of_{company.id}"
        found = self.env["res.users"].search([("login", "=", login)])
        return found or new_test_user(
            self.env,
            login,
            groups=GROUPS[group],
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does.

        :raise JsonRpcException: its message is the name of the exception's class
        """
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def outcome(self, model, method, *args, **kwargs):
        """The name of the exception's class that a call ends with; "" for none."""
        try:
            self.call(model, method, *args, **kwargs)
        except JsonRpcException as error:
            return str(error.args[0])
        return ""
