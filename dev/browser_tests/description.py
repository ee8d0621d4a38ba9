"""Odoo's page about the addon, made from the README.

Odoo would show the README itself, but without its pictures: their paths are those of
the repository. In ``static/description/index.html`` Odoo completes them
(``ir_module.py``, ``_get_desc``).
"""

from docutils.core import publish_parts
from environment.paths import ROOT

README = ROOT / "README.rst"
PAGE = ROOT / "static" / "description" / "index.html"
SETTINGS = {"initial_header_level": 2, "report_level": 2, "halt_level": 2}


def render() -> str:
    """The page as it should be.

    :raise docutils.utils.SystemMessage: the README is not valid RST
    """
    parts = publish_parts(
        README.read_text(encoding="utf-8"),
        writer="html",
        settings_overrides=SETTINGS,
    )
    body = parts["html_body"].replace('src="static/description/', 'src="')
    return f'<section class="oe_container">\n{body}</section>\n'


def write() -> None:
    """Write the page."""
    PAGE.write_text(render(), encoding="utf-8")
