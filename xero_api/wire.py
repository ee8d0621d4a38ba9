"""One HTTP answer: read within bounds, parsed without trust, logged without secrets."""

from __future__ import annotations

import http.client
import json
import logging
import re
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn
from urllib.parse import urlsplit

import urllib3

from . import const
from .errors import (
    NotSent,
    OutcomeUnknown,
    Unavailable,
    UnreadableAnswer,
    WrongSetting,
    XeroError,
)

_logger = logging.getLogger(__name__)

_PIECE = 64 * 1024
_TIMEOUTS = (urllib3.exceptions.TimeoutError, TimeoutError)
# The standard library's words when a proxy answers CONNECT with another status
_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: (\d{3})")
_SETTINGS = {
    "proxy_address": "The address of this server's proxy is not valid.",
    "proxy_password": "The proxy of this server does not take its user and password.",
    "socks": "A SOCKS proxy needs the Python package PySocks.",
    "certificates": "The file of certificates (REQUESTS_CA_BUNDLE) cannot be read.",
}
_HEADER_VALUE = re.compile(r"[\x21-\x7e]+")


class AnswerTooLarge(Exception):
    """The answer exceeds the size we give it."""


# What a call can end with when no whole answer came; requests' errors are OSErrors.
TRANSPORT_ERRORS = (
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    AnswerTooLarge,
)


@dataclass(frozen=True)
class Answer:
    """Status, headers and whole body of one HTTP answer."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """The header's value, empty when it is missing."""
        return self.headers.get(name) or ""

    def json(self) -> Any:
        """The parsed body; every number is a ``Decimal``.

        :raise ValueError: when the body is not JSON, or of more values than we hold
        """
        # Each takes up to a hundred times its bytes in memory
        if sum(map(self.body.count, b",[{")) > const.MAX_ANSWER_VALUES:
            raise ValueError("too many values")
        try:
            return json.loads(
                self.body,
                parse_float=Decimal,
                parse_int=Decimal,
                parse_constant=_no_constant,
            )
        except (RecursionError, ArithmeticError) as error:
            raise ValueError("not usable JSON") from error

    def json_object(self) -> dict[str, Any]:
        """The parsed body when it is a JSON object, else an empty one."""
        try:
            data = self.json()
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def header_value(value: str, what: str) -> str:
    """Return `value` if it can stand in a header as it is.

    The standard library would otherwise quote it, secret or not, in its exception.

    :raise ValueError: naming `what`, never the value
    """
    if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):
        raise ValueError(f"{what} must be visible ASCII characters")
    return value


def read_body(response: urllib3.HTTPResponse) -> bytes:
    """Read the whole body, within ``MAX_ANSWER_BYTES``; see ``deadline.py`` for time.

    :param response: not read yet; its connection is kept for the next call
    :raise AnswerTooLarge: beyond that; the connection is closed
    """
    # The standard library's reader decodes nothing, and we ask for nothing encoded: a
    # small body that unpacks to a huge one is just no JSON.
    read = response._original_response.read1
    body = bytearray()
    while piece := read(_PIECE):
        body += piece
        if len(body) > const.MAX_ANSWER_BYTES:
            response.close()
            raise AnswerTooLarge
    response.release_conn()
    return bytes(body)


def transport_error(error: Exception, *, write: bool) -> XeroError:
    """Name a failure of the transport by what it says about the call's fate.

    :param error: of urllib3, requests or the socket; its text may hold the query or a
        password, so only its type is kept
    :param write: whether the call would have changed something
    """
    if isinstance(error, AnswerTooLarge):
        kind = OutcomeUnknown if write else UnreadableAnswer
        return kind("Xero's answer is too large.", detail="AnswerTooLarge")
    detail = type(_root_cause(error)).__name__
    if is_unsent(error):
        return _not_sent(error, detail)
    kind = OutcomeUnknown if write else Unavailable
    if any(isinstance(each, _TIMEOUTS) for each in _causes(error)):
        return kind("Xero did not answer in time.", detail=detail)
    return kind("The connection to Xero broke off.", detail=detail)


def is_unsent(error: Exception) -> bool:
    """Whether nothing of the request left for Xero, see ``deadline.mark_unsent``."""
    return any(
        getattr(each, "unsent", False) or isinstance(each, ssl.SSLCertVerificationError)
        for each in _causes(error)
    )


def wrong_setting(setting: str) -> WrongSetting:
    """:param setting: see `WrongSetting`"""
    return WrongSetting(_SETTINGS[setting], setting=setting, detail=setting)


def _not_sent(error: Exception, detail: str) -> NotSent:
    """What kept the request here."""
    causes = list(_causes(error))
    refusal = next(filter(None, map(_TUNNEL_REFUSED.match, map(str, causes))), None)
    names = {type(each).__name__ for each in causes}
    if "SOCKS5AuthError" in names or (refusal and refusal[1] == "407"):
        return wrong_setting("proxy_password")
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in causes):
        return NotSent(
            "The certificate of Xero's address could not be verified.",
            obstacle="certificate",
            detail=detail,
        )
    if any(
        getattr(each, "by_proxy", False) or type(each).__module__ == "socks"
        for each in causes
    ):
        return NotSent(
            "The proxy did not let the call through.",
            obstacle="proxy",
            detail=f"status {refusal[1]}" if refusal else detail,
        )
    return NotSent("Xero could not be reached.", detail=detail)


def _root_cause(error: Exception) -> Exception:
    """What happened, below MaxRetryError, ProxyError and requests' errors."""
    while inner := next(_inside(error), None):
        error = inner
    return error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and all it was made of or raised for, each once."""
    waiting, seen = [error], set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += _inside(each)
        # urllib3 names no cause of what a SOCKS proxy refused
        unsent = getattr(each, "unsent", False)
        cause = each.__cause__ or (each.__context__ if unsent else None)
        if cause:
            waiting.append(cause)


def _inside(error: BaseException) -> Iterator[Exception]:
    """The errors that an error of urllib3, requests or PySocks wraps."""
    names = ("reason", "original_error", "socket_err")
    # Of ssl's errors the reason is a text
    for each in (*(getattr(error, name, None) for name in names), *error.args):
        if isinstance(each, Exception):
            yield each


def log_call(
    method: str, url: str, outcome: object, started: float, correlation: str = ""
) -> None:
    """Log one call: method, path, outcome, duration, Xero's correlation id.

    An allow-list: no query, header or body ever comes here.
    """
    _logger.info(
        "%s %s: %s in %d ms, correlation id %s",
        method,
        urlsplit(url).path,
        outcome,
        (time.monotonic() - started) * 1000,
        correlation if re.fullmatch(r"[\w-]{1,64}", correlation) else "none",
    )
