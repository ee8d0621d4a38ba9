"""Contacts: identity, uniqueness, archived ones, partial updates."""

import pytest

from .client import ZERO_ID, Xero

ARCHIVED = (
    "The specified contact details matched an archived contact. Archived contacts "
    "cannot currently be edited via the API."
)

WITH_EMAIL = {"Name": "New", "EmailAddress": "office@example.com"}
PEOPLE_WITHOUT_EMAIL = (
    "Additional people cannot be added when the primary person has no email address "
    "set."
)


def archive(xero: Xero, contact: dict) -> None:
    xero.update(
        "Contacts", {"ContactID": contact["ContactID"], "ContactStatus": "ARCHIVED"}
    )


def test_create_answers_200_with_both_addresses_and_four_phones(xero):
    contact = xero.create("Contacts", {"Name": "New Ltd", "IsCustomer": True})
    assert [each["AddressType"] for each in contact["Addresses"]] == ["STREET", "POBOX"]
    assert [each["PhoneType"] for each in contact["Phones"]] == [
        "DEFAULT",
        "DDI",
        "FAX",
        "MOBILE",
    ]
    assert contact["Addresses"][0]["City"] == ""


def test_is_customer_is_ignored_until_an_invoice_exists(xero):
    contact = xero.create("Contacts", {"Name": "New Ltd", "IsCustomer": True})
    assert contact["IsCustomer"] is False
    invoice = xero.invoice(Contact={"ContactID": contact["ContactID"]})
    assert xero.create("Invoices", invoice)["Contact"]["IsCustomer"] is True


def test_becoming_a_customer_does_not_touch_updated_date(xero):
    contact = xero.create("Contacts", {"Name": "New Ltd"})
    xero.control("POST", "clock", advance=60)
    xero.create("Invoices", xero.invoice(Contact={"ContactID": contact["ContactID"]}))
    [read] = xero.get(f"/Contacts/{contact['ContactID']}")
    assert read["UpdatedDateUTC"] == contact["UpdatedDateUTC"]


@pytest.mark.parametrize("name", ["Bayside Club", "bayside CLUB"])
def test_put_with_a_taken_name_is_refused(xero, name):
    assert xero.refused("Contacts", {"Name": name}) == [
        f"The contact name {name} is already assigned to another contact. The contact "
        "name must be unique across all active contacts."
    ]


def test_refused_create_has_the_zero_id_and_the_flag(xero):
    [answer] = xero.write("Contacts", {"Name": "Bayside Club"})
    assert answer["ContactID"] == ZERO_ID
    assert answer["HasValidationErrors"] is True


def test_put_with_a_taken_contact_number_is_refused_also_when_archived(xero):
    for number in ("BAY-1", "OLD-1"):
        assert xero.refused("Contacts", {"Name": "New", "ContactNumber": number}) == [
            f"The contact number {number} is already assigned to another contact. The "
            "contact number must be unique across all contacts."
        ]


def test_name_of_an_archived_contact_is_free(xero):
    xero.create("Contacts", {"Name": "Old Town Traders"})


def test_post_matching_a_name_silently_updates(xero):
    before = xero.contact()
    after = xero.update(
        "Contacts", {"Name": "bayside club", "EmailAddress": "new@example.com"}
    )
    assert after["ContactID"] == before["ContactID"]
    assert after["EmailAddress"] == "new@example.com"


def test_post_matching_a_contact_number_silently_updates(xero):
    before = xero.contact()
    after = xero.update("Contacts", {"Name": "Renamed", "ContactNumber": "BAY-1"})
    assert after["ContactID"] == before["ContactID"]


def test_post_with_nothing_to_match_creates(xero):
    assert xero.update("Contacts", {"Name": "Fresh"})["ContactID"] != ZERO_ID


def test_update_keeps_what_is_left_out(xero):
    contact = xero.contact()
    after = xero.update("Contacts", {**contact, "EmailAddress": "n@example.com"})
    assert after["FirstName"] == "Bob"
    assert after["Name"] == "Bayside Club"


