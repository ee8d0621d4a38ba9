"""A run: sign in, make the experiments here and there, clean up, report."""

import argparse
import getpass
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import requests
from environment.console import Failure, complain, say
from environment.paths import STATE, display

from . import report, twin
from .access import TIMEOUT, XERO, App, Pass, local_addresses
from .cleaning import clean_up
from .client import Client
from .company import find_demo_company, offer_of
from .experiments import EXPERIMENTS, Experiment
from .hands import Hand, LocalHand, NeedsHand, NoHand, PersonHand
from .lab import PREFIX, Lab
from .reading import NotTried, Reading
from .recordings import Recorder
from .state import State

DIRECTORY = STATE / "verify"
SECRET = "XERO_CLIENT_SECRET"


@dataclass
class Run:
    """What one run found."""

    state: State
    skipped: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    @property
    def disagreeing(self) -> list[str]:
        """The experiments in which the local Xero answers otherwise."""
        return report.disagreeing(self.state.readings)


def main(options: argparse.Namespace) -> int:
    """Make the experiments; 0 when the local Xero agrees with all that was tried."""
    unknown = [code for code in options.only if code not in EXPERIMENTS]
    if unknown:
        raise Failure(f"There is no experiment {unknown[0]}.")
    run = verify(options, _secret(), DIRECTORY)
    _tell(run, DIRECTORY)
    return int(bool(run.disagreeing))


def _secret() -> str:
    """The app's secret, taken out of our environment: no child needs it."""
    secret = os.environ.pop(SECRET, "") or getpass.getpass("Client secret: ")
    if not secret:
        raise Failure("Without the app's client secret nothing can be asked.")
    return secret


def verify(options: argparse.Namespace, secret: str, directory: Path) -> Run:
    """Sign in and make the experiments that were not made yet; clean up in any case.

    :param options: as :func:`verification.command.parse` reads them
    :param directory: for the state and the recordings
    :raise Failure: there is no Demo Company, or Xero cannot be reached
    """
    addresses = local_addresses(options.local) if options.local else XERO
    app = App(options.client_id, secret, addresses)
    if options.custom_connection:
        access = Pass(app.with_credentials)
    else:
        access = Pass(lambda: app.in_browser(options.port))
    clients = _clients(app, access, options)
    client, organisation = find_demo_company(clients)
    run = Run(State.of(directory, organisation["OrganisationID"]))
    client.listeners.append(run.state.notice)
    version, stamp = organisation.get("Version", ""), secrets.token_hex(3)
    hand = _hand(options, access, organisation["OrganisationID"])
    lab = Lab(client, offer_of(client, organisation), hand, stamp)
    say(f"Demo Company ({version}); a call each {options.pace:g} s")
    _clean_up(client, run, "What an earlier run left")
    with twin.running(version, stamp, access.current().scopes) as beside:
        recorder = Recorder(directory / "recordings", version, f"{PREFIX} {stamp}")
        client.listeners.append(recorder.take)
        try:
            lab.open()
            _experiment(run, _wanted(options.only), lab, beside, recorder)
        finally:
            recorder.begin("")
            _clean_up(client, run, "Cleaning up")
    say(f"{client.calls} calls to Xero")
    return run


def _clients(app: App, access: Pass, options: argparse.Namespace) -> Iterator[Client]:
    """The organisations that the sign-in reaches."""
    api, pace = app.addresses.api, options.pace
    if options.custom_connection:
        yield Client(api, access, pace=pace)
        return
    access.current()
    answer = requests.get(app.addresses.connections, auth=access, timeout=TIMEOUT)
    if answer.status_code != 200:
        raise Failure(f"Xero does not list its connections ({answer.status_code}).")
    for connection in answer.json():
        if connection["tenantType"] == "ORGANISATION":
            yield Client(api, access, connection["tenantId"], pace)


def _hand(options: argparse.Namespace, access: Pass, tenant: str) -> Hand:
    if options.local:
        return LocalHand(options.local, tenant)
    if options.yes or not sys.stdin.isatty():
        return NoHand()
    return PersonHand(access, changes_user=not options.custom_connection)


def _wanted(only: Sequence[str]) -> list[Experiment]:
    return [EXPERIMENTS[code] for code in EXPERIMENTS if not only or code in only]


def _experiment(
    run: Run, wanted: list[Experiment], lab: Lab, beside: Lab, recorder: Recorder
) -> None:
    """Make what was not made yet, in Xero and in the local one beside it."""
    for experiment in wanted:
        code = experiment.code
        if code in run.state.readings:
            continue
        recorder.begin(code)
        try:
            reading = read(experiment, lab)
        except NeedsHand as why:
            run.skipped[code] = str(why)
            say(f"  {code:4} needs a hand: {why}")
            continue
        run.state.keep(code, reading, read(experiment, beside))
        verdict = reading.agreement(run.state.readings[code][1])
        say(f"  {code:4} {verdict:12} {experiment.question}")


def read(experiment: Experiment, lab: Lab) -> Reading:
    """Make an experiment; that it cannot be made here is a reading too.

    :raise NeedsHand: nobody does what a person must do
    """
    reading = Reading(labels=lab.offer.labels)
    try:
        experiment.read(lab, reading)
    except NotTried as reason:
        reading.note("not tried", "")
        reading.say("not tried", str(reason))
    return reading


def _clean_up(client: Client, run: Run, title: str) -> None:
    if run.state.made:
        say(f"{title}: {len(run.state.made)} records …")
        run.left += clean_up(client, run.state)


def _tell(run: Run, directory: Path) -> None:
    """Print the table, and keep it beside the recordings."""
    readings = run.state.readings
    text = report.table(readings, run.skipped)
    say(f"\n{text}\n")
    (directory / "report.txt").write_text(f"{text}\n", encoding="utf-8")
    (directory / "unverified.txt").write_text(
        report.proposal(readings), encoding="utf-8"
    )
    for line in run.left:
        complain(f"Still in Xero, take it away by hand: {line}")
    say(report.counts(readings, run.skipped))
    say(f"Table, proposal and recordings: {display(directory)}")
    run.state.forget()
