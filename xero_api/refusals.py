"""From an HTTP status to the error that says what the caller may do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from . import const, readers
from .errors import (
    Forbidden,
    GrantInvalid,
    NotFound,
    OAuthRefused,
    OutcomeUnknown,
    RateLimited,
    RequestRefused,
    ScopeMissing,
    TokenRejected,
    Unavailable,
    UnreadableAnswer,
    XeroError,
)
from .wire import Answer

# The misspelling is Xero's and has been seen in the wild. Detail tells a missing scope
# (AuthorizationUnsuccessful) from a wrong token or organisation
# (AuthenticationUnsuccessful), also without the header: xeroizer, Apex-for-Xero #25.
_SCOPE_ERRORS = (
    "insufficient_scope",
    "insufficent_scope",
    "authorizationunsuccessful",
)
# A 503 has a plain sentence for a body. Page: api/accounting/responsecodes
_OFFLINE = re.compile(rb"The (?:Xero API|Organisation) is [a-z ]{1,60}")
_LIMITS = ("minute", "day", "concurrent", "appminute")


def refusal(
    answer: Answer, *, write: bool, endpoint: str = "", secrets: Iterable[str] = ()
) -> XeroError:
    """The error for an answer of the API whose status is no success.

    :param answer: with a status outside 200–299
    :param write: whether the call would have changed something
    :param endpoint: whose elements the answer may list
    :param secrets: texts that must not appear in the message
    """
    status = answer.status
    data = answer.json_object()
    known = {"status": status, "retry_after": retry_after(answer)}
    words = _words(data, secrets)
    if status in (401, 403) and _lacks_scope(answer, data):
        return ScopeMissing(words or "Xero misses a permission.", **known)
    if status == 401:
        return TokenRejected(words or "Xero rejected the access token.", **known)
    if status == 403:
        detail = _short(data.get("Detail"), secrets)
        return Forbidden(words or "Xero denied access.", detail=detail, **known)
    if status == 404:
        return NotFound("Xero does not have it.", **known)
    if status == 429:
        return RateLimited(
            "Xero's call limit is reached.", problem=which_limit(answer), **known
        )
    if status >= 500 or status == 408:
        kind = OutcomeUnknown if write else Unavailable
        return kind(words or _offline_sentence(answer), **known)
    if status >= 400:
        return _request_refused(data, words, endpoint, known)
    kind = OutcomeUnknown if write else UnreadableAnswer
    return kind(f"Xero answered with HTTP status {status}.", **known)


def oauth_refusal(answer: Answer, secrets: Iterable[str] = ()) -> XeroError:
    """The error for an answer of the identity server whose status is no success."""
    if answer.status == 429 or not 400 <= answer.status < 500:
        return refusal(answer, write=True, secrets=secrets)
    data = answer.json_object()
    code = _short(data.get("error"), secrets)
    words = _short(data.get("error_description"), secrets) or code
    if code == "invalid_grant":
        return GrantInvalid(words, status=answer.status)
    return OAuthRefused(
        words or "Xero refused the app.", code=code, status=answer.status
    )


def retry_after(answer: Answer) -> int | None:
    """Seconds of ``Retry-After``, at most a day; None without one."""
    text = answer.header("Retry-After").strip()
    if not (text.isascii() and text.isdigit()):
        return None
    return min(int(text[:9]), const.MAX_RETRY_AFTER)


def which_limit(answer: Answer) -> str:
    """Which limit was hit; Xero writes ``appminute`` in two ways."""
    text = answer.header("X-Rate-Limit-Problem").lower().replace("-", "").strip()
    return text if text in _LIMITS else ""


def _lacks_scope(answer: Answer, data: dict[str, Any]) -> bool:
    hints = (answer.header("WWW-Authenticate"), data.get("Detail"), data.get("error"))
    text = " ".join(hint for hint in hints if isinstance(hint, str)).lower()
    return any(error in text for error in _SCOPE_ERRORS)


def _request_refused(
    data: dict[str, Any], words: str, endpoint: str, known: dict
) -> RequestRefused:
    kind = _short(data.get("Type"), ())
    # Page: guides/idempotent-requests/idempotency; the answer has no code of its own.
    if "is used with a different request" in words:
        kind = "IdempotencyKeyReuse"
    return RequestRefused(
        words or f"Xero refused the request (HTTP status {known['status']}).",
        kind=kind,
        elements=readers.elements(data.get("Elements"), endpoint),
        **known,
    )


def _offline_sentence(answer: Answer) -> str:
    found = _OFFLINE.match(answer.body.strip())
    return found.group().decode() if found else "Xero is unavailable."


def _words(data: dict[str, Any], secrets: Iterable[str]) -> str:
    """Xero's own words: the first of the places where it is known to put them."""
    for key in ("Message", "Detail", "Title"):
        if text := _short(data.get(key), secrets):
            return text
    return ""


def _short(value: object, secrets: Iterable[str]) -> str:
    if not isinstance(value, str):
        return ""
    for secret in secrets:
        value = value.replace(secret, "…") if secret else value
    return " ".join(value.split())[: const.MAX_MESSAGE]
