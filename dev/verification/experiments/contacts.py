"""Contacts: people, names, countries, merging."""

import re
import time
from datetime import datetime, timedelta, timezone

from ..lab import Lab
from ..reading import Reading
from .experiment import Experiment

SINCE = "%Y-%m-%dT%H:%M:%S"  # of If-Modified-Since, in UTC


def people(lab: Lab, reading: Reading) -> None:
    """A person at a contact without an e-mail address, and at one with it."""
    persons = [
        {
            "FirstName": "Ada",
            "LastName": "Experiment",
            "EmailAddress": "ada@example.com",
        }
    ]
    tried = {
        "without e-mail": lab.person("O5 a", ContactPersons=persons),
        "with e-mail": lab.person("O5 b", ContactPersons=persons),
    }
    del tried["without e-mail"]["EmailAddress"]
    outcomes = lab.put("Contacts", *tried.values())
    for name, outcome in zip(tried, outcomes, strict=True):
        reading.outcome(name, outcome)


def characters(lab: Lab, reading: Reading) -> None:
    """Names and countries with characters that may not be allowed."""
    names = {
        "angle brackets": lab.name("O19 <a>"),
        "double space": lab.name("O19  b"),
        "outer space": f" {lab.name('O19 c')} ",
    }
    countries = ("Côte d'Ivoire", "U.S.A.")
    elements = [lab.person("") | {"Name": name} for name in names.values()]
    elements += [
        lab.person(
            f"O19 {number}", Addresses=[{"AddressType": "POBOX", "Country": country}]
        )
        for number, country in enumerate(countries)
    ]
    outcomes = lab.put("Contacts", *elements)
    for title, name, outcome in zip(names, names.values(), outcomes, strict=False):
        reading.outcome(title, outcome)
        if outcome.taken:
            kept = outcome.element.get("Name") == name
            reading.note(title, "kept" if kept else "changed")
    for country, outcome in zip(countries, outcomes[len(names) :], strict=True):
        reading.outcome(country, outcome)
        if outcome.taken:
            found = [a.get("Country") for a in outcome.element.get("Addresses") or []]
            reading.note(country, "kept" if country in found else "changed")


def merged(lab: Lab, reading: Reading) -> None:
    """A person merges two contacts: which of them counts as changed?"""
    made = lab.put("Contacts", lab.person("O25 closed"), lab.person("O25 kept"))
    closed, kept = (each.required("the contact") for each in made)
    # If-Modified-Since knows whole seconds: the merge must be in a later one
    since = max(map(_updated, (closed, kept))) + timedelta(seconds=1)
    time.sleep(2)
    lab.hand.merge(closed, kept)
    headers = {"If-Modified-Since": since.strftime(SINCE)}
    listed = lab.get("/Contacts", headers, page="1", includeArchived="true")
    found = {each["ContactID"]: each for each in listed.elements()}
    for title, contact in (("closed", closed), ("kept", kept)):
        there = contact["ContactID"] in found
        reading.note(f"the {title} one", "listed" if there else "not listed")
    target = found.get(closed["ContactID"], {}).get("MergedToContactID")
    points = target == kept["ContactID"]
    reading.note("MergedToContactID", "the kept one" if points else target)


def _updated(contact: dict) -> datetime:
    """When Xero says that it was changed."""
    milliseconds = re.search(r"\d+", contact["UpdatedDateUTC"])
    assert milliseconds
    return datetime.fromtimestamp(int(milliseconds[0]) / 1000, timezone.utc)


def future(lab: Lab, reading: Reading) -> None:
    """Contacts changed since tomorrow."""
    tomorrow = datetime.now(timezone.utc) + timedelta(days=1)
    headers = {"If-Modified-Since": tomorrow.strftime(SINCE)}
    answer = lab.get("/Contacts", headers)
    reading.note("status", answer.status)
    reading.note("contacts", len(answer.elements()))


EXPERIMENTS = (
    Experiment(
        "O5",
        "Are people refused at a contact that has no e-mail address itself?",
        people,
        "safe both ways: people go only with an e-mail address on the contact",
    ),
    Experiment(
        "O19",
        "Which characters of names and countries are refused or changed?",
        characters,
        "safe both ways: names and countries are sent without them",
        ("NAME_CHARACTERS", "COUNTRY_PATTERN", "COUNTRY_CHARACTERS"),
    ),
    Experiment(
        "O24",
        "Is nothing new since a date a 304, or an empty list?",
        future,
        "safe both ways: both count as nothing new",
    ),
    Experiment(
        "O25",
        "Which of two merged contacts counts as changed?",
        merged,
        "safe both ways: a closed contact is followed to the one it was merged into, "
        "also when a document is refused for it",
    ),
)
