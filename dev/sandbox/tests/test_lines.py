"""Lines: arithmetic to the cent, accounts, tax, discounts, tracking."""

import pytest

from .client import Xero, line


def total(xero: Xero, *lines: dict, **values) -> tuple[float, float, float]:
    """SubTotal, TotalTax and Total of an invoice with these lines."""
    query = {"unitdp": values.pop("unitdp")} if "unitdp" in values else {}
    made = xero.create("Invoices", xero.invoice(LineItems=lines, **values), **query)
    return made["SubTotal"], made["TotalTax"], made["Total"]


def first_line(xero: Xero, **values) -> dict:
    made = xero.create("Invoices", xero.invoice(LineItems=[line(**values)]))
    return made["LineItems"][0]


def refusal(xero: Xero, *lines: dict, **values) -> list[str]:
    element = xero.invoice(LineItems=lines, **values)
    return xero.refused("Invoices", element)


class TestArithmetic:
    """Each line is rounded half up to the cent, then the lines are summed."""

    def test_exclusive_adds_tax(self, xero):
        assert total(xero, line()) == (21.00, 2.10, 23.10)

    def test_inclusive_takes_tax_out(self, xero):
        types = {"LineAmountTypes": "Inclusive"}
        assert total(xero, line(UnitAmount=50, Quantity=1), **types) == (
            45.45,
            4.55,
            50.00,
        )

    def test_no_tax_has_none(self, xero):
        assert total(xero, line(), LineAmountTypes="NoTax") == (21.00, 0.00, 21.00)

    def test_tax_is_rounded_per_line(self, xero):
        # 0.25 × 10 % = 0.025 → 0.03 each; rounded once it would be 0.08.
        lines = [line(Quantity=1, UnitAmount=0.25)] * 3
        assert total(xero, *lines) == (0.75, 0.09, 0.84)

    def test_half_a_cent_goes_up(self, xero):
        assert total(xero, line(Quantity=0.5, UnitAmount=0.01)) == (0.01, 0.00, 0.01)

    def test_half_a_cent_of_a_negative_line_goes_down(self, xero):
        lines = [line(), line(Quantity=0.5, UnitAmount=-0.01)]
        assert total(xero, *lines)[0] == 20.99

    def test_binary_floats_do_not_disturb(self, xero):
        # 1.005 is 1.00499… as a float; as a decimal it is exactly half a cent.
        amount = line(Quantity=1.005, UnitAmount=1)
        assert total(xero, amount)[0] == 1.01

    @pytest.mark.parametrize(("unitdp", "sub_total"), [(2, 1240.00), (4, 1235.70)])
    def test_unit_amount_is_rounded_before_it_is_multiplied(
        self, xero, unitdp, sub_total
    ):
        priced = line(Quantity=1000, UnitAmount=1.23567)
        assert total(xero, priced, unitdp=unitdp)[0] == sub_total

    def test_quantity_keeps_four_decimals(self, xero):
        assert first_line(xero, Quantity=1.23456)["Quantity"] == 1.2346

    def test_quantity_defaults_to_one(self, xero):
        assert first_line(xero, Quantity=None)["LineAmount"] == 10.50

    def test_unit_amount_is_worked_out_from_line_amount(self, xero):
        made = first_line(xero, Quantity=4, UnitAmount=None, LineAmount=10)
        assert made["UnitAmount"] == 2.5

    def test_line_amount_must_equal_quantity_times_price(self, xero):
        assert refusal(xero, line(LineAmount=1)) == [
            "The line total 1.00 does not match the expected line total 21.00"
        ]

    def test_quantity_longer_than_13_characters_is_refused(self, xero):
        assert refusal(xero, line(Quantity=1234567890.1234))

    def test_line_amount_has_a_largest_value(self, xero):
        assert refusal(xero, line(Quantity=10, UnitAmount=9_999_999_999.99))

    def test_negative_total_is_refused(self, xero):
        assert refusal(xero, line(UnitAmount=-1)) == [
            "The document total cannot be negative."
        ]

    def test_quantity_below_zero_is_refused(self, xero):
        assert refusal(xero, line(), line(Quantity=-1)) == [
            "The quantity value '-1.0000' is invalid. Quantity must not be less than "
            "zero."
        ]

    @pytest.mark.parametrize(
        ("endpoint", "values"),
        [
            ("Invoices", {"Type": "ACCPAY"}),
            ("CreditNotes", {"Type": "ACCRECCREDIT"}),
            ("CreditNotes", {"Type": "ACCPAYCREDIT"}),
            ("PurchaseOrders", {}),
            ("Quotes", {"Date": "2026-11-22"}),
        ],
    )
    def test_quantity_below_zero_is_refused_on_every_document(
        self, xero, endpoint, values
    ):
        own = {"AccountCode": None, "TaxType": None}
        lines = [line(**own), line(Quantity=-0.25, **own)]
        element = {"Contact": xero.contact(), "LineItems": lines, **values}
        assert xero.refused(endpoint, element) == [
            "The quantity value '-0.2500' is invalid. Quantity must not be less than "
            "zero."
        ]

    def test_price_below_zero_is_taken(self, xero):
        assert total(xero, line(), line(UnitAmount=-1))[0] == 19.00


