"""A running Odoo with a few people in it, and the local Xero beside it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from environment import base, local_xero, rpc, setup
from environment.console import Failure
from environment.demo_books import KEYS
from environment.demo_walk import Walk
from environment.locks import one_after_another
from environment.odoo import Odoo
from environment.paths import MODULE, STATE, fresh_log
from environment.postgres import Cluster
from environment.processes import Service, free_port, wait_until
from system_tests.local_xero import LocalXero
from system_tests.local_xero import running as running_xero

NAME = "browser"  # of the workspace, which one run uses at a time
BASE = "xero_browser_base"  # Odoo's sales for an Australian company, kept
DATABASE = "xero_browser"
BASE_URLS = ("api", "identity", "login", "web")
ADMINISTRATOR, ACCOUNTANT, SALESPERSON, OUTSIDER = "admin", "abby", "sally", "pete"
CLERK = "clara"
SALES = "sales_team.group_sale_salesman_all_leads"
GROUPS = {
    ACCOUNTANT: (
        "Abby Accountant",
        "account.group_account_manager",
        "purchase.group_purchase_manager",
        "xero_sync.xero_sync_group_accountant",
        SALES,
    ),
    CLERK: (
        "Clara Clerk",
        "account.group_account_invoice",
        "purchase.group_purchase_user",
        "base.group_partner_manager",
        "product.group_product_manager",
        SALES,
    ),
    SALESPERSON: ("Sally Sales", SALES),
    OUTSIDER: ("Pete Plain", "base.group_user"),
}
CHANGED_SETTINGS = [
    "auto_quotation",
    "auto_sale_order",
    "auto_invoice",
    "auto_purchase_order",
    "auto_customer",
    "auto_supplier",
    "auto_item",
    "partial_invoicing",
]
# Odoo's groups whose members see Xero's numbers
XERO_USERS = "xero_sync.xero_sync_group_user"
SEEING_GROUPS = (
    "sales_team.group_sale_salesman",
    "purchase.group_purchase_user",
    "account.group_account_invoice",
)
FORGET = [
    "UPDATE ir_cron SET active = false"
    " WHERE id IN (SELECT cron_id FROM xero_connection)",
    "DELETE FROM xero_connection",
]
PRODUCTS = [
    ("Espresso machine", "ESPRESSO", 1890.00, 1200.00),
    ("Barista training", "TRAIN", 140.50, 80.00),
]


@dataclass(frozen=True)
class Office:
    """Where the people work, and what is prepared behind their backs."""

    url: str
    odoo: Odoo
    xero: LocalXero
    client: rpc.Client

    @property
    def xero_port(self) -> int:
        """Where the local Xero listens."""
        return int(self.xero.address.rpartition(":")[2])

    def call(self, model: str, method: str, *arguments, **keywords):
        """Call a method as the administrator, past the browser."""
        return self.client.call(model, method, *arguments, **keywords)

    def reference(self, xml_id: str) -> int:
        """The database id behind an XML id."""
        module, name = xml_id.split(".")
        domain = [("module", "=", module), ("name", "=", name)]
        return self.call("ir.model.data", "search_read", domain, fields=["res_id"])[0][
            "res_id"
        ]

    def forget_xero(self) -> None:
        """As new: no connection, nothing mapped, an empty Xero.

        Past Odoo, which never lets go of the links to an organisation.
        """
        for statement in FORGET:
            self.odoo.query(DATABASE, statement)
        self.xero.control("POST", "reset")
        self.xero.control("POST", "limits", enabled=False)

    def connect(self) -> None:
        """Connect the company without a browser."""
        values = {
            "auth_method": "client_credentials",
            "client_id": local_xero.CLIENT_ID,
            "client_secret": local_xero.CLIENT_SECRET,
        }
        connection = self.call("xero.connection", "create", [values])[0]
        self.call("xero.connection", "action_connect", [connection])
        self.client.wait_for(
            "xero.connection",
            connection,
            ["state", "state_message"],
            lambda values: values["state"] == "connected",
        )

    def map_taxes(self) -> None:
        """Accept what is proposed for every tax."""
        taxes = self.call("account.tax", "search", [])
        self.call("account.tax", "action_xero_accept_proposal", taxes)

    def is_ready(self) -> bool:
        """Whether the company is connected, with its taxes mapped."""
        connected = [("state", "=", "connected")]
        mapped = [("xero_tax_rate_id", "!=", False)]
        return bool(
            self.call("xero.connection", "search_count", connected)
            and self.call("account.tax", "search_count", mapped)
        )

    def first_settings(self) -> dict:
        """The values of the settings that tests change, as they are at first."""
        return self.call("xero.connection", "default_get", CHANGED_SETTINGS)

    def set(self, **settings) -> None:
        """Change settings of the connection, by their names there."""
        connections = self.call("xero.connection", "search", [])
        self.call("xero.connection", "write", connections, settings)

    def retire_products(self) -> None:
        """Archive the products that tests made: orders have the first ones only."""
        first = [reference for _name, reference, _price, _cost in PRODUCTS]
        others = [("default_code", "!=", False), ("default_code", "not in", first)]
        made = self.call("product.product", "search", others)
        self.call("product.product", "write", made, {"active": False})

    def show_xero_to_all(self, on: bool) -> None:
        """Whether everybody who sells, buys or invoices belongs to Xero's users."""
        users = self.reference(XERO_USERS)
        groups = [self.reference(group) for group in SEEING_GROUPS]
        command = (4 if on else 3, users)
        (seller,) = self.call("res.users", "search", [("login", "=", SALESPERSON)])
        for _attempt in range(5):
            self.call("res.groups", "write", groups, {"implied_ids": [command]})
            time.sleep(1)
            # A request that began before may have put the old groups back into
            # Odoo's cache.
            if self.call("res.users", "has_group", [seller], XERO_USERS) == on:
                return
        raise AssertionError(f"{SALESPERSON} is in {XERO_USERS}: {not on}")

    def walk(self, partner: str) -> Walk:
        """Documents of a new partner, made past the browser."""
        return Walk(self.client, self.xero_port, partner)

    def create_orders(self, *customers: str) -> list[int]:
        """A quotation of two products for each of these new customers."""
        products = self.call(
            "product.product", "search", [("default_code", "!=", False)]
        )
        lines = [
            (0, 0, {"product_id": product, "product_uom_qty": quantity})
            for quantity, product in enumerate(products, start=1)
        ]
        partners = self.call(
            "res.partner", "create", [{"name": name} for name in customers]
        )
        orders = [{"partner_id": partner, "order_line": lines} for partner in partners]
        return self.call("sale.order", "create", orders)

    def read(self, model: str, record: int, field: str):
        """A field of a record in Odoo."""
        return self.call(model, "read", [record], [field])[0][field]

    def wait_until_in_xero(self, model: str, record: int) -> str:
        """Wait until Xero has a document; return its number."""
        values = self.client.wait_for(
            model,
            record,
            ["xero_number", "xero_state"],
            lambda values: values["xero_state"] == "synced",
        )
        return values["xero_number"]

    def seed(self, endpoint: str, *elements: dict) -> None:
        """Put something into Xero as a person there does, and have Odoo read it."""
        self.xero.control("POST", "seed", endpoint=endpoint, elements=[*elements])
        self.refresh_from_xero()

    def type_into_xero(self, number: str, contact: str, day: str, **values) -> None:
        """Make an invoice in Xero as a person does in its own screens.

        :param day: of the invoice, as ISO date
        :param values: of Xero's, in place of what it has otherwise
        """
        line = {
            "Description": "Typed in by hand",
            "Quantity": 1,
            "UnitAmount": 100,
            "AccountCode": "200",
            "TaxType": "OUTPUT",
        }
        invoice = {
            "Type": "ACCREC",
            "Status": "AUTHORISED",
            "InvoiceNumber": number,
            "Contact": {"Name": contact},
            "Date": day,
            "DueDate": day,
            "LineItems": [line],
        }
        self.seed("Invoices", invoice | values)

    def refresh_from_xero(self) -> None:
        """Have Odoo read what can be chosen in Xero, and wait until it has."""
        connection = self.call("xero.connection", "search", [])[0]
        longer_ago = {"choices_at": False}
        self.call("xero.connection", "write", [connection], longer_ago)
        self.call("xero.connection", "action_refresh_choices", [connection])
        self.client.wait_for(
            "xero.connection",
            connection,
            ["choices_at", "contacts_due", "items_due"],
            lambda values: (
                values["choices_at"]
                and not (values["contacts_due"] or values["items_due"])
            ),
        )

    def unused_name(self, kind: str) -> str:
        """A name that nobody has yet, in Odoo or in Xero."""
        return f"{kind} {time.time():.0f}"

    def in_xero(self, endpoint: str, name: str) -> list[dict]:
        """Contacts or items of this name that the local Xero holds."""
        return [each for each in self.xero.books()[endpoint] if each["Name"] == name]

    def wait_until_linked(self, model: str, record: int, field: str) -> str:
        """Wait until a customer, vendor or product is linked; return Xero's name."""
        values = self.client.wait_for(
            model, record, [field], lambda values: values[field]
        )
        return values[field][1]

    def edit_in_xero(self, endpoint: str, identifier: str, **values) -> None:
        """Change a document as a person does in Xero's screens."""
        self.xero.control(
            "POST", "edit", endpoint=endpoint, id=identifier, values=values
        )

    def lock_books(self, day: str | None) -> None:
        """Lock Xero's books up to a day, or open them, and have Odoo know."""
        (connection,) = self.call("xero.connection", "search", [])
        organisation = self.read("xero.connection", connection, "tenant_id")
        self.edit_in_xero("Organisation", organisation, PeriodLockDate=day)
        self.refresh_from_xero()

    def wait_for_issue(self, model: str, record: int) -> None:
        """Wait until an issue keeps a document back."""
        fixer = "xero_issue_fixer"
        self.client.wait_for(model, record, [fixer], lambda values: values[fixer])

    def find(self, endpoint: str, number: str) -> dict:
        """The document of this number in the local Xero, with its whole contact.

        :raise environment.console.Failure: there is none, or more than one
        """
        books = self.xero.books()
        key = KEYS[endpoint][1]
        found = [each for each in books[endpoint] if each.get(key) == number]
        if len(found) != 1:
            raise Failure(f"Xero has {len(found)} {endpoint} of number {number}.")
        contacts = {each["ContactID"]: each for each in books["Contacts"]}
        return found[0] | {"Contact": contacts[found[0]["Contact"]["ContactID"]]}


