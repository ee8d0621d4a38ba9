"""A server that answers as badly as a test tells it to, one connection at a time.

For what the local Xero (``xero_server.py``) is too faithful to do: hostile, broken and
very slow answers. It records every request it receives.
"""

import json
import socketserver
import ssl
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class Reply:
    """One answer.

    :ivar body: bytes, or anything JSON can hold
    :ivar wait: seconds before the answer
    :ivar drop: close the connection instead of answering
    :ivar cut: send so many bytes of the body, then close the connection
    :ivar drip: seconds between the bytes of the body
    """

    body: object = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    wait: float = 0
    drop: bool = False
    cut: int | None = None
    drip: float = 0

    @property
    def raw(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body).encode()


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    headers: dict
    body: bytes
    connection: int  # the client's port: the same for a connection kept open


class _Server(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        """A client that went away is what some tests are about: say nothing."""


class Stub:
    """Context manager: a server on a free port of this machine.

    :param replies: answers in their order; the last one is given for ever
    :param context: with which it speaks TLS
    """

    def __init__(self, *replies: Reply, context: ssl.SSLContext | None = None):
        self.requests: list[Request] = []
        self.replies = list(replies)
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        if context:
            self.url = self.url.replace("http", "https")
            self._server.socket = context.wrap_socket(
                # The handler's thread makes the handshake, with its first byte
                self._server.socket,
                server_side=True,
                do_handshake_on_connect=False,
            )

    def __enter__(self):
        # daemon: a handler may still be waiting when the test is over
        threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        ).start()
        return self

    def __exit__(self, *exc_info):
        self._server.shutdown()
        self._server.server_close()

    def _next(self, request: Request) -> Reply:
        self.requests.append(request)
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def _handler(stub):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # header and body in one packet

            def answer(self):
                reply = stub._next(self.receive())
                time.sleep(reply.wait)
                if reply.drop:
                    self.close_connection = True
                    return
                raw = reply.raw
                self.send_response_only(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                if reply.cut is not None:
                    raw, self.close_connection = raw[: reply.cut], True
                self.send(raw, reply.drip)

            def receive(self):
                path, _mark, query = self.path.partition("?")
                size = int(self.headers.get("Content-Length") or 0)
                return Request(
                    self.command,
                    path,
                    query,
                    dict(self.headers),
                    self.rfile.read(size),
                    self.client_address[1],
                )

            def send(self, raw, drip):
                step = 1 if drip else max(len(raw), 1)
                for start in range(0, len(raw), step):
                    self.wfile.write(raw[start : start + step])
                    if drip:
                        self.wfile.flush()
                        time.sleep(drip)

            do_GET = do_PUT = do_POST = do_DELETE = answer

        return Handler
