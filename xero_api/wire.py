"""One HTTP answer: read within bounds, parsed without trust, logged without secrets."""

from __future__ import annotations

import http.client
import json
import logging
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn
from urllib.parse import urlsplit

import urllib3

from . import const
from .errors import NotSent, OutcomeUnknown, Unavailable, UnreadableAnswer, XeroError

_logger = logging.getLogger(__name__)

_PIECE = 64 * 1024
_NEVER_SENT = (
    urllib3.exceptions.NewConnectionError,
    urllib3.exceptions.ConnectTimeoutError,
    urllib3.exceptions.LocationValueError,  # an address that is none
    ssl.SSLCertVerificationError,
)
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

    :param error: of urllib3, requests or the socket; its text may hold the query, so
        only its type is kept
    :param write: whether the call would have changed something
    """
    if isinstance(error, AnswerTooLarge):
        kind = OutcomeUnknown if write else UnreadableAnswer
        return kind("Xero's answer is too large.", detail="AnswerTooLarge")
    cause = _root_cause(error)
    detail = type(cause).__name__
    if isinstance(cause, _NEVER_SENT):
        return NotSent("Xero could not be reached.", detail=detail)
    kind = OutcomeUnknown if write else Unavailable
    if isinstance(cause, (urllib3.exceptions.TimeoutError, TimeoutError)):
        return kind("Xero did not answer in time.", detail=detail)
    return kind("The connection to Xero broke off.", detail=detail)


def _root_cause(error: Exception) -> Exception:
    """Unwrap MaxRetryError, ProxyError, requests' errors down to what happened."""
    while not isinstance(error, _NEVER_SENT):
        inner = next(
            (
                candidate
                for candidate in (
                    getattr(error, "reason", None),
                    getattr(error, "original_error", None),
                    *error.args[:1],
                )
                if isinstance(candidate, Exception)
            ),
            None,
        )
        if inner is None:
            break
        error = inner
    return error


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
