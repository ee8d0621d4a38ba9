"""Lists: pages, filters, order, what is shown where."""

import pytest

from .client import Xero, line


def contacts(xero: Xero, where: str, **query) -> list[str]:
    """The names of the contacts a filter finds."""
    found = xero.get("/Contacts", where=where, **query)
    return [each["Name"] for each in found]


class TestWhere:
    """Xero's filter language."""

    @pytest.mark.parametrize(
        ("where", "count"),
        [
            ('Name=="Bayside Club"', 1),
            ('Name=="bayside club"', 1),
            ('Name!="Bayside Club"', 5),
            ('Name.Contains("side")', 2),
            ('Name.StartsWith("Bay") AND EmailAddress.EndsWith(".com")', 2),
            ('Name.ToLower().Contains("bay")', 2),
            ('Name=="City Agency" OR Name=="PowerDirect"', 2),
            ('Name=="City Agency" || Name=="PowerDirect"', 2),
            ('(Name=="City Agency" OR IsSupplier==true) AND IsCustomer==false', 3),
            ('NOT Name.Contains("Bayside")', 4),
            ('ContactNumber=="BAY-1"', 1),
            ("ContactNumber==null", 5),
            ('EmailAddress!=null AND EmailAddress.Contains("bayside")', 2),
            ("UpdatedDateUTC>=DateTime(2026,1,5)", 6),
            ("UpdatedDateUTC<DateTime(2026,1,5,0,0,0)", 0),
            ('UpdatedDateUTC>DateTime.Parse("2026-01-04")', 6),
        ],
    )
    def test_expression(self, xero, where, count):
        assert len(contacts(xero, where)) == count

    def test_guid(self, xero):
        identifier = xero.contact()["ContactID"]
        assert contacts(xero, f'ContactID==Guid("{identifier}")') == ["Bayside Club"]

    def test_doubled_quote_is_a_quote(self, xero):
        xero.create("Contacts", {"Name": 'The "Best" Ltd'})
        assert contacts(xero, 'Name=="The ""Best"" Ltd"') == ['The "Best" Ltd']

    @pytest.mark.parametrize(
        "where",
        [
            'Name=="The \\"Best\\" Ltd"',
            'Name=="The "Best" Ltd"',
            'Name=="open',
            "Name==",
            'Nonsense=="x"',
            'Name.Sounds("x")',
            "UpdatedDateUTC>DateTime(2026,13,1)",
            '(Name=="x"',
        ],
    )
    def test_bad_expression_is_a_query_parse_exception(self, xero, where):
        answer = xero.api("GET", "/Contacts", query={"where": where})
        assert answer.status == 400
        assert answer.json["Type"] == "QueryParseException"
        assert answer.json["Message"]

    def test_fields_of_the_contact_of_a_document(self, xero):
        xero.create("Invoices", xero.invoice())
        for where in (
            'Type=="ACCREC" AND Contact.Name=="Bayside Club"',
            f'Contact.ContactID==Guid("{xero.contact()["ContactID"]}")',
            "Date>=DateTime(2026,1,1) AND Total>23 AND Total<=23.10",
            'Status=="DRAFT" AND AmountDue!=0',
        ):
            assert len(xero.get("/Invoices", where=where)) == 1


class TestPages:
    """page, pageSize and the pagination block."""

    def test_pagination_block(self, xero):
        answer = xero.api("GET", "/Contacts", query={"page": 2, "pageSize": 4}).json
        assert answer["pagination"] == {
            "page": 2,
            "pageSize": 4,
            "pageCount": 2,
            "itemCount": 6,
        }
        assert len(answer["Contacts"]) == 2

    def test_page_beyond_the_end_is_empty(self, xero):
        assert xero.get("/Contacts", page=3) == []

    def test_page_size_defaults_to_a_hundred_and_ends_at_a_thousand(self, xero):
        for query, size in (({"page": 1}, 100), ({"page": 1, "pageSize": 5000}, 1000)):
            answer = xero.api("GET", "/Contacts", query=query).json
            assert answer["pagination"]["pageSize"] == size

    def test_without_page_there_is_no_pagination_block(self, xero):
        assert "pagination" not in xero.api("GET", "/Contacts").json

    def test_order(self, xero):
        names = [each["Name"] for each in xero.get("/Contacts", order="Name DESC")]
        assert names == sorted(names, reverse=True)

    def test_order_by_two_fields(self, xero):
        found = xero.get("/Contacts", order="IsSupplier DESC, Name")
        names = [each["Name"] for each in found]
        assert names[:2] == ["Gateway Motors", "PowerDirect"]

    def test_unknown_order_is_a_400(self, xero):
        assert xero.api("GET", "/Contacts", query={"order": "Shoe"}).status == 400


