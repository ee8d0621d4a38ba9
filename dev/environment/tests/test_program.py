"""A program is the machine's when that one works, and Debian's when not."""

import stat
from pathlib import Path

import pytest

from environment import program
from environment.console import Failure
from environment.pdf import WKHTMLTOPDF
from environment.processes import capture
from environment.program import Program

GREETER = Program(
    title="Greeter",
    workspace="greeter",
    names=("greeter",),
    packages=("greeter",),
    executable="usr/bin/greeter",
    trial=("Ada",),
    trial_output="Hello",
    arguments=("--warmly",),
    settings={"GREETING": "Hello"},
)
SCRIPT = '#!/bin/sh\necho "$GREETING $2, $1"\n'


@pytest.fixture
def workspace(tmp_path, monkeypatch) -> Path:
    """Directories that are new, on a machine with nothing but its own commands."""
    monkeypatch.setattr(program, "STATE", tmp_path / "state")
    monkeypatch.setattr(program, "CACHE", tmp_path / "cache")
    (tmp_path / "state").mkdir()
    (tmp_path / "machine").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'machine'}:/usr/bin:/bin")
    return tmp_path


def put(path: Path, text: str) -> None:
    """Make a script that runs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_the_machines_program_is_called_with_our_arguments_and_settings(workspace):
    put(workspace / "machine/greeter", SCRIPT)
    found = GREETER.provide() / "greeter"
    assert capture([found, "Ada"]) == "Hello Ada, --warmly\n"


def test_a_broken_program_of_the_machine_gives_way_to_the_extracted(workspace):
    put(workspace / "machine/greeter", "#!/bin/sh\nexit 1\n")
    put(workspace / "state/greeter/usr/bin/greeter", SCRIPT)
    found = GREETER.provide() / "greeter"
    assert str(workspace / "state/greeter/usr/bin/greeter") in found.read_text()
    assert capture([found, "Ada"]) == "Hello Ada, --warmly\n"


def test_an_extracted_program_finds_its_libraries_plugins_and_fonts(workspace):
    root = workspace / "state/greeter"
    put(root / "usr/bin/greeter", SCRIPT)
    put(root / "usr/lib/machine/libgreet.so.1", "")
    (root / "usr/lib/machine/qt5/plugins").mkdir(parents=True)
    script = (GREETER.provide() / "greeter").read_text()
    assert f'LD_LIBRARY_PATH="{root}/usr/lib/machine"' in script
    assert f'QT_PLUGIN_PATH="{root}/usr/lib/machine/qt5/plugins"' in script
    assert f"{root}/usr/share/fonts" in (root / "fonts.conf").read_text()


def test_a_program_that_is_not_to_be_had_is_a_failure(workspace, monkeypatch):
    def refuse(_name: str) -> None:
        raise Failure("the network does not answer.")

    monkeypatch.setattr(program.debian, "PackageClient", refuse)
    with pytest.raises(Failure, match="Install Greeter on this machine"):
        GREETER.provide()


def test_an_extracted_program_that_does_not_work_is_a_failure(workspace):
    put(workspace / "state/greeter/usr/bin/greeter", "#!/bin/sh\necho Oh dear\n")
    with pytest.raises(Failure, match="Greeter does not work.*Oh dear"):
        GREETER.provide()


def test_wkhtmltopdf_makes_a_pdf(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<h1>Quotation</h1><img src='http://127.0.0.1:9/logo.png'>")
    printer = WKHTMLTOPDF.provide() / "wkhtmltopdf"
    capture(
        [printer, "--load-media-error-handling", "ignore", page, "page.pdf"],
        cwd=tmp_path,
    )
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
