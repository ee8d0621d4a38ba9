"""Invoices and bills: numbers, statuses, dates, currency, contacts."""

import pytest

from .client import UK, line
from .invoices import NOT_VALID, at, change, make, read


class TestCreate:
    """What a new invoice needs and gets."""

    def test_defaults(self, xero):
        made = make(xero)
        assert made["InvoiceNumber"] == "INV-0001"
        assert made["Status"] == "DRAFT"
        assert made["LineAmountTypes"] == "Exclusive"
        assert (made["CurrencyCode"], made["CurrencyRate"]) == ("AUD", 1.0)
        assert made["AmountDue"] == made["Total"] == 23.10
        assert made["BrandingThemeID"]

    def test_date_defaults_to_the_organisations_own_day(self, xero):
        # 22 November 14:00 UTC is already the 23rd in Sydney.
        now = xero.control("GET", "clock")["now"]
        hour = int(now[11:13])
        xero.control("POST", "clock", advance=(14 - hour) * 3600 % 86_400)
        today = xero.control("GET", "clock")["now"][:10]
        xero.grant()
        assert make(xero)["DateString"][:10] > today

    @pytest.mark.parametrize("status", ["AUTHORISED", "SUBMITTED"])
    def test_due_date_is_needed_beyond_draft(self, xero, status):
        element = xero.invoice(DueDate=None)
        xero.create("Invoices", element)
        assert xero.refused("Invoices", {**element, "Status": status}) == [
            "The document DueDate field must be specified."
        ]

    def test_lines_are_needed(self, xero):
        assert xero.refused("Invoices", xero.invoice(LineItems=[])) == [
            "One or more line items must be specified"
        ]

    def test_type_is_needed(self, xero):
        assert len(xero.refused("Invoices", xero.invoice(Type=None))) == 1

    @pytest.mark.parametrize("status", ["PAID", "VOIDED", "DELETED"])
    def test_final_statuses_cannot_be_created(self, xero, status):
        element = xero.invoice(Status=status)
        assert xero.refused("Invoices", element) == [NOT_VALID]

    def test_bad_date_is_refused(self, xero):
        assert len(xero.refused("Invoices", xero.invoice(DueDate="soon"))) == 1

    @pytest.mark.parametrize("form", ["2026-12-24", "/Date(1798070400000+0000)/"])
    def test_dates_are_read_in_both_forms(self, xero, form):
        assert make(xero, DueDate=form)["DueDateString"] == "2026-12-24T00:00:00"

    def test_unknown_branding_theme_is_refused(self, xero):
        theme = "d4ad8fd6-5c72-4924-91b1-07f1472eb4c3"
        element = xero.invoice(BrandingThemeID=theme)
        assert len(xero.refused("Invoices", element)) == 1

    @pytest.mark.parametrize(
        ("url", "accepted"),
        [
            ("https://odoo.example.com/odoo/sales/7", True),
            ("/odoo/sales/7", False),
            ("https://odoo.example.com/xero/7", False),
        ],
    )
    def test_url_is_absolute_and_does_not_name_xero(self, xero, url, accepted):
        [answer] = xero.write("Invoices", xero.invoice(Url=url))
        assert (answer["StatusAttributeString"] == "OK") is accepted

    def test_relative_url_is_refused_in_these_words(self, xero):
        assert xero.refused("Invoices", xero.invoice(Url="odoo")) == [
            "Url must be a valid absolute url"
        ]

    def test_only_approved_invoices_may_be_marked_sent(self, xero):
        assert xero.refused("Invoices", xero.invoice(SentToContact=True))
        assert make(xero, "AUTHORISED", SentToContact=True)["SentToContact"] is True