@contextmanager
def running(directory: Path) -> Iterator[Office]:
    """Start Odoo and the local Xero on ports of their own.

    :param directory: for the local Xero's state
    :raise environment.console.Failure: one of them does not start
    """
    tools = setup.provide()
    cluster = Cluster(NAME, tools.python)
    notice = "Another run uses the office of the browser tests; waiting …"
    with (
        one_after_another(STATE / f"{NAME}.lock", notice),
        cluster.start(),
        running_xero(tools, directory) as xero,
    ):
        odoo = Odoo(NAME, tools, cluster)
        _provide_database(odoo)
        port = free_port()
        # "localhost", as Xero demands of a redirect address without https
        url = f"http://localhost:{port}"
        with _serve(odoo, port) as server:
            wait_until(lambda: rpc.answers(f"{url}/web/health"), server, seconds=120)
            client = rpc.Client(url, DATABASE, ADMINISTRATOR, ADMINISTRATOR)
            office = Office(url, odoo, xero, client)
            _furnish(office)
            yield office


def browser_path() -> Path:
    """The browser's program.

    :raise environment.console.Failure: there is none, and none can be had
    """
    directory = setup.provide(with_browser=True).browser
    return next(directory.iterdir())


def _provide_database(odoo: Odoo) -> None:
    """A new database with the addon as it is now."""
    base.provide(odoo, BASE)
    odoo.drop(DATABASE)
    odoo.copy(BASE, DATABASE)
    odoo.install(DATABASE, MODULE, fresh_log("browser-install"), "--no-http")


