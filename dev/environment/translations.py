"""Writes the template of translations anew, and the languages that follow it.

Run it in ``dev`` with the checkout's Python: ``python -m environment.translations``.
"""

import sys

import polib

from . import catalogues, loop, translation_template
from .console import activity, say
from .odoo import Odoo
from .paths import display
from .processes import guarded


def main() -> int:
    """Write them with the database of ``dev/pytest``, and say what is to translate."""
    exporting = activity("Exporting the texts to translate")
    with loop.provided(loop.ORDINARY) as odoo, exporting:
        write(odoo, loop.ORDINARY.database)
    for path in catalogues.languages():
        missing = polib.pofile(path).untranslated_entries()
        say(f"{display(path)}: {len(missing)} texts to translate")
    return 0


def write(odoo: Odoo, database: str) -> None:
    """Export the texts of the addon, from a database that has it.

    The catalogues follow: what is translated in them stays.

    :raise environment.console.Failure: Odoo does not export them
    """
    translation_template.write(odoo, database)
    catalogues.follow_template()


if __name__ == "__main__":
    sys.exit(guarded(main))
