"""Quotes: their own forms, statuses and renumbering."""

import pytest

from .client import Xero, line

STEP = "Quote status change is invalid"


def change(xero: Xero, quote: dict, **values) -> dict:
    """An update as the examples make it: Contact and Date repeated."""
    return xero.update("Quotes", element(xero, quote, **values))


def element(xero: Xero, quote: dict, **values) -> dict:
    return {
        "QuoteID": quote["QuoteID"],
        "QuoteNumber": quote["QuoteNumber"],
        "Contact": {"ContactID": quote["Contact"]["ContactID"]},
        "Date": "2026-11-22",
        **values,
    }


def at(xero: Xero, status: str) -> dict:
    """A quote in this status, by allowed steps."""
    quote = xero.create("Quotes", xero.quote())
    ways = {
        "DRAFT": (),
        "SENT": ("SENT",),
        "DECLINED": ("SENT", "DECLINED"),
        "ACCEPTED": ("SENT", "ACCEPTED"),
        "INVOICED": ("SENT", "ACCEPTED", "INVOICED"),
        "DELETED": ("DELETED",),
    }
    for step in ways[status]:
        change(xero, quote, Status=step)
    return quote


def test_form_of_a_quote(xero):
    quote = xero.create("Quotes", xero.quote(LineAmountTypes="Exclusive"))
    assert quote["QuoteNumber"] == "QU-0001"
    assert quote["LineAmountTypes"] == "EXCLUSIVE"
    assert quote["Date"] == "/Date(1795305600000)/"
    assert "+" not in quote["UpdatedDateUTC"]
    assert set(quote["Contact"]) == {"ContactID", "Name", "EmailAddress"}


def test_content_type_has_no_charset_and_lists_no_pagination(xero):
    answer = xero.api("GET", "/Quotes", query={"page": 1})
    assert answer.headers["Content-Type"] == "application/json"
    assert "pagination" not in answer.json
    assert answer.json["SummarizeErrors"] is True


def test_tax_type_does_not_default_from_the_account(xero):
    quote = xero.create("Quotes", xero.quote(LineItems=[line()]))
    assert quote["TotalTax"] == 0
    assert "TaxType" not in quote["LineItems"][0]


def test_sent_tax_type_is_taxed(xero):
    assert xero.create("Quotes", xero.quote())["TotalTax"] == 2.10


def test_unit_amount_has_four_decimals_without_unitdp(xero):
    priced = line(Quantity=1000, UnitAmount=1.23567)
    quote = xero.create("Quotes", xero.quote(LineItems=[priced]))
    assert quote["LineItems"][0]["UnitAmount"] == 1.2357
    assert quote["SubTotal"] == 1235.70


@pytest.mark.parametrize("missing", ["Contact", "Date"])
def test_contact_and_date_are_needed(xero, missing):
    quote = {**xero.quote(), missing: None}
    assert len(xero.refused("Quotes", quote)) == 1


def test_description_suffices_for_a_line(xero):
    words = [{"Description": "To be priced"}]
    assert xero.create("Quotes", xero.quote(LineItems=words))["Total"] == 0


def test_lines_are_needed(xero):
    assert xero.refused("Quotes", xero.quote(LineItems=[])) == [
        "One or more line items must be specified"
    ]


def test_update_without_number_draws_a_new_one(xero):
    quote = xero.create("Quotes", xero.quote())
    numbers = []
    for status in ("SENT", "ACCEPTED"):
        after = change(xero, quote, QuoteNumber=None, Status=status)
        assert after["QuoteID"] == quote["QuoteID"]
        numbers.append(after["QuoteNumber"])
    assert numbers == ["QU-0002", "QU-0003"]


def test_update_with_number_keeps_it(xero):
    quote = xero.create("Quotes", xero.quote())
    assert change(xero, quote, Status="SENT")["QuoteNumber"] == "QU-0001"


def test_put_with_a_taken_number_is_refused(xero):
    xero.create("Quotes", xero.quote(QuoteNumber="Q1"))
    assert len(xero.refused("Quotes", xero.quote(QuoteNumber="Q1"))) == 1


def test_lines_sent_again_without_id_get_new_ids(xero):
    quote = xero.create("Quotes", xero.quote())
    after = change(xero, quote, LineItems=[line()])
    before = quote["LineItems"][0]["LineItemID"]
    assert after["LineItems"][0]["LineItemID"] != before