def test_renaming_to_a_taken_name_is_refused(xero):
    contact = {**xero.contact(), "Name": "City Agency"}
    [message] = xero.refused("Contacts", contact, method="POST")
    assert message.startswith("The contact name City Agency is already assigned")


def test_archiving_works_with_open_invoices(xero):
    contact = xero.contact()
    xero.create("Invoices", xero.invoice(Status="AUTHORISED"))
    archive(xero, contact)
    [read] = xero.get(f"/Contacts/{contact['ContactID']}")
    assert read["ContactStatus"] == "ARCHIVED"


@pytest.mark.parametrize("values", [{"EmailAddress": "a@b.co"}, {}])
def test_archived_contact_can_be_neither_edited_nor_restored(xero, values):
    contact = {**xero.contact("Old Town Traders"), "ContactStatus": "ACTIVE", **values}
    assert xero.refused("Contacts", contact, method="POST") == [ARCHIVED]


def test_post_matching_an_archived_number_is_refused(xero):
    element = {"Name": "Other", "ContactNumber": "OLD-1"}
    assert xero.refused("Contacts", element, method="POST") == [ARCHIVED]


def test_name_is_needed(xero):
    assert xero.refused("Contacts", {"EmailAddress": "a@b.co"}) == [
        "The Contact must contain at least 1 of the following elements to identify "
        "the contact: Name, ContactID, ContactNumber"
    ]


@pytest.mark.parametrize(
    "address", ["nobody", "a@b", "jörg@example.com", "a@b.co, c@d.co", "a b@c.co"]
)
def test_bad_email_address_is_refused(xero, address):
    element = {"Name": "New", "EmailAddress": address}
    assert xero.refused("Contacts", element) == ["Email address must be valid"]


@pytest.mark.parametrize(
    ("field", "longest"),
    [
        ("Name", 255),
        ("FirstName", 255),
        ("LastName", 255),
        ("ContactNumber", 50),
        ("AccountNumber", 50),
        ("CompanyNumber", 50),
        ("TaxNumber", 50),
    ],
)
def test_text_fields_have_a_longest_value(xero, field, longest):
    xero.create("Contacts", {"Name": "Fits", field: "x" * longest})
    element = {"Name": "Not", field: "y" * (longest + 1)}
    assert f"{field}" in xero.refused("Contacts", element)[0]


@pytest.mark.parametrize("name", ["A <b>", " Leading", "Trailing ", "Two  spaces"])
def test_names_with_brackets_or_stray_spaces_are_refused(xero, name):
    assert len(xero.refused("Contacts", {"Name": name})) == 1


@pytest.mark.parametrize(
    ("values", "accepted"),
    [
        ({"Country": "Australia"}, True),
        ({"Country": "Côte d'Ivoire"}, False),
        ({"PostalCode": "1" * 51}, False),
        ({"AddressType": "DELIVERY"}, False),
    ],
)
def test_addresses_are_checked(xero, values, accepted):
    address = {"AddressType": "POBOX", **values}
    [answer] = xero.write("Contacts", {"Name": "New", "Addresses": [address]})
    assert ("ValidationErrors" not in answer) is accepted


def test_one_address_changes_and_the_other_stays(xero):
    street = {"AddressType": "STREET", "City": "Perth"}
    after = xero.update("Contacts", {**xero.contact(), "Addresses": [street]})
    cities = {each["AddressType"]: each["City"] for each in after["Addresses"]}
    assert cities == {"STREET": "Perth", "POBOX": "Manly"}


def test_list_of_contact_persons_replaces_the_old_one(xero):
    contact = {**xero.contact(), "EmailAddress": "office@example.com"}
    for name in ("Ann", "Ben"):
        xero.update("Contacts", {**contact, "ContactPersons": [{"FirstName": name}]})
    [read] = xero.get(f"/Contacts/{contact['ContactID']}")
    assert [each["FirstName"] for each in read["ContactPersons"]] == ["Ben"]


