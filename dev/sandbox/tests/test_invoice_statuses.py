"""Invoices: statuses, payments against them, lock dates."""

import pytest

from .client import Xero, line
from .invoices import NOT_VALID, PAID_EDIT, at, change, change_refused, make, pay, read


class TestStatuses:
    """Every step from every status."""

    allowed = {
        "DRAFT": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
        "SUBMITTED": {"SUBMITTED", "DRAFT", "AUTHORISED", "DELETED"},
        "AUTHORISED": {"AUTHORISED", "VOIDED"},
        "PAID": {"PAID"},
        "VOIDED": set(),
        "DELETED": set(),
    }

    @pytest.mark.parametrize("before", allowed)
    @pytest.mark.parametrize("after", allowed)
    def test_step(self, xero, before, after):
        invoice = at(xero, before)
        if after in self.allowed[before]:
            assert change(xero, invoice, Status=after)["Status"] == after
        else:
            assert len(change_refused(xero, invoice, Status=after)) == 1
            assert read(xero, invoice)["Status"] == before

    def test_deleting_an_authorised_invoice_echoes_the_request(self, xero):
        invoice = make(xero, "AUTHORISED")
        [answer] = xero.write(
            "Invoices",
            {"InvoiceID": invoice["InvoiceID"], "Status": "DELETED"},
            method="POST",
        )
        assert answer["ValidationErrors"] == [{"Message": NOT_VALID}]
        assert (answer["Status"], answer["HasErrors"]) == ("DELETED", True)
        assert answer["InvoiceID"] == invoice["InvoiceID"]
        assert read(xero, invoice)["Status"] == "AUTHORISED"

    @pytest.mark.parametrize("status", ["DELETED", "VOIDED"])
    def test_dead_invoices_cannot_be_edited(self, xero, status):
        invoice = at(xero, status)
        assert change_refused(xero, invoice, Reference="x") == [NOT_VALID]

    def test_deleting_may_rename_in_the_same_call(self, xero):
        invoice = make(xero, InvoiceNumber="A1")
        change(xero, invoice, Status="DELETED", InvoiceNumber="A1-gone")
        assert make(xero, InvoiceNumber="A1")["InvoiceNumber"] == "A1"

    def test_approving_checks_the_stored_lines(self, xero):
        invoice = make(xero, LineItems=[line(AccountCode=None)])
        assert change_refused(xero, invoice, Status="AUTHORISED") == [
            "Account code must be specified"
        ]

    def test_authorised_invoice_may_be_edited(self, xero):
        invoice = make(xero, "AUTHORISED")
        after = change(xero, invoice, LineItems=[line(Quantity=1)])
        assert (after["Total"], after["AmountDue"]) == (11.55, 11.55)

    def test_voiding_with_a_payment_is_refused(self, xero):
        invoice = make(xero, "AUTHORISED")
        pay(xero, invoice, 1)
        assert change_refused(xero, invoice, Status="VOIDED") == [
            "The status VOIDED cannot be applied to the invoice because it has "
            "payments or credit notes allocated to it."
        ]

    def test_part_paid_invoice_refuses_new_amounts(self, xero):
        invoice = make(xero, "AUTHORISED")
        pay(xero, invoice, 1)
        lines = [line(Quantity=9)]
        assert change_refused(xero, invoice, LineItems=lines) == [PAID_EDIT]

    @pytest.mark.parametrize("kind", ["invoice", "bill"])
    def test_part_paid_document_takes_the_harmless_fields(self, xero, kind):
        element = getattr(xero, kind)(Status="AUTHORISED")
        invoice = xero.create("Invoices", element)
        pay(xero, invoice, 1)
        lines = [
            {**each, "Description": "reworded", "LineItemID": old["LineItemID"]}
            for each, old in zip(
                element["LineItems"], invoice["LineItems"], strict=True
            )
        ]
        after = change(xero, invoice, DueDate="2027-01-31", LineItems=lines)
        assert after["DueDateString"] == "2027-01-31T00:00:00"
        assert after["LineItems"][0]["Description"] == "reworded"
        assert after["AmountDue"] == after["Total"] - 1

    def test_part_paid_invoice_may_go_to_another_contact(self, xero):
        invoice = make(xero, "AUTHORISED")
        pay(xero, invoice, 1)
        contact = xero.contact("City Agency")
        after = change(xero, invoice, Contact=contact)
        assert after["Contact"]["ContactID"] == contact["ContactID"]

    def test_due_date_may_be_before_the_date(self, xero):
        # The example of Xero's own SDKs for creating invoices has these dates
        made = make(xero, "AUTHORISED", Date="2019-03-11", DueDate="2018-12-10")
        assert made["Status"] == "AUTHORISED"

    def test_post_to_the_invoices_own_address_summarises_errors(self, xero):
        invoice = make(xero, "AUTHORISED")
        path = f"/Invoices/{invoice['InvoiceID']}"
        query = {"summarizeErrors": "false"}
        answer = xero.api("POST", path, {"Status": "DELETED"}, query)
        assert answer.status == 400


