"""Faults on demand: what can go wrong on the way to Xero and back."""

from dataclasses import asdict, dataclass, field
from threading import Lock
from typing import Any

API_ROOT = "/api.xro/2.0"

BEFORE = frozenset(
    {
        "dropped_before",
        "rate_minute",
        "rate_day",
        "rate_concurrent",
        "unavailable",
        "server_error",
        "unauthorised",
        "expired_token",
        "forbidden",
    }
)
AFTER = frozenset(
    {
        "lost_answer",
        "half_answer",
        "slow",
        "server_error_after",
        "html_ok",
        "garbage_json",
        "altered_answer",
    }
)


@dataclass
class Fault:
    """One planned fault; it strikes ``times`` calls after skipping ``after``.

    ``values`` are what an altered answer says of each of its elements.
    """

    fault: str
    method: str = ""
    path: str = ""
    times: int = 1
    after: int = 0
    seconds: float = 5
    retry_after: int = 26
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.fault not in BEFORE | AFTER:
            raise ValueError(f"Unknown fault: {self.fault}")
        self.seconds = float(self.seconds)

    @property
    def is_before(self) -> bool:
        return self.fault in BEFORE

    def matches(self, method: str, path: str) -> bool:
        """Whether a call is meant; without ``path``, every accounting call is."""
        if self.method and self.method.upper() != method:
            return False
        if path.startswith(API_ROOT):
            return path.removeprefix(API_ROOT).startswith(self.path)
        return bool(self.path) and path.startswith(self.path)


class Faults:
    """The planned faults, oldest first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """Add a fault."""
        with self._lock:
            self._planned.append(fault)

    def clear(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._planned.clear()

    def listed(self) -> list[dict]:
        """The faults that have not struck yet."""
        with self._lock:
            return [asdict(fault) for fault in self._planned]

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that strikes this call, if any, and use it up."""
        with self._lock:
            for fault in self._planned:
                if not fault.matches(method, path):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self._planned.remove(fault)
                return fault
        return None
