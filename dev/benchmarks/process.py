"""What a process knows of itself: its memory, and the statements it sends."""

import gc
from pathlib import Path

STATUS = Path("/proc/self/status")
CLEAR_REFS = Path("/proc/self/clear_refs")
MEGABYTE = 1024  # in the kilobytes of /proc


def idle_memory() -> float:
    """Megabytes this process holds now; its peak counts from here (proc(5))."""
    gc.collect()
    CLEAR_REFS.write_text("5")
    return _status("VmRSS")


def peak_memory() -> float:
    """The most megabytes it held since :func:`idle_memory`."""
    return _status("VmHWM")


def _status(name: str) -> float:
    for line in STATUS.read_text().splitlines():
        key, _, value = line.partition(":")
        if key == name:
            return int(value.split()[0]) / MEGABYTE
    raise KeyError(name)
