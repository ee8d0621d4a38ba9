"""What is packed with the addon, and what is not."""

from environment import sources

PACKED = {path.parts[0] for path in sources.package_files()}


def test_the_package_holds_what_odoo_loads():
    rooms = {"models", "views", "wizards", "controllers", "security", "data", "static"}
    files = {"__init__.py", "__manifest__.py", "hooks.py", "README.rst", "LICENSE"}
    assert rooms | files | {"mappers", "xero_api", "migrations", "i18n"} <= PACKED


def test_the_package_leaves_out_what_serves_development():
    assert not PACKED & {"dev", "tests", "doc", "findings", ".ci", ".gitignore"}


def test_an_archive_without_git_holds_the_same(monkeypatch):
    with_git = sources.package_files()

    def no_git(*_arguments, **_options):
        raise OSError

    monkeypatch.setattr(sources, "capture", no_git)
    assert [path for path in sources.package_files() if path in with_git] == with_git
