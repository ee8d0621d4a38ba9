"""The backend of ``pyproject.toml``: the addon as a wheel.

Everything is whool's, https://github.com/sbidoul/whool, but what it is given: a copy
of the addon in a directory of its name, because whool names the package after the
directory, and without what only serves development, because it leaves nothing out.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whool import buildapi

from .paths import MODULE, ROOT
from .sources import package_files


class UnsupportedOperation(Exception):
    """What a build front end shows when it asks for something else than a wheel.

    Its name is the standard's, https://peps.python.org/pep-0517/#build-sdist.
    """


def build_wheel(
    wheel_directory: str,
    config_settings: dict | None = None,
    metadata_directory: str | None = None,
) -> str:
    """Build the wheel from the checkout in the working directory.

    :param wheel_directory: where it goes
    :return: its file name
    """
    target = os.path.abspath(wheel_directory)
    checkout = os.getcwd()
    with _copy_of_addon() as addon:
        os.chdir(addon)  # whool packs the working directory
        try:
            return buildapi.build_wheel(target, config_settings, metadata_directory)
        finally:
            os.chdir(checkout)


def build_sdist(sdist_directory: str, config_settings: dict | None = None) -> str:
    """:raise UnsupportedOperation: always; the repository is the source"""
    raise UnsupportedOperation("Build a wheel: pip wheel . or python -m build --wheel")


@contextmanager
def _copy_of_addon() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as directory:
        addon = Path(directory) / MODULE
        for path in package_files():
            copy = addon / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, copy)
        yield addon