class TestDiscounts:
    """Rates and amounts, on sales documents only."""

    def test_rate_lowers_the_line_before_tax(self, xero):
        assert total(xero, line(DiscountRate=10)) == (18.90, 1.89, 20.79)

    def test_amount_lowers_the_line_before_tax(self, xero):
        assert total(xero, line(DiscountAmount=1)) == (20.00, 2.00, 22.00)

    def test_rate_keeps_two_decimals(self, xero):
        assert first_line(xero, DiscountRate=33.3333)["DiscountRate"] == 33.33

    def test_discounted_document_says_so(self, xero):
        made = xero.create(
            "Invoices", xero.invoice(LineItems=[line(DiscountRate=10), line()])
        )
        assert made["IsDiscounted"] is True
        assert made["TotalDiscount"] == 2.10

    def test_zero_discount_on_a_negative_line_is_refused(self, xero):
        negative = line(Quantity=1, UnitAmount=-1, DiscountAmount=0)
        assert refusal(xero, line(), negative) == [
            "The discount rate '0.00' is invalid. Discount must not be greater than "
            "the line total."
        ]

    def test_negative_line_without_discount_is_taken(self, xero):
        assert total(xero, line(), line(Quantity=1, UnitAmount=-10.50))[2] == 11.55

    def test_discount_larger_than_the_line_is_refused(self, xero):
        assert refusal(xero, line(DiscountRate=101))
        assert refusal(xero, line(DiscountAmount=21.01))

    def test_bills_take_no_discount(self, xero):
        lines = [line(AccountCode="400", DiscountRate=10)]
        bill = {**xero.bill(), "LineItems": lines}
        assert xero.refused("Invoices", bill)


class TestDescriptionOnly:
    """A line for information: a Description and nothing else."""

    words = {"Description": "Odoo order S00042"}

    @pytest.mark.parametrize("status", ["DRAFT", "AUTHORISED"])
    def test_is_taken_on_every_status_and_counts_nothing(self, xero, status):
        made = xero.create(
            "Invoices", xero.invoice(Status=status, LineItems=[self.words, line()])
        )
        assert made["Total"] == 23.10
        assert made["LineItems"][0]["Description"] == "Odoo order S00042"

    def test_has_no_quantity_price_account_or_tax(self, xero):
        made = xero.create("Invoices", xero.invoice(LineItems=[self.words]))
        keys = {"Quantity", "UnitAmount", "AccountCode", "TaxType"}
        assert not keys & set(made["LineItems"][0])

    def test_zeroes_make_it_an_amount_line_that_needs_an_account(self, xero):
        zeroes = {**self.words, "Quantity": 0, "UnitAmount": 0}
        assert refusal(xero, zeroes, line(), Status="AUTHORISED") == [
            "Account code must be specified"
        ]

    def test_description_has_a_longest_value(self, xero):
        xero.create("Invoices", xero.invoice(LineItems=[{"Description": "x" * 4000}]))
        assert refusal(xero, {"Description": "x" * 4001})


