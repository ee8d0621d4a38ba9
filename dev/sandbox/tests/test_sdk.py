"""Xero's own SDK reads what the sandbox answers, and is understood by it."""

import datetime
from decimal import Decimal

import pytest

from .client import AU, Xero

pytest.importorskip("xero_python")

from urllib3 import Retry
from xero_python import accounting
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token
from xero_python.exceptions import AccountingBadRequestException
from xero_python.identity import IdentityApi


@pytest.fixture
def client(xero: Xero) -> ApiClient:
    """The SDK's client with the test's token; it keeps no retry of its own."""
    made = ApiClient(Configuration(oauth2_token=OAuth2Token("id", "secret")))
    token = {
        "access_token": xero.token,
        "scope": ["accounting.invoices"],
        "expires_in": 1800,
        "token_type": "Bearer",
    }
    made.oauth2_token_getter(lambda: token)
    made.oauth2_token_saver(lambda _token: None)
    made.rest_client.pool_manager.connection_pool_kw["retries"] = Retry(0)
    return made


@pytest.fixture
def base(xero: Xero) -> str:
    return f"http://{xero.server.host}:{xero.server.port}"


@pytest.fixture
def api(client: ApiClient, base: str) -> accounting.AccountingApi:
    return accounting.AccountingApi(client, base_url=f"{base}/api.xro/2.0")


def sales_line(**values) -> accounting.LineItem:
    return accounting.LineItem(
        description="Widget",
        quantity=2,
        unit_amount=10.5,
        account_code="200",
        **values,
    )


def contact(xero: Xero, name: str = "Bayside Club") -> accounting.Contact:
    return accounting.Contact(contact_id=xero.contact(name)["ContactID"])


def invoice(xero: Xero, **values) -> accounting.Invoice:
    return accounting.Invoice(
        type="ACCREC",
        contact=contact(xero),
        line_items=[accounting.LineItem(description="Odoo order"), sales_line()],
        date=datetime.date(2026, 11, 22),
        due_date=datetime.date(2026, 12, 22),
        **values,
    )


@pytest.mark.parametrize(
    ("operation", "answer"),
    [
        ("get_organisations", "organisations"),
        ("get_organisation_actions", "actions"),
        ("get_accounts", "accounts"),
        ("get_tax_rates", "tax_rates"),
        ("get_currencies", "currencies"),
        ("get_branding_themes", "branding_themes"),
        ("get_tracking_categories", "tracking_categories"),
        ("get_contacts", "contacts"),
        ("get_items", "items"),
    ],
)
def test_list_of_seeded_objects_is_parsed(api, operation, answer):
    assert getattr(getattr(api, operation)(AU), answer)


def test_connections_are_parsed(client, base):
    found = IdentityApi(client, base_url=base).get_connections()
    assert found[0].tenant_name == "Demo Company (AU)"


def test_invoice_is_written_and_read(xero, api):
    made = api.create_invoices(
        AU,
        accounting.Invoices(invoices=[invoice(xero)]),
        summarize_errors=False,
        unitdp=4,
        idempotency_key="k1",
    )
    [read] = api.get_invoice(AU, made.invoices[0].invoice_id).invoices
    assert (read.invoice_number, read.total) == ("INV-0001", Decimal("23.1"))
    assert read.line_items[0].quantity is None
    assert api.get_invoices(AU, page=1).pagination.item_count == 1


def test_quote_is_written_and_read(xero, api):
    quote = accounting.Quote(
        contact=contact(xero),
        date=datetime.date(2026, 11, 22),
        line_items=[sales_line(tax_type="OUTPUT")],
        line_amount_types=accounting.QuoteLineAmountTypes.EXCLUSIVE,
    )
    made = api.create_quotes(AU, accounting.Quotes(quotes=[quote]))
    [read] = api.get_quote(AU, made.quotes[0].quote_id).quotes
    assert (read.quote_number, read.total) == ("QU-0001", Decimal("23.1"))
    assert len(api.get_quotes(AU).quotes) == 1


