"""History, notes and attachments."""

import pytest

from .client import Xero, line

FILE = b"%PDF-1.4 recording"


@pytest.fixture
def path(xero: Xero) -> str:
    """The address of an invoice."""
    return f"/Invoices/{xero.create('Invoices', xero.invoice())['InvoiceID']}"


def attach(xero: Xero, path: str, name: str, content: bytes = FILE, method="PUT"):
    return xero.api(method, f"{path}/Attachments/{name}", content)


class TestHistory:
    """Notes below an object."""

    def test_note_answers_without_id_user_and_offset(self, xero, path):
        body = {"HistoryRecords": [{"Details": "From Odoo"}]}
        [record] = xero.api("PUT", f"{path}/History", body).json["HistoryRecords"]
        assert set(record) == {
            "DateUTCString",
            "DateUTC",
            "Details",
            "ValidationErrors",
        }
        assert "+" not in record["DateUTC"]

    def test_notes_are_read_newest_first(self, xero, path):
        for words in ("one", "two"):
            body = {"HistoryRecords": [{"Details": words}]}
            xero.api("PUT", f"{path}/History", body)
        records = xero.api("GET", f"{path}/History").json["HistoryRecords"]
        assert [each["Details"] for each in records[:2]] == ["two", "one"]
        assert records[-1]["Changes"] == "Created"

    @pytest.mark.parametrize(("length", "status"), [(250, 200), (251, 400), (0, 400)])
    def test_note_has_a_longest_value(self, xero, path, length, status):
        body = {"HistoryRecords": [{"Details": "x" * length}]}
        assert xero.api("PUT", f"{path}/History", body).status == status

    @pytest.mark.parametrize("kind", ["Contacts", "Items", "Quotes", "PurchaseOrders"])
    def test_other_kinds_have_a_history(self, xero, kind):
        elements = {
            "Contacts": {"Name": "New"},
            "Items": {"Code": "N"},
            "Quotes": xero.quote(),
            "PurchaseOrders": xero.order(),
        }
        made = xero.create(kind, elements[kind])
        identifier = made[f"{kind[:-1]}ID"]
        assert xero.api("GET", f"/{kind}/{identifier}/History").status == 200

    def test_notes_cannot_be_deleted(self, xero, path):
        assert xero.api("DELETE", f"{path}/History").status == 501


class TestAttachments:
    """Files below an object."""

    def test_answer_tells_name_type_and_length(self, xero, path):
        [file] = attach(xero, path, "order.pdf").json["Attachments"]
        assert file["FileName"] == "order.pdf"
        assert file["MimeType"] == "application/pdf"
        assert file["ContentLength"] == len(FILE)

    def test_file_comes_back_as_it_was(self, xero, path):
        attach(xero, path, "order.pdf")
        answer = xero.api("GET", f"{path}/Attachments/order.pdf")
        assert answer.content == FILE

    def test_document_says_that_it_has_files(self, xero, path):
        attach(xero, path, "order.pdf")
        [read] = xero.get(path)
        assert read["HasAttachments"] is True
        assert read["Attachments"][0]["FileName"] == "order.pdf"

    @pytest.mark.parametrize("method", ["PUT", "POST"])
    def test_same_name_replaces(self, xero, path, method):
        attach(xero, path, "order.pdf")
        attach(xero, path, "order.pdf", b"other", method)
        [file] = xero.api("GET", f"{path}/Attachments").json["Attachments"]
        assert file["ContentLength"] == 5

    def test_eleventh_file_is_refused(self, xero, path):
        for number in range(10):
            assert attach(xero, path, f"{number}.txt").status == 200
        assert attach(xero, path, "11.txt").status == 400

    @pytest.mark.parametrize("name", ["a%3Ab.pdf", "a%2Bb.pdf", "a%3Fb.pdf"])
    def test_forbidden_characters_in_names(self, xero, path, name):
        assert attach(xero, path, name).status == 400

    def test_files_above_ten_megabytes_are_refused(self, xero, path):
        assert attach(xero, path, "big.bin", b"x" * 10_000_001).status == 400

    def test_include_online_is_kept(self, xero, path):
        query = {"IncludeOnline": "True"}
        answer = xero.api("PUT", f"{path}/Attachments/a.pdf", FILE, query)
        assert answer.json["Attachments"][0]["IncludeOnline"] is True

    @pytest.mark.parametrize(
        "kind", ["Invoices", "Bills", "CreditNotes", "PurchaseOrders", "Quotes"]
    )
    def test_every_kind_of_document_takes_files(self, xero, kind):
        credit = {
            "Type": "ACCRECCREDIT",
            "Contact": xero.contact(),
            "LineItems": [line()],
        }
        elements = {
            "Invoices": xero.invoice(),
            "Bills": xero.bill(),
            "CreditNotes": credit,
            "PurchaseOrders": xero.order(),
            "Quotes": xero.quote(),
        }
        endpoint = "Invoices" if kind == "Bills" else kind
        made = xero.create(endpoint, elements[kind])
        path = f"/{endpoint}/{made[f'{endpoint[:-1]}ID']}"
        assert attach(xero, path, "a.pdf").status == 200
        [file] = xero.api("GET", f"{path}/Attachments").json["Attachments"]
        assert file["FileName"] == "a.pdf"

    @pytest.mark.parametrize("scope", ["accounting.attachments.read", ""])
    def test_files_need_a_scope_of_their_own(self, xero, path, scope):
        xero.grant(scopes=f"accounting.invoices accounting.contacts {scope}")
        assert attach(xero, path, "a.pdf").status == 401

    def test_items_have_no_attachments(self, xero):
        assert attach(xero, "/Items/BOOK", "a.pdf").status == 404

    def test_unknown_document_is_a_404(self, xero):
        identifier = "d4ad8fd6-5c72-4924-91b1-07f1472eb4c3"
        assert attach(xero, f"/Invoices/{identifier}", "a.pdf").status == 404