class TestNumbers:
    """ACCREC numbers are unique, bills' are not."""

    def test_sequence_counts_and_skips_taken_numbers(self, xero):
        make(xero, InvoiceNumber="INV-0002")
        assert [make(xero)["InvoiceNumber"] for _ in range(2)] == [
            "INV-0001",
            "INV-0003",
        ]

    def test_put_with_a_taken_number_is_refused(self, xero):
        make(xero, InvoiceNumber="A1")
        assert xero.refused("Invoices", xero.invoice(InvoiceNumber="A1")) == [
            "Invoice # must be unique."
        ]

    @pytest.mark.parametrize("status", ["DELETED", "VOIDED"])
    def test_dead_invoices_keep_their_number(self, xero, status):
        number = at(xero, status)["InvoiceNumber"]
        assert xero.refused("Invoices", xero.invoice(InvoiceNumber=number))

    def test_post_with_a_taken_number_silently_updates(self, xero):
        first = make(xero, InvoiceNumber="A1")
        element = xero.invoice(InvoiceNumber="A1", Reference="other")
        assert xero.update("Invoices", element)["InvoiceID"] == first["InvoiceID"]

    def test_post_with_a_bills_number_silently_updates_too(self, xero):
        first = xero.create("Invoices", xero.bill(InvoiceNumber="V9"))
        again = xero.update("Invoices", xero.bill(InvoiceNumber="V9"))
        assert again["InvoiceID"] == first["InvoiceID"]

    def test_two_bills_may_have_the_same_number(self, xero):
        ids = {
            xero.create("Invoices", xero.bill(InvoiceNumber="V9"))["InvoiceID"]
            for _ in range(2)
        }
        assert len(ids) == 2

    def test_bill_without_number_gets_none(self, xero):
        assert xero.create("Invoices", xero.bill())["InvoiceNumber"] == ""

    def test_bill_has_no_reference(self, xero):
        made = xero.create("Invoices", xero.bill(Reference="lost"))
        assert made["Reference"] == ""

    def test_number_and_reference_have_a_longest_value(self, xero):
        for field in ("InvoiceNumber", "Reference"):
            make(xero, **{field: "x" * 255})
            assert xero.refused("Invoices", xero.invoice(**{field: "y" * 256}))

    def test_bill_makes_its_contact_a_supplier(self, xero):
        bill = xero.bill(Contact=xero.contact("City Agency"))
        assert xero.create("Invoices", bill)["Contact"]["IsSupplier"] is True


class TestCurrency:
    """Currencies the organisation has, and their rate."""

    def test_currency_that_is_not_enabled_is_refused(self, xero):
        assert xero.refused("Invoices", xero.invoice(CurrencyCode="CAD")) == [
            "Organisation is not subscribed to currency CAD"
        ]

    def test_enabled_after_put_currencies(self, xero):
        answer = xero.api("PUT", "/Currencies", {"Code": "CAD"})
        assert answer.json["Currencies"] == [
            {"Code": "CAD", "Description": "Canadian Dollar"}
        ]
        assert make(xero, CurrencyCode="CAD")["CurrencyCode"] == "CAD"

    def test_rate_defaults_to_the_day_rate(self, xero):
        assert make(xero, CurrencyCode="EUR")["CurrencyRate"] == 0.561

    def test_sent_rate_is_kept_with_six_decimals(self, xero):
        made = make(xero, CurrencyCode="EUR", CurrencyRate=0.6153101234)
        assert made["CurrencyRate"] == 0.61531

    def test_rate_survives_an_update_that_leaves_it_out(self, xero):
        made = make(xero, CurrencyCode="EUR", CurrencyRate=0.6)
        assert change(xero, made, Reference="x")["CurrencyRate"] == 0.6

    def test_odd_rate_is_a_warning_not_an_error(self, xero):
        element = xero.invoice(CurrencyCode="EUR", CurrencyRate=5)
        made = xero.create("Invoices", element)
        assert made["StatusAttributeString"] == "WARNING"
        assert "currency rate" in made["Warnings"][0]["Message"]

    def test_base_currency_has_rate_one(self, xero):
        assert make(xero, CurrencyRate=0.5)["CurrencyRate"] == 1.0

    def test_british_organisation_has_pounds_only(self, xero):
        xero.tenant = UK
        contact = xero.contact("Boom FM")
        element = xero.invoice(Contact=contact, CurrencyCode="EUR")
        assert len(xero.refused("Invoices", element)) == 1


