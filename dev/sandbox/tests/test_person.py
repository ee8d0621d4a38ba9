"""What a person does to contacts in Xero's own screens."""

import pytest

from .client import AU, ZERO_ID, Xero

ARCHIVED = (
    "The specified contact details matched an archived contact. Archived contacts "
    "cannot currently be edited via the API."
)


def merge(xero: Xero, closed: dict, kept: dict) -> dict:
    values = {"id": closed["ContactID"], "into": kept["ContactID"]}
    return xero.control("POST", "merge", tenant=AU, **values)


def press(xero: Xero, contact: dict, action: str, **form: str) -> int:
    """Press a button of the contact's page; return the HTTP status."""
    path = f"/organisation/{AU}/contacts/{contact['ContactID']}/{action}"
    return xero.form(path, **form).status


def read(xero: Xero, contact: dict) -> dict:
    [found] = xero.get(f"/Contacts/{contact['ContactID']}")
    return found


class TestMerge:
    """Merging closes one contact; the other takes its documents."""

    @pytest.fixture
    def two(self, xero) -> tuple[dict, dict]:
        return xero.contact("Bayside Wholesale"), xero.contact("Bayside Club")

    def test_closed_one_is_archived_and_names_the_other(self, xero, two):
        closed, kept = two
        merge(xero, closed, kept)
        found = read(xero, closed)
        assert found["ContactStatus"] == "ARCHIVED"
        assert found["MergedToContactID"] == kept["ContactID"]

    def test_pages_name_the_other_and_plain_lists_do_not(self, xero, two):
        merge(xero, *two)
        query = {"IDs": two[0]["ContactID"], "includeArchived": "true"}
        [paged] = xero.get("/Contacts", page=1, **query)
        [plain] = xero.get("/Contacts", **query)
        assert "MergedToContactID" in paged and "MergedToContactID" not in plain

    @pytest.mark.parametrize("make", ["invoice", "bill", "quote", "order"])
    def test_documents_move_to_the_other(self, xero, two, make):
        closed, kept = two
        endpoint = {"quote": "Quotes", "order": "PurchaseOrders"}.get(make, "Invoices")
        made = xero.create(endpoint, getattr(xero, make)() | {"Contact": closed})
        merge(xero, closed, kept)
        identifier = next(made[key] for key in made if key == f"{endpoint[:-1]}ID")
        [found] = xero.get(f"/{endpoint}/{identifier}")
        assert found["Contact"]["ContactID"] == kept["ContactID"]

    def test_other_becomes_the_customer_that_the_closed_one_was(self, xero, two):
        closed, kept = xero.contact("Gateway Motors"), two[1]
        merge(xero, closed, kept)
        assert read(xero, kept)["IsSupplier"] is True

    def test_only_the_closed_one_counts_as_changed(self, xero, two):
        closed, kept = two
        merge(xero, closed, kept)
        header = {"If-Modified-Since": "2026-02-01T00:00:00"}
        query = {"includeArchived": "true"}
        answer = xero.api("GET", "/Contacts", query=query, headers=header)
        found = [each["ContactID"] for each in answer.json["Contacts"]]
        assert found == [closed["ContactID"]]

    def test_closed_one_takes_no_edit_and_no_document(self, xero, two):
        closed, kept = two
        merge(xero, closed, kept)
        assert xero.refused("Contacts", closed, method="POST") == [ARCHIVED]
        [message] = xero.refused("Invoices", xero.invoice(Contact=closed))
        assert "has been archived" in message

    def test_closed_one_frees_its_name_and_keeps_its_number(self, xero, two):
        club, wholesale = two[1], two[0]
        merge(xero, club, wholesale)
        xero.create("Contacts", {"Name": "Bayside Club"})
        number = {"Name": "New", "ContactNumber": "BAY-1"}
        assert len(xero.refused("Contacts", number)) == 1

    def test_into_itself_or_an_archived_one_is_refused(self, xero, two):
        closed = two[0]
        old = xero.contact("Old Town Traders")
        for other in (closed, old, {"ContactID": ZERO_ID}):
            form = {"into": other["ContactID"]}
            assert press(xero, closed, "merge", **form) == 400


class TestButtons:
    """The buttons of a contact's page."""

    def test_merge_takes_a_name(self, xero):
        closed = xero.contact("Bayside Wholesale")
        assert press(xero, closed, "merge", into=" bayside club ") == 302
        kept = xero.contact("Bayside Club")["ContactID"]
        assert read(xero, closed)["MergedToContactID"] == kept

    def test_archive_and_restore(self, xero):
        contact = xero.contact()
        assert press(xero, contact, "status", status="ARCHIVED") == 302
        assert read(xero, contact)["ContactStatus"] == "ARCHIVED"
        assert press(xero, contact, "status", status="ACTIVE") == 302
        assert read(xero, contact)["ContactStatus"] == "ACTIVE"

    def test_no_restore_when_the_name_is_taken_meanwhile(self, xero):
        contact = xero.contact()
        press(xero, contact, "status", status="ARCHIVED")
        xero.create("Contacts", {"Name": "Bayside Club"})
        assert press(xero, contact, "status", status="ACTIVE") == 400

    def test_unknown_status_or_action_is_refused(self, xero):
        assert press(xero, xero.contact(), "status", status="SLEEPING") == 400
        assert press(xero, xero.contact(), "explode") == 404


def test_list_can_be_searched(xero):
    path = f"/organisation/{AU}/contacts?q="
    assert "PowerDirect" in xero.request("GET", path + "BILLS%40power").text
    assert "PowerDirect" not in xero.request("GET", path + "bayside").text


def test_searched_words_are_escaped(xero):
    path = f"/organisation/{AU}/contacts?q=%22%3E%3Cscript%3E"
    assert "<script>" not in xero.request("GET", path).text
