"""The texts of the addon in other languages: ``i18n/*.po`` beside their template.

A catalogue follows the template: it has the same texts in the same order, and what was
translated stays so. A text that changed is a new one, and is translated anew.
"""

import copy
import re
from collections.abc import Iterator
from pathlib import Path

import polib

from .translation_template import TEMPLATE

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}")
TAG = re.compile(r"<[^<>]+>")
# In a view a line goes on with blanks, which a browser does not show.
LINE_BREAK = re.compile(r"\n(?! )")
SENTENCE = 4  # words: fewer may be the same in two languages


def languages() -> list[Path]:
    """The catalogues."""
    return sorted(TEMPLATE.parent.glob("*.po"))


def follow_template() -> None:
    """Give each catalogue the texts of the template, and no others."""
    template = polib.pofile(TEMPLATE)
    for path in languages():
        followed(polib.pofile(path), template).save(path, newline="\n")


def followed(catalogue: polib.POFile, template: polib.POFile) -> polib.POFile:
    """A catalogue with a template's texts: new ones are empty, gone ones left out."""
    said = {entry.msgid: entry.msgstr for entry in catalogue}
    result = polib.POFile(encoding="utf-8")
    result.header = catalogue.header
    result.metadata = catalogue.metadata
    for entry in copy.deepcopy(list(template)):
        entry.msgstr = said.get(entry.msgid, "")
        result.append(entry)
    return result


def faults(
    catalogue: polib.POFile, template: polib.POFile, language: str
) -> Iterator[str]:
    """What is wrong with a catalogue, a line for each text.

    :param language: as the name of its file says, e.g. ``de``
    """
    if catalogue.metadata.get("Language") != language:
        yield f"its header does not say Language: {language}"
    if [entry.msgid for entry in catalogue] != [entry.msgid for entry in template]:
        yield "it has not the template's texts: run environment.translations"
    for entry in catalogue:
        for fault in _faults_of_entry(entry):
            yield f"{fault}: {entry.msgid!r} → {entry.msgstr!r}"


def _faults_of_entry(entry: polib.POEntry) -> Iterator[str]:
    text, said = entry.msgid, entry.msgstr
    if not said.strip():
        yield "not translated"
        return
    if entry.fuzzy or entry.obsolete:
        yield "fuzzy or obsolete"
    placeholders = sorted(PLACEHOLDER.findall(text))
    if placeholders != sorted(PLACEHOLDER.findall(said)):
        yield "other placeholders"
    elif placeholders and _lone_percents(said) != _lone_percents(text):
        yield "a percent sign that is no placeholder"
    if sorted(TAG.findall(text)) != sorted(TAG.findall(said)):
        yield "other tags"
    if _layout(text) != _layout(said):
        yield "other blanks at its ends, or other line breaks"
    if text == said and _is_sentence(text):
        yield "still English"


def _lone_percents(text: str) -> int:
    """Python takes each of them for the beginning of a placeholder."""
    return PLACEHOLDER.sub("", text).count("%")


def _layout(text: str) -> tuple[str, str, int]:
    """Blanks at both ends, and the number of line breaks that a reader sees."""
    begin = text[: len(text) - len(text.lstrip())]
    return begin, text[len(text.rstrip()) :], len(LINE_BREAK.findall(text))


def _is_sentence(text: str) -> bool:
    plain = TAG.sub(" ", PLACEHOLDER.sub(" ", text))
    return len(re.findall(r"[^\W\d_]{2,}", plain)) >= SENTENCE
