"""A wall-clock limit for one answer, which no server and no proxy can stretch.

A socket's timeout counts from byte to byte. One byte of a header or of a chunk's size
now and then, or "100 Continue" for ever, would hold a worker as long as a server likes.

Whatever goes wrong before a request's first byte leaves for Xero is marked as such:
what names, proxies and certificates can do is more than a list of exceptions.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool

from . import const


class _Bytes(io.RawIOBase):
    """The bytes of one answer, as long as ``MAX_ANSWER_SECONDS`` last.

    :raise TimeoutError: afterwards, from whatever reads
    """

    def __init__(self, stream: socket.SocketIO, sock: socket.socket):
        self._stream = stream
        self._sock = sock
        self._pause = sock.gettimeout()
        self._end = time.monotonic() + const.MAX_ANSWER_SECONDS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer takes too long")
        self._sock.settimeout(left if self._pause is None else min(left, self._pause))
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        return super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, sock, *args, **kwargs):
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_Bytes(self.fp.detach(), sock))


@contextmanager
def mark_unsent(by_proxy: bool = False) -> Iterator[None]:
    """What is raised inside says so of itself, see ``wire.is_unsent``.

    :param by_proxy: whether a proxy stands between
    """
    try:
        yield
    except Exception as error:
        error.unsent, error.by_proxy = True, by_proxy
        raise


class _Bounded:
    response_class = _Response

    def connect(self) -> None:
        """Through the proxy and with the certificate checked, ready for a request."""
        with mark_unsent(by_proxy=bool(self.proxy)):
            return super().connect()


def _bounded(pool: HTTPConnectionPool) -> HTTPConnectionPool:
    """`pool`, whose answers have come within ``MAX_ANSWER_SECONDS`` or not at all."""
    plain = pool.ConnectionCls
    if not issubclass(plain, _Bounded):
        pool.ConnectionCls = type("BoundedConnection", (_Bounded, plain), {})
    return pool


class BoundedAdapter(HTTPAdapter):
    """requests' way of finding a connection, with the same limit on every answer."""

    def get_connection_with_tls_context(self, *args, **kwargs) -> HTTPConnectionPool:
        with mark_unsent():
            return _bounded(super().get_connection_with_tls_context(*args, **kwargs))

    # What requests before 2.32 calls instead; Odoo 19 asks for 2.31
    def get_connection(self, *args, **kwargs) -> HTTPConnectionPool:
        with mark_unsent():
            return _bounded(super().get_connection(*args, **kwargs))

    def cert_verify(self, *args, **kwargs) -> None:
        with mark_unsent():
            return super().cert_verify(*args, **kwargs)
