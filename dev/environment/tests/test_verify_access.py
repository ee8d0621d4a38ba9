"""How ``dev/verify`` signs in, and what it asks of the person at the terminal."""

import re
import time
from datetime import datetime, timezone
from threading import Thread

import pytest
import requests
from verification import hands
from verification.access import (
    BROWSER_SCOPES,
    App,
    Connections,
    Grant,
    Pass,
    local_addresses,
    made_just_now,
)
from verification.client import Client
from verification.command import parse
from verification.run import verify

from environment.console import Failure
from environment.processes import free_port

from .verified import APP, AU, SECRET, UK, WEB_APP, WEB_SECRET, LocalXero, command


def test_the_secret_is_no_argument():
    with pytest.raises(SystemExit):
        parse(["--client-id", APP, "--client-secret", SECRET])


def test_a_wrong_secret_is_told_in_words(xero, tmp_path):
    with pytest.raises(Failure, match="invalid_client"):
        verify(parse(command(xero)), "wrong", tmp_path)


def person(tenant: str, state: str = ""):
    """Somebody who allows the access to an organisation in the browser.

    :param state: comes back instead of the one that was asked with
    """

    def consent(address: str) -> None:
        page = requests.get(address, timeout=30).text
        handle = re.search(r'name="request" value="([^"]+)"', page)
        assert handle
        form = {"request": handle[1], "tenant": tenant, "decision": "allow"}
        where = address.partition("?")[0]
        answer = requests.post(where, form, allow_redirects=False, timeout=30)
        back = answer.headers["Location"]
        if state:
            back = re.sub(r"state=[^&]+", f"state={state}", back)
        requests.get(back.replace("localhost", "127.0.0.1"), timeout=30)

    return lambda address: Thread(target=consent, args=(address,)).start()


def browser(xero: LocalXero, tenant: str, state: str = "") -> Grant:
    """Sign in with a person's help."""
    app = App(WEB_APP, WEB_SECRET, local_addresses(xero.root))
    return app.in_browser(free_port(), person(tenant, state))


def test_a_person_signs_in_with_the_browser(xero):
    grant = browser(xero, UK)
    assert grant.scopes == set(BROWSER_SCOPES)
    access = Pass(lambda: grant)
    address = local_addresses(xero.root)
    connections = Connections(address.connections, access)
    assert connections.tenants == [UK]
    [organisation] = (
        Client(address.api, access, UK)
        .call("GET", "/Organisation")
        .elements("Organisations")
    )
    assert organisation["Version"] == "UK"
    connections.end()
    assert Connections(address.connections, access).tenants == []


def test_a_connection_that_was_there_before_stays(xero):
    browser(xero, AU)
    grant = browser(xero, AU)
    address = local_addresses(xero.root).connections
    connections = Connections(address, Pass(lambda: grant))
    connections.end()
    assert Connections(address, Pass(lambda: grant)).tenants == [AU]


def test_only_a_connection_that_is_as_new_as_the_consent_is_ended():
    now = datetime(2026, 11, 28, 20, tzinfo=timezone.utc)
    new, old, renewed = (
        {"createdDateUtc": created, "updatedDateUtc": updated}
        for created, updated in [
            ("2026-11-28T19:59:30.1833130", "2026-11-28T19:59:30.1833130"),
            ("2026-11-27T08:00:00.1833130", "2026-11-27T08:00:00.1833130"),
            ("2026-11-28T19:59:30.1833130", "2026-11-28T19:59:50.1833130"),
        ]
    )
    assert made_just_now(new, now)
    assert not made_just_now(old, now)
    assert not made_just_now(renewed, now)


def test_an_answer_to_another_question_is_not_taken(xero):
    with pytest.raises(Failure, match="another sign-in"):
        browser(xero, AU, state="forged")


def test_another_country_is_compared_with_the_local_one_that_resembles_it(
    xero, tmp_path, monkeypatch
):
    monkeypatch.setattr("webbrowser.open", person(UK))
    words = ["--client-id", WEB_APP, "--pace", "0", "--local", xero.root]
    words += ["--port", str(free_port()), "--only", "O13", "O21", "O22", "O28"]
    run = verify(parse(words), WEB_SECRET, tmp_path)
    assert list(run.local) == ["O13", "O21", "O22", "O28"]
    assert run.disagreeing == []


# --- the person at the terminal -------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch) -> list[str]:
    """What the person is asked; they say what ``answers`` holds."""
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda text: asked.append(text) or "")
    return asked


def test_a_person_locks_the_period_and_opens_it_again(terminal):
    hand = hands.PersonHand(Pass(lambda: None), changes_user=True)
    with hand.period_locked(hands.date(2019, 12, 31)):
        assert "31 Dec 2019" in terminal[-1]
    assert "take this lock date away" in terminal[-1]


def test_a_person_may_skip(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda text: "s")
    hand = hands.PersonHand(Pass(lambda: None), changes_user=True)
    with pytest.raises(hands.NeedsHand), hand.period_locked(hands.date(2019, 12, 31)):
        pytest.fail("it was made all the same")


def test_a_second_user_signs_in_for_one_experiment_only(terminal):
    grants = iter("abc")
    access = Pass(lambda: Grant(next(grants), frozenset(), time.monotonic() + 1800))
    hand = hands.PersonHand(access, changes_user=True)
    assert access.current().token == "a"
    with hand.without_approval():
        assert access.current().token == "b"
    assert access.current().token == "c"