@pytest.mark.parametrize(
    ("field", "longest"),
    [("Title", 100), ("Summary", 3000), ("Terms", 4000), ("Reference", 4000)],
)
def test_text_fields_have_a_longest_value(xero, field, longest):
    xero.create("Quotes", xero.quote(**{field: "x" * longest}))
    assert xero.refused("Quotes", xero.quote(**{field: "x" * (longest + 1)}))


def test_discounts_are_allowed(xero):
    lines = [line(DiscountRate=10, TaxType="OUTPUT")]
    assert xero.create("Quotes", xero.quote(LineItems=lines))["Total"] == 20.79


def test_tracking_by_name_is_refused_and_by_option_id_taken(xero):
    option = xero.get("/TrackingCategories")[0]["Options"][0]
    by_id = [{"TrackingOptionID": option["TrackingOptionID"]}]
    by_name = [{"Name": "Region", "Option": "North"}]
    xero.create("Quotes", xero.quote(LineItems=[line(Tracking=by_id)]))
    element = xero.quote(LineItems=[line(Tracking=by_name)])
    assert len(xero.refused("Quotes", element)) == 1


class TestStatuses:
    """Every step from every status."""

    allowed = {
        "DRAFT": {"DRAFT", "SENT", "DELETED"},
        "SENT": {"SENT", "ACCEPTED", "DECLINED", "DELETED"},
        "DECLINED": {"DECLINED", "SENT", "DELETED"},
        "ACCEPTED": {"ACCEPTED", "INVOICED", "SENT", "DELETED"},
        "INVOICED": {"INVOICED", "SENT", "DELETED"},
        "DELETED": set(),
    }

    @pytest.mark.parametrize("before", allowed)
    @pytest.mark.parametrize("after", allowed)
    def test_step(self, xero, before, after):
        quote = at(xero, before)
        if after in self.allowed[before]:
            assert change(xero, quote, Status=after)["Status"] == after
        else:
            asked = element(xero, quote, Status=after)
            assert xero.refused("Quotes", asked, method="POST") == [STEP]

    @pytest.mark.parametrize("status", ["DECLINED", "ACCEPTED", "INVOICED"])
    def test_closed_quote_refuses_new_lines(self, xero, status):
        quote = at(xero, status)
        asked = element(xero, quote, LineItems=[line(Quantity=9)])
        assert len(xero.refused("Quotes", asked, method="POST")) == 1

    @pytest.mark.parametrize("status", ["DECLINED", "ACCEPTED", "INVOICED"])
    @pytest.mark.parametrize(
        "values",
        [
            {"Title": "New"},
            {"Summary": "New"},
            {"Reference": "New"},
            {"ExpiryDate": "2027-01-31"},
            {"Date": "2026-11-21"},
            {"CurrencyCode": "EUR"},
        ],
    )
    def test_closed_quote_refuses_new_content(self, xero, status, values):
        asked = element(xero, at(xero, status), **values)
        assert xero.refused("Quotes", asked, method="POST") == [
            "Only the contact and notes of this quote can be changed"
        ]

    @pytest.mark.parametrize("status", ["DECLINED", "ACCEPTED", "INVOICED"])
    def test_closed_quote_takes_another_contact_and_terms(self, xero, status):
        contact = xero.contact("City Agency")
        after = change(xero, at(xero, status), Contact=contact, Terms="New")
        assert after["Contact"]["ContactID"] == contact["ContactID"]
        assert after["Terms"] == "New"

    @pytest.mark.parametrize("status", ["SENT", "ACCEPTED", "DECLINED", "INVOICED"])
    def test_quote_is_created_as_a_draft_only(self, xero, status):
        assert xero.refused("Quotes", xero.quote(Status=status)) == [STEP]

    def test_accepted_quote_takes_the_same_lines_again(self, xero):
        quote = at(xero, "ACCEPTED")
        lines = xero.quote()["LineItems"]
        after = change(xero, quote, Status="INVOICED", LineItems=lines)
        assert after["Status"] == "INVOICED"


