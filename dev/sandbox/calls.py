"""The log of calls that tests count and read."""

from collections import deque
from datetime import datetime
from threading import Lock

from werkzeug.wrappers import Request

KEPT = 5_000
LONGEST_BODY = 200_000


class Calls:
    """The last calls; ``n`` counts on after older ones were dropped."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._number = 0
        self._calls: deque[dict] = deque(maxlen=KEPT)

    def begin(self, request: Request, now: datetime) -> dict:
        """Record a call that has arrived; its status is filled in later."""
        with self._lock:
            self._number += 1
            call = {
                "n": self._number,
                "time": now.isoformat(),
                "method": request.method,
                "path": request.path,
                "query": request.args.to_dict(),
                "headers": _public_headers(request),
                "body": _public_body(request),
                "status": None,
                "fault": None,
                "client_id": None,
                "tenant": request.headers.get("xero-tenant-id"),
            }
            self._calls.append(call)
        return call

    def listed(self) -> list[dict]:
        """The recorded calls, oldest first."""
        with self._lock:
            return [dict(call) for call in self._calls]

    def clear(self) -> None:
        """Forget the calls and count from one again."""
        with self._lock:
            self._number = 0
            self._calls.clear()


def _public_headers(request: Request) -> dict[str, str]:
    return {
        name: value
        for name, value in request.headers.items()
        if name.lower() != "authorization"
    }


def _public_body(request: Request) -> str:
    """The body as text; of the identity service only what is no secret."""
    if request.path.startswith("/connect/"):
        public = ("grant_type", "scope", "redirect_uri")
        return "&".join(
            f"{name}={request.form[name]}" for name in public if name in request.form
        )
    return request.get_data(as_text=True)[:LONGEST_BODY]
