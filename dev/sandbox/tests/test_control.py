"""The control API: what tests do to the sandbox."""

import json

import pytest

from .client import AU, UK, Xero, line


def test_reset_gives_fresh_books_and_forgets_tokens_faults_clock_and_calls(xero):
    xero.create("Contacts", {"Name": "Gone"})
    xero.control("POST", "faults", fault="slow")
    xero.control("POST", "clock", advance=100)
    xero.control("POST", "reset")
    assert xero.control("GET", "faults") == []
    assert xero.control("GET", "calls") == []
    assert xero.control("GET", "clock")["offset"] == 0
    assert xero.api("GET", "/Contacts").status == 401
    names = [each["Name"] for each in xero.control("GET", "state")["Contacts"]]
    assert "Gone" not in names


def test_what_is_remembered_can_be_recalled_again_and_again(xero):
    kept = xero.create("Contacts", {"Name": "Kept"})
    xero.control("POST", "remember")
    for _time in range(2):
        changed = {"id": kept["ContactID"], "values": {"Name": "Gone"}}
        xero.control("POST", "edit", endpoint="Contacts", **changed)
        xero.control("POST", "reset")
        assert xero.api("GET", "/Contacts").status == 401
        xero.control("POST", "recall")
        answer = xero.api("GET", "/Contacts")
        assert answer.status == 200
        assert answer.headers["X-DayLimit-Remaining"] == "998"  # the second call
        names = [each["Name"] for each in xero.control("GET", "state")["Contacts"]]
        assert "Kept" in names
        assert "Gone" not in names


def test_what_is_not_proven_is_answered_otherwise_until_the_reset(xero):
    lines = [line(), line(Quantity=-1)]
    assert xero.refused("Invoices", xero.invoice(LineItems=lines))
    xero.control("POST", "unverified", NEGATIVE_QUANTITY=None)
    made = xero.create("Invoices", xero.invoice(LineItems=lines))
    assert made["LineItems"][1]["Quantity"] == -1
    xero.control("POST", "reset")
    xero.grant()
    assert xero.refused("Invoices", xero.invoice(LineItems=lines))


def test_only_what_is_not_proven_can_be_answered_otherwise(xero):
    answer = xero.request("POST", "/_sandbox/unverified", b'{"BANK": 1}')
    assert answer.status == 400


def test_ids_are_the_same_in_every_fresh_sandbox(xero):
    before = xero.contact()
    xero.control("POST", "reset")
    xero.grant()
    assert xero.contact() == before


def test_state_shows_all_objects_of_one_organisation(xero):
    invoice = xero.create("Invoices", xero.invoice())
    state = xero.control("GET", "state", tenant=AU)
    [stored] = state["Invoices"]
    assert stored["InvoiceID"] == invoice["InvoiceID"]
    assert stored["Total"] == 23.10
    assert xero.control("GET", "state", tenant=UK)["Invoices"] == []


def test_state_shows_the_files_and_the_credit_of_a_document(xero):
    invoice = xero.create("Invoices", xero.invoice(Status="AUTHORISED"))
    note = xero.create(
        "CreditNotes",
        {
            "Type": "ACCRECCREDIT",
            "Contact": xero.contact(),
            "LineItems": [line()],
            "Status": "AUTHORISED",
        },
    )
    xero.api("PUT", f"/Invoices/{invoice['InvoiceID']}/Attachments/a.pdf", b"%PDF")
    allocation = {"Amount": 3, "Invoice": {"InvoiceID": invoice["InvoiceID"]}}
    path = f"/CreditNotes/{note['CreditNoteID']}/Allocations"
    xero.api("PUT", path, {"Allocations": [allocation]})
    state = xero.control("GET", "state", tenant=AU)
    [stored] = state["Invoices"]
    assert [file["FileName"] for file in stored["Attachments"]] == ["a.pdf"]
    [given] = stored["Allocations"]
    assert (given["Amount"], given["CreditNoteID"]) == (3, note["CreditNoteID"])
    [stored] = state["CreditNotes"]
    assert stored["Attachments"] == []
    assert [each["Amount"] for each in stored["Allocations"]] == [3]


def test_calls_are_listed_with_what_was_sent_and_answered(xero):
    xero.control("DELETE", "calls")
    xero.write("Contacts", {"Name": "Seen"})
    [call] = xero.control("GET", "calls")
    assert (call["n"], call["method"], call["status"]) == (1, "PUT", 200)
    assert call["path"] == "/api.xro/2.0/Contacts"
    assert call["query"] == {"summarizeErrors": "false"}
    assert json.loads(call["body"]) == {"Contacts": [{"Name": "Seen"}]}
    assert (call["client_id"], call["tenant"]) == ("LOCAL-WEB-APP", AU)


