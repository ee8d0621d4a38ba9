"""Fixtures: one server for the session, fresh state and a token for each test."""

from collections.abc import Iterator

import pytest

from .client import AU, UK, Server, Xero


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running sandbox without rate limits."""
    running = Server("--no-limits", "--exit-with-parent")
    yield running
    running.stop()


@pytest.fixture
def visitor(server: Server) -> Iterator[Xero]:
    """A client of a fresh sandbox that has no token yet."""
    client = Xero(server)
    client.control("POST", "reset")
    yield client
    client.connection.close()


@pytest.fixture
def xero(visitor: Xero) -> Xero:
    """A client connected to both organisations, talking to the Australian one."""
    visitor.grant(tenants=[AU, UK])
    return visitor
