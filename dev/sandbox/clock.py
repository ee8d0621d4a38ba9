"""The sandbox's clock: real time plus what tests have added to it."""

from datetime import datetime, timedelta, timezone

UTC = timezone.utc


class Clock:
    """Gives the time that every expiry, window and timestamp in the sandbox uses."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> datetime:
        """Return the sandbox's time in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.offset)

    def advance(self, seconds: float) -> None:
        """Move the clock forward by ``seconds``."""
        self.offset += seconds

    def reset(self) -> None:
        """Go back to real time."""
        self.offset = 0.0