class TestContactLists:
    """Parameters of GET /Contacts."""

    def test_archived_contacts_only_when_asked_for(self, xero):
        where = 'Name=="Old Town Traders"'
        assert contacts(xero, where) == []
        assert len(contacts(xero, where, includeArchived="true")) == 1

    def test_ids(self, xero):
        ids = [
            xero.contact(name)["ContactID"] for name in ("PowerDirect", "City Agency")
        ]
        assert len(xero.get("/Contacts", IDs=",".join(ids))) == 2

    def test_search_term_looks_in_names_numbers_and_addresses(self, xero):
        for term in ("partridge", "bay-1", "accounts@bayside"):
            [found] = xero.get("/Contacts", searchTerm=term)
            assert found["Name"] == "Bayside Club"

    def test_if_modified_since(self, xero):
        xero.create("Contacts", {"Name": "Fresh"})
        header = {"If-Modified-Since": "2026-02-01T00:00:00"}
        found = xero.api("GET", "/Contacts", headers=header).json["Contacts"]
        assert [each["Name"] for each in found] == ["Fresh"]

    def test_list_without_page_has_fewer_fields(self, xero):
        terms = {"Sales": {"Day": 30, "Type": "DAYSAFTERBILLDATE"}}
        persons = [{"FirstName": "Ann"}]
        xero.create(
            "Contacts",
            {
                "Name": "Full",
                "EmailAddress": "office@example.com",
                "PaymentTerms": terms,
                "ContactPersons": persons,
            },
        )
        where = 'Name=="Full"'
        [bare] = xero.get("/Contacts", where=where)
        [full] = xero.get("/Contacts", where=where, page=1)
        assert "PaymentTerms" not in bare and bare["ContactPersons"] == []
        assert full["PaymentTerms"] == terms and full["ContactPersons"]

    def test_summary_only_drops_addresses_and_flags(self, xero):
        [found, *_rest] = xero.get("/Contacts", summaryOnly="true")
        assert not {"Addresses", "IsCustomer", "ContactPersons"} & set(found)

    def test_contact_number_in_the_path(self, xero):
        assert xero.get("/Contacts/BAY-1")[0]["Name"] == "Bayside Club"

    def test_single_contact_has_attachments_listed(self, xero):
        identifier = xero.contact()["ContactID"]
        assert xero.get(f"/Contacts/{identifier}")[0]["Attachments"] == []


