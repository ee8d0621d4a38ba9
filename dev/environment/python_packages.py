"""The Python environment: Odoo's requirements, the addon's, and the tools."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from . import debian
from .console import Failure, activity
from .paths import CACHE, DEV, LOGS, ROOT, STATE
from .processes import CommandFailed, explain_fetch, run
from .staging import complete_or_absent

LOCK = DEV / "requirements.lock"  # Odoo's and the tools', with the hash of every file
RANGES = ROOT / "requirements.txt"  # the addon's, for those who install it
REQUIREMENTS = [LOCK, RANGES]
VERSIONS = ["3.13", "3.12", "3.11"]  # for which the pinned versions exist
LOG = LOGS / "pip.log"
BYTECODE = STATE / "bytecode"


def provide() -> Path:
    """The directory of a virtual environment with all packages.

    Its name holds a hash of the requirements, so a change of them makes a new one.

    :raise Failure: the packages cannot be installed
    """
    version = _interpreter()[1]
    environment = STATE / f"python-{version}-{_stamp()}"
    complete = environment / "complete"
    if complete.exists() and (environment / "bin/python").exists():
        return environment
    with activity("Installing the Python packages"):
        create(environment)
        install(environment, "--require-hashes", f"--requirement={LOCK}")
        # What is locked must do for the addon; nothing more is fetched
        install(environment, "--no-index", f"--requirement={RANGES}")
        complete.touch()
    for other in STATE.glob(f"python-{version}-*"):
        if other != environment:
            shutil.rmtree(other, ignore_errors=True)  # it may be but a link
    return environment


def create(environment: Path) -> None:
    """Make an empty virtual environment, with pip and nothing else."""
    interpreter, _version = _interpreter()
    # Not moved into place when ready: a virtual environment holds its own path.
    command = [interpreter, "-m", "venv", "--clear", "--without-pip", environment]
    run(command, LOG, env=clean_environment())
    bootstrap = [environment / "bin/python", "-m", "ensurepip", "--default-pip"]
    try:
        run(bootstrap, LOG, env=clean_environment())
    except CommandFailed:
        _add_pip_from_debian(environment)


def install(environment: Path, *arguments: str) -> None:
    """Run ``pip install`` of a virtual environment.

    :raise Failure: a package cannot be had
    """
    command = [environment / "bin/python", "-m", "pip", "install", "--quiet"]
    try:
        run([*command, *arguments], LOG, env=clean_environment())
    except CommandFailed as error:
        cause = explain_fetch(error)
        raise Failure(f"The Python packages cannot be installed: {cause}") from error


def clean_environment() -> dict[str, str]:
    """Our environment without what would lead a child to another Python or database."""
    foreign = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "ODOO_RC", "OPENERP_SERVER")
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in foreign and not key.startswith("PG")
    }
    direct = ["127.0.0.1", "localhost", *filter(None, [os.environ.get("NO_PROXY")])]
    return kept | {
        "PYTHONNOUSERSITE": "1",
        # Kept, wherever the sources are and whatever else is told: to compile Odoo
        # anew takes longer than to start it.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(BYTECODE),
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": ",".join(direct),
        "no_proxy": ",".join(direct),
    }


def _interpreter() -> tuple[str, str]:
    """A Python for which the packages exist, and its version, like "3.11".

    The system's own comes first: distributions build theirs optimised by profile,
    which those that pyenv builds are not. Odoo's tests take a third longer with them.
    """
    running = "{}.{}".format(*sys.version_info)
    for version in VERSIONS:
        own = Path(f"/usr/bin/python{version}")
        if own.exists():
            return str(own), version
    if running in VERSIONS:
        return sys.executable, running
    for version in VERSIONS:
        found = shutil.which(f"python{version}")
        if found:
            return found, version
    raise Failure(
        f"Odoo 19 and its packages need Python {VERSIONS[-1]} to {VERSIONS[0]}; "
        f"this is {running}."
    )


def _stamp() -> str:
    digest = hashlib.sha256()
    for path in REQUIREMENTS:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _add_pip_from_debian(environment: Path) -> None:
    """Debian keeps ensurepip in a package of its own, which may not be installed."""
    wheels = CACHE / "pip"
    if not wheels.is_dir():
        client = debian.PackageClient("pip")
        client.update()
        with complete_or_absent(wheels) as beside:
            client.download(["python3-pip-whl"], beside)
            debian.extract(beside, beside)
    wheel = next(wheels.glob("usr/share/python-wheels/pip-*.whl"))
    # Itself, whose signature apt has checked, rather than another from elsewhere
    command = [environment / "bin/python", wheel / "pip", "install", "--quiet", wheel]
    run(command, LOG, env=clean_environment())
