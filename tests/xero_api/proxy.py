"""A proxy to the Internet in a process of its own, as companies have one.

It forwards plain requests and opens tunnels (CONNECT), asks for a user and password if
told to, and prints one line of JSON for each request. Run by ``proxy_case.py``::

    python proxy.py --credentials user:password
"""

import argparse
import base64
import json
import select
import socket
import socketserver
import sys
import threading
import time
from urllib.parse import urlsplit

TIMEOUT = 30
PIECE = 65536


def _say(line):
    """Tell whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Handler(socketserver.StreamRequestHandler):
    """One connection of a client: one plain request, or one tunnel."""

    timeout = TIMEOUT

    def handle(self):
        line = self.rfile.readline().decode("latin1").strip()
        headers = list(iter(self._header, None))
        if not line:
            return
        given = dict(headers).get("proxy-authorization")
        _say(json.dumps({"line": line, "credentials": _decoded(given)}))
        method, target, _version = line.split(" ", 2)
        options = self.server.options
        if options.drop:
            return
        if options.drip:
            self._drip()
        elif options.credentials and _decoded(given) != options.credentials:
            self._refuse(407, "Proxy-Authenticate: Basic realm=proxy\r\n")
        elif options.status:
            self._refuse(options.status)
        elif method == "CONNECT":
            self._tunnel(target)
        else:
            self._forward(method, target, headers)

    def _header(self):
        line = self.rfile.readline().decode("latin1").strip()
        name, colon, value = line.partition(":")
        return (name.strip().lower(), value.strip()) if colon else None

    def _refuse(self, status, header=""):
        head = f"HTTP/1.1 {status} No\r\n{header}Content-Length: 0\r\n"
        self.wfile.write(f"{head}Connection: close\r\n\r\n".encode())

    def _drip(self):
        """A byte now and then, without end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Header: ")
        while True:
            time.sleep(0.05)
            self.wfile.write(b"x")

    def _tunnel(self, target):
        host, _colon, port = target.rpartition(":")
        with socket.create_connection((host, int(port)), TIMEOUT) as far:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            ends = {self.connection: far, far: self.connection}
            while True:
                ready, _write, _error = select.select(list(ends), [], [], TIMEOUT)
                for end in ready:
                    piece = end.recv(PIECE)
                    if not piece:
                        return
                    ends[end].sendall(piece)
                if not ready:
                    return

    def _forward(self, method, target, headers):
        address = urlsplit(target)
        path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
        body = self.rfile.read(int(dict(headers).get("content-length") or 0))
        own = ("connection", "proxy-authorization", "proxy-connection")
        kept = [f"{name}: {value}" for name, value in headers if name not in own]
        head = [f"{method} {path} HTTP/1.1", *kept, "Connection: close", "", ""]
        place = (address.hostname, address.port or 80)
        with socket.create_connection(place, TIMEOUT) as far:
            far.sendall("\r\n".join(head).encode("latin1") + body)
            while piece := far.recv(PIECE):
                self.wfile.write(piece)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """A client or a server that went away is what some tests are about."""


def _decoded(header):
    """User and password of a Basic header, None for none."""
    kind, _space, value = (header or "").partition(" ")
    return base64.b64decode(value).decode() if kind.lower() == "basic" else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--credentials", help="user:password that it asks for")
    parser.add_argument("--status", type=int, help="answer this instead of proxying")
    parser.add_argument("--drip", action="store_true", help="answer without an end")
    parser.add_argument("--drop", action="store_true", help="answer nothing")
    server = Server(("127.0.0.1", 0), Handler)
    server.options = parser.parse_args()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _say(server.server_address[1])
    sys.stdin.read()  # until whoever started it ends


if __name__ == "__main__":
    main()