class TestAccounts:
    """Accounts a line may use."""

    def test_draft_lines_need_no_account(self, xero):
        xero.create("Invoices", xero.invoice(LineItems=[line(AccountCode=None)]))

    def test_approved_lines_need_one(self, xero):
        assert refusal(xero, line(AccountCode=None), Status="AUTHORISED") == [
            "Account code must be specified"
        ]

    @pytest.mark.parametrize("code", ["999", "610", "800", "820", "090"])
    def test_unknown_system_and_bank_accounts_are_refused(self, xero, code):
        assert refusal(xero, line(AccountCode=code)) == [
            f"Account code '{code}' is not a valid code for this document."
        ]

    def test_rounding_account_is_open(self, xero):
        assert first_line(xero, AccountCode="860")["AccountCode"] == "860"

    def test_archived_account_is_refused(self, xero):
        assert refusal(xero, line(AccountCode="205")) == [
            "Account code '205' has been archived, or has been deleted. Each line item "
            "must reference a valid account."
        ]

    def test_account_may_be_given_by_id(self, xero):
        [account] = xero.get("/Accounts", where='Code=="260"')
        made = first_line(xero, AccountCode=None, AccountID=account["AccountID"])
        assert made["AccountCode"] == "260"


class TestTax:
    """Which rate a line gets, and what it may be used with."""

    def test_rate_comes_from_the_account(self, xero):
        assert first_line(xero, AccountCode="220")["TaxType"] == "EXEMPTEXPORT"

    def test_sent_rate_wins(self, xero):
        made = first_line(xero, TaxType="EXEMPTOUTPUT")
        assert (made["TaxType"], made["TaxAmount"]) == ("EXEMPTOUTPUT", 0)

    def test_rate_of_the_other_side_is_refused(self, xero):
        assert refusal(xero, line(TaxType="INPUT")) == [
            "The TaxType code 'INPUT' cannot be used with account code '200'."
        ]

    @pytest.mark.parametrize("code", ["OUTPUT9", "TAX001"])
    def test_unknown_and_deleted_rates_are_refused(self, xero, code):
        assert len(refusal(xero, line(TaxType=code))) == 1

    def test_tax_amount_may_be_given_on_invoices(self, xero):
        assert total(xero, line(TaxAmount=2.11)) == (21.00, 2.11, 23.11)

    def test_given_tax_amount_is_inside_an_inclusive_line(self, xero):
        types = {"LineAmountTypes": "Inclusive"}
        assert total(xero, line(TaxAmount=1.90), **types) == (19.10, 1.90, 21.00)

    def test_given_tax_amount_survives_an_update_without_lines(self, xero):
        made = xero.create("Invoices", xero.invoice(LineItems=[line(TaxAmount=2.11)]))
        after = xero.update("Invoices", {"InvoiceID": made["InvoiceID"], "Url": None})
        assert after["TotalTax"] == 2.11

    def test_line_without_account_and_rate_has_no_tax(self, xero):
        made = first_line(xero, AccountCode=None)
        assert "TaxType" not in made
        assert made["TaxAmount"] == 0

    def test_british_rates_apply_in_britain(self, xero):
        xero.tenant = "b0000000-0000-4000-8000-00000000000b"
        element = xero.invoice(Contact=xero.contact("Boom FM"))
        assert xero.create("Invoices", element)["TotalTax"] == 4.20


class TestItems:
    """What an item fills in."""

    def test_item_fills_description_price_account_and_tax(self, xero):
        element = xero.invoice(LineItems=[{"ItemCode": "BOOK", "Quantity": 1}])
        [made] = xero.create("Invoices", element)["LineItems"]
        assert made["Description"] == "Fish out of Water"
        assert (made["UnitAmount"], made["AccountCode"]) == (19.95, "200")
        assert made["TaxType"] == "OUTPUT"
        assert made["Item"]["Name"] == "Fish out of Water"

    def test_sent_values_win(self, xero):
        made = first_line(xero, ItemCode="BOOK", AccountCode="260")
        assert (made["UnitAmount"], made["AccountCode"]) == (10.50, "260")

    def test_bill_takes_the_purchase_side(self, xero):
        lines = [{"ItemCode": "BOOK", "Quantity": 1}]
        bill = {**xero.bill(), "LineItems": lines}
        [made] = xero.create("Invoices", bill)["LineItems"]
        assert (made["UnitAmount"], made["AccountCode"]) == (12.50, "310")

    def test_unknown_item_code_is_refused(self, xero):
        assert refusal(xero, line(ItemCode="NOPE")) == ["Item code 'NOPE' is not valid"]

    def test_code_with_words_but_no_quantity_is_lost(self, xero):
        words = {"ItemCode": "BOOK", "Description": "just words"}
        made = xero.create("Invoices", xero.invoice(LineItems=[words]))
        assert "ItemCode" not in made["LineItems"][0]


