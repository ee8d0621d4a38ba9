"""Idempotency keys: six minutes, one request each, errors included."""

from .client import Xero


def put(xero: Xero, key: str, name: str = "Keyed Ltd", **values):
    body = {"Contacts": [{"Name": name, **values}]}
    return xero.api("PUT", "/Contacts", body, headers={"Idempotency-Key": key})


def named(xero: Xero, name: str) -> int:
    return len(xero.get("/Contacts", where=f'Name=="{name}"'))


def test_same_key_and_body_replays_the_first_answer(xero):
    first, second = put(xero, "k1"), put(xero, "k1")
    assert second.status == 200
    assert second.content == first.content
    assert named(xero, "Keyed Ltd") == 1


def test_key_is_new_again_after_six_minutes(xero):
    put(xero, "k1")
    xero.control("POST", "clock", advance=359)
    assert put(xero, "k1").status == 200
    xero.control("POST", "clock", advance=2)
    assert put(xero, "k1").status == 400  # processed: the name exists by now


def test_same_key_with_another_body_is_refused(xero):
    put(xero, "k1")
    answer = put(xero, "k1", "Other Ltd")
    assert answer.status == 400
    assert answer.json["Message"] == (
        "Idempotency Key: k1 is used with a different request."
    )
    assert named(xero, "Other Ltd") == 0


def test_same_key_with_another_method_is_refused(xero):
    put(xero, "k1")
    body = {"Contacts": [{"Name": "Keyed Ltd"}]}
    answer = xero.api("POST", "/Contacts", body, headers={"Idempotency-Key": "k1"})
    assert answer.status == 400


def test_same_key_with_another_address_is_refused(xero):
    put(xero, "k1")
    answer = xero.api(
        "PUT",
        "/Contacts",
        {"Contacts": [{"Name": "Keyed Ltd"}]},
        {"summarizeErrors": "false"},
        {"Idempotency-Key": "k1"},
    )
    assert answer.status == 400


def test_errors_are_kept_too(xero):
    assert put(xero, "k1", "Bayside Club").status == 400
    [contact] = xero.get("/Contacts", where='Name=="Bayside Club"')
    contact = {"ContactID": contact["ContactID"], "Name": "Renamed"}
    xero.update("Contacts", contact)
    assert put(xero, "k1", "Bayside Club").status == 400
    assert put(xero, "k2", "Bayside Club").status == 200


def test_key_longer_than_128_characters_is_refused(xero):
    assert put(xero, "k" * 128).status == 200
    assert put(xero, "k" * 129, "Other Ltd").status == 400


def test_header_name_ignores_case(xero):
    body = {"Contacts": [{"Name": "Keyed Ltd"}]}
    for _attempt in range(2):
        answer = xero.api("PUT", "/Contacts", body, headers={"idempotency-KEY": "k1"})
        assert answer.status == 200


def test_replay_costs_a_call_and_limits_come_first(xero):
    xero.control("POST", "limits", enabled=True, minute=2)
    put(xero, "k1")
    put(xero, "k1")
    assert put(xero, "k1").status == 429


def test_reads_ignore_the_key(xero):
    header = {"Idempotency-Key": "k1"}
    xero.api("GET", "/Contacts", headers=header)
    assert xero.api("GET", "/Accounts", headers=header).status == 200
