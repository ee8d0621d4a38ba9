"""The checks that read the sources: format, style, Odoo's and the OCA's rules."""

from pathlib import Path

from . import manual
from .paths import MODULE, ROOT, fresh_log
from .processes import Command, run
from .python_packages import clean_environment
from .setup import Tools

CORE_PLUGINS = (
    "_odoo_checker_sql_injection",
    "_odoo_checker_gettext",
    "_odoo_checker_unlink_override",
)
CORE_MESSAGES = (
    "used-before-assignment",
    "undefined-variable",
    "eval-used",
    "unreachable",
    "function-redefined",
    "sql-injection",
    "missing-gettext",
    "gettext-variable",
    "gettext-placeholders",
    "gettext-repr",
    "raise-unlink-override",
)


def ruff_format(tools: Tools) -> None:
    """:raise CommandFailed: a file is not formatted"""
    _run(tools, "ruff-format", ["ruff", "format", "--check", ROOT])


def ruff_check(tools: Tools) -> None:
    """:raise CommandFailed: a rule of ruff.toml is broken"""
    _run(tools, "ruff-check", ["ruff", "check", "--output-format=concise", ROOT])


def pylint_odoo(tools: Tools, export: Path) -> None:
    """:raise CommandFailed: a rule of .pylintrc is broken"""
    command = ["pylint", f"--rcfile={ROOT / '.pylintrc'}", MODULE]
    _run(tools, "pylint-odoo", command, cwd=export)


def core_pylint(tools: Tools, export: Path) -> None:
    """Run the pylint checks of Odoo's own ``test_lint``, on this addon alone.

    :raise CommandFailed: one of them found something
    """
    checkers = tools.odoo_home / "odoo/addons/test_lint/tests"
    if not checkers.is_dir():
        checkers = tools.odoo_home / "addons/test_lint/tests"
    options = [
        "--rcfile=/dev/null",
        "--score=n",
        # names of pylint-odoo's checks are unknown here
        "--disable=all,useless-option-value,unknown-option-value",
        f"--enable={','.join(CORE_MESSAGES)}",
        f"--load-plugins={','.join(CORE_PLUGINS)}",
    ]
    path = f"{checkers}:{tools.odoo_home}"
    _run(tools, "core-pylint", ["pylint", *options, MODULE], cwd=export, path=path)


def oca_hooks(tools: Tools, export: Path) -> None:
    """:raise CommandFailed: one of the OCA's hooks found something"""
    _run(tools, "oca-hooks", ["oca-checks-odoo-module", export / MODULE])
    catalogues = sorted((export / MODULE / "i18n").glob("*.po*"))
    if catalogues:
        # By its rule a text that is the same in another language is left empty; then
        # nobody could tell it from one that is not translated.
        options = ["--disable=po-pretty-format"]
        _run(tools, "oca-hooks-po", ["oca-checks-po", *options, *catalogues])


def manual_pages(tools: Tools) -> None:
    """:raise CommandFailed: README.rst or a page of ``doc`` is not valid RST"""
    command = ["docutils", "--report=warning", "--halt=warning"]
    for page in manual.PAGES:
        _run(tools, f"manual-{page.stem}", [*command, page, "/dev/null"])


def _run(
    tools: Tools, name: str, command: Command, cwd: Path = ROOT, path: str = ""
) -> None:
    program, *arguments = command
    log = fresh_log(name)
    env = clean_environment() | {"PYTHONPATH": path}
    run([tools.python / "bin" / program, *arguments], log, env=env, cwd=cwd)
