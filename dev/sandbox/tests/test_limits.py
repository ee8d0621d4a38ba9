"""Rate limits, request size, and the headers that tell of them."""

import threading
import time

import pytest

from .client import AU, UK, Xero


def limit(xero: Xero, **limits: int) -> None:
    xero.control("POST", "limits", enabled=True, **limits)


def test_every_answer_tells_what_is_left(xero):
    limit(xero)
    # A fresh minute, so that the window cannot turn between the two calls.
    first = xero.api("GET", "/Organisation").headers
    second = xero.api("GET", "/Organisation").headers
    for name in ("X-MinLimit-Remaining", "X-DayLimit-Remaining"):
        assert int(second[name]) == int(first[name]) - 1
    assert first["X-AppMinLimit-Remaining"] == "9999"


def test_calls_beyond_the_minute_get_an_empty_429(xero):
    limit(xero, minute=1)
    xero.api("GET", "/Organisation")
    answer = xero.api("GET", "/Organisation")
    assert (answer.status, answer.content) == (429, b"")
    assert answer.headers["Content-Type"] is None
    assert answer.headers["X-Rate-Limit-Problem"] == "minute"
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["X-MinLimit-Remaining"] == "0"


def test_minute_is_free_again_when_retry_after_has_passed(xero):
    limit(xero, minute=1)
    xero.api("GET", "/Organisation")
    wait = int(xero.api("GET", "/Organisation").headers["Retry-After"])
    xero.control("POST", "clock", advance=wait)
    assert xero.api("GET", "/Organisation").status == 200


def test_day_limit_waits_for_the_next_day(xero):
    limit(xero, day=1)
    xero.api("GET", "/Organisation")
    answer = xero.api("GET", "/Organisation")
    assert answer.headers["X-Rate-Limit-Problem"] == "day"
    assert 60 < int(answer.headers["Retry-After"]) <= 86_400


def test_app_minute_limit_has_no_retry_after(xero):
    limit(xero, app_minute=1)
    xero.api("GET", "/Organisation")
    answer = xero.api("GET", "/Organisation")
    assert answer.headers["X-Rate-Limit-Problem"] == "appminute"
    assert answer.headers["Retry-After"] is None


def test_sixth_call_at_once_is_refused_without_retry_after(xero):
    limit(xero)
    path = "/Accounts"
    xero.control("POST", "faults", fault="slow", seconds=1, times=5, path=path)
    threads = [threading.Thread(target=slow_call, args=(xero, path)) for _ in range(5)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 5
    while len(xero.control("GET", "calls")) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.1)  # the fifth is logged a moment before it is counted
    answer = xero.api("GET", "/Organisation")
    for thread in threads:
        thread.join()
    assert answer.status == 429
    assert answer.headers["X-Rate-Limit-Problem"] == "concurrent"
    assert answer.headers["Retry-After"] is None
    assert xero.api("GET", "/Organisation").status == 200


def slow_call(xero: Xero, path: str) -> None:
    other = Xero(xero.server)
    other.token = xero.token
    other.api("GET", path)
    other.connection.close()


def test_organisations_have_separate_budgets(xero):
    limit(xero, minute=1)
    xero.tenant = AU
    xero.api("GET", "/Organisation")
    xero.tenant = UK
    assert xero.api("GET", "/Organisation").status == 200


def test_refused_calls_do_not_count(xero):
    limit(xero, minute=1)
    xero.api("GET", "/Organisation")
    before = xero.api("GET", "/Organisation").headers["X-DayLimit-Remaining"]
    after = xero.api("GET", "/Organisation").headers["X-DayLimit-Remaining"]
    assert before == after


def test_validation_errors_count_as_calls(xero):
    limit(xero, minute=1)
    assert xero.api("PUT", "/Contacts", {"Name": ""}).status == 400
    assert xero.api("GET", "/Organisation").status == 429


def test_token_and_control_calls_are_not_counted(xero):
    limit(xero, minute=1)
    granted = xero.grant()
    xero.form(
        "/connect/token",
        "LOCAL-WEB-APP:local-web-secret",
        grant_type="refresh_token",
        refresh_token=granted["refresh_token"],
    )
    assert xero.api("GET", "/Organisation").status == 200


@pytest.mark.parametrize(("size", "status"), [(3_400_000, 400), (3_500_001, 413)])
def test_requests_above_three_and_a_half_megabytes_are_refused(xero, size, status):
    assert xero.api("PUT", "/Contacts", b"x" * size).status == status
