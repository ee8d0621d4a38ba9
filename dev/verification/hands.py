"""What a person must do in Xero's own screens, for three of the experiments."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Protocol

import requests
from environment.console import Failure

from .access import Pass

TIMEOUT = 30


class NeedsHand(Exception):
    """Nobody is there to do it; the text says what would have to be done."""


class Hand(Protocol):
    """Does what the API cannot do."""

    @contextmanager
    def period_locked(self, day: date) -> Iterator[None]:
        """Lock the books up to a day, for all but advisers, and open them again."""

    @contextmanager
    def without_approval(self) -> Iterator[None]:
        """Make the calls as a user who may not approve, then as before."""

    def merge(self, closed: dict, kept: dict) -> None:
        """Merge a contact into another."""


class NoHand:
    """Does nothing."""

    @contextmanager
    def period_locked(self, day: date) -> Iterator[None]:
        """:raise NeedsHand: always"""
        raise NeedsHand("lock dates are set in Xero's screens")
        yield

    @contextmanager
    def without_approval(self) -> Iterator[None]:
        """:raise NeedsHand: always"""
        raise NeedsHand("it needs a second user who may not approve")
        yield

    def merge(self, closed: dict, kept: dict) -> None:
        """:raise NeedsHand: always"""
        raise NeedsHand("contacts are merged in Xero's screens")


class PersonHand:
    """Asks the person at the terminal."""

    def __init__(self, access: Pass, changes_user: bool) -> None:
        """:param changes_user: whether another user can sign in for the same app"""
        self._access = access
        self._changes_user = changes_user

    @contextmanager
    def period_locked(self, day: date) -> Iterator[None]:
        """:raise NeedsHand: the person skips it"""
        where = "In Xero, under Settings, Financial settings"
        only = "“Stop all users (except advisers)”"
        _ask(f"{where}, set the lock date {only} to {day:%d %b %Y}.")
        try:
            yield
        finally:
            _insist(f"{where}, take this lock date away again.")

    @contextmanager
    def without_approval(self) -> Iterator[None]:
        """:raise NeedsHand: the person skips it, or the app has only one user"""
        if not self._changes_user:
            raise NeedsHand("a custom connection has one user")
        _ask(
            "This needs a second user of the Demo Company with the role “Invoice "
            "only: draft only”. In the browser, sign in to Xero as that user; you "
            "are then asked to allow the access again."
        )
        self._access.forget()
        try:
            yield
        finally:
            self._access.forget()
            _insist("In the browser, sign in to Xero as yourself again.")

    def merge(self, closed: dict, kept: dict) -> None:
        """:raise NeedsHand: the person skips it"""
        _ask(f"In Xero's contacts, merge “{closed['Name']}” into “{kept['Name']}”.")


def _ask(what: str) -> None:
    said = input(f"\n{what}\nPress Enter when it is done, or s and Enter to skip: ")
    if said.strip():
        raise NeedsHand("skipped")


def _insist(what: str) -> None:
    input(f"\n{what}\nPress Enter when it is done: ")


def control(root: str, action: str, **values) -> dict:
    """Call the control API of a local Xero.

    :raise Failure: it refuses, or is none
    """
    try:
        answer = requests.post(
            f"{root}/_sandbox/{action}", json=values, timeout=TIMEOUT
        )
    except requests.RequestException as error:
        raise Failure(f"There is no local Xero at {root}.") from error
    if answer.status_code != 200:
        raise Failure(f"The local Xero refuses {action}: {answer.text}")
    return answer.json()


class LocalHand:
    """Uses the control API of a local Xero."""

    def __init__(self, root: str, tenant: str) -> None:
        self._root = root
        self._tenant = tenant

    def _control(self, action: str, **values) -> None:
        control(self._root, action, tenant=self._tenant, **values)

    @contextmanager
    def period_locked(self, day: date) -> Iterator[None]:
        """Lock the books up to a day meanwhile."""
        self._set_lock(day.isoformat())
        try:
            yield
        finally:
            self._set_lock(None)

    def _set_lock(self, day: str | None) -> None:
        values = {"PeriodLockDate": day}
        self._control("edit", endpoint="Organisation", values=values)

    @contextmanager
    def without_approval(self) -> Iterator[None]:
        """Take the right to write away meanwhile."""
        self._control("revoke_role", revoked=True)
        try:
            yield
        finally:
            self._control("revoke_role", revoked=False)

    def merge(self, closed: dict, kept: dict) -> None:
        """Merge a contact into another."""
        self._control("merge", id=closed["ContactID"], into=kept["ContactID"])
