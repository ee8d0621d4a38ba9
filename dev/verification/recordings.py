"""Answers kept as files, without anything that tells of a person or of whose they are.

The form is that of the recordings with which the local Xero's tests compare its
answers, with what was sent besides: ``request``, ``response`` and ``body``.
"""

import json
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from .client import Exchange
from .state import NO_ID

API = "/api.xro/2.0"
HEADERS = (
    "X-DayLimit-Remaining",
    "X-MinLimit-Remaining",
    "X-AppMinLimit-Remaining",
    "Retry-After",
    "X-Rate-Limit-Problem",
    "WWW-Authenticate",
)
# Whatever stands under these keys is replaced, except our own made-up names
SCRUBBED = (
    "AccountNumber",
    "AddressLine1",
    "AddressLine2",
    "AddressLine3",
    "AddressLine4",
    "AttentionTo",
    "BankAccountDetails",
    "City",
    "CompanyNumber",
    "ContactNumber",
    "EmailAddress",
    "FirstName",
    "LastName",
    "LegalName",
    "Name",
    "OrganisationName",
    "PhoneAreaCode",
    "PhoneCountryCode",
    "PhoneNumber",
    "PostalCode",
    "ProviderName",
    "Region",
    "RegistrationNumber",
    "ShortCode",
    "SkypeUserName",
    "TaxNumber",
    "User",
    "Website",
)
_KEYS = frozenset(SCRUBBED)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}")
_SIGNED = re.compile(r"https?://in\.xero\.com/\S+|https?://\S*(?:logo|Logo)\S*")
_ACTION = re.compile(r"[A-Z][A-Za-z]+")  # the Name of an action of Organisation/Actions


class Scrubber:
    """Replaces what is personal; the same id becomes the same counted one."""

    def __init__(self, own: str) -> None:
        """:param own: how the names begin that the experiments made up"""
        self._own = own
        self._ids: dict[str, str] = {NO_ID: NO_ID}

    def clean(self, value: Any, key: str = "") -> Any:
        """The value without what is personal."""
        if isinstance(value, dict):
            actions = value.keys() == {"Name", "Status"}
            return {
                name: each
                if actions and _ACTION.fullmatch(str(each))
                else self.clean(each, name)
                for name, each in value.items()
            }
        if isinstance(value, list):
            return [self.clean(each, key) for each in value]
        if not isinstance(value, str):
            return value
        if key in _KEYS and value and not value.strip().startswith(self._own):
            return f"{key}-scrubbed"
        return self.text(value)

    def text(self, value: str) -> str:
        """A text without ids, addresses and tokens."""
        value = _SIGNED.sub("REDACTED", _TOKEN.sub("REDACTED", value))
        value = _EMAIL.sub("EmailAddress-scrubbed", value)
        return _ID.sub(lambda found: self._counted(found[0].lower()), value)

    def _counted(self, identifier: str) -> str:
        number = len(self._ids)
        return self._ids.setdefault(
            identifier, f"{number:08}-0000-4000-8000-{number:012}"
        )


class Recorder:
    """Writes the exchanges of the experiments, one file each."""

    def __init__(self, directory: Path, version: str, own: str) -> None:
        """:param version: the country of the Demo Company, e.g. ``AU``
        :param own: how the names begin that the experiments made up
        """
        self._directory = directory
        self._organisation = f"Demo Company ({version})"
        self._scrubber = Scrubber(own)
        self._code = ""
        self._count = 0

    def begin(self, code: str) -> None:
        """From now on calls belong to this experiment; to none when empty."""
        self._code, self._count = code.lower(), 0
        for old in self._directory.glob(f"{self._code}-*.json") if code else ():
            old.unlink()

    def take(self, exchange: Exchange) -> None:
        """Write a call and its answer."""
        # The organisation's own description tells whose it is, and no experiment
        if not self._code or exchange.path == "/Organisation":
            return
        self._count += 1
        name = f"{self._code}-{self._count}-{exchange.method}-{exchange.endpoint}"
        self._directory.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.recording(exchange), indent=2, ensure_ascii=False)
        path = self._directory / f"{name.lower()}.json"
        path.write_text(f"{text}\n", encoding="utf-8")

    def recording(self, exchange: Exchange) -> dict:
        """An exchange in the form of the recordings."""
        headers = exchange.headers
        clean = self._scrubber.clean
        return {
            "recorded_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
            "organisation": self._organisation,
            "sdk": None,
            "scrubbed_keys": list(SCRUBBED),
            "lists_kept_to": None,
            "request": {
                "method": exchange.method,
                "path": self._scrubber.text(f"{API}{exchange.path}"),
                "query": dict(exchange.query),
                "body": clean(exchange.sent),
            },
            "response": {
                "status": exchange.status,
                "content_type": headers.get("Content-Type", ""),
                "content_disposition": headers.get("Content-Disposition"),
                "headers": {name: headers[name] for name in HEADERS if name in headers},
            },
            "body": clean(exchange.body),
        }
