"""README and the manual: every link and picture leads somewhere."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from docutils import nodes
from docutils.core import publish_doctree

from environment.manual import DOC, PAGES, README
from environment.paths import MODULE, ROOT

PICTURES = ROOT / "static" / "description"
NOT_FOR_READERS = {"icon.png"}  # Odoo shows it, beside the name
SERVED = re.compile(rf"/{MODULE}/(static/[^\s\"'#<]+)(?:#([\w-]+))?")


@cache
def _parsed(page: Path) -> nodes.document:
    settings = {"report_level": 2, "halt_level": 2, "_disable_config": True}
    text = page.read_text(encoding="utf-8")
    return publish_doctree(text, str(page), settings_overrides=settings)


def _links(page: Path) -> Iterator[str]:
    """Links of a page that lead to files beside it."""
    for reference in _parsed(page).findall(nodes.reference):
        link = reference.get("refuri", "")
        if link and not re.match(r"https?://|mailto:", link):
            yield link


def _pictures(page: Path) -> Iterator[Path]:
    for image in _parsed(page).findall(nodes.image):
        yield page.parent / image["uri"]


def _leads_somewhere(page: Path, link: str) -> bool:
    name, _, place = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.is_file():
        return False
    return not place or place in _parsed(target).ids


def _broken_links(pages: Iterable[Path]) -> list[tuple[str, str]]:
    return [
        (page.name, link)
        for page in pages
        for link in _links(page)
        if not _leads_somewhere(page, link)
    ]


def _addon_sources() -> Iterator[Path]:
    for room in ("views", "wizards", "models", "data"):
        for kind in ("*.xml", "*.py"):
            yield from (ROOT / room).rglob(kind)


def _places(file: Path) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', file.read_text(encoding="utf-8")))


def test_every_page_of_the_manual_is_one_of_its_pages_and_named_by_the_readme():
    assert sorted(DOC.glob("*")) == sorted(set(PAGES) - {README})
    named = {(README.parent / link).resolve() for link in _links(README)}
    assert set(PAGES) - {README} - named == set()


def test_every_link_of_the_manual_leads_to_a_page_and_a_heading_that_are_there():
    assert _broken_links(PAGES) == []


def test_every_picture_of_the_manual_is_there():
    missing = [path for page in PAGES for path in _pictures(page) if not path.is_file()]
    assert missing == []


def test_every_picture_is_in_the_manual():
    shown = {path.name for page in PAGES for path in _pictures(page)}
    assert {path.name for path in PICTURES.glob("*.png")} - shown == NOT_FOR_READERS


def test_every_link_of_a_form_to_the_manual_leads_to_a_heading_that_is_there():
    found = [
        (source.name, name, place)
        for source in _addon_sources()
        for name, place in SERVED.findall(source.read_text(encoding="utf-8"))
    ]
    assert any(name == "static/description/index.html" for _, name, _ in found)
    for source, name, place in found:
        assert (ROOT / name).is_file(), (source, name)
        assert not place or place in _places(ROOT / name), (source, name, place)


def test_a_link_to_a_page_or_heading_that_is_gone_is_found(tmp_path):
    page = tmp_path / "page.rst"
    links = ["gone.rst", "page.rst#gone", "page.rst", "https://xero.com"]
    text = [f"`{link} <{link}>`__" for link in links]
    page.write_text("\n\n".join(["Page\n====", *text]), encoding="utf-8")
    broken = [("page.rst", "gone.rst"), ("page.rst", "page.rst#gone")]
    assert _broken_links([page]) == broken
