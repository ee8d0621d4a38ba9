"""``dev/demo``: the addon in a running Odoo, connected to the local Xero."""

import argparse
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from . import demo_before, demo_check, demo_contacts, local_xero, rpc, setup, sources
from .console import Failure, activity, say
from .locks import is_held, only_one
from .odoo import Odoo
from .paths import DEV, LOGS, MODULE, STATE, display, fresh_log
from .postgres import Cluster
from .processes import Service, require_free_port, wait_until

DATABASE = "xero_demo"
MODULES = f"sale_management,purchase,l10n_au,{MODULE}"
LOGIN = PASSWORD = "admin"
XERO_STATE = STATE / "demo" / "local-xero.json"
BASE_URLS = ("api", "identity", "login", "web")
# What an accountant chooses → what the local Xero's organisation has for it
CHOICES = {
    "default_purchase_account_id": ("xero.account", "code", "310"),
    "zero_sale_tax_rate_id": ("xero.tax.rate", "tax_type", "EXEMPTOUTPUT"),
    "zero_purchase_tax_rate_id": ("xero.tax.rate", "tax_type", "EXEMPTEXPENSES"),
}
LOCK = STATE / "demo.lock"
ODOO_LOG = LOGS / "demo-odoo.log"
INSTALLED_CODE = STATE / "demo" / "installed-code"


@dataclass(frozen=True)
class Addresses:
    """Where a person finds the demo."""

    odoo_port: int
    xero_port: int

    @property
    def odoo(self) -> str:
        """Odoo's address."""
        return f"http://127.0.0.1:{self.odoo_port}"

    @property
    def xero(self) -> str:
        """The local Xero's address."""
        return local_xero.address(self.xero_port)


def main() -> int:
    """Show the demo until Ctrl-C, or check it, or drop it."""
    options = _parse()
    addresses = Addresses(options.port, options.xero_port)
    if options.check and is_held(LOCK):
        say("The demo is running: checking that one.")
        return demo_check.run(_log_in(addresses), addresses.xero_port)
    refusal = "dev/demo is already running in this checkout."
    with only_one(LOCK, refusal), ExitStack() as running:
        if not options.reset:
            require_free_port(addresses.odoo_port, "--port")
            require_free_port(addresses.xero_port, "--xero-port")
        tools = setup.provide()
        cluster = Cluster("demo", tools.python)
        running.enter_context(cluster.start())
        odoo = Odoo("demo", tools, cluster)
        if options.reset:
            return _reset(odoo)
        _provide_database(odoo)
        xero = local_xero.start(tools, addresses.xero_port, XERO_STATE)
        running.enter_context(xero)
        server = running.enter_context(_serve(odoo, addresses))
        client = _log_in(addresses)
        _connect(client, addresses)
        if options.check:
            return demo_check.run(client, addresses.xero_port)
        _explain(addresses)
        return _wait(server, xero)


def _log_in(addresses: Addresses) -> rpc.Client:
    return rpc.Client(addresses.odoo, DATABASE, LOGIN, PASSWORD)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dev/demo",
        description="Runs the addon in Odoo 19, connected to a local Xero.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="walk a sale, a purchase and an import through, and compare with Xero",
    )
    parser.add_argument(
        "--reset",
        action="store_true",
        help="drop the demo database and what the local Xero holds",
    )
    parser.add_argument("--port", type=int, default=8069, help="of Odoo")
    parser.add_argument("--xero-port", type=int, default=8075, help="of the local Xero")
    return parser.parse_args()


def _reset(odoo: Odoo) -> int:
    odoo.drop(DATABASE)
    XERO_STATE.unlink(missing_ok=True)
    say("The demo starts anew with the next dev/demo.")
    return 0


def _provide_database(odoo: Odoo) -> None:
    """Make the demo database, or bring it up to the checkout's code."""
    code = sources.addon_digest()
    if not odoo.exists(DATABASE):
        # The two belong together: links to a Xero that forgot them mean nothing.
        XERO_STATE.unlink(missing_ok=True)
        with activity("Installing Odoo's sales and purchases, and the addon"):
            _create_database(odoo)
        INSTALLED_CODE.write_text(code)
    elif not INSTALLED_CODE.exists() or INSTALLED_CODE.read_text() != code:
        with activity("Upgrading the addon to the code of this checkout"):
            odoo.upgrade(DATABASE, MODULE, fresh_log("demo-upgrade"))
        INSTALLED_CODE.write_text(code)


