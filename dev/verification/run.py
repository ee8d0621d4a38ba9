"""A run: sign in, make the experiments here and there, clean up, report."""

import argparse
import getpass
import os
import secrets
import sys
import webbrowser
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from environment.console import Failure, complain, say
from environment.paths import STATE, display

from . import report, twin
from .access import XERO, App, Connections, Pass, local_addresses
from .cleaning import clean_up
from .client import Client
from .company import find_demo_company, offer_of
from .experiments import EXPERIMENTS, Experiment
from .hands import Hand, LocalHand, NeedsHand, NoHand, PersonHand
from .lab import Lab
from .reading import NOT_TRIED, NotTried, Reading
from .recordings import Recorder
from .state import State

DIRECTORY = STATE / "verify"
SECRET = "XERO_CLIENT_SECRET"


@dataclass
class Run:
    """What one run found."""

    state: State
    local: dict[str, Reading] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)  # code -> why
    left: list[str] = field(default_factory=list)

    @property
    def readings(self) -> report.Readings:
        """What both said, of each experiment that was made in this run or before."""
        return {
            code: (self.state.readings[code], local)
            for code, local in self.local.items()
        }

    @property
    def disagreeing(self) -> list[str]:
        """The experiments in which the local Xero answers otherwise."""
        return report.disagreeing(self.readings)


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
        access = Pass(lambda: app.in_browser(options.port, webbrowser.open))
    with _clients(app, access, options) as clients:
        client, organisation = find_demo_company(clients)
        state = State.of(directory, organisation["OrganisationID"])
        state.forget(EXPERIMENTS if options.again else options.only)
        client.listeners.append(state.notice)
        hand = _hand(options, access, organisation["OrganisationID"])
        lab = Lab(client, offer_of(client, organisation), hand, secrets.token_hex(3))
        run = Run(state)
        _experiment(run, lab, options, directory)
    return run


def _experiment(
    run: Run, lab: Lab, options: argparse.Namespace, directory: Path
) -> None:
    """Make the experiments, and take away what they made."""
    client, offer = lab.client, lab.offer
    say(f"Demo Company ({offer.version}), {options.pace:g} s from call to call")
    recorder = Recorder(directory / "recordings", offer.version, lab.name(""))
    client.listeners.append(recorder.take)
    with twin.running(offer.version, client.access.current().scopes) as beside:
        try:
            _compare(run, options.only or EXPERIMENTS, lab, beside, recorder)
        finally:
            recorder.begin("")
            _clean_up(client, run)
    say(f"{client.calls} calls to Xero")


@contextmanager
def _clients(
    app: App, access: Pass, options: argparse.Namespace
) -> Iterator[list[Client]]:
    """The organisations that the sign-in reaches; what it connected ends with it."""
    api, pace = app.addresses.api, options.pace
    if options.custom_connection:
        yield [Client(api, access, pace=pace)]
        return
    connections = Connections(app.addresses.connections, access)
    try:
        yield [Client(api, access, tenant, pace) for tenant in connections.tenants]
    finally:
        connections.end()


def _hand(options: argparse.Namespace, access: Pass, tenant: str) -> Hand:
    if options.yes:
        return NoHand()
    if options.local:
        return LocalHand(options.local, tenant)
    if not sys.stdin.isatty():
        return NoHand()
    return PersonHand(access, changes_user=not options.custom_connection)


def _compare(
    run: Run, wanted: Collection[str], lab: Lab, beside: Lab, recorder: Recorder
) -> None:
    """Make in Xero what was not made yet, and everything in the local Xero beside it,
    which may have learnt since.
    """
    readings = run.state.readings
    beside.open()
    for code, experiment in EXPERIMENTS.items():
        if code not in readings and code in wanted:
            if not lab.contact:
                lab.open()
            recorder.begin(code)
            try:
                run.state.keep(code, read(experiment, lab))
            except NeedsHand as why:
                run.skipped[code] = str(why)
                say(f"  {code:4} needs a hand: {why}")
        if code in readings:
            run.local[code] = read(experiment, beside)
            verdict = readings[code].agreement(run.local[code])
            say(f"  {code:4} {verdict:12} {experiment.question}")


def read(experiment: Experiment, lab: Lab) -> Reading:
    """Make an experiment; that it cannot be made here is a reading too.

    :raise NeedsHand: nobody does what a person must do
    """
    reading = Reading(labels={**lab.offer.labels, lab.stamp: "<run>"})
    try:
        experiment.read(lab, reading)
    except NotTried as reason:
        reading.note(NOT_TRIED, "")
        reading.say(NOT_TRIED, str(reason))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # One answer that nobody foresaw must not keep the others from being asked for
        reading.note(NOT_TRIED, "")
        reason = f"{type(error).__name__}: {error}"
        reading.say(NOT_TRIED, f"an answer has another form ({reason})")
    return reading


def _clean_up(client: Client, run: Run) -> None:
    """Take away what this run made, and what a killed one left."""
    if run.state.made:
        say(f"Cleaning up {len(run.state.made)} records …")
        run.left += clean_up(client, run.state)


def _tell(run: Run, directory: Path) -> None:
    """Print the table, and keep it beside the recordings."""
    readings = run.readings
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
