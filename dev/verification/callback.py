"""The page on this machine to which Xero sends the browser after the consent."""

import secrets
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from environment.console import Failure
from environment.processes import require_free_port

PATH = "/xero_sync/oauth/callback"
PATIENCE = 300  # seconds: a code is good for five minutes
PAGE = (
    b"<!doctype html><title>dev/verify</title><p>Thank you. Close this page and go "
    b"back to the terminal.</p>"
)


class Callback:
    """Listens on localhost while a person consents."""

    def __init__(self, port: int) -> None:
        """:raise Failure: the port is taken"""
        require_free_port(port, "--port")
        self.address = f"http://localhost:{port}{PATH}"
        self._server = HTTPServer(("127.0.0.1", port), _Handler)
        self._server.timeout = 1
        self._server.said = {}

    def __enter__(self) -> "Callback":
        return self

    def __exit__(self, *exc_info) -> None:
        self._server.server_close()

    def wait(self, state: str) -> str:
        """Wait for the browser; return the authorisation code.

        :raise Failure: it does not come, or brings a refusal
        """
        deadline = time.monotonic() + PATIENCE
        while not self._server.said:
            if time.monotonic() > deadline:
                raise Failure("Nobody allowed the access within five minutes.")
            self._server.handle_request()
        said = self._server.said
        if not secrets.compare_digest(said.get("state", ""), state):
            raise Failure("The browser came back from another sign-in; try again.")
        if "code" not in said:
            raise Failure(f"Xero gives no access: {said.get('error', 'no code')}.")
        return said["code"]


class _Handler(BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self) -> None:
        """Take what Xero says, and thank the person."""
        address = urlsplit(self.path)
        if address.path != PATH:
            self.send_error(404)
            return
        values = parse_qs(address.query)
        self.server.said = {name: value[0] for name, value in values.items()}
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the address holds the code."""