class TestTracking:
    """Tracking categories on lines."""

    def test_names_are_resolved_to_ids(self, xero):
        sent = [{"Name": "Region", "Option": "North"}]
        [tracked] = first_line(xero, Tracking=sent)["Tracking"]
        assert tracked["TrackingOptionID"] and tracked["TrackingCategoryID"]

    def test_option_id_is_enough(self, xero):
        option = xero.get("/TrackingCategories")[0]["Options"][0]
        sent = [{"TrackingOptionID": option["TrackingOptionID"]}]
        assert first_line(xero, Tracking=sent)["Tracking"][0]["Option"] == "Eastside"

    def test_unknown_option_is_refused(self, xero):
        sent = [{"Name": "Region", "Option": "Moon"}]
        assert len(refusal(xero, line(Tracking=sent))) == 1

    def test_more_than_two_are_refused(self, xero):
        sent = [{"Name": "Region", "Option": "North"}] * 3
        assert len(refusal(xero, line(Tracking=sent))) == 1


class TestLineIds:
    """LineItemID on updates."""

    def setup_lines(self, xero: Xero) -> tuple[str, list[dict]]:
        made = xero.create("Invoices", xero.invoice(LineItems=[line(), line()]))
        return made["InvoiceID"], made["LineItems"]

    def test_sent_id_keeps_the_line_and_unlisted_lines_go(self, xero):
        identifier, [first, _second] = self.setup_lines(xero)
        kept = line(LineItemID=first["LineItemID"], Quantity=3)
        element = {"InvoiceID": identifier, "LineItems": [kept]}
        after = xero.update("Invoices", element)["LineItems"]
        assert [each["LineItemID"] for each in after] == [first["LineItemID"]]
        assert after[0]["LineAmount"] == 31.50

    def test_line_without_id_is_a_new_one(self, xero):
        identifier, lines = self.setup_lines(xero)
        element = {"InvoiceID": identifier, "LineItems": [line()]}
        [after] = xero.update("Invoices", element)["LineItems"]
        assert after["LineItemID"] not in [each["LineItemID"] for each in lines]

    def test_lines_an_invoice_leaves_out_are_made_anew(self, xero):
        identifier, lines = self.setup_lines(xero)
        after = xero.update("Invoices", {"InvoiceID": identifier, "Reference": "r"})
        before = {each["LineItemID"] for each in lines}
        assert before.isdisjoint(each["LineItemID"] for each in after["LineItems"])
        assert [each["LineAmount"] for each in after["LineItems"]] == [21.0, 21.0]

    def test_left_out_lines_lose_decimals_unless_unitdp_is_four(self, xero):
        priced = line(Quantity=1000, UnitAmount=1.2357)
        made = xero.create("Invoices", xero.invoice(LineItems=[priced]), unitdp=4)
        approved = {"InvoiceID": made["InvoiceID"], "Status": "AUTHORISED"}
        assert xero.refused("Invoices", approved, method="POST") == [
            "The line total 1235.70 does not match the expected line total 1240.00"
        ]
        after = xero.update("Invoices", approved, unitdp=4)
        assert (after["Status"], after["SubTotal"]) == ("AUTHORISED", 1235.70)

    def test_left_out_lines_of_a_credit_note_stay(self, xero):
        element = {
            "Type": "ACCRECCREDIT",
            "Contact": xero.contact(),
            "LineItems": [line()],
        }
        made = xero.create("CreditNotes", element)
        update = {"CreditNoteID": made["CreditNoteID"], "Reference": "r"}
        after = xero.update("CreditNotes", update)
        assert after["LineItems"][0]["LineItemID"] == made["LineItems"][0]["LineItemID"]

    def test_a_bill_takes_no_discount_in_the_words_of_xero(self, xero):
        lines = [line(AccountCode="400", DiscountRate=10)]
        bill = xero.invoice(Type="ACCPAY", LineItems=lines)
        assert xero.refused("Invoices", bill) == [
            "Discounts may not be applied to ACCPAY invoices."
        ]

    def test_a_line_without_text_is_refused_when_approved(self, xero):
        bare = line()
        del bare["Description"]
        invoice = xero.invoice(Status="AUTHORISED", LineItems=[bare])
        assert xero.refused("Invoices", invoice) == [
            "The description field is mandatory for each line item."
        ]

    def test_id_xero_never_issued_is_refused(self, xero):
        foreign = line(LineItemID="d4ad8fd6-5c72-4924-91b1-07f1472eb4c3")
        assert len(refusal(xero, foreign)) == 1
