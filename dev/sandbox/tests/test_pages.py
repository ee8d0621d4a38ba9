"""The pages a person looks at."""

import pytest

from .client import AU, UK, Xero, line


def page(xero: Xero, path: str, status: int = 200) -> str:
    answer = xero.request("GET", path)
    assert answer.status == status, answer.text
    assert answer.headers["Content-Type"].startswith("text/html")
    return answer.text


def follow(xero: Xero, path: str) -> str:
    answer = xero.request("GET", path)
    assert answer.status == 302, answer.text
    return page(xero, answer.headers["Location"])


def test_index_lists_organisations_and_their_documents(xero):
    xero.create("Invoices", xero.invoice(Reference="S00042"))
    text = page(xero, "/")
    for words in (
        "Demo Company (AU)",
        "Demo Company (UK)",
        "INV-0001",
        "Bayside Club",
        "S00042",
        "23.10 AUD",
        "DRAFT",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("invoices", "Nothing here yet"),
        ("contacts", "Bayside Wholesale"),
        ("items", "GB1-White"),
    ],
)
def test_each_kind_has_a_list(xero, kind, words):
    assert words in page(xero, f"/organisation/{AU}/{kind}")


def test_document_page_shows_lines_amounts_and_history(xero):
    lines = [{"Description": "Odoo order S00042"}, line(DiscountRate=10)]
    url = "https://odoo.example.com/odoo/sales/42"
    invoice = xero.create("Invoices", xero.invoice(LineItems=lines, Url=url))
    text = page(xero, f"/organisation/{AU}/invoices/{invoice['InvoiceID']}")
    for words in ("Odoo order S00042", "Widget", "18.90", "20.79", "Created", url):
        assert words in text


@pytest.mark.parametrize("kind", ["contacts", "items", "quotes", "purchase-orders"])
def test_every_kind_has_a_page_per_object(xero, kind):
    made = {
        "contacts": lambda: xero.contact()["ContactID"],
        "items": lambda: xero.get("/Items")[0]["ItemID"],
        "quotes": lambda: xero.create("Quotes", xero.quote())["QuoteID"],
        "purchase-orders": lambda: xero.create("PurchaseOrders", xero.order())[
            "PurchaseOrderID"
        ],
    }
    page(xero, f"/organisation/{AU}/{kind}/{made[kind]()}")


def test_what_was_sent_is_escaped(xero):
    nasty = "<script>alert(1)</script> {0} {body}"
    xero.create("Invoices", xero.invoice(Reference=nasty))
    text = page(xero, "/")
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {0} {body}" in text


def test_link_that_is_no_web_address_is_not_shown(xero):
    invoice = xero.create("Invoices", xero.invoice())
    values = {"Url": "javascript:alert(1)"}
    xero.control(
        "POST",
        "edit",
        tenant=AU,
        endpoint="Invoices",
        id=invoice["InvoiceID"],
        values=values,
    )
    path = f"/organisation/{AU}/invoices/{invoice['InvoiceID']}"
    assert "javascript:" not in page(xero, path)


class TestDeepLinks:
    """The links the addon shows, at this address instead of go.xero.com."""

    def test_invoice(self, xero):
        invoice = xero.create("Invoices", xero.invoice())
        path = f"/app/!aUd3m/invoicing/view/{invoice['InvoiceID']}"
        assert "INV-0001" in follow(xero, path)

    def test_quote(self, xero):
        quote = xero.create("Quotes", xero.quote())
        path = f"/app/!aUd3m/quotes/view/{quote['QuoteID']}"
        assert "QU-0001" in follow(xero, path)

    def test_contact(self, xero):
        identifier = xero.contact()["ContactID"]
        path = f"/app/!aUd3m/contacts/contact/{identifier}"
        assert "Bayside Club" in follow(xero, path)

    def test_bill_behind_the_login_address(self, xero):
        bill = xero.create("Invoices", xero.bill(InvoiceNumber="V9"))
        rest = f"/AccountsPayable/Edit.aspx?InvoiceID={bill['InvoiceID']}"
        path = f"/organisationlogin/default.aspx?shortcode=!aUd3m&redirecturl={rest}"
        assert "V9" in follow(xero, path)

    def test_purchase_order_behind_the_login_address(self, xero):
        order = xero.create("PurchaseOrders", xero.order())
        rest = f"/Accounts/Payable/PurchaseOrders/View/{order['PurchaseOrderID']}/"
        path = f"/organisationlogin/default.aspx?shortcode=!aUd3m&redirecturl={rest}"
        assert "PO-0001" in follow(xero, path)

    def test_unknown_organisation_is_a_404(self, xero):
        page(xero, "/app/!nobody/invoicing/view/x", 404)


@pytest.mark.parametrize(
    "path",
    [
        "/organisation/nowhere/invoices",
        f"/organisation/{UK}/nothing",
        f"/organisation/{UK}/invoices/d4ad8fd6-5c72-4924-91b1-07f1472eb4c3",
        "/static/..%2fserver.py",
    ],
)
def test_unknown_pages_are_404(xero, path):
    assert xero.request("GET", path).status == 404
