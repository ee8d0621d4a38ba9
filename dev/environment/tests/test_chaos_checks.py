"""The fault matrix sees what must not be."""

import json

from chaos_matrix import checks
from chaos_matrix.checks import Findings
from chaos_matrix.command import parse
from chaos_matrix.kinds import Expected

INVOICE = Expected("Invoices", "S1", 11.0)
CREDIT = Expected("CreditNotes", "R1", 11.0, allocated=11.0)


def found(wanted: Expected, *elements: dict) -> Findings:
    """What comes of these books."""
    findings = Findings()
    checks.compare(wanted, {wanted.endpoint: list(elements)}, findings)
    return findings


def invoice(**values) -> dict:
    return {"Reference": "S1", "Total": 11.0, "Status": "DRAFT", **values}


def write(minute: float, key: str, **values) -> dict:
    """A call of the local Xero's log."""
    call = {
        "time": f"2026-11-22T10:{int(minute):02}:{minute % 1 * 60:06.3f}",
        "method": "PUT",
        "path": "/api.xro/2.0/Invoices",
        "headers": {"Idempotency-Key": key} if key else {},
        "body": json.dumps({"Invoices": []}),
        "status": 200,
        "fault": None,
    }
    return {**call, **values}


def test_one_document_with_its_total_is_good():
    findings = found(INVOICE, invoice(), invoice(Status="VOIDED"))
    assert findings.good
    assert findings.documents == 1


def test_second_document_is_a_duplicate():
    assert found(INVOICE, invoice(), invoice()).duplicates == 1


def test_no_document_is_lost():
    assert found(INVOICE).lost == 1


def test_another_total_is_a_problem():
    assert not found(INVOICE, invoice(Total=12.0)).good


def test_credit_set_off_twice_is_a_duplicate_and_never_is_lost():
    twice = [{"Amount": 11.0}, {"Amount": 11.0}]
    note = {"Reference": "R1", "Total": 11.0}
    assert found(CREDIT, {**note, "Allocations": twice}).duplicates == 1
    assert found(CREDIT, {**note, "Allocations": []}).lost == 1


def test_write_without_key_is_a_problem():
    assert checks.calls_without_key([write(0, "")])
    assert not checks.calls_without_key([write(0, "a")])


def test_key_of_two_bodies_is_a_problem():
    assert checks.calls_without_key([write(0, "a"), write(0, "a", body="{}")])


def test_same_write_under_another_key_is_a_problem_while_the_first_may_count():
    def problem(**values):
        earlier, later = write(0, "a", **values), write(5, "b")
        return checks.repeated_under_another_key([earlier, later])

    assert problem(status=None)
    assert problem(status=500)
    assert not problem(status=429)
    late = [write(0, "a", status=None), write(6.2, "b")]
    assert not checks.repeated_under_another_key(late)


def test_call_before_the_end_of_a_pause_is_a_problem():
    refused = write(0, "a", status=429, fault="rate_minute")
    assert checks.calls_too_early([refused, write(0.43, "b")])
    assert not checks.calls_too_early([refused, write(0.44, "b")])


def test_command_line_names_kinds_and_faults():
    options = parse(["--short", "--kinds", "bill", "order", "--faults", "lost"])
    assert options.short
    assert (options.kinds, options.faults) == (["bill", "order"], ["lost"])