def test_purchase_order_is_written_and_read(xero, api):
    order = accounting.PurchaseOrder(
        contact=contact(xero, "PowerDirect"),
        line_items=[
            accounting.LineItem(
                description="Power", quantity=1, unit_amount=5, account_code="445"
            )
        ],
    )
    orders = accounting.PurchaseOrders(purchase_orders=[order])
    made = api.create_purchase_orders(AU, orders, summarize_errors=False)
    identifier = made.purchase_orders[0].purchase_order_id
    [read] = api.get_purchase_order(AU, identifier).purchase_orders
    assert (read.purchase_order_number, read.total) == ("PO-0001", Decimal("5.5"))


def test_credit_note_is_written_allocated_and_read(xero, api):
    made = api.create_invoices(
        AU, accounting.Invoices(invoices=[invoice(xero, status="AUTHORISED")])
    )
    note = accounting.CreditNote(
        type="ACCRECCREDIT",
        contact=contact(xero),
        line_items=[sales_line()],
        status="AUTHORISED",
    )
    notes = api.create_credit_notes(AU, accounting.CreditNotes(credit_notes=[note]))
    identifier = notes.credit_notes[0].credit_note_id
    target = accounting.Invoice(invoice_id=made.invoices[0].invoice_id)
    allocation = accounting.Allocation(
        amount=3.1, invoice=target, date=datetime.date(2026, 11, 22)
    )
    api.create_credit_note_allocation(
        AU, identifier, accounting.Allocations(allocations=[allocation])
    )
    [read] = api.get_credit_note(AU, identifier).credit_notes
    assert read.remaining_credit == 20
    assert api.get_credit_notes(AU, page=1).credit_notes


def test_payment_is_written_and_read(xero, api):
    made = api.create_invoices(
        AU, accounting.Invoices(invoices=[invoice(xero, status="AUTHORISED")])
    )
    target = accounting.Invoice(invoice_id=made.invoices[0].invoice_id)
    payment = accounting.Payment(
        invoice=target, account=accounting.Account(code="090"), amount=1
    )
    api.create_payments(AU, accounting.Payments(payments=[payment]))
    assert api.get_payments(AU).payments[0].amount == 1


def test_contact_and_item_are_written_and_read(api):
    person = accounting.ContactPerson(first_name="Ann", email_address="a@example.com")
    made = api.create_contacts(
        AU,
        accounting.Contacts(
            contacts=[
                accounting.Contact(
                    name="SDK Ltd",
                    email_address="office@example.com",
                    contact_persons=[person],
                )
            ]
        ),
    )
    [read] = api.get_contact(AU, made.contacts[0].contact_id).contacts
    assert read.contact_persons[0].first_name == "Ann"
    item = accounting.Item(code="SDK", name="From the SDK")
    made = api.create_items(AU, accounting.Items(items=[item]))
    assert api.get_item(AU, made.items[0].item_id).items[0].code == "SDK"


def test_note_and_attachment_are_written_and_read(xero, api):
    made = api.create_invoices(AU, accounting.Invoices(invoices=[invoice(xero)]))
    identifier = made.invoices[0].invoice_id
    note = accounting.HistoryRecord(details="From the SDK")
    records = accounting.HistoryRecords(history_records=[note])
    api.create_invoice_history(AU, identifier, records)
    history = api.get_invoice_history(AU, identifier).history_records
    assert history[0].details == "From the SDK"
    api.create_invoice_attachment_by_file_name(AU, identifier, "a.txt", b"words")
    files = api.get_invoice_attachments(AU, identifier).attachments
    assert files[0].file_name == "a.txt"


def test_refusal_carries_every_element(xero, api):
    contacts = [accounting.Contact(name="Bayside Club")]
    with pytest.raises(AccountingBadRequestException) as caught:
        api.create_contacts(AU, accounting.Contacts(contacts=contacts))
    [element] = caught.value.error_data["Elements"]
    assert "already assigned" in element["ValidationErrors"][0]["Message"]
