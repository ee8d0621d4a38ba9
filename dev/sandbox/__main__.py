"""Start the local Xero: ``PYTHONPATH=dev python -m sandbox --port 8075``."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread

from .app import Application
from .limits import Limits
from .sandbox import Sandbox
from .server import Server
from .state_file import StateFile


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    options = _options()
    sandbox = Sandbox(Limits(enabled=not options.no_limits))
    state = StateFile(options.state, sandbox) if options.state else None
    try:
        server = Server(options.host, options.port, Application(sandbox))
    except OSError as error:
        sys.exit(f"Local Xero cannot listen on port {options.port}: {error.strerror}")
    if state:
        _take_over(state)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _stop(server))
    if options.exit_with_parent:
        Thread(target=_follow_parent, args=(server, os.getppid()), daemon=True).start()
    address = f"http://{options.host}:{server.server_address[1]}"
    print(f"Local Xero ready at {address}", flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    if state:
        state.stop()


def _take_over(state: StateFile) -> None:
    try:
        state.load()
    except (ValueError, KeyError, TypeError) as error:
        sys.exit(
            f"Local Xero cannot read {state.path} ({type(error).__name__}). Delete the "
            "file to start with fresh books."
        )
    state.start()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sandbox", description="A local Xero.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8075, help="0 picks a free one")
    parser.add_argument("--state", type=Path, help="file that keeps the state")
    parser.add_argument("--no-limits", action="store_true", help="no rate limits")
    parser.add_argument("--exit-with-parent", action="store_true")
    return parser.parse_args()


def _stop(server: Server) -> None:
    # shutdown() waits for serve_forever(), which runs in this very thread.
    Thread(target=server.shutdown, daemon=True).start()


def _follow_parent(server: Server, parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    server.shutdown()


if __name__ == "__main__":
    main()
