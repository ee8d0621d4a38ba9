"""What the system tests share: one PostgreSQL; a database and a Xero for each file."""

import sys

import pytest
from environment import odoo_source
from environment.paths import fresh_log

sys.path.append(str(odoo_source.provide()))
pytest.register_assert_rewrite(f"{__package__}.checks")

from . import installation as installations  # noqa: E402
from . import local_xero, odoo_process  # noqa: E402
from .shop import Shop  # noqa: E402


@pytest.fixture(scope="session")
def installation():
    with installations.running() as running:
        log = fresh_log("system-odoo")
        odoo_process.configure(str(running.odoo.config), str(log))
        yield running


@pytest.fixture(scope="module")
def xero(installation, tmp_path_factory):
    """The local Xero of this file."""
    directory = tmp_path_factory.mktemp("xero")
    with local_xero.running(installation.odoo.tools, directory) as running:
        yield running


@pytest.fixture(scope="module")
def shop(request, installation, xero):
    """The connected company of this file."""
    name = request.module.__name__.rpartition(".")[2]
    with installation.database(f"xero_{name}") as database:
        running = Shop(installation, database, xero)
        running.rehearse()
        yield running
