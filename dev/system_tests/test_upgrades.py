"""A database of the last version, with documents in every state, comes up to date."""

import subprocess

import pytest
from environment.console import Failure
from old_versions import after, versions
from old_versions.versions import LANDED

NEWEST = list(LANDED)[-1]  # dev/upgrades tries the others too


def test_nothing_is_sent_anew_lost_or_stuck_after_an_upgrade(installation):
    verdicts = after.play(installation, NEWEST)
    text = after.table(verdicts)
    print(text)
    assert all(verdict.good for verdict in verdicts), text


def test_a_checkout_without_history_is_told_so(tmp_path, monkeypatch):
    subprocess.run(["git", "init", "-q", tmp_path / "shallow"], check=True)
    monkeypatch.setattr(versions, "ROOT", tmp_path / "shallow")
    monkeypatch.setattr(versions, "STATE", tmp_path)
    with pytest.raises(Failure, match=f"Version {NEWEST} .*git fetch --unshallow"):
        versions.addons_directory(NEWEST)
