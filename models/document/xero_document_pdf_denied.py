from odoo import models

from ... import mappers
from ..outbox.xero_outbox_denied import PERMISSION
from .xero_document import ENDPOINTS


class XeroConnection(models.Model):
    """PDFs that Xero does not allow: they stay due, and follow after a new consent.

    One issue for all documents of an endpoint, not of the connection: Xero's list of
    scopes names no quotes among what takes files
    (https://developer.xero.com/faq/granular-scopes), so quotes may stay refused where
    invoices are allowed. While it is open no PDF of the endpoint is tried,
    so that a refusal costs one call.
    """

    _inherit = "xero.connection"

    # EXTENDS 'xero.connection'
    def _pdf_domain(self):
        denied = self._endpoints_without_files()
        kinds = [kind for kind, endpoint in ENDPOINTS.items() if endpoint in denied]
        return [*super()._pdf_domain(), ("kind", "not in", kinds)]

    def _endpoints_without_files(self):
        """:return: set of the endpoints whose documents Xero lets have no files"""
        issues = self.env["xero.issue"].search(
            [
                ("connection_id", "=", self.id),
                ("key", "in", self._files_keys()),
                ("state", "=", "open"),
            ]
        )
        return {issue.key.rpartition(":")[2] for issue in issues}

    def _hold_pdfs(self, endpoint, error):
        """Try no PDF of these documents until a new consent.

        :param endpoint: Xero's name of the documents' kind
        :param error: ``xero_api.Denied``
        """
        problem = mappers.Problem(
            key=self._files_key(endpoint),
            title=self.env._(
                "Xero does not allow Odoo to attach files to %(documents)s.",
                documents=self._documents_of(endpoint),
            ),
            remedy=self.env._(
                "%(allow)s The PDFs then follow; documents go out meanwhile. If it"
                " stays so, attach the PDFs in Xero by hand.",
                allow=self._how_to_allow(),
            ),
            record=self,
            fixer="administrator",
            words=error.message,
        )
        self.env["xero.issue"]._raise_issues(self, [problem])

    def _documents_of(self, endpoint):
        """What a user calls the documents of an endpoint."""
        return {
            "Quotes": self.env._("quotations"),
            "Invoices": self.env._("invoices, bills and drafts of orders"),
            "CreditNotes": self.env._("credit notes and refunds"),
            "PurchaseOrders": self.env._("purchase orders"),
        }[endpoint]

    def _files_key(self, endpoint):
        return f"{PERMISSION}:files:{self.id}:{endpoint}"

    def _files_keys(self):
        return [
            connection._files_key(endpoint)
            for connection in self
            for endpoint in set(ENDPOINTS.values())
        ]

    # EXTENDS 'xero.connection'
    def write(self, vals):
        """A new consent may allow more."""
        result = super().write(vals)
        if vals.get("state") == "connected":
            self.env["xero.issue"]._solve(self._files_keys())
        return result
