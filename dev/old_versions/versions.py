"""The addon as it landed in each earlier version, from the repository's own history."""

import shutil
import subprocess
from pathlib import Path

from environment.console import Failure
from environment.paths import MODULE, ROOT, STATE
from environment.processes import capture
from environment.staging import complete_or_absent

# The last commit that landed with each version; the next version adds its own
LANDED = {
    "19.0.1.0.0": "1cd5b61fe7221476f77dfa1c7390b80a35777ff8",
    "19.0.1.1.0": "5e8d97e6c20124744612932187023ea0222587b1",
    "19.0.1.2.0": "14457655ed37d9e5a6e124c313a16bd0dbbe4789",
    "19.0.1.3.0": "eeae57934f57438fe7e15fe66266c26ad365c1fb",
    "19.0.1.4.0": "d804ae06e3fb19de0a52dc594255d9c87827ecfd",
}
# What a database needs of it
NOT_NEEDED = (":!dev", ":!tests", ":!doc", ":!findings", ":!static/description")


def addons_directory(version: str) -> Path:
    """A directory that holds the addon as it was in a version.

    :raise Failure: the repository's history is not here
    """
    commit = LANDED[version]
    target = STATE / "old_versions" / f"{version}-{commit[:12]}"
    if not target.is_dir():
        _require(version, commit)
        with complete_or_absent(target) as beside:
            _extract(commit, beside / MODULE)
    return target


def _require(version: str, commit: str) -> None:
    try:
        capture(_git("cat-file", "-e", f"{commit}^{{commit}}"))
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failure(
            f"Version {version} is not in this checkout's history (commit"
            f" {commit[:12]}). Upgrades are tried from what landed: fetch the whole"
            " history, with “git fetch --unshallow”."
        ) from error


def _extract(commit: str, directory: Path) -> None:
    directory.mkdir(parents=True)
    archive = directory.with_suffix(".tar")
    command = _git("archive", "--format=tar", f"--output={archive}", commit)
    capture([*command, "--", ".", *NOT_NEEDED])
    # Not TarFile's filters, which Python has only since 3.11.4
    shutil.unpack_archive(archive, directory)
    archive.unlink()


def _git(*arguments: str) -> list[str]:
    # A checkout may belong to another user than root, which git otherwise refuses.
    return ["git", "-c", "safe.directory=*", "-C", str(ROOT), *arguments]
