#!/usr/bin/env bash
# xero-python 15.2.0: a PUT whose answer is lost is sent four times.
#
# The SDK hands its pool manager no policy of retries, so urllib3's own applies: three more
# tries for methods that HTTP calls idempotent, PUT among them. At Xero PUT *creates*: each
# of them may make an invoice, unless the caller gave an idempotency key. Nothing tells that
# it was sent more than once; the error that comes at the end is urllib3's, none of the SDK's.
# A POST in the same place is sent once.
# Seen on 29 November 2026 with Python 3.11, urllib3 2.8.0.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet xero-python==15.2.0 urllib3==2.8.0 \
    certifi==2026.10.18 python-dateutil==4.0.0

"$work/python/bin/python" - <<'PYTHON'
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token

logging.disable(logging.WARNING)
arrived = []


class LosesAnswers(BaseHTTPRequestHandler):
    """Takes a whole request, and closes the connection instead of answering."""

    def take(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        arrived.append(self.command)
        self.close_connection = True

    do_PUT = do_POST = take

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), LosesAnswers)
threading.Thread(target=server.serve_forever, daemon=True).start()

token = {
    "access_token": "a",
    "scope": ["accounting.invoices"],
    "expires_in": 1800,
    "token_type": "Bearer",
}
client = ApiClient(
    Configuration(oauth2_token=OAuth2Token("app", "secret")),
    oauth2_token_getter=lambda: token,
    oauth2_token_saver=token.update,
)
api = AccountingApi(client, base_url=f"http://127.0.0.1:{server.server_port}/api.xro/2.0")
body = {"Invoices": [{"Type": "ACCREC", "Contact": {"Name": "Somebody"}}]}
errors = []
for create in (api.create_invoices, api.update_or_create_invoices):
    try:
        create("11111111-1111-4111-8111-111111111111", body)
    except Exception as error:
        errors.append(f"{type(error).__module__}.{type(error).__name__}")
server.shutdown()

print("create_invoices, update_or_create_invoices arrived as:", *arrived)
print("errors:", *errors)
assert arrived == ["PUT"] * 4 + ["POST"], arrived
assert errors[0] == "urllib3.exceptions.MaxRetryError", errors
PYTHON