def _create_database(odoo: Odoo) -> None:
    name = f"{DATABASE}_in_the_making"
    odoo.drop(name)
    log = fresh_log("demo-install")
    # The country decides the company's currency and chart of accounts.
    odoo.run(["db", "init", name, "--country", "AU"], log)
    odoo.install(name, MODULES, log, "--no-http")
    odoo.shell(name, DEV / "demo_data.py", log)
    odoo.rename(name, DATABASE)


def _serve(odoo: Odoo, addresses: Addresses) -> Service:
    # Threads, not worker processes: those need a proxy for the web client's websocket.
    threads = ["--workers", "0", "--max-cron-threads", "1"]
    options = ["--http-port", str(addresses.odoo_port), "--db-filter", f"^{DATABASE}$"]
    with activity("Starting Odoo"):
        server = odoo.serve(["server", "-d", DATABASE, *threads, *options], ODOO_LOG)
        try:
            health = f"{addresses.odoo}/web/health"
            wait_until(lambda: rpc.answers(health), server, seconds=120)
        except BaseException:
            server.stop()
            raise
    return server


def _connect(client: rpc.Client, addresses: Addresses) -> None:
    """Point the addon at the local Xero, and connect the company once."""
    parameters = {f"{MODULE}.{name}_url": addresses.xero for name in BASE_URLS}
    parameters["web.base.url"] = addresses.odoo
    for key, value in parameters.items():
        client.call("ir.config_parameter", "set_param", key, value)
    found = client.call("xero.connection", "search_read", [], fields=["state"])
    if found and found[0]["state"] == "connected":
        return
    demo_contacts.fill(addresses.xero_port)
    demo_before.type_in(client, addresses.xero_port)
    with activity("Connecting Odoo to the local Xero"):
        connection = found[0]["id"] if found else _create_connection(client)
        client.call("xero.connection", "action_connect", [connection])
        fields = ("state", "state_message", "choices_at")
        client.wait_for("xero.connection", connection, fields, _choices_are_read)
        _decide_as_accountant(client, connection)


def _decide_as_accountant(client: rpc.Client, connection: int) -> None:
    """Map the taxes as proposed, and choose what the addon does not propose."""
    taxes = client.call("account.tax", "search", [])
    client.call("account.tax", "action_xero_accept_proposal", taxes)
    values = {
        field: client.call(model, "search", [(code, "=", value)])[0]
        for field, (model, code, value) in CHOICES.items()
    }
    client.call("xero.connection", "write", [connection], values | {"attach_pdf": True})


def _choices_are_read(connection: dict) -> bool:
    return connection["state"] == "connected" and bool(connection["choices_at"])


def _create_connection(client: rpc.Client) -> int:
    values = {
        "auth_method": "client_credentials",
        "client_id": local_xero.CLIENT_ID,
        "client_secret": local_xero.CLIENT_SECRET,
        "start_date": f"{date.today()}",
    }
    return client.call("xero.connection", "create", [values])[0]


def _explain(addresses: Addresses) -> None:
    say(f"""
The demo is running.

  Odoo        {addresses.odoo}   login {LOGIN}, password {PASSWORD}
  Local Xero  {addresses.xero}   shows what it holds

Try it:
  0. In Odoo, open Xero. Its start page says what is left to do: look at what is sent,
     and at the invoices and the bill of before the start date, today. Two of the
     invoices were typed into Xero by hand; nothing of before goes there by itself.
  1. Open Sales, then the quotation that is there, and press Confirm. The
     number of Xero's draft invoice appears on the order within seconds, by itself.
  2. Press Create Invoice, and confirm the invoice: that draft awaits payment in Xero.
  3. Open Purchase, then the request for quotation, and press Confirm Order: it is a
     purchase order in Xero. Press Create Bill: the bill is a draft there. Enter the
     bill date and press Confirm: it awaits payment.
  4. Look at the same documents, with Odoo's PDFs, on the local Xero's page.
  5. Make a quotation for Harbour Dental Group and confirm it. Xero has one of nearly
     that name, so the order waits: the sign at the top of the page leads to the
     issue. Press Choose the contact, then Link, and the order goes out.
  6. Open Xero → Import, press New, then Read from Xero: some of its contacts are in
     Odoo already, some nearly, some not. Review what is proposed, and press Import.

Odoo's log is {display(ODOO_LOG)}. Ctrl-C stops everything.""")


def _wait(*services: Service) -> int:
    """Wait until one of the services ends, which none should."""
    while all(service.running for service in services):
        time.sleep(0.5)
    ended = next(service for service in services if not service.running)
    raise Failure(f"A part of the demo ended by itself (log: {display(ended.log)}).")