def test_calls_name_the_fault_that_struck(xero):
    xero.control("POST", "faults", fault="unavailable")
    xero.api("GET", "/Organisation")
    call = xero.control("GET", "calls")[-1]
    assert (call["fault"], call["status"]) == ("unavailable", 503)


def test_calls_hold_no_secret(xero):
    token = xero.grant()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": token}
    xero.form("/connect/token", "LOCAL-WEB-APP:local-web-secret", **form)
    xero.api("GET", "/Organisation")
    listed = json.dumps(xero.control("GET", "calls"))
    for secret in (token, xero.token, "local-web-secret", "Bearer", "Basic"):
        assert secret not in listed
    assert "grant_type=refresh_token" in listed


def test_control_calls_are_not_listed(xero):
    xero.control("DELETE", "calls")
    xero.control("GET", "clock")
    assert xero.control("GET", "calls") == []


def test_clock_moves_and_goes_back(xero):
    assert xero.control("POST", "clock", advance=90)["offset"] == 90
    assert xero.control("POST", "clock", reset=True)["offset"] == 0


def test_clock_moves_the_answers_too(xero):
    before = xero.api("GET", "/Organisation").json["DateTimeUTC"]
    xero.control("POST", "clock", advance=600)
    after = xero.api("GET", "/Organisation").json["DateTimeUTC"]
    assert int(after[6:-2]) - int(before[6:-2]) >= 600_000


class TestEdit:
    """What a person does in Xero's own screens."""

    def edit(self, xero: Xero, endpoint: str, identifier: str, **values) -> dict:
        return xero.control(
            "POST", "edit", tenant=AU, endpoint=endpoint, id=identifier, values=values
        )

    def test_person_may_break_the_apis_rules(self, xero):
        invoice = xero.create("Invoices", xero.invoice(Status="AUTHORISED"))
        self.edit(xero, "Invoices", invoice["InvoiceID"], Status="DRAFT")
        [read] = xero.get(f"/Invoices/{invoice['InvoiceID']}")
        assert read["Status"] == "DRAFT"

    def test_edit_counts_as_a_change(self, xero):
        identifier = xero.contact()["ContactID"]
        self.edit(xero, "Contacts", identifier, EmailAddress="x@example.com")
        header = {"If-Modified-Since": "2026-02-01T00:00:00"}
        found = xero.api("GET", "/Contacts", headers=header).json["Contacts"]
        assert [each["ContactID"] for each in found] == [identifier]

    def test_contact_can_be_archived_and_merged(self, xero):
        identifier = xero.contact()["ContactID"]
        other = xero.contact("Bayside Wholesale")["ContactID"]
        self.edit(
            xero,
            "Contacts",
            identifier,
            ContactStatus="ARCHIVED",
            MergedToContactID=other,
        )
        [read] = xero.get(f"/Contacts/{identifier}")
        assert read["MergedToContactID"] == other
        xero.create("Contacts", {"Name": "Bayside Club"})

    def test_account_can_be_archived(self, xero):
        [account] = xero.get("/Accounts", where='Code=="200"')
        self.edit(xero, "Accounts", account["AccountID"], Status="ARCHIVED")
        [message] = xero.refused("Invoices", xero.invoice())
        assert "has been archived" in message

    def test_new_lines_change_the_totals(self, xero):
        invoice = xero.create("Invoices", xero.invoice())
        [stored] = xero.control("GET", "state", tenant=AU)["Invoices"]
        lines = [{**stored["LineItems"][0], "LineAmount": 30, "TaxAmount": 3}]
        self.edit(xero, "Invoices", invoice["InvoiceID"], LineItems=lines)
        [read] = xero.get(f"/Invoices/{invoice['InvoiceID']}")
        assert (read["Total"], read["AmountDue"]) == (33, 33)

    def test_unknown_object_is_refused(self, xero):
        body = {"tenant": AU, "endpoint": "Invoices", "id": "x", "values": {}}
        answer = xero.request("POST", "/_sandbox/edit", json.dumps(body).encode())
        assert answer.status == 400


def test_disconnect_leaves_the_token_but_closes_the_organisation(xero):
    granted = xero.grant(tenants=[AU])
    assert xero.control("POST", "disconnect", tenant=AU)["disconnected"]
    answer = xero.api("GET", "/Organisation")
    assert (answer.status, answer.json["Detail"]) == (403, "AuthenticationUnsuccessful")
    form = {"grant_type": "refresh_token", "refresh_token": granted["refresh_token"]}
    app = "LOCAL-WEB-APP:local-web-secret"
    assert xero.form("/connect/token", app, **form).status == 200


