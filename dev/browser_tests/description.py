"""Odoo's page about the addon: README and the manual, one below the other.

Odoo would show the README itself, but without its pictures: their paths are those of
the repository. In ``static/description/index.html`` Odoo completes them
(``ir_module.py``, ``_get_desc``), and drops the head. It serves the same file to
browsers, as it is: there the addon's forms link to.

Write it anew in ``dev``, with the checkout's Python: ``python -m
browser_tests.description``.
"""

import re
from pathlib import Path

from docutils.core import publish_parts
from docutils.nodes import make_id
from environment.manual import PAGES, README
from environment.paths import MODULE, ROOT

PAGE = ROOT / "static" / "description" / "index.html"
ADDRESS = f"/{MODULE}/static/description/index.html"
SETTINGS = {"initial_header_level": 2, "report_level": 2, "halt_level": 2}
LINK_TO_PAGE = re.compile(
    r'href="(?:\.\./|doc/)?(?P<stem>\w+)\.rst(?P<anchor>#[\w-]+)?"'
)
PICTURE = re.compile(r'src="(?:\.\./)?static/description/')
# than the form that Odoo shows it in
NO_WIDER = 'style="max-width: 100%" src="'
FRAME = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Xero Sync</title>
<style>
body {{ max-width: 60rem; margin: auto; padding: 1rem; font: 1rem/1.5 sans-serif; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid #bbb; padding: 0.2rem 0.5rem; vertical-align: top; }}
th {{ text-align: left; }}
</style>
</head>
<body>
{body}</body>
</html>
"""


def render() -> str:
    """The page as it should be.

    :raise docutils.utils.SystemMessage: a page of the manual is not valid RST
    """
    return FRAME.format(body="".join(_section(page) for page in PAGES))


def write() -> None:
    """Write the page."""
    PAGE.write_text(render(), encoding="utf-8")


def _section(page: Path) -> str:
    """A page of the manual, its links and pictures as they are in the one page."""
    parts = publish_parts(
        page.read_text(encoding="utf-8"), writer="html", settings_overrides=SETTINGS
    )
    body = LINK_TO_PAGE.sub(_link, PICTURE.sub(NO_WIDER, parts["html_body"]))
    return f'<section class="oe_container">\n{body}</section>\n'


def _link(found: re.Match[str]) -> str:
    """A link to another page of the manual, which is in the same page here.

    Its whole address is named because Odoo opens each link of the page in a new tab.
    """
    return f'href="{ADDRESS}{found["anchor"] or "#" + anchor(found["stem"])}"'


def anchor(stem: str) -> str:
    """The id that docutils makes of a page's title, by the name of its file."""
    return "xero-sync" if stem == README.stem else make_id(stem)


if __name__ == "__main__":
    write()
