"""Xero's SDK as it comes, and our client, before a server that misbehaves."""

import contextlib
import logging
from unittest.mock import patch

from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token

from odoo.tests import BaseCase

from ... import xero_api
from ..xero_stub import Reply, Stub

TENANT = "11111111-1111-4111-8111-111111111111"
INVOICE_ID = "22222222-2222-4222-8222-222222222222"
BODY = '{"Invoices":[{"Reference":"S00042"}]}'
ACCEPTED = {"Invoices": [{"InvoiceID": INVOICE_ID, "Reference": "S00042"}]}
DROPPED = Reply(drop=True)


@contextlib.contextmanager
def fresh_configuration():
    """A process in which nobody has made a configuration of the SDK yet."""
    with patch.object(Configuration, "_default", None):
        yield


def plain_api(url, token="plain", **token_values):
    """The SDK as its documentation says to use it."""
    values = {
        "access_token": token,
        "scope": ["accounting.invoices"],
        "expires_in": 1800,
        "token_type": "Bearer",
        **token_values,
    }
    client = ApiClient(
        Configuration(oauth2_token=OAuth2Token("app", "secret")),
        oauth2_token_getter=lambda: values,
        oauth2_token_saver=values.update,
    )
    return AccountingApi(client, base_url=f"{url}/api.xro/2.0")


class TrapCase(BaseCase):
    def setUp(self):
        super().setUp()
        self.enterContext(fresh_configuration())
        logger = logging.getLogger("xero_python")
        self.addCleanup(logger.setLevel, logger.level)

    def stub(self, *replies):
        return self.enterContext(Stub(*replies))

    def ours(self, stub, token="ours", **kwargs):
        client = xero_api.XeroClient(token, TENANT, stub.url, **kwargs)
        return self.enterContext(client)

    def write_invoice(self, client, key="key-1"):
        return client.write("Invoices", "PUT", BODY, key)
