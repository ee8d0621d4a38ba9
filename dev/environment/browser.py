"""A Chromium for the browser tests."""

from .program import Program

CHROMIUM = Program(
    title="Chromium",
    workspace="browser",
    names=("google-chrome", "chromium", "chromium-browser", "google-chrome-stable"),
    packages=("chromium", "fonts-liberation"),
    executable="usr/lib/chromium/chromium",
    trial=("--version",),
    trial_output="",
    # The browser loads local pages only: without its own sandbox, which needs
    # privileges that a container may not give, and without calling home.
    arguments=(
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--disable-component-update",
        "--disable-background-networking",
        "--no-first-run",
    ),
)
