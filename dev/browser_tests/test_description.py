"""The page that Odoo shows about the addon."""

import re
from collections import Counter

from . import description


def test_the_description_page_is_made_from_the_manual_as_it_is():
    page = description.PAGE.read_text(encoding="utf-8")
    assert page == description.render(), "run browser_tests.description"


def test_every_picture_of_the_description_is_there():
    pictures = re.findall(r'src="([^"]+)"', description.render())
    assert pictures
    for name in pictures:
        assert (description.PAGE.parent / name).is_file(), name


def test_every_link_of_the_description_leads_somewhere():
    page = description.render()
    places = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert max(places.values()) == 1, places.most_common(3)
    inside, outside = [], []
    for link in re.findall(r'href="([^"]+)"', page):
        address, _, place = link.partition("#")
        (inside if address == description.ADDRESS else outside).append((link, place))
    assert inside
    assert [link for link, place in inside if place not in places] == []
    assert [link for link, _ in outside if not link.startswith("https://")] == []
