"""The page that Odoo shows about the addon."""

import re

from . import description


def test_the_description_page_is_made_from_the_readme_as_it_is():
    page = description.PAGE.read_text(encoding="utf-8")
    assert page == description.render(), "run browser_tests.pictures, or its writer"


def test_every_picture_of_the_description_is_there():
    pictures = re.findall(r'src="([^"]+)"', description.render())
    assert pictures
    for name in pictures:
        assert (description.PAGE.parent / name).is_file(), name
