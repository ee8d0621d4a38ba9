"""What stands between a company's server and the Internet."""

import contextlib
import datetime
import ipaddress
import json
import os
import ssl
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import crypto

PATIENCE = 10
# What the environment says of the way out
VARIABLES = (
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
)


class Proxy:
    """Context manager: a proxy of its own process, see ``proxy.py`` for the options."""

    def __init__(self, *options):
        self._options = options

    def __enter__(self):
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("proxy.py"), *self._options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, *exc_info):
        self.end()
        self._process.stdout.close()

    def end(self):
        """Nobody listens at its port any more."""
        if self._process.poll() is None:
            self._process.stdin.close()
            self._process.terminate()
            self._process.wait(PATIENCE)

    def requests(self):
        """What it got until now, and then it ends: dicts of line and credentials."""
        self.end()
        return [json.loads(line) for line in self._process.stdout]


@contextlib.contextmanager
def environment(**variables):
    """The server's environment says this of the way out, and no more.

    A proxy for plain addresses, such as the local Xero's, too.
    """
    kept = {name: each for name, each in os.environ.items() if name not in VARIABLES}
    if "https_proxy" in variables:
        variables.setdefault("http_proxy", variables["https_proxy"])
    with patch.dict(os.environ, {**kept, **variables}, clear=True):
        yield


class Certificate:
    """A certificate of this machine that nobody trusts but who is told to.

    :ivar file: its path
    :ivar folder: of a directory that holds it, as OpenSSL looks for it there
    :ivar context: for a server
    """

    def __init__(self, folder):
        folder = Path(folder)
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.datetime.now(datetime.timezone.utc)
        address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([address]), critical=False)
            .add_extension(x509.BasicConstraints(True, None), critical=True)
            .sign(key, hashes.SHA256())
        )
        pem = made.public_bytes(serialization.Encoding.PEM)
        self.file = str(folder / "own.pem")
        Path(self.file).write_bytes(pem)
        self.folder = str(folder / "trusted")
        Path(self.folder).mkdir()
        subject = crypto.X509.from_cryptography(made).subject_name_hash()
        (Path(self.folder) / f"{subject:08x}.0").write_bytes(pem)
        key_file = folder / "own.key"
        key_file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.file, key_file)
