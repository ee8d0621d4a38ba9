"""The files of the addon, without those that only serve its development."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from .console import Failure
from .paths import MODULE, ROOT, STATE
from .processes import capture
from .staging import complete_or_absent

NOT_THE_ADDON = ("dev/", ".ci/")
# What a checkout has besides, and a package of the addon has not
NOT_IN_PACKAGE = ("doc/", "findings/", "tests/", ".", "ruff.toml")
# What pictures were drawn from
SOURCE_OF_PICTURE = ".svg"


def addon_files() -> list[Path]:
    """Paths in the checkout, relative to it, that git knows or would add.

    :raise Failure: this is not a git checkout
    """
    # A checkout may belong to another user than root, which git otherwise refuses.
    command = ["git", "-c", "safe.directory=*", "-C", ROOT, "ls-files", "-z"]
    try:
        names = capture([*command, "--cached", "--others", "--exclude-standard"])
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failure("This needs git, and a git checkout.") from error
    found = (name for name in names.split("\0") if name)
    ours = (Path(name) for name in found if not name.startswith(NOT_THE_ADDON))
    return sorted(path for path in ours if (ROOT / path).is_file())


def package_files() -> list[Path]:
    """Paths of what is installed with the addon, relative to the checkout.

    An archive of the repository, of which git knows nothing, holds nothing else.
    """
    try:
        found = addon_files()
    except Failure:
        found = _all_files()
    unwanted = (*NOT_THE_ADDON, *NOT_IN_PACKAGE)
    wanted = (path for path in found if not str(path).startswith(unwanted))
    return [path for path in wanted if path.suffix != SOURCE_OF_PICTURE]


def _all_files() -> list[Path]:
    """Paths of all files of the checkout that are not hidden or made by Python."""
    visible = (path for path in ROOT.iterdir() if not path.name.startswith("."))
    files = (path for top in visible for path in [top, *top.rglob("*")])
    return sorted(
        path.relative_to(ROOT)
        for path in files
        if path.is_file() and "__pycache__" not in path.parts
    )


def export_addon() -> Path:
    """Copy the addon into a directory of its name; return the one above.

    The linters take the module's name from its directory, and some of them read all
    that is below it: that must not be ``.dev``.
    """
    target = STATE / "lint"
    with complete_or_absent(target) as beside:
        for path in addon_files():
            copy = beside / MODULE / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, copy)
    return target


def addon_digest() -> str:
    """A hash of the addon's files and their names."""
    digest = hashlib.sha256()
    for path in addon_files():
        digest.update(f"{path}\0".encode() + (ROOT / path).read_bytes())
    return digest.hexdigest()