def _serve(odoo: Odoo, port: int) -> Service:
    options = ["--workers", "0", "--max-cron-threads", "1"]
    names = ["-d", DATABASE, "--db-filter", f"^{DATABASE}$"]
    return odoo.serve(
        ["server", *names, "--http-port", str(port), *options],
        fresh_log("browser-odoo"),
    )


def _furnish(office: Office) -> None:
    parameters = {f"xero_sync.{name}_url": office.xero.address for name in BASE_URLS}
    parameters |= {"web.base.url": office.url, "web.base.url.freeze": "True"}
    for key, value in parameters.items():
        office.call("ir.config_parameter", "set_param", key, value)
    for login, (name, *groups) in GROUPS.items():
        ids = [office.reference(group) for group in ("base.group_user", *groups)]
        values = {"name": name, "login": login, "password": login}
        context = {"no_reset_password": True}
        office.call(
            "res.users",
            "create",
            [values | {"group_ids": [(6, 0, ids)]}],
            context=context,
        )
    office.call(
        "product.product",
        "create",
        [
            {
                "name": name,
                "default_code": reference,
                "list_price": price,
                "standard_price": cost,
                "purchase_method": "purchase",  # billed before it is received
            }
            for name, reference, price, cost in PRODUCTS
        ],
    )