def test_more_than_five_contact_persons_are_refused(xero):
    persons = [{"FirstName": str(number)} for number in range(6)]
    element = {**WITH_EMAIL, "ContactPersons": persons}
    assert len(xero.refused("Contacts", element)) == 1


def test_payment_terms_change_side_by_side(xero):
    terms = {"Sales": {"Day": 14, "Type": "DAYSAFTERBILLDATE"}}
    contact = xero.create("Contacts", {"Name": "New", "PaymentTerms": terms})
    bills = {"Bills": {"Day": 20, "Type": "OFFOLLOWINGMONTH"}}
    element = {"ContactID": contact["ContactID"], "PaymentTerms": bills}
    assert xero.update("Contacts", element)["PaymentTerms"] == {**terms, **bills}


@pytest.mark.parametrize(
    "sales",
    [
        {"Day": 32, "Type": "OFCURRENTMONTH"},
        {"Day": -1, "Type": "OFCURRENTMONTH"},
        {"Day": 14, "Type": "SOMEDAY"},
        {"Type": "DAYSAFTERBILLDATE"},
    ],
)
def test_payment_terms_have_a_day_up_to_31_and_one_of_four_types(xero, sales):
    element = {"Name": "New", "PaymentTerms": {"Sales": sales}}
    assert len(xero.refused("Contacts", element)) == 1


def test_currency_the_organisation_lacks_is_refused(xero):
    element = {"Name": "New", "DefaultCurrency": "EUR"}
    assert xero.create("Contacts", element)["DefaultCurrency"] == "EUR"
    element = {"Name": "Other", "DefaultCurrency": "SEK"}
    assert xero.refused("Contacts", element) == [
        "Organisation is not subscribed to currency SEK"
    ]


def test_website_is_read_only(xero):
    element = {"Name": "New", "Website": "https://example.com"}
    assert "Website" not in xero.create("Contacts", element)


def test_empty_text_clears_the_field(xero):
    contact = xero.contact()
    xero.update("Contacts", {**contact, "EmailAddress": "", "TaxNumber": ""})
    [read] = xero.get(f"/Contacts/{contact['ContactID']}")
    assert not {"EmailAddress", "TaxNumber"} & set(read)


def test_bad_address_of_a_contact_person_is_refused(xero):
    element = {**WITH_EMAIL, "ContactPersons": [{"EmailAddress": "nobody"}]}
    assert xero.refused("Contacts", element) == ["Email address must be valid"]


def test_people_of_a_contact_without_an_email_address_are_refused(xero):
    element = {"Name": "New", "ContactPersons": [{"FirstName": "Ann"}]}
    answer = xero.api("PUT", "/Contacts", element)
    assert (answer.status, answer.json["Type"]) == (400, "ValidationException")
    [refused] = answer.json["Elements"]
    assert refused["ValidationErrors"] == [{"Message": PEOPLE_WITHOUT_EMAIL}]


def test_email_address_cannot_be_emptied_while_people_stay(xero):
    people = {"ContactPersons": [{"FirstName": "Ann"}]}
    contact = xero.create("Contacts", {**WITH_EMAIL, **people})
    emptied = {"ContactID": contact["ContactID"], "EmailAddress": ""}
    [answer] = xero.write("Contacts", emptied, method="POST")
    assert answer["ValidationErrors"] == [{"Message": PEOPLE_WITHOUT_EMAIL}]
    emptied["ContactPersons"] = []
    assert xero.update("Contacts", emptied)["ContactPersons"] == []


def test_what_has_nothing_to_do_with_people_may_change_beside_them(xero):
    people = [{"FirstName": "Ann"}]
    contact = xero.contact()
    edit = {"EmailAddress": "", "ContactPersons": people}
    xero.control(
        "POST", "edit", endpoint="Contacts", id=contact["ContactID"], values=edit
    )
    changed = {"ContactID": contact["ContactID"], "TaxNumber": "1"}
    assert xero.update("Contacts", changed)["TaxNumber"] == "1"


