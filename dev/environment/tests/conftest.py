"""What several of these tests need."""

from collections.abc import Iterator

import pytest

from .verified import LocalXero


@pytest.fixture
def xero() -> Iterator[LocalXero]:
    """A local Xero that tells the truth."""
    server = LocalXero()
    yield server
    server.stop()
