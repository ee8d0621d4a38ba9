"""The local Xero (``dev/sandbox``) as a running service, and as an API to read."""

import json
import urllib.error
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


def start(tools: Tools, port: int, state: Path | None = None) -> Service:
    """Start the local Xero and wait until it answers.

    :param state: the file that keeps what it holds; nothing is kept without
    :raise Failure: it does not start
    """
    return start_with(tools.python / "bin/python", port, state)


def start_with(python: Path, port: int, state: Path | None = None) -> Service:
    """Start the local Xero with a Python that has its packages; as :func:`start`."""
    command = [python, "-m", "sandbox", "--port", str(port)]
    service = Service(
        [*command, *(["--state", state] if state else [])],
        LOGS / "local-xero.log",
        env=clean_environment() | {"PYTHONPATH": str(DEV)},
        cwd=DEV,
    )
    try:
        wait_until(lambda: rpc.answers(address(port)), service, seconds=60)
    except BaseException:
        service.stop()
        raise
    return service


def address(port: int) -> str:
    """The local Xero's page, and the root of its interfaces."""
    return f"http://127.0.0.1:{port}"


def books(port: int) -> dict:
    """All that the local Xero holds of its Australian organisation, past the API.

    :raise Failure: it does not answer
    """
    url = f"{address(port)}/_sandbox/state"
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Failure(f"The local Xero answers {url} with {error.code}.") from error