def test_bill_makes_a_supplier(xero):
    contact = xero.create("Contacts", {"Name": "New Ltd"})
    bill = xero.bill(Contact={"ContactID": contact["ContactID"]})
    assert xero.create("Invoices", bill)["Contact"]["IsSupplier"] is True


def test_quote_makes_no_customer(xero):
    contact = xero.create("Contacts", {"Name": "New Ltd"})
    xero.create("Quotes", xero.quote(Contact={"ContactID": contact["ContactID"]}))
    [read] = xero.get(f"/Contacts/{contact['ContactID']}")
    assert read["IsCustomer"] is False


def test_contact_marked_for_erasure_is_closed_and_hidden(xero):
    contact = xero.contact()
    values = {"ContactStatus": "GDPRREQUEST"}
    identifier = contact["ContactID"]
    xero.control("POST", "edit", endpoint="Contacts", id=identifier, values=values)
    assert xero.refused("Contacts", contact, method="POST") == [ARCHIVED]
    assert xero.get("/Contacts", IDs=identifier) == []
    [read] = xero.get("/Contacts", IDs=identifier, includeArchived="true")
    assert read["ContactStatus"] == "GDPRREQUEST"


def test_unknown_id_in_a_write_fails_the_whole_request(xero):
    body = {
        "Contacts": [
            {"Name": "Innocent"},
            {"ContactID": "d4ad8fd6-5c72-4924-91b1-07f1472eb4c3", "Name": "X"},
        ]
    }
    answer = xero.api("POST", "/Contacts", body, {"summarizeErrors": "false"})
    assert answer.status == 404
    assert xero.get("/Contacts", where='Name=="Innocent"') == []


def test_put_with_an_existing_id_is_refused(xero):
    assert xero.refused("Contacts", {**xero.contact(), "Name": "Other"})


def test_post_to_the_contacts_own_address_updates_it(xero):
    identifier = xero.contact()["ContactID"]
    body = {"Contacts": [{"EmailAddress": "x@example.com"}]}
    answer = xero.api("POST", f"/Contacts/{identifier}", body)
    assert answer.json["Contacts"][0]["EmailAddress"] == "x@example.com"


class TestSummarizeErrors:
    """The parameter in both modes."""

    batch = {"Contacts": [{"Name": "Good Ltd"}, {"Name": "Bayside Club"}]}

    def test_absent_answers_400_with_only_the_failed_elements(self, xero):
        answer = xero.api("PUT", "/Contacts", self.batch)
        assert answer.status == 400
        assert answer.json["ErrorNumber"] == 10
        assert answer.json["Type"] == "ValidationException"
        assert answer.json["Message"] == "A validation exception occurred"
        assert [each["Name"] for each in answer.json["Elements"]] == ["Bayside Club"]

    def test_absent_still_creates_the_good_elements(self, xero):
        xero.api("PUT", "/Contacts", self.batch)
        assert len(xero.get("/Contacts", where='Name=="Good Ltd"')) == 1

    @pytest.mark.parametrize("value", ["false", "False"])
    def test_false_answers_200_with_every_element_in_order(self, xero, value):
        query = {"summarizeErrors": value}
        answer = xero.api("PUT", "/Contacts", self.batch, query)
        assert (answer.status, answer.json["Status"]) == (200, "OK")
        statuses = [each["StatusAttributeString"] for each in answer.json["Contacts"]]
        assert statuses == ["OK", "ERROR"]

    def test_success_has_no_status_attribute_without_false(self, xero):
        answer = xero.api("PUT", "/Contacts", {"Name": "Good Ltd"})
        assert "StatusAttributeString" not in answer.json["Contacts"][0]

    def test_bare_object_and_bare_list_are_taken(self, xero):
        assert xero.api("PUT", "/Contacts", {"Name": "One"}).status == 200
        assert xero.api("PUT", "/Contacts", [{"Name": "Two"}]).status == 200

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7"])
    def test_unreadable_body_is_a_400(self, xero, body):
        assert xero.api("PUT", "/Contacts", body).status == 400