def test_quote_number_filter_is_a_partial_match(xero):
    for number in ("QU-1", "QU-12", "XX-1"):
        xero.create("Quotes", xero.quote(QuoteNumber=number))
    found = xero.get("/Quotes", QuoteNumber="QU-1")
    assert [each["QuoteNumber"] for each in found] == ["QU-1", "QU-12"]


def test_quotes_are_filtered_by_status_contact_and_dates(xero):
    quote = at(xero, "SENT")
    xero.create("Quotes", xero.quote(Date="2026-01-01"))
    contact = quote["Contact"]["ContactID"]
    assert len(xero.get("/Quotes", Status="SENT")) == 1
    assert len(xero.get("/Quotes", ContactID=contact)) == 2
    assert len(xero.get("/Quotes", DateFrom="2026-11-01")) == 1
    assert len(xero.get("/Quotes", DateTo="2026-10-31")) == 1


HEAD = {
    "Reference": "S00042",
    "Title": "Kitchen",
    "Summary": "Oak, oiled",
    "Terms": "Half now",
    "ExpiryDate": "2026-12-31",
}


class TestLeftOut:
    """An update is the whole head of a quote; only its lines may be left out."""

    inclusive = {"LineAmountTypes": "INCLUSIVE", "LineItems": [line(TaxType="OUTPUT")]}
    ways = (
        ("SENT",),
        ("DELETED",),
        ("SENT", "ACCEPTED"),
        ("SENT", "DECLINED"),
        ("SENT", "ACCEPTED", "INVOICED"),
        ("SENT", "DECLINED", "DELETED"),
    )

    def stepped(self, xero, way, last):
        """A quote whose last step is sent with these values only."""
        quote = xero.create("Quotes", xero.quote(**self.inclusive, **HEAD))
        head = {**HEAD, "LineAmountTypes": "INCLUSIVE"}
        for status in way[:-1]:
            change(xero, quote, Status=status, **head)
        return change(xero, quote, Status=way[-1], **last)

    @pytest.mark.parametrize("way", ways)
    def test_texts_and_expiry_are_emptied(self, xero, way):
        after = self.stepped(xero, way, {"LineAmountTypes": "INCLUSIVE"})
        assert after["Terms"] == ""
        assert not {"Reference", "Title", "Summary", "ExpiryDate"} & set(after)

    @pytest.mark.parametrize("way", ways)
    def test_repeated_they_stay(self, xero, way):
        after = self.stepped(xero, way, {**HEAD, "LineAmountTypes": "INCLUSIVE"})
        for name in ("Reference", "Title", "Summary", "Terms"):
            assert after[name] == HEAD[name]
        assert after["ExpiryDate"] == "/Date(1798675200000)/"
        assert (after["LineAmountTypes"], after["Total"]) == ("INCLUSIVE", 21)

    @pytest.mark.parametrize("status", ["SENT", "ACCEPTED", "INVOICED"])
    def test_an_inclusive_quote_becomes_exclusive_and_dearer(self, xero, status):
        way = next(way for way in self.ways if way[-1] == status)
        after = self.stepped(xero, way, HEAD)
        assert (after["LineAmountTypes"], after["Total"]) == ("EXCLUSIVE", 23.1)

    def test_lines_stay_with_their_ids(self, xero):
        quote = xero.create("Quotes", xero.quote())
        assert change(xero, quote, Status="SENT")["LineItems"] == quote["LineItems"]


def test_prices_of_an_inclusive_quote_are_answered_without_tax(xero):
    lines = [line(Quantity=1, UnitAmount=1092, TaxType="OUTPUT")]
    quote = xero.create(
        "Quotes", xero.quote(LineAmountTypes="INCLUSIVE", LineItems=lines)
    )
    assert (quote["Total"], quote["LineItems"][0]["UnitAmount"]) == (1092, 992.7273)


def test_prices_that_were_read_are_taxed_down_once_more_when_sent_back(xero):
    lines = [line(Quantity=1, UnitAmount=1092, TaxType="OUTPUT")]
    inclusive = {"LineAmountTypes": "INCLUSIVE"}
    quote = xero.create("Quotes", xero.quote(LineItems=lines, **inclusive))
    lines[0]["UnitAmount"] = quote["LineItems"][0]["UnitAmount"]
    assert change(xero, quote, LineItems=lines, **inclusive)["Total"] == 992.73
