"""A threaded HTTP/1.1 server with keep-alive around the application.

Werkzeug's own development server closes every connection after one answer, which
would hide how a client behaves on a kept one; so only its request and response
objects are used here.
"""

import io
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote_to_bytes

from werkzeug.wrappers import Request, Response

from .app import Application, Dropped

# Told by the environment's own keys, or undone while the body was read.
_READ_ALREADY = (
    "HTTP_CONTENT_TYPE",
    "HTTP_CONTENT_LENGTH",
    "HTTP_TRANSFER_ENCODING",
)


class Handler(BaseHTTPRequestHandler):
    """Reads one request after another from a kept connection."""

    protocol_version = "HTTP/1.1"
    # One write per answer: header and body leave together.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 120
    server: "Server"

    def handle_any(self) -> None:
        """Answer one request."""
        body = self.read_body()
        try:
            response = self.server.application.respond(Request(self.environ(body)))
        except Dropped as drop:
            self.cut(drop.response)
            return
        except Exception:
            traceback.print_exc(file=sys.stderr)
            response = Response("An error occurred in the sandbox", 500)
        self.send(response, response.get_data())

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = handle_any

    def read_body(self) -> bytes:
        """Read the whole body, so that the next request starts where it ends."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def environ(self, body: bytes) -> dict:
        """The request in WSGI's form (PEP 3333)."""
        path, _, query = self.path.partition("?")
        environ = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.server.server_address[0],
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        for name, value in self.headers.items():
            key = f"HTTP_{name.upper().replace('-', '_')}"
            if key not in _READ_ALREADY:
                environ[key] = value
        return environ

    def send(self, response: Response, body: bytes) -> None:
        """Write the answer; its length is told, so the connection can be kept."""
        self.send_response(response.status_code)
        response.headers.pop("Content-Length", None)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status_code not in (204, 304):
            self.send_header("Content-Length", str(len(response.get_data())))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def cut(self, response: Response | None) -> None:
        """Close the connection, with no answer or half of one."""
        if response:
            body = response.get_data()
            self.send(response, body[: len(body) // 2])
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the control API lists the calls."""


class Server(ThreadingHTTPServer):
    """The listening socket; a thread for every connection."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, application: Application) -> None:
        self.application = application
        super().__init__((host, port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error worth a trace."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)