class TestZeroTotal:
    """Nothing is due, so it is paid as soon as it is approved."""

    free = [line(UnitAmount=0)]

    def test_approved_invoice_is_paid_at_once(self, xero):
        made = make(xero, "AUTHORISED", LineItems=self.free)
        assert (made["Status"], made["AmountDue"]) == ("PAID", 0)
        assert "FullyPaidOnDate" in made

    def test_draft_stays_a_draft_until_it_is_approved(self, xero):
        made = make(xero, LineItems=self.free)
        assert made["Status"] == "DRAFT"
        assert change(xero, made, Status="AUTHORISED")["Status"] == "PAID"

    def test_it_cannot_be_voided(self, xero):
        made = make(xero, "AUTHORISED", LineItems=self.free)
        assert change_refused(xero, made, Status="VOIDED") == [NOT_VALID]

    def test_it_is_open_again_once_something_is_due(self, xero):
        made = make(xero, "AUTHORISED", LineItems=self.free)
        after = change(xero, made, LineItems=[line()])
        assert (after["Status"], after["AmountDue"]) == ("AUTHORISED", 23.10)
        assert "FullyPaidOnDate" not in after


class TestLockDates:
    """Nothing approved may change in a locked period."""

    def edit(self, xero: Xero, **values) -> None:
        xero.control(
            "POST", "edit", tenant=xero.tenant, endpoint="Organisation", values=values
        )

    def lock(self, xero: Xero, key: str = "PeriodLockDate") -> None:
        self.edit(xero, **{key: "2026-06-30"})

    @pytest.mark.parametrize(
        ("key", "which"),
        [("PeriodLockDate", "period"), ("EndOfYearLockDate", "end of year")],
    )
    def test_approving_into_a_locked_period_is_refused(self, xero, key, which):
        self.lock(xero, key)
        element = xero.invoice(Status="AUTHORISED", Date="2026-06-30")
        assert xero.refused("Invoices", element) == [
            f"The document date cannot be before the {which} lock date, currently set "
            "at 30-Jun-2026"
        ]

    def test_day_after_the_lock_is_open(self, xero):
        self.lock(xero)
        make(xero, "AUTHORISED", Date="2026-07-01")

    @pytest.mark.parametrize("status", ["DRAFT", "SUBMITTED"])
    def test_what_is_not_approved_may_stand_in_a_locked_period(self, xero, status):
        self.lock(xero)
        make(xero, status, Date="2026-06-30")

    def test_both_lock_dates_are_named_when_both_apply(self, xero):
        self.edit(xero, PeriodLockDate="2018-11-30", EndOfYearLockDate="2018-11-30")
        element = xero.invoice(Status="AUTHORISED", Date="2018-11-30")
        assert xero.refused("Invoices", element) == [
            f"The document date cannot be before the {which} lock date, currently set "
            "at 30-Nov-2018"
            for which in ("period", "end of year")
        ]

    def test_an_adviser_passes_the_period_lock_and_not_that_of_the_year(self, xero):
        self.edit(xero, _adviser=True)
        self.lock(xero)
        make(xero, "AUTHORISED", Date="2026-06-30")
        self.lock(xero, "EndOfYearLockDate")
        element = xero.invoice(Status="AUTHORISED", Date="2026-06-30")
        assert len(xero.refused("Invoices", element)) == 1

    @pytest.mark.parametrize("adviser", [False, True])
    def test_the_actions_tell_whom_the_period_lock_does_not_bind(self, xero, adviser):
        self.edit(xero, _adviser=adviser)
        actions = xero.api("GET", "/Organisation/Actions").json["Actions"]
        status = {each["Name"]: each["Status"] for each in actions}
        assert status["ApproveTransactionsBeforePeriodLockDate"] == (
            "ALLOWED" if adviser else "NOT-ALLOWED"
        )

    @pytest.mark.parametrize("values", [{"Reference": "x"}, {"Status": "VOIDED"}])
    def test_approved_invoice_in_a_locked_period_is_closed(self, xero, values):
        invoice = make(xero, "AUTHORISED", Date="2026-06-30")
        self.lock(xero)
        assert len(change_refused(xero, invoice, **values)) == 1


class TestDeletingDrafts:
    """A draft can be deleted whatever became of what it names."""

    def archive(self, xero: Xero, endpoint: str, identifier: str, key: str) -> None:
        values = {key: "ARCHIVED"}
        xero.control("POST", "edit", endpoint=endpoint, id=identifier, values=values)

    def test_archived_account_does_not_stop_it(self, xero):
        invoice = make(xero)
        [account] = xero.get("/Accounts", where='Code=="200"')
        self.archive(xero, "Accounts", account["AccountID"], "Status")
        assert change_refused(xero, invoice, Status="AUTHORISED")
        assert change(xero, invoice, Status="DELETED")["Status"] == "DELETED"

    def test_archived_contact_does_not_stop_it(self, xero):
        invoice, contact = make(xero), xero.contact()
        self.archive(xero, "Contacts", contact["ContactID"], "ContactStatus")
        assert change_refused(xero, invoice, Contact=contact)
        after = change(xero, invoice, Contact=contact, Status="DELETED")
        assert after["Status"] == "DELETED"


def test_new_way_of_taxing_works_the_stored_lines_out_again(xero):
    invoice = make(xero)
    assert change(xero, invoice, LineAmountTypes="Inclusive")["Total"] == 21.00
    assert change(xero, invoice, LineAmountTypes="NoTax")["TotalTax"] == 0
