"""The local Xero (``dev/sandbox``) as a running service, and as an API to read."""

import json
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from . import rpc
from .console import Failure
from .paths import DEV, LOGS
from .processes import Service, wait_until
from .python_packages import clean_environment
from .setup import Tools

# What the local Xero is seeded with: an application that needs no browser
CLIENT_ID = "LOCAL-CUSTOM-CONNECTION"
CLIENT_SECRET = "local-custom-secret"


def start(tools: Tools, port: int, state: Path) -> Service:
    """Start the local Xero and wait until it answers.

    :param state: the file that keeps what it holds
    :raise Failure: it does not start
    """
    command = [tools.python / "bin/python", "-m", "sandbox", "--port", str(port)]
    service = Service(
        [*command, "--state", state],
        LOGS / "local-xero.log",
        env=clean_environment() | {"PYTHONPATH": str(DEV)},
        cwd=DEV,
    )
    try:
        wait_until(lambda: rpc.answers(address(port)), service, seconds=20)
    except BaseException:
        service.stop()
        raise
    return service


def address(port: int) -> str:
    """The local Xero's page, and the root of its interfaces."""
    return f"http://127.0.0.1:{port}"


def find_invoice(port: int, number: str) -> dict:
    """Read an invoice through the local Xero's public API, by its number.

    :raise Failure: it has none of this number
    """
    token = _post_form(
        f"{address(port)}/connect/token",
        {
            "grant_type": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
        },
    )["access_token"]
    tenants = _get(f"{address(port)}/connections", token)
    quoted = urllib.parse.quote(number, safe="")
    path = f"{address(port)}/api.xro/2.0/Invoices/{quoted}"
    return _get(path, token, tenants[0]["tenantId"])["Invoices"][0]


def books(port: int) -> dict:
    """All that the local Xero holds of its Australian organisation, past the API."""
    return _get(f"{address(port)}/_sandbox/state", token="")


def _post_form(url: str, form: dict[str, str]) -> dict:
    return _read(urllib.request.Request(url, urllib.parse.urlencode(form).encode()))


def _get(url: str, token: str, tenant: str = ""):
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/json",
        "Xero-Tenant-Id": tenant,
    }
    return _read(urllib.request.Request(url, headers=headers))


def _read(request: urllib.request.Request):
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Failure(
            f"The local Xero answers {request.full_url} with {error.code}."
        ) from error
