"""Proxies and certificates: what lets the sign-in through lets every call through."""

import logging
import tempfile
import time
import unittest
from importlib.util import find_spec
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ... import xero_api
from ..xero_stub import Reply, Stub
from .proxy_case import Certificate, Proxy, environment
from .trap_case import ACCEPTED, BODY, TENANT

PASSWORD = "s3cret/pass"
CREDENTIALS = f"odoo:{PASSWORD}"
WRITTEN = "odoo:s3cret%2Fpass"  # in an address
TOKEN = {"access_token": "access-1", "token_type": "Bearer", "expires_in": 1800}
UNREACHABLE = "127.0.0.1:9"


class WaysCase(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.certificate = Certificate(folder)

    def calls(self, url):
        """One call of each kind, by name."""

        def read():
            with xero_api.XeroClient("token", TENANT, url) as client:
                return client.accounts()

        def write():
            with xero_api.XeroClient("token", TENANT, url) as client:
                return client.write("Invoices", "PUT", BODY, "key-1")

        app = xero_api.OAuthApp("app", "secret", identity_url=url)
        return {
            "list": read,
            "write": write,
            "refresh": lambda: app.refresh("refresh-0"),
            "connections": lambda: xero_api.connections("token", url),
        }

    def xero(self, secure):
        """A server that answers the calls in their order."""
        replies = map(Reply, ({"Accounts": []}, ACCEPTED, TOKEN, []))
        context = self.certificate.context if secure else None
        return self.enterContext(Stub(*replies, context=context))

    def assert_each_arrives(self, secure, **variables):
        """:return: the requests that arrived"""
        xero = self.xero(secure)
        with environment(**variables):
            for name, call in self.calls(xero.url).items():
                with self.subTest(call=name, secure=secure):
                    call()
        self.assertEqual(len(xero.requests), 4)
        return xero.requests

    def assert_each_fails(self, kind, url, **variables):
        """:return: the errors"""
        errors = []
        for name, call in self.calls(url).items():
            with (
                self.subTest(call=name, **variables),
                environment(**variables),
                self.assertLogs(level=logging.DEBUG) as logs,
            ):
                logging.debug("one line at least")
                with self.assertRaises(xero_api.XeroError) as caught:
                    call()
                error = caught.exception
                self.assertIs(type(error), kind)
                told = f"{error!r} {error} {error.detail} {logs.output}"
                self.assertNotIn("s3cret", told)
                errors.append(error)
        return errors

    def trusting(self):
        return {"REQUESTS_CA_BUNDLE": self.certificate.file}


@tagged("post_install", "-at_install")
class TestWays(WaysCase):
    """Whatever way requests finds, every call takes it."""

    def assert_through(self, proxy, secure, requests, credentials=None):
        got = proxy.requests()
        self.assertEqual(len(got), 4)
        self.assertEqual({each["credentials"] for each in got}, {credentials})
        self.assertEqual(
            {each["line"].startswith("CONNECT ") for each in got}, {secure}
        )
        told = {name.lower() for request in requests for name in request.headers}
        self.assertNotIn("proxy-authorization", told)

    def test_a_proxy_with_user_and_password(self):
        for secure in (True, False):
            with Proxy("--credentials", CREDENTIALS) as proxy:
                requests = self.assert_each_arrives(
                    secure,
                    https_proxy=f"http://{WRITTEN}@127.0.0.1:{proxy.port}",
                    **self.trusting(),
                )
                self.assert_through(proxy, secure, requests, CREDENTIALS)

    def test_a_proxy_written_without_http(self):
        for secure in (True, False):
            with Proxy() as proxy:
                requests = self.assert_each_arrives(
                    secure, https_proxy=f"127.0.0.1:{proxy.port}", **self.trusting()
                )
                self.assert_through(proxy, secure, requests)

    def test_a_connection_through_a_proxy_is_kept_open(self):
        xero = self.enterContext(
            Stub(Reply({"Accounts": []}), context=self.certificate.context)
        )
        with (
            Proxy() as proxy,
            environment(
                https_proxy=f"127.0.0.1:{proxy.port}",
                **self.trusting(),
            ),
            xero_api.XeroClient("token", TENANT, xero.url) as client,
        ):
            client.accounts()
            client.accounts()
            self.assertEqual(len(proxy.requests()), 1)

    def test_no_proxy_for_addresses_that_need_none(self):
        for none in ("127.0.0.1", "*"):
            with self.subTest(none=none):
                self.assert_each_arrives(
                    secure=True,
                    https_proxy=f"http://{UNREACHABLE}",
                    no_proxy=none,
                    **self.trusting(),
                )

    def test_certificates_of_a_file_or_a_directory(self):
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            for place in (self.certificate.file, self.certificate.folder):
                with self.subTest(variable=name, place=place):
                    self.assert_each_arrives(secure=True, **{name: place})


@tagged("post_install", "-at_install")
class TestWrongSettings(WaysCase):
    """A wrong setting is told by its name, and nothing is sent."""

    def assert_told(self, setting, url="https://127.0.0.1:1", **variables):
        errors = self.assert_each_fails(xero_api.WrongSetting, url, **variables)
        self.assertEqual({error.setting for error in errors}, {setting})

    def test_a_password_that_the_proxy_does_not_take(self):
        for secure in (True, False):
            for given in ("odoo:s3cret-old@", ""):
                with (
                    self.subTest(secure=secure, given=given),
                    Proxy("--credentials", CREDENTIALS) as proxy,
                ):
                    xero = self.xero(secure)
                    self.assert_told(
                        "proxy_password",
                        xero.url,
                        https_proxy=f"http://{given}127.0.0.1:{proxy.port}",
                        **self.trusting(),
                    )
                    self.assertEqual(xero.requests, [])

    def test_a_proxy_s_address_that_is_none(self):
        for address in (
            "http://",
            "http://odoo:s3cret@",
            "odoo:s3cret@127.0.0.1:3128",
            "http://odoo:s3cret@127.0.0.1:port",
            "ftp://odoo:s3cret@127.0.0.1:21",
            "socks9://odoo:s3cret@127.0.0.1:1080",
        ):
            if address.startswith("socks") and not find_spec("socks"):
                continue
            with self.subTest(address=address):
                self.assert_told("proxy_address", https_proxy=address)

    @unittest.skipIf(find_spec("socks"), "PySocks is installed")
    def test_a_socks_proxy_without_pysocks(self):
        for kind in ("socks5", "socks5h", "socks4", "SOCKS5"):
            self.assert_told("socks", all_proxy=f"{kind}://odoo:s3cret@127.0.0.1:1080")

    def test_certificates_that_are_not_there_or_none(self):
        xero = self.xero(secure=True)
        empty = self.enterContext(tempfile.NamedTemporaryFile())
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            for place in ("/nowhere/ca.pem", empty.name):
                with self.subTest(variable=name, place=place):
                    self.assert_told("certificates", xero.url, **{name: place})
        self.assertEqual(xero.requests, [])


@tagged("post_install", "-at_install")
class TestNothingSent(WaysCase):
    """What never left this server is no open question, and may work later."""

    def assert_unsent(self, obstacle, **variables):
        xero = self.xero(secure=True)
        errors = self.assert_each_fails(xero_api.NotSent, xero.url, **variables)
        self.assertEqual({error.obstacle for error in errors}, {obstacle})
        self.assertEqual(xero.requests, [])

    def test_a_proxy_that_is_not_there(self):
        for place in (UNREACHABLE, "nowhere.invalid:3128"):
            with self.subTest(place=place):
                self.assert_unsent(
                    "proxy", https_proxy=f"http://{WRITTEN}@{place}", **self.trusting()
                )

    def test_a_proxy_that_lets_nothing_through(self):
        for options in (
            ("--status", "403"),
            ("--status", "502"),
            ("--status", "503"),
            ("--drop",),
        ):
            with self.subTest(options=options), Proxy(*options) as proxy:
                self.assert_unsent(
                    "proxy",
                    https_proxy=f"http://127.0.0.1:{proxy.port}",
                    **self.trusting(),
                )

    def test_a_certificate_that_nobody_trusts(self):
        with Proxy() as proxy:
            self.assert_unsent("certificate")
            self.assert_unsent(
                "certificate", https_proxy=f"http://127.0.0.1:{proxy.port}"
            )

    def test_an_address_that_speaks_no_tls(self):
        xero = self.xero(secure=False)
        url = xero.url.replace("http:", "https:")
        self.assert_each_fails(xero_api.NotSent, url)

    def test_a_proxy_that_never_ends_its_answer(self):
        with (
            Proxy("--drip") as proxy,
            patch.object(xero_api.const, "MAX_ANSWER_SECONDS", 0.3),
        ):
            started = time.monotonic()
            self.assert_unsent(
                "proxy",
                https_proxy=f"http://127.0.0.1:{proxy.port}",
                **self.trusting(),
            )
            self.assertLess(time.monotonic() - started, 10)


@tagged("post_install", "-at_install")
class TestSentThroughProxy(WaysCase):
    """What left this server may have been done, through a proxy too."""

    def write_through(self, secure, **reply):
        context = self.certificate.context if secure else None
        xero = self.enterContext(Stub(Reply(**reply), context=context))
        with (
            Proxy() as proxy,
            environment(
                https_proxy=f"http://127.0.0.1:{proxy.port}", **self.trusting()
            ),
            self.assertRaises(xero_api.XeroError) as caught,
        ):
            self.calls(xero.url)["write"]()
        self.assertEqual(len(xero.requests), 1)
        return type(caught.exception)

    def test_an_answer_that_never_came(self):
        for secure in (True, False):
            with self.subTest(secure=secure):
                kind = self.write_through(secure, drop=True)
                self.assertIs(kind, xero_api.OutcomeUnknown)

    def test_an_answer_that_takes_too_long(self):
        for secure in (True, False):
            with (
                self.subTest(secure=secure),
                patch.object(xero_api.const, "MAX_ANSWER_SECONDS", 0.3),
            ):
                started = time.monotonic()
                kind = self.write_through(secure, body=b" " * 200, drip=0.05)
                self.assertIs(kind, xero_api.OutcomeUnknown)
                self.assertLess(time.monotonic() - started, 3)

    def test_an_answer_that_is_too_large(self):
        for secure in (True, False):
            with (
                self.subTest(secure=secure),
                patch.object(xero_api.const, "MAX_ANSWER_BYTES", 1000),
            ):
                kind = self.write_through(secure, body=b" " * 200_000)
                self.assertIs(kind, xero_api.OutcomeUnknown)
