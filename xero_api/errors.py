"""What can go wrong with a call to Xero, by what the caller may do about it.

No message, detail or representation carries a token, a secret or a request body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .answers import Element
    from .budget import Budget


class XeroError(Exception):
    """Base of all errors of this package.

    :ivar message: Xero's own words where it gave some, short
    :ivar status: HTTP status of the answer, None when there was none
    :ivar detail: one word or phrase for the log, for example the transport's error
    :ivar retry_after: seconds Xero asked to wait, None when it did not say
    :ivar budget: what is left of the client that was closed by it, None without one
    """

    budget: Budget | None = None

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        detail: str = "",
        retry_after: int | None = None,
    ):
        super().__init__(message)
        self.message = message
        self.status = status
        self.detail = detail
        self.retry_after = retry_after


class NotSent(XeroError):
    """Xero was never reached: the call was surely not processed.

    :ivar obstacle: ``proxy`` when the server's own did not let it through,
        ``certificate`` when who answered could not prove to be Xero, else empty
    """

    def __init__(self, message: str, *, obstacle: str = "", **kwargs):
        super().__init__(message, **kwargs)
        self.obstacle = obstacle


class WrongSetting(NotSent):
    """A setting of the server lets nothing out, until a person puts it right.

    :ivar setting: ``proxy_address``, ``proxy_password``, ``socks`` (what it needs is
        not installed) or ``certificates`` (no file, or not one of certificates); of the
        key that secrets are encrypted with: ``secret_key_missing``, ``_other``
        (another than they were encrypted with) or ``_invalid``
    """

    def __init__(self, message: str, *, setting: str, **kwargs):
        super().__init__(message, **kwargs)
        self.setting = setting


class OutcomeUnknown(XeroError):
    """A write that may have been processed: recover it, never just send it anew.

    Also for 503: Xero does not promise that nothing was done before it.
    """


class RateLimited(XeroError):
    """HTTP 429, or a call not made that would have met it. Not processed.

    :ivar problem: ``minute``, ``day``, ``concurrent``, ``appminute`` or empty
    """

    def __init__(self, message: str, *, problem: str = "", **kwargs):
        super().__init__(message, **kwargs)
        self.problem = problem


class Unavailable(XeroError):
    """A read that Xero could not answer now: 5xx, no answer in time, dropped."""


class TokenRejected(XeroError):
    """HTTP 401: the access token is expired or invalid. Not processed."""


class Denied(XeroError):
    """Xero does not allow this call. Not processed.

    :ivar disconnected: the organisation no longer lets the app in, to anything
    """

    disconnected = False


class ScopeMissing(Denied):
    """The consent lacks a permission this call needs. Not processed."""


class Forbidden(Denied):
    """HTTP 403, not processed.

    :ivar detail: Xero's word for it; ``AuthenticationUnsuccessful`` means that the
        organisation no longer lets the app in, any other that the connecting user's
        role does not allow it
    """

    @property
    def disconnected(self) -> bool:
        """The organisation no longer lets the app in."""
        return self.detail == "AuthenticationUnsuccessful"


class GrantInvalid(XeroError):
    """The refresh token or code is spent or expired: only a new consent helps."""


class OAuthRefused(XeroError):
    """The token endpoint refused.

    :ivar code: OAuth's error code, for example ``invalid_client``
    """

    def __init__(self, message: str, *, code: str = "", **kwargs):
        super().__init__(message, **kwargs)
        self.code = code


class RequestRefused(XeroError):
    """A refusal of the whole request, for example HTTP 400. Not processed.

    :ivar kind: Xero's error type (``ValidationException``, ``QueryParseException``),
        or ours: ``IdempotencyKeyReuse``, ``BodyTooLarge``; empty when unknown
    :ivar elements: what Xero says about single elements
    """

    def __init__(
        self,
        message: str,
        *,
        kind: str = "",
        elements: list[Element] | None = None,
        **kwargs,
    ):
        super().__init__(message, **kwargs)
        self.kind = kind
        self.elements = elements or []


class NotFound(XeroError):
    """HTTP 404, not processed."""


class UnreadableAnswer(XeroError):
    """A read was answered with something that is not Xero's JSON, or too much of it."""
