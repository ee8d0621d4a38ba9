#!/usr/bin/env bash
# xero-python 15.2.0: a timeout of 0.2 seconds is no timeout, one of 1 second is.
#
# Every method takes `_request_timeout`, in words "one number". Only an `int` or a pair counts:
# any other number is dropped without a word, and the call waits as long as the server likes
# (without a timeout that is for ever). A setting like 2.5, or 5 / 2, disarms the bound.
# Seen on 29 November 2026 with Python 3.11, urllib3 2.8.0.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet xero-python==15.2.0 urllib3==2.8.0 \
    certifi==2026.10.18 python-dateutil==4.0.0

"$work/python/bin/python" - <<'PYTHON'
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from urllib3.exceptions import ReadTimeoutError
from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token

WAIT = 2.0  # seconds before the server answers


class Slow(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(WAIT)
        body = b'{"Invoices": []}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, *args):
        """The client that gave up has left."""


server = Server(("127.0.0.1", 0), Slow)
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
address = f"http://127.0.0.1:{server.server_port}/api.xro/2.0"
api = AccountingApi(client, base_url=address)

seen = []
for timeout in (1, (1, 0.2), 0.2, 1.0):
    started = time.monotonic()
    try:
        api.update_or_create_invoices(
            "11111111-1111-4111-8111-111111111111",
            {"Invoices": []},
            _request_timeout=timeout,
        )
        seen.append("answered")
    except ReadTimeoutError:
        seen.append("timed out")
    seconds = time.monotonic() - started
    print(f"timeout {timeout!r}: {seen[-1]} after {seconds:.1f} s")
assert seen == ["timed out", "timed out", "answered", "answered"], seen
PYTHON
