"""``dev/verify`` tells where a Xero answers otherwise, and leaves nothing behind.

Both sides are local Xeros here, and one of them is told to lie.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sandbox import unverified
from verification import report
from verification.command import parse
from verification.experiments import EXPERIMENTS
from verification.reading import DIFFERS, NOT_TRIED, WORDS_DIFFER, Reading
from verification.recordings import Scrubber
from verification.run import Run, main
from verification.state import Made, State

from environment.console import Failure
from environment.paths import DEV

from .verified import AU, SECRET, UK, LocalXero, command, run_against, writes

BY_HAND = ["O6", "O7", "O25"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Iterator[tuple[Run, LocalXero, Path]]:
    """All experiments, made once with a local Xero that tells the truth."""
    directory = tmp_path_factory.mktemp("verify")
    server = LocalXero()
    yield run_against(server, directory), server, directory
    server.stop()


# --- what it finds --------------------------------------------------------------------


def test_every_experiment_agrees_with_itself(whole):
    run, _xero, _directory = whole
    assert list(run.local) == [f"O{number}" for number in range(1, 29)]
    assert run.disagreeing == []


def test_every_experiment_can_be_made(whole):
    run, _xero, _directory = whole
    texts = {code: xero.text() for code, (xero, _local) in run.readings.items()}
    assert {code: t for code, t in texts.items() if "not tried" in t or not t} == {}


def test_about_sixty_calls_are_made(whole):
    _run, xero, _directory = whole
    calls = xero.control("GET", "calls")
    assert len([each for each in calls if "/api.xro/" in each["path"]]) <= 80


@pytest.mark.parametrize(
    ("lie", "code", "verdict"),
    [
        ("ZERO_TOTAL_IS_PAID = False", "O12", DIFFERS),
        ("NEGATIVE_TOTAL = 'No.'", "O27", WORDS_DIFFER),
    ],
)
def test_a_lie_is_found_where_it_is_told_and_nowhere_else(tmp_path, lie, code, verdict):
    xero = LocalXero(lie)
    try:
        run = run_against(xero, tmp_path)
    finally:
        xero.stop()
    assert run.disagreeing == [code]
    said, local = run.readings[code]
    assert said.agreement(local) == verdict
    table = report.table({code: run.readings[code]}, {})
    assert f"{verdict}:" in table
    assert "to be changed" in report.proposal({code: run.readings[code]})


@pytest.mark.parametrize(("lies", "code"), [((), 0), (("NEGATIVE_TOTAL = 'No.'",), 1)])
def test_the_command_ends_with_1_when_a_row_differs(
    tmp_path, monkeypatch, capsys, lies, code
):
    monkeypatch.setattr("verification.run.DIRECTORY", tmp_path)
    monkeypatch.setenv("XERO_CLIENT_SECRET", SECRET)
    xero = LocalXero(*lies)
    try:
        assert main(parse(command(xero, "--only", "O27"))) == code
    finally:
        xero.stop()
    assert "XERO_CLIENT_SECRET" not in os.environ  # no child needs it
    said = capsys.readouterr().out
    assert (tmp_path / "report.txt").read_text() in said
    assert "NEGATIVE_TOTAL" in (tmp_path / "unverified.txt").read_text()


def test_every_constant_that_stands_on_an_experiment_is_in_unverified():
    named = [name for each in EXPERIMENTS.values() for name in each.constants]
    assert named
    assert [name for name in named if not hasattr(unverified, name)] == []


def test_a_constant_that_has_moved_out_is_told_as_such(monkeypatch):
    monkeypatch.delattr(report.unverified, "ZERO_TOTAL_IS_PAID")
    text = report.proposal({"O12": (Reading(), Reading())})
    assert "ZERO_TOTAL_IS_PAID = '(has moved out already)'" in text


def test_what_needs_a_hand_is_left_out_when_nobody_is_asked(xero, tmp_path):
    run = run_against(xero, tmp_path, "--yes", "--only", "O24", *BY_HAND)
    assert list(run.skipped) == BY_HAND
    assert list(run.local) == ["O24"]
    assert "needs a hand" in report.table(run.readings, run.skipped)


# --- what it leaves -------------------------------------------------------------------


def test_nothing_stays_but_what_xero_does_not_let_go(whole):
    run, xero, _directory = whole
    # An invoice of 0.00, as long as the local Xero takes it for paid
    assert len(xero.alive()) == len(run.left) <= 1


def test_an_interrupted_run_cleans_up_and_the_next_goes_on(xero, tmp_path):
    process = start(xero, tmp_path)
    # Ctrl-C reaches both, and the command then stops its child besides
    interrupt(process, xero, signal.SIGINT, signal.SIGTERM)
    said = (tmp_path / "stderr").read_text().split()
    assert said == ["Interrupted;", "everything", "is", "stopped."]
    assert xero.alive() == []
    assert list(State.of(tmp_path, AU).readings) == ["O1", "O2"]
    xero.control("DELETE", "calls")
    run = run_against(xero, tmp_path, "--only", "O27")
    assert list(run.local) == ["O1", "O2", "O27"]
    endpoints = {each["path"].split("/")[3] for each in writes(xero)}
    assert endpoints == {"Contacts", "Invoices"}  # no item of O2 again


def test_a_killed_run_is_cleaned_up_by_the_next(xero, tmp_path):
    process = start(xero, tmp_path)
    interrupt(process, xero, signal.SIGKILL)
    run_against(xero, tmp_path, "--only", "O24")
    # Nobody could note the quote whose answer was under way
    assert xero.alive() == ["Quotes DRAFT 11.0"]


def test_what_the_reset_of_a_demo_company_took_away_is_not_missed(xero, tmp_path):
    state = State.of(tmp_path, AU)
    state.made[UK] = Made("Invoices", UK, "Verify-1", "DRAFT")
    state.save()
    assert run_against(xero, tmp_path, "--only", "O24").left == []


def start(xero: LocalXero, directory: Path) -> subprocess.Popen:
    """A run in a process of its own; the answer to the quote of O3 takes long."""
    slow = {"fault": "slow", "seconds": 2, "path": "/Quotes", "after": 1}
    xero.control("POST", "faults", method="PUT", **slow)
    script = (
        "import sys; from pathlib import Path;"
        "from environment.processes import guarded;"
        "from verification.command import parse; from verification.run import verify;"
        f"options = parse(sys.argv[1:]); directory = Path({str(directory)!r});"
        f"sys.exit(guarded(lambda: verify(options, {SECRET!r}, directory) and 0))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, *command(xero)],
        stdout=subprocess.DEVNULL,
        stderr=(directory / "stderr").open("w"),
        cwd=DEV,
    )


def interrupt(
    process: subprocess.Popen, xero: LocalXero, *numbers: signal.Signals
) -> None:
    """Send signals while the run waits for the answer of O3."""
    while len([each for each in writes(xero) if "Quotes" in each["path"]]) < 2:
        assert process.poll() is None
        time.sleep(0.1)
    time.sleep(0.3)
    for number in numbers:
        process.send_signal(number)
    process.wait(timeout=60)
    assert process.returncode != 0


def test_nothing_but_a_demo_company_is_written_to(xero, tmp_path):
    values = {"IsDemoCompany": False}
    xero.control("POST", "edit", endpoint="Organisation", values=values)
    with pytest.raises(Failure, match="not a Demo Company"):
        run_against(xero, tmp_path)
    assert writes(xero) == []


def test_a_lost_answer_is_asked_for_again_under_the_same_key(xero, tmp_path):
    fault = {"fault": "lost_answer", "method": "PUT", "path": "/Invoices"}
    xero.control("POST", "faults", **fault)
    run = run_against(xero, tmp_path, "--only", "O27")
    assert run.disagreeing == []
    first, again, *_ = [each for each in writes(xero) if "Invoices" in each["path"]]
    key = "Idempotency-Key"
    assert first["headers"][key] == again["headers"][key]


def test_a_pause_that_xero_asks_for_is_kept(xero, tmp_path):
    fault = {"fault": "rate_minute", "path": "/Invoices", "retry_after": 1}
    xero.control("POST", "faults", **fault)
    assert run_against(xero, tmp_path, "--only", "O27").disagreeing == []


def test_no_more_calls_today_is_told_and_ends_the_run(xero, tmp_path):
    fault = {"fault": "rate_day", "path": "/Invoices", "retry_after": 9000}
    xero.control("POST", "faults", **fault)
    with pytest.raises(Failure, match="tomorrow"):
        run_against(xero, tmp_path, "--only", "O24", "O27")
    assert list(State.of(tmp_path, AU).readings) == ["O24"]
    assert xero.alive() == []


def test_an_access_that_is_ended_meanwhile_is_no_answer(xero, tmp_path):
    xero.control("POST", "faults", fault="forbidden", path="/Invoices")
    with pytest.raises(Failure, match="AuthenticationUnsuccessful"):
        run_against(xero, tmp_path, "--only", "O27")
    assert State.of(tmp_path, AU).readings == {}


def test_an_answer_of_another_form_does_not_stop_the_run(xero, tmp_path):
    fault = {"fault": "altered_answer", "path": "/Invoices"}
    values = {"CurrencyRate": None}
    xero.control("POST", "faults", method="PUT", values=values, **fault)
    run = run_against(xero, tmp_path, "--only", "O22", "O27")
    assert list(run.local) == ["O22", "O27"]
    assert run.disagreeing == ["O22"]
    assert "another form (TypeError" in run.readings["O22"][0].text()
    assert xero.alive() == []


def test_what_could_not_be_tried_is_tried_again(tmp_path):
    state = State.of(tmp_path, AU)
    state.keep("O1", Reading({NOT_TRIED: ""}))
    state.keep("O2", Reading({"item": "taken"}))
    assert list(State.of(tmp_path, AU).readings) == ["O2"]


def test_calls_are_as_far_apart_as_the_pace_says(xero, tmp_path):
    run_against(xero, tmp_path, "--only", "O24", "--pace", "0.3")
    calls = [c for c in xero.control("GET", "calls") if "/api.xro/" in c["path"]]
    times = [datetime.fromisoformat(each["time"]) for each in calls]
    gaps = [(b - a).total_seconds() for a, b in pairwise(times)]
    assert min(gaps) > 0.25


# --- what it keeps --------------------------------------------------------------------


def test_the_state_is_for_its_owner_and_holds_no_secret(whole):
    _run, _xero, directory = whole
    [state] = directory.glob("state-*.json")
    assert state.stat().st_mode & 0o777 == 0o600
    kept = "".join(each.read_text() for each in directory.rglob("*") if each.is_file())
    for secret in (SECRET, "Bearer", AU):
        assert secret not in kept


def test_every_call_of_an_experiment_is_recorded_without_what_is_personal(whole):
    _run, xero, directory = whole
    recordings = list((directory / "recordings").iterdir())
    codes = {each.name.partition("-")[0].upper() for each in recordings}
    assert codes == set(EXPERIMENTS)
    text = "".join(each.read_text() for each in recordings)
    books = xero.control("GET", "state")
    ids = [each["ContactID"] for each in books["Contacts"]]
    settings = ["!aUd3m", "Pty Ltd", "Main Street", "@example.com"]
    assert [each for each in [AU, *ids, *settings] if each in text] == []


def test_a_recording_has_the_form_of_the_others(whole):
    _run, _xero, directory = whole
    path = directory / "recordings" / "o27-1-put-invoices.json"
    recording = json.loads(path.read_text())
    assert recording["request"]["path"] == "/api.xro/2.0/Invoices"
    assert recording["response"]["status"] == 200
    assert recording["body"]["Invoices"][0]["StatusAttributeString"] == "ERROR"


def test_names_of_people_are_replaced_and_the_same_id_stays_the_same():
    scrubber = Scrubber("Verify abc ")
    clean = scrubber.clean(
        {
            "Contacts": [
                {"ContactID": AU, "Name": "Ann Person", "MergedToContactID": UK},
                {"ContactID": UK, "Name": "Verify abc base"},
            ],
            "Url": f"https://api.xero.com/x/{AU}",
            "Message": "The contact ann@person.com",
            "User": "Ann",
        }
    )
    first, second = clean["Contacts"]
    assert (first["Name"], second["Name"]) == ("Name-scrubbed", "Verify abc base")
    assert first["MergedToContactID"] == second["ContactID"] != UK
    assert clean["Url"].endswith(first["ContactID"])
    assert "person.com" not in clean["Message"]
    assert clean["User"] == "User-scrubbed"