def test_revoked_role_may_read_and_not_write(xero):
    xero.control("POST", "revoke_role", tenant=AU)
    assert xero.api("GET", "/Contacts").status == 200
    assert xero.api("PUT", "/Contacts", {"Name": "X"}).status == 403
    xero.control("POST", "revoke_role", tenant=AU, revoked=False)
    assert xero.api("PUT", "/Contacts", {"Name": "X"}).status == 200


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("header", [True, False])
def test_refused_scope_is_told_in_each_form(xero, status, header):
    xero.control(
        "POST", "scope_refused", endpoint="Items", status=status, header=header
    )
    answer = xero.api("PUT", "/Items", {"Code": "X"})
    assert (answer.status, answer.json["Detail"]) == (
        status,
        "AuthorizationUnsuccessful",
    )
    assert ("WWW-Authenticate" in answer.headers) is header
    assert xero.api("GET", "/Items").status == 200
    xero.control("DELETE", "scope_refused")
    assert xero.api("PUT", "/Items", {"Code": "X"}).status == 200


def test_refused_scope_of_a_part_lets_the_documents_pass(xero):
    xero.control("POST", "scope_refused", endpoint="Invoices", part="Attachments")
    invoice = xero.create("Invoices", xero.invoice())
    path = f"/Invoices/{invoice['InvoiceID']}/Attachments"
    assert xero.api("GET", path).status == 200
    assert xero.api("PUT", f"{path}/a.txt", b"x").status == 401


def test_refused_scope_may_stop_reading_too(xero):
    xero.control("POST", "scope_refused", endpoint="Items", reads=True)
    assert xero.api("GET", "/Items").status == 401


def test_seed_writes_through_the_rules(xero):
    elements = [{"Name": "Seeded"}, {"Name": "Bayside Club"}]
    answer = xero.control(
        "POST", "seed", tenant=AU, endpoint="Contacts", elements=elements
    )
    statuses = [each["StatusAttributeString"] for each in answer["elements"]]
    assert statuses == ["OK", "ERROR"]


def test_person_pays_an_invoice(xero):
    invoice = xero.create("Invoices", xero.invoice(Status="AUTHORISED"))
    element = {
        "Invoice": {"InvoiceID": invoice["InvoiceID"]},
        "Account": {"Code": "090"},
        "Amount": 3.10,
    }
    xero.control("POST", "seed", endpoint="Payments", elements=[element])
    [read] = xero.get(f"/Invoices/{invoice['InvoiceID']}")
    assert (read["AmountPaid"], read["AmountDue"]) == (3.10, 20)


def test_seed_generates_contacts(xero):
    xero.control("POST", "seed", tenant=UK, endpoint="Contacts", count=250)
    xero.tenant = UK
    answer = xero.api("GET", "/Contacts", query={"page": 1}).json
    assert answer["pagination"]["itemCount"] == 253


def test_generated_contacts_have_all_that_xero_keeps_of_one(xero):
    [made] = xero.control("POST", "seed", endpoint="Contacts", count=1)["elements"]
    assert made["StatusAttributeString"] == "OK"
    cities = [each["City"] for each in made["Addresses"]]
    assert cities == ["Melbourne", "Melbourne"]
    assert made["ContactPersons"] and made["TaxNumber"] and made["PaymentTerms"]


@pytest.mark.parametrize("endpoint", ["Contacts", "Items"])
def test_generating_may_go_on_where_it_stopped(xero, endpoint):
    for first in (1, 3):
        values = {"endpoint": endpoint, "count": 2, "first": first}
        made = xero.control("POST", "seed", **values)["elements"]
        assert [each["StatusAttributeString"] for each in made] == ["OK", "OK"]


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("limits", {"hourly": 1}),
        ("grant", {"scopes": "accounting.transactions"}),
        ("grant", {"client_id": "NOBODY"}),
        ("seed", {"endpoint": "Invoices", "count": 3}),
        ("clock", {}),
    ],
)
def test_bad_control_request_is_a_400_that_says_why(xero, action, body):
    answer = xero.request("POST", f"/_sandbox/{action}", json.dumps(body).encode())
    assert answer.status == 400
    assert answer.json["error"]


def test_unknown_control_is_a_404(xero):
    assert xero.request("GET", "/_sandbox/nonsense").status == 404
