"""The addon in other languages: all of it is there, and reads as it should."""

import polib
import pytest

from environment import catalogues
from environment.translation_template import TEMPLATE


def catalogue(**texts):
    """A German catalogue, of texts by their names here."""
    file = polib.POFile()
    file.metadata = {"Language": "de"}
    for msgid, msgstr in texts.items():
        file.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    return file


def faults(msgid, msgstr, **options):
    """What is wrong with one translation."""
    entry = polib.POEntry(msgid=msgid, msgstr=msgstr, **options)
    german, template = catalogue(), catalogue(**{msgid: ""})
    german.append(entry)
    return [
        fault.partition(":")[0] for fault in catalogues.faults(german, template, "de")
    ]


@pytest.mark.parametrize("path", catalogues.languages(), ids=lambda path: path.stem)
def test_a_language_has_every_text_of_the_addon_in_good_order(path):
    found = catalogues.faults(polib.pofile(path), polib.pofile(TEMPLATE), path.stem)
    assert list(found) == []


def test_a_catalogue_follows_the_template_and_keeps_what_is_translated():
    german = catalogue(Gone="Weg", Draft="Entwurf")
    followed = catalogues.followed(german, catalogue(Contact="", Draft=""))
    said = [(entry.msgid, entry.msgstr) for entry in followed]
    assert said == [("Contact", ""), ("Draft", "Entwurf")]
    assert followed.metadata == {"Language": "de"}


@pytest.mark.parametrize("texts", [{}, {"Draft": "Entwurf", "Gone": "Weg"}])
def test_a_catalogue_that_is_behind_the_template_is_found(texts):
    found = list(catalogues.faults(catalogue(**texts), catalogue(Draft=""), "de"))
    assert len(found) == 1
    assert "has not the template's texts" in found[0]


def test_a_catalogue_of_another_language_than_its_name_says_is_found():
    found = list(catalogues.faults(catalogue(), catalogue(), "fr"))
    assert found == ["its header does not say Language: fr"]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fault"),
    [
        ("Draft", "", "not translated"),
        ("Draft", " ", "not translated"),
        ("%(a)s of %(b)s", "%(a)s von %(c)s", "other placeholders"),
        ("%s goes first.", "Zuerst geht es.", "other placeholders"),
        ("{count} lines", "{anzahl} Zeilen", "other placeholders"),
        ("%(a)s%% tax", "%(a)s % Steuer", "other placeholders"),
        ("%(a)s tax", "%(a)s % Steuer", "a percent sign that is no placeholder"),
        ("<b>Draft</b>", "<b>Entwurf", "other tags"),
        ("(tax ", "(Steuer", "other blanks at its ends, or other line breaks"),
        ("One\nTwo", "Eins, zwei", "other blanks at its ends, or other line breaks"),
        ("%s is not connected.", "%s is not connected.", None),
        ("It is not connected.", "It is not connected.", "still English"),
        ("Xero ID", "Xero ID", None),
        ("One\n      two", "Eins zwei", None),
        ("A rate of 0% is missing.", "Ein Satz von 0 % fehlt.", None),
    ],
)
def test_a_translation_that_does_not_fit_its_text_is_found(msgid, msgstr, fault):
    assert faults(msgid, msgstr) == ([fault] if fault else [])


def test_a_translation_that_was_guessed_or_is_not_used_is_found():
    assert faults("Draft", "Entwurf", flags=["fuzzy"]) == ["fuzzy or obsolete"]
    assert "fuzzy or obsolete" in faults("Draft", "Entwurf", obsolete=True)
