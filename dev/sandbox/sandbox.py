"""The whole sandbox: organisations, identity, limits, faults and the clock."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from threading import Event
from typing import Any

from .calls import Calls
from .clock import Clock
from .faults import Faults
from .idempotency import IdempotencyStore
from .limits import Limiter, Limits
from .oauth import App, OAuth
from .scopes import RefusedScopes
from .seeds import AU_TENANT, fresh_organisations
from .store import Organisation
from .webhooks import Webhooks

APPS = [
    App("LOCAL-WEB-APP", "local-web-secret", "Odoo Sync (local)"),
    App(
        "LOCAL-CUSTOM-CONNECTION",
        "local-custom-secret",
        "Odoo Custom Connection (local)",
        AU_TENANT,
    ),
]


class Sandbox:
    """Everything one running sandbox knows."""

    def __init__(self, limits: Limits) -> None:
        self.starting_limits = limits
        self.clock = Clock()
        self.calls = Calls()
        self.faults = Faults()
        self.refused_scopes = RefusedScopes()
        self.changed = Event()
        self._remembered: tuple[dict, dict] | None = None
        self.webhooks = Webhooks(self.clock, self._is_connected)
        self.reset()

    def reset(self) -> None:
        """Back to fresh organisations, no tokens, no faults, no calls, real time."""
        self.clock.reset()
        self.calls.clear()
        self.faults.clear()
        self.refused_scopes.clear()
        self.organisations: dict[str, Organisation] = fresh_organisations(self.clock)
        self.oauth = OAuth(self.clock, APPS, self.organisations)
        self.limiter = Limiter(replace(self.starting_limits))
        self.idempotency = IdempotencyStore()
        self.webhooks.close()
        self.webhooks = Webhooks(self.clock, self._is_connected)
        for organisation in self.organisations.values():
            organisation.told = self.webhooks.announce
        self.changed.set()

    def remember(self) -> None:
        """Keep books, tokens, the time and what is used of the limits."""
        self._remembered = self.dump(deepcopy), self.limiter.counted()

    def recall(self) -> None:
        """Have back what was kept; the rest must be as after :meth:`reset`.

        :raise ValueError: nothing was kept
        """
        if not self._remembered:
            raise ValueError("Nothing is remembered.")
        dumped, counted = self._remembered
        self.load(deepcopy(dumped))
        self.limiter.take_over(counted)

    def _is_connected(self, client_id: str, tenant_id: str) -> bool:
        return bool(self.oauth.connection(client_id, tenant_id))

    def dump(self, copy: Callable[[Any], Any]) -> dict:
        """What a restart must keep; ``copy`` runs while nothing can change it."""
        dumped = {}
        for tenant_id, organisation in self.organisations.items():
            with organisation.lock:
                dumped[tenant_id] = copy(organisation.dump())
        with self.oauth.lock:
            oauth = copy(self.oauth.dump())
        return {
            "clock": self.clock.offset,
            "oauth": oauth,
            "organisations": dumped,
            "webhooks": self.webhooks.dump(),
        }

    def load(self, dumped: dict) -> None:
        """Take over what :meth:`dump` gave."""
        self.clock.offset = dumped["clock"]
        for tenant_id, each in dumped["organisations"].items():
            self.organisations[tenant_id].load(each)
        self.oauth.load(dumped["oauth"])
        self.webhooks.load(dumped.get("webhooks", []))
