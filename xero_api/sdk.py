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

import urllib3
from requests import Session
from requests.utils import select_proxy
from xero_python.accounting import AccountingApi
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token
from xero_python.rest import RESTClientObject

from . import const
from .deadline import bounded
from .wire import Answer, log_call, read_body

# Without the second argument a 429 would be slept through, for hours at a day limit.
_ONCE = urllib3.Retry(0, respect_retry_after_header=False)


def accounting_api(access_token: str, api_url: str) -> AccountingApi:
    """An accounting API of its own: nothing in it is shared with another.

    Its methods take and return what `_Transport.request` does.

    :param access_token: fresh; it is used as it is and never refreshed here
    :param api_url: base address without the API's path
    """
    configuration = _configuration(api_url)
    client = ApiClient(
        configuration, oauth2_token_getter=lambda: _token_dict(access_token)
    )
    client.rest_client = _Transport(configuration)
    return AccountingApi(client, base_url=api_url.rstrip("/") + const.ACCOUNTING_PATH)


def _configuration(api_url: str) -> Configuration:
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
    # The server's proxy and certificates, as requests finds them for the sign-in.
    settings = Session().merge_environment_settings(api_url, {}, None, None, None)
    configuration.proxy = select_proxy(api_url, settings["proxies"])
    if isinstance(settings["verify"], str):
        configuration.ssl_ca_cert = settings["verify"]
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

    def __init__(self, configuration: Configuration):
        super().__init__(configuration, pools_size=1, maxsize=1)

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
        :raise Exception: one of ``wire.TRANSPORT_ERRORS`` when no whole answer came
        """
        started = time.monotonic()
        outcome: object = "failed"
        correlation = ""
        connect, read = _request_timeout
        try:
            bounded(self.pool_manager.connection_from_url(url))
            response = self.pool_manager.request(
                method,
                f"{url}?{urlencode(query_params)}" if query_params else url,
                body=body.encode() if isinstance(body, str) else body,
                # An organisation of a custom connection needs no tenant header.
                headers={name: value for name, value in headers.items() if value},
                timeout=urllib3.Timeout(connect=connect, read=read),
                retries=_ONCE,
                redirect=False,
                preload_content=False,
            )
            outcome = response.status
            correlation = response.headers.get("Xero-Correlation-Id", "")
            return Answer(response.status, response.headers, read_body(response))
        finally:
            log_call(method, url, outcome, started, correlation)

    def close(self) -> None:
        """Close the connection."""
        self.pool_manager.clear()