class TestInvoiceLists:
    """Parameters of GET /Invoices."""

    @pytest.fixture
    def invoices(self, xero) -> list[dict]:
        agency = xero.contact("City Agency")
        return [
            xero.create("Invoices", xero.invoice(Reference="alpha")),
            xero.create("Invoices", xero.invoice(Contact=agency, Status="AUTHORISED")),
            xero.create("Invoices", xero.bill(InvoiceNumber="V9")),
        ]

    def test_statuses(self, xero, invoices):
        found = xero.get("/Invoices", Statuses="AUTHORISED,PAID")
        assert [each["InvoiceID"] for each in found] == [invoices[1]["InvoiceID"]]

    def test_invoice_numbers(self, xero, invoices):
        found = xero.get("/Invoices", InvoiceNumbers="INV-0001,V9")
        assert len(found) == 2

    def test_contact_ids(self, xero, invoices):
        contact = xero.contact("City Agency")["ContactID"]
        assert len(xero.get("/Invoices", ContactIDs=contact)) == 1

    def test_ids(self, xero, invoices):
        assert len(xero.get("/Invoices", IDs=invoices[0]["InvoiceID"])) == 1

    @pytest.mark.parametrize("term", ["ALPHA", "inv-0001"])
    def test_search_term(self, xero, invoices, term):
        assert len(xero.get("/Invoices", searchTerm=term)) == 1

    def test_created_by_my_app(self, xero, invoices):
        assert len(xero.get("/Invoices", createdByMyApp="true")) == 3
        xero.grant(client_id="LOCAL-CUSTOM-CONNECTION")
        assert len(xero.get("/Invoices", createdByMyApp="true")) == 0

    def test_number_in_the_path(self, xero, invoices):
        [found] = xero.get("/Invoices/INV-0001")
        assert found["InvoiceID"] == invoices[0]["InvoiceID"]

    def test_pages_have_lines_and_plain_lists_have_none(self, xero, invoices):
        assert xero.get("/Invoices", page=1)[0]["LineItems"]
        assert xero.get("/Invoices")[0]["LineItems"] == []

    def test_lists_carry_a_stub_contact(self, xero, invoices):
        contact = xero.get("/Invoices", page=1)[0]["Contact"]
        assert contact["Name"] == "Bayside Club"
        assert contact["Addresses"] == [] and "EmailAddress" not in contact

    def test_payments_key_is_empty_in_lists_and_absent_alone(self, xero, invoices):
        assert xero.get("/Invoices", page=1)[0]["Payments"] == []
        identifier = invoices[0]["InvoiceID"]
        assert "Payments" not in xero.get(f"/Invoices/{identifier}")[0]

    def test_summary_only_leaves_lines_out(self, xero, invoices):
        answer = xero.api("GET", "/Invoices", query={"summaryOnly": "true"}).json
        assert answer["pagination"]["itemCount"] == 3
        assert "LineItems" not in answer["Invoices"][0]

    def test_unit_amounts_are_read_with_the_decimals_asked_for(self, xero):
        priced = [line(UnitAmount=1.2345)]
        element = xero.invoice(LineItems=priced)
        made = xero.create("Invoices", element, unitdp=4)
        path = f"/Invoices/{made['InvoiceID']}"
        assert xero.get(path)[0]["LineItems"][0]["UnitAmount"] == 1.23
        assert xero.get(path, unitdp=4)[0]["LineItems"][0]["UnitAmount"] == 1.2345


class TestSettings:
    """What an organisation offers to choose from."""

    def test_organisation(self, xero):
        [found] = xero.api("GET", "/Organisation").json["Organisations"]
        assert (found["BaseCurrency"], found["CountryCode"]) == ("AUD", "AU")
        assert found["ShortCode"].startswith("!")
        assert "+0000" not in found["CreatedDateUTC"]

    def test_actions(self, xero):
        actions = xero.api("GET", "/Organisation/Actions").json["Actions"]
        assert {"Name": "CreateDraftInvoice", "Status": "ALLOWED"} in actions

    def test_actions_of_a_user_without_the_role(self, xero):
        xero.control("POST", "revoke_role", tenant=xero.tenant)
        actions = xero.api("GET", "/Organisation/Actions").json["Actions"]
        assert {each["Status"] for each in actions} == {"NOT-ALLOWED"}

    def test_some_accounts_have_no_code(self, xero):
        accounts = xero.get("/Accounts")
        assert [each["Name"] for each in accounts if "Code" not in each] == [
            "Business Savings Account"
        ]

    def test_accounts_can_be_filtered(self, xero):
        where = 'Status=="ACTIVE" AND Class=="REVENUE"'
        codes = {each["Code"] for each in xero.get("/Accounts", where=where)}
        assert {"200", "260"} <= codes and "205" not in codes

    def test_default_branding_theme_has_sort_order_zero(self, xero):
        assert xero.get("/BrandingThemes")[0]["SortOrder"] == 0

    @pytest.mark.parametrize(
        "path", ["/Organisation", "/Accounts", "/TaxRates", "/BrandingThemes"]
    )
    def test_settings_are_read_only(self, xero, path):
        assert xero.api("PUT", path, {"Name": "x"}).status == 501


@pytest.mark.parametrize(
    "path",
    [
        "/Invoices/d4ad8fd6-5c72-4924-91b1-07f1472eb4c3",
        "/Contacts/nobody",
        "/Nonsense",
        "/Invoices/x/y/z/q",
    ],
)
def test_not_found_is_html(xero, path):
    answer = xero.api("GET", path)
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")