class TestContacts:
    """How a document finds, makes or changes its contact."""

    def test_unknown_name_creates_a_contact(self, xero):
        made = make(xero, Contact={"Name": "Walk-in"})
        assert made["Contact"]["Name"] == "Walk-in"
        assert len(xero.get("/Contacts", where='Name=="Walk-in"')) == 1

    def test_known_name_is_matched(self, xero):
        made = make(xero, Contact={"Name": "bayside club"})
        assert made["Contact"]["ContactID"] == xero.contact()["ContactID"]

    def test_refused_invoice_creates_no_contact(self, xero):
        xero.refused("Invoices", xero.invoice(Contact={"Name": "Ghost"}, LineItems=[]))
        assert xero.get("/Contacts", where='Name=="Ghost"') == []

    def test_further_details_change_the_contact_and_drop_persons(self, xero):
        contact = {**xero.contact(), "EmailAddress": "old@example.com"}
        persons = [{"FirstName": "Ann"}]
        xero.update("Contacts", {**contact, "ContactPersons": persons})
        make(xero, Contact={**contact, "EmailAddress": "new@example.com"})
        [read_back] = xero.get(f"/Contacts/{contact['ContactID']}")
        assert read_back["EmailAddress"] == "new@example.com"
        assert read_back["ContactPersons"] == []

    def test_id_alone_changes_nothing(self, xero):
        contact = xero.contact()
        [before] = xero.get(f"/Contacts/{contact['ContactID']}")
        flags = {"HasAttachments": False, "HasValidationErrors": False}
        xero.control("POST", "clock", advance=60)
        make(xero, Contact={**contact, **flags})
        [after] = xero.get(f"/Contacts/{contact['ContactID']}")
        assert after == before

    def test_name_beside_the_id_renames_the_contact(self, xero):
        contact = xero.contact()
        make(xero, Contact={**contact, "Name": "Renamed Club"})
        [read_back] = xero.get(f"/Contacts/{contact['ContactID']}")
        assert read_back["Name"] == "Renamed Club"

    def test_archived_contact_is_refused(self, xero):
        element = xero.invoice(Contact=xero.contact("Old Town Traders"))
        assert xero.refused("Invoices", element) == [
            "The contact with the specified contact details has been archived. The "
            "contact must be un-archived before creating new invoices or credit notes."
        ]

    def test_missing_contact_is_refused(self, xero):
        [message] = xero.refused("Invoices", xero.invoice(Contact=None))
        assert message.startswith("The Contact must contain at least 1 of")

    def test_unknown_contact_id_is_refused(self, xero):
        contact = {"ContactID": "d4ad8fd6-5c72-4924-91b1-07f1472eb4c3"}
        assert len(xero.refused("Invoices", xero.invoice(Contact=contact))) == 1


class TestRoundingAmount:
    """The opt-in adjustment between the lines and the total."""

    totals = {"SubTotal": 21, "TotalTax": 2.1, "Total": 23.15, "RoundingAmount": 0.05}

    def test_is_ignored_without_the_opt_in(self, xero):
        assert make(xero, "AUTHORISED", **self.totals)["Total"] == 23.10

    def test_is_added_when_enabled_and_the_totals_add_up(self, xero):
        xero.control("POST", "rounding_amount", tenant=xero.tenant)
        made = make(xero, "AUTHORISED", **self.totals)
        assert (made["Total"], made["RoundingAmount"]) == (23.15, 0.05)

    def test_survives_an_update_that_leaves_it_out(self, xero):
        xero.control("POST", "rounding_amount", tenant=xero.tenant)
        made = make(xero, "AUTHORISED", **self.totals)
        assert change(xero, made, Reference="x")["Total"] == 23.15
        after = change(xero, made, LineItems=[line(Quantity=1)])
        assert after["Total"] == after["AmountDue"] == 11.60

    @pytest.mark.parametrize("values", [{"Total": 23.20}, {"RoundingAmount": 0.11}])
    def test_wrong_totals_or_range_are_refused(self, xero, values):
        xero.control("POST", "rounding_amount", tenant=xero.tenant)
        element = xero.invoice(Status="AUTHORISED", **{**self.totals, **values})
        assert len(xero.refused("Invoices", element)) == 1


class TestParts:
    """OnlineInvoice and Email."""

    def test_online_address_of_an_approved_invoice(self, xero):
        path = f"/Invoices/{make(xero, 'AUTHORISED')['InvoiceID']}/OnlineInvoice"
        [found] = xero.api("GET", path).json["OnlineInvoices"]
        assert found["OnlineInvoiceUrl"].startswith("https://in.xero.com/")

    def test_draft_has_no_online_address(self, xero):
        path = f"/Invoices/{make(xero)['InvoiceID']}/OnlineInvoice"
        assert xero.api("GET", path).status == 400

    def test_email_answers_204_and_marks_as_sent(self, xero):
        invoice = make(xero, "AUTHORISED")
        path = f"/Invoices/{invoice['InvoiceID']}/Email"
        assert xero.api("POST", path, b"").status == 204
        assert read(xero, invoice)["SentToContact"] is True

    def test_draft_cannot_be_emailed(self, xero):
        path = f"/Invoices/{make(xero)['InvoiceID']}/Email"
        assert xero.api("POST", path, b"").status == 400
