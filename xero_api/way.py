"""The way to Xero: through the proxy and with the certificates that the server names.

Both stand in the environment, and requests reads them: for signing in as for the
calls of the API, so that what lets the one through lets the other through.
"""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Mapping

import urllib3
from requests import PreparedRequest, Request, Session
from requests.auth import AuthBase
from requests.exceptions import InvalidSchema
from requests.utils import prepend_scheme_if_needed, select_proxy
from urllib3.util import parse_url

from .deadline import BoundedAdapter, mark_unsent
from .wire import Answer, is_unsent, log_call, read_body, wrong_setting

# Without the second argument a 429 would be slept through, for hours at a day limit.
_ONCE = urllib3.Retry(0, respect_retry_after_header=False)
# Only a proxy asks for a password this way; what it refused went no further.
_PROXY_PASSWORD_WANTED = 407


class Way:
    """One address, over one connection that is kept open.

    :param url: of that address; what is sent goes to its host
    :raise WrongSetting: when a setting of the server lets nothing out
    """

    def __init__(self, url: str):
        # Not for its requests: a session would put passwords of ~/.netrc in the place
        # of ours, keep cookies and follow redirects
        settings = Session().merge_environment_settings(url, {}, None, None, None)
        self._proxies = settings["proxies"]
        self._certificates = settings["verify"]
        self._adapter = BoundedAdapter(
            pool_connections=1, pool_maxsize=1, max_retries=_ONCE
        )
        self._check_certificates()
        self._check_proxy(select_proxy(url, self._proxies))

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        timeout: float | tuple[float, float],
        body: bytes | dict[str, str] | None = None,
        auth: AuthBase | None = None,
    ) -> Answer:
        """Make one HTTP request, once, and return whatever is answered.

        :param timeout: seconds to connect, seconds without a byte; or one for both
        :param body: bytes go byte for byte, a dict as a form
        :raise WrongSetting: nothing was sent, and nothing could be
        :raise Exception: one of ``wire.TRANSPORT_ERRORS`` when no whole answer came
        """
        started = time.monotonic()
        outcome: object = "failed"
        correlation = ""
        try:
            with mark_unsent():
                request = Request(method, url, headers, data=body, auth=auth).prepare()
            response = self._send(request, timeout)
            outcome = response.status_code
            if outcome == _PROXY_PASSWORD_WANTED:
                response.close()
                raise wrong_setting("proxy_password")
            correlation = response.headers.get("Xero-Correlation-Id", "")
            return Answer(outcome, response.headers, read_body(response.raw))
        finally:
            log_call(method, url, outcome, started, correlation)

    def _send(self, request: PreparedRequest, timeout):
        try:
            return self._adapter.send(
                request,
                stream=True,
                timeout=timeout,
                verify=self._certificates,
                proxies=self._proxies,
            )
        except Exception as error:
            if is_unsent(error) and not self._certificates_load():
                raise wrong_setting("certificates") from None
            raise

    def close(self) -> None:
        """Close the connection."""
        self._adapter.close()

    def _check_certificates(self) -> None:
        own = self._certificates
        if isinstance(own, str) and not os.path.exists(own):
            raise wrong_setting("certificates")

    def _certificates_load(self) -> bool:
        """Whether the file of certificates is one; a directory is read as needed."""
        own = self._certificates
        if not isinstance(own, str) or os.path.isdir(own):
            return True
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(own)
        except OSError:
            return False
        return True

    def _check_proxy(self, proxy: str | None) -> None:
        """requests would fail with each call, and tell the password with it."""
        if not proxy:
            return
        try:
            address = prepend_scheme_if_needed(proxy, "http")
            self._adapter.proxy_manager_for(address)
            host = parse_url(address).host
        except InvalidSchema:
            raise wrong_setting("socks") from None
        except (ValueError, TypeError):  # the latter for "http://user:password@"
            host = None
        if not host:
            raise wrong_setting("proxy_address")
