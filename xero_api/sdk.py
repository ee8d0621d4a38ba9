"""Xero's SDK with its transport, retries, shared configuration and parsing replaced.

The SDK's endpoint methods give address, query and headers. What they would do then is
not safe in a worker: they resend a PUT up to three times, sleep through Retry-After,
wait for ever by default, share one configuration in the whole process, and drop a page
for one unknown word. So every call ends in `_Transport`, which makes exactly one HTTP
request and returns the answer unparsed.
"""

from __future__ import annotations

import http.client
import logging
import time
from urllib.parse import urlencode

from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token
from xero_python.rest import RESTClientObject

from . import const
from .way import Way
from .wire import Answer


def accounting_api(access_token: str, api_url: str) -> AccountingApi:
    """An accounting API of its own: nothing in it is shared with another.

    Its methods take and return what `_Transport.request` does.

    :param access_token: fresh; it is used as it is and never refreshed here
    :param api_url: base address without the API's path
    :raise WrongSetting: when a setting of the server lets nothing out
    """
    configuration = _configuration()
    client = ApiClient(
        configuration, oauth2_token_getter=lambda: _token_dict(access_token)
    )
    client.rest_client = _Transport(api_url)
    return AccountingApi(client, base_url=api_url.rstrip("/") + const.ACCOUNTING_PATH)


def _configuration() -> Configuration:
    """A configuration of our own.

    Calling the class would return a copy of the process's first one, with the app,
    the proxy and the certificate checks of whoever made that. Making one also sets
    the level of a logger and the debug level of every HTTP connection: put back.
    """
    logger, connection = logging.getLogger("xero_python"), http.client.HTTPConnection
    level, debug_level = logger.level, connection.debuglevel
    configuration = type.__call__(Configuration, oauth2_token=OAuth2Token())
    logger.setLevel(level)
    connection.debuglevel = debug_level
    return configuration


def _token_dict(access_token: str) -> dict:
    """The only keys the SDK takes.

    Without app credentials and refresh token it cannot refresh; the expiry keeps it
    from trying.
    """
    return {
        "access_token": access_token,
        "token_type": "Bearer",
        "scope": list(const.SCOPES_CLIENT_CREDENTIALS),
        "expires_in": const.ACCESS_TOKEN_SECONDS,
        "expires_at": time.time() + const.ACCESS_TOKEN_SECONDS,
    }


class _Transport(RESTClientObject):
    """One HTTP request per call over one connection that is kept open."""

    # pylint: disable-next=super-init-not-called  # it would open pools of its own
    def __init__(self, api_url: str):
        self._way = Way(api_url)

    def request(
        self,
        method: str,
        url: str,
        query_params=None,
        headers=None,
        body: str | bytes | None = None,
        post_params=None,
        _preload_content=False,
        _request_timeout=None,
    ) -> Answer:
        """Send `body` byte for byte, once, and return whatever is answered.

        :param _request_timeout: seconds to connect and seconds without a byte
        :raise WrongSetting: nothing was sent, and nothing could be
        :raise Exception: one of ``wire.TRANSPORT_ERRORS`` when no whole answer came
        """
        return self._way.send(
            method,
            f"{url}?{urlencode(query_params)}" if query_params else url,
            # An organisation of a custom connection needs no tenant header.
            headers={name: value for name, value in headers.items() if value},
            body=body.encode() if isinstance(body, str) else body,
            timeout=_request_timeout,
        )

    def close(self) -> None:
        """Close the connection."""
        self._way.close()
