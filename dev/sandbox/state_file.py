"""Keeps the sandbox's state in a file, so that a demo survives a restart."""

import base64
import json
import os
import time
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread
from typing import Any

from .sandbox import Sandbox


class StateFile:
    """Writes the state a moment after it changed, and once more at the end."""

    pause = 1.0  # seconds between two looks

    def __init__(self, path: Path, sandbox: Sandbox) -> None:
        self.path = path
        self.sandbox = sandbox
        self._ended = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def load(self) -> None:
        """Take over what the file holds, if there is one."""
        if self.path.exists():
            text = self.path.read_text(encoding="utf-8")
            self.sandbox.load(json.loads(text, object_hook=_restored))

    def start(self) -> None:
        """Begin to follow changes."""
        self._thread.start()

    def stop(self) -> None:
        """Write what has not been written yet."""
        self._ended.set()
        self._thread.join()
        self._save_if_changed()

    def _run(self) -> None:
        pause = self.pause
        while not self._ended.wait(pause):
            start = time.monotonic()
            self._save_if_changed()
            # Large books take a while to write: leave the calls most of the time.
            pause = max(self.pause, 10 * (time.monotonic() - start))

    def _save_if_changed(self) -> None:
        if not self.sandbox.changed.is_set():
            return
        self.sandbox.changed.clear()
        text = json.dumps(self.sandbox.dump(_tagged), separators=(",", ":"))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(self.path.name + ".new")
        # It holds tokens: for its owner only, and never half written.
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(self.path)


def _tagged(value: Any) -> Any:
    """Replace what JSON has no form for by an object with one marked key."""
    if isinstance(value, dict):
        return {key: _tagged(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_tagged(each) for each in value]
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    return value


_READERS: dict[str, Callable[[str], Any]] = {
    "$decimal": Decimal,
    "$moment": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$bytes": base64.b64decode,
}


def _restored(value: dict) -> Any:
    if len(value) == 1:
        [(key, each)] = value.items()
        if key in _READERS:
            return _READERS[key](each)
    return value
