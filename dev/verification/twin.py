"""The local Xero beside which the answers are laid: it gets the same calls."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import local_xero
from environment.processes import free_port

from .access import CUSTOM_SCOPES, Grant, Pass, local_addresses
from .client import Client
from .company import describe, offer_of
from .hands import LocalHand, control
from .lab import Lab

WEB_APP = "LOCAL-WEB-APP"
WIDER_SCOPE = "accounting.settings"  # which an app may have been given before
LIFE = 1500  # seconds, less than its tokens live
# Its organisations, by the country of the Demo Company that they resemble
ORGANISATIONS = {
    "AU": "a0000000-0000-4000-8000-00000000000a",
    "UK": "b0000000-0000-4000-8000-00000000000b",
}


@contextmanager
def running(version: str, scopes: frozenset[str]) -> Iterator[Lab]:
    """A local Xero of our own, and a lab in its organisation.

    :param version: the country of the Demo Company; Australia for those it has not
    :param scopes: what the token of the real calls may do
    :raise Failure: it does not start
    """
    port = free_port()
    root = local_xero.address(port)
    tenant = ORGANISATIONS.get(version, ORGANISATIONS["AU"])
    with local_xero.start_with(Path(sys.executable), port):
        control(root, "limits", enabled=False)
        access = Pass(lambda: _granted(root, tenant, scopes))
        client = Client(local_addresses(root).api, access, tenant)
        offer = offer_of(client, describe(client))
        yield Lab(client, offer, LocalHand(root, tenant), "twin00")


def _granted(root: str, tenant: str, scopes: frozenset[str]) -> Grant:
    wanted = [each for each in (*CUSTOM_SCOPES, WIDER_SCOPE) if each in scopes]
    answer = control(root, "grant", client_id=WEB_APP, scopes=wanted, tenants=[tenant])
    return Grant(answer["access_token"], frozenset(wanted), time.monotonic() + LIFE)
