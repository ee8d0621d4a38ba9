from odoo import models

from ... import mappers, xero_api

# What documents can do without: Xero's own tables of scopes leave open whether the
# consent that Odoo asks for is enough (https://developer.xero.com/faq/granular-scopes)
DISPENSABLE = ("Items",)
# Kind of the issue, see xero_issue_kinds.py
PERMISSION = "permission"


class XeroConnection(models.Model):
    """What Xero does not allow, and documents can do without.

    It keeps back what it is about, and nothing else: not the connection, not the
    documents. Items that cannot be made are left out of their lines.
    """

    _inherit = "xero.connection"

    def _close_denied(self, request, error):
        """None of the rows can go: one issue for all of them.

        :param error: ``xero_api.Denied``
        """
        request._close("refused", error.message)
        problem = mappers.Problem(
            key=f"{PERMISSION}:items:{self.id}",
            title=self.env._(
                "Xero does not allow Odoo to make or change items. Documents go out"
                " without those items."
            ),
            remedy=self.env._(
                "%(allow)s If it stays so, make the items in Xero by hand, then press"
                " “Try all of this kind again”: Odoo links them by their code.",
                allow=self._how_to_allow(),
            ),
            record=self,
            fixer="administrator",
            words=error.message,
        )
        for row in request._unsettled_bindings():
            row._apart(lambda row: row._set_failed([problem]))

    # EXTENDS 'xero.connection'
    def _refresh_items(self, client, full=False):
        """Without permission to read items there are none to choose from."""
        issues = self.env["xero.issue"]
        key = f"{PERMISSION}:items_read:{self.id}"
        try:
            result = super()._refresh_items(client, full)
        except xero_api.Denied as error:
            if not is_dispensable(error, "Items"):
                raise
            problem = mappers.Problem(
                key=key,
                title=self.env._("Xero does not allow Odoo to read its items."),
                remedy=self.env._(
                    "%(allow)s Documents go out meanwhile.", allow=self._how_to_allow()
                ),
                record=self,
                fixer="administrator",
                words=error.message,
            )
            self._with_retry(lambda: issues._raise_issues(self, [problem]))
            self.items_due = False
            return None
        issues._solve([key])
        return result

    # EXTENDS 'xero.connection'
    def write(self, vals):
        """A new consent may allow more."""
        result = super().write(vals)
        if vals.get("state") == "connected":
            keys = [f"{PERMISSION}:items:{connection.id}" for connection in self]
            self.env["xero.issue"]._solve(keys)
        return result


def is_dispensable(error, endpoint):
    """Whether a call was denied which documents can do without.

    :param error: ``xero_api.XeroError``
    """
    denied = isinstance(error, xero_api.Denied) and not error.disconnected
    return denied and endpoint in DISPENSABLE
