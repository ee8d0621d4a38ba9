"""Faults on demand: each does what its name says, as often as asked."""

import http.client
import json
import time

import pytest

from .client import Xero

NEW = {"Contacts": [{"Name": "Faulty Ltd"}]}


def plan(xero: Xero, fault: str, **values) -> None:
    xero.control("POST", "faults", fault=fault, **values)


def exists(xero: Xero) -> bool:
    return bool(xero.get("/Contacts", where='Name=="Faulty Ltd"'))


def test_lost_answer_processes_and_closes_the_connection(xero):
    plan(xero, "lost_answer", method="PUT")
    with pytest.raises(http.client.RemoteDisconnected):
        xero.api("PUT", "/Contacts", NEW)
    assert exists(xero)


def test_retry_after_a_lost_answer_with_the_same_key_creates_nothing(xero):
    plan(xero, "lost_answer", method="PUT")
    key = {"Idempotency-Key": "k1"}
    with pytest.raises(http.client.RemoteDisconnected):
        xero.api("PUT", "/Contacts", NEW, headers=key)
    answer = xero.api("PUT", "/Contacts", NEW, headers=key)
    assert answer.status == 200
    assert len(xero.get("/Contacts", where='Name=="Faulty Ltd"')) == 1


def test_dropped_before_processes_nothing(xero):
    plan(xero, "dropped_before")
    with pytest.raises(http.client.RemoteDisconnected):
        xero.api("PUT", "/Contacts", NEW)
    assert not exists(xero)


def test_half_answer_breaks_off_in_the_body(xero):
    plan(xero, "half_answer")
    with pytest.raises(http.client.IncompleteRead):
        xero.api("PUT", "/Contacts", NEW)
    assert exists(xero)


def test_slow_waits_before_the_answer(xero):
    plan(xero, "slow", seconds=0.3)
    start = time.monotonic()
    assert xero.api("PUT", "/Contacts", NEW).status == 200
    assert time.monotonic() - start >= 0.3


@pytest.mark.parametrize(
    ("fault", "problem", "retry_after"),
    [
        ("rate_minute", "minute", "26"),
        ("rate_day", "day", "26"),
        ("rate_concurrent", "concurrent", None),
    ],
)
def test_rate_faults_answer_429(xero, fault, problem, retry_after):
    plan(xero, fault)
    answer = xero.api("PUT", "/Contacts", NEW)
    assert (answer.status, answer.content) == (429, b"")
    assert answer.headers["X-Rate-Limit-Problem"] == problem
    assert answer.headers["Retry-After"] == retry_after
    assert not exists(xero)


def test_unavailable_answers_503_in_plain_text(xero):
    plan(xero, "unavailable")
    answer = xero.api("PUT", "/Contacts", NEW)
    assert answer.status == 503
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.text == "The Xero API is temporarily unavailable"
    assert not exists(xero)


def test_server_error_processes_nothing(xero):
    plan(xero, "server_error")
    assert xero.api("PUT", "/Contacts", NEW).status == 500
    assert not exists(xero)


def test_server_error_after_processes_and_the_key_keeps_the_error(xero):
    plan(xero, "server_error_after")
    key = {"Idempotency-Key": "k1"}
    assert xero.api("PUT", "/Contacts", NEW, headers=key).status == 500
    assert exists(xero)
    assert xero.api("PUT", "/Contacts", NEW, headers=key).status == 500


def test_unauthorised_strikes_once_with_a_good_token(xero):
    plan(xero, "unauthorised")
    assert xero.api("GET", "/Organisation").status == 401
    assert xero.api("GET", "/Organisation").status == 200


def test_expired_token_stays_expired(xero):
    plan(xero, "expired_token")
    assert xero.api("GET", "/Organisation").status == 401
    assert xero.api("GET", "/Organisation").status == 401


def test_forbidden_looks_like_a_disconnected_organisation(xero):
    plan(xero, "forbidden")
    answer = xero.api("GET", "/Organisation")
    assert (answer.status, answer.json["Detail"]) == (403, "AuthenticationUnsuccessful")


def test_html_ok_is_a_200_that_is_no_json(xero):
    plan(xero, "html_ok")
    answer = xero.api("PUT", "/Contacts", NEW)
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert exists(xero)


def test_garbage_json_cannot_be_parsed(xero):
    plan(xero, "garbage_json")
    answer = xero.api("PUT", "/Contacts", NEW)
    assert answer.status == 200
    with pytest.raises(json.JSONDecodeError):
        assert answer.json
    assert exists(xero)


def test_altered_answer_says_of_each_element_what_was_planned(xero):
    plan(xero, "altered_answer", values={"Name": "Somebody", "Extra": None})
    (element,) = xero.api("PUT", "/Contacts", NEW).json["Contacts"]
    assert (element["Name"], element["Extra"]) == ("Somebody", None)
    assert exists(xero)


def test_fault_waits_for_its_method_and_path(xero):
    plan(xero, "server_error", method="PUT", path="/Contacts")
    assert xero.api("GET", "/Contacts").status == 200
    assert xero.api("GET", "/Organisation").status == 200
    assert xero.api("PUT", "/Contacts", NEW).status == 500


def test_fault_skips_and_repeats_as_asked(xero):
    plan(xero, "server_error", after=1, times=2)
    statuses = [xero.api("GET", "/Organisation").status for _call in range(4)]
    assert statuses == [200, 500, 500, 200]


def test_fault_strikes_the_token_endpoint_only_when_named(xero):
    refresh_token = xero.grant()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    app = "LOCAL-WEB-APP:local-web-secret"
    plan(xero, "server_error")
    assert xero.form("/connect/token", app, **form).status == 200
    plan(xero, "unavailable", path="/connect/token")
    assert xero.form("/connect/token", app, **form).status == 503


def test_planned_faults_are_listed_and_forgotten(xero):
    plan(xero, "slow", times=3)
    [fault] = xero.control("GET", "faults")
    assert (fault["fault"], fault["times"]) == ("slow", 3)
    xero.control("DELETE", "faults")
    assert xero.control("GET", "faults") == []


def test_unknown_fault_is_refused(xero):
    body = json.dumps({"fault": "earthquake"}).encode()
    assert xero.request("POST", "/_sandbox/faults", body).status == 400
