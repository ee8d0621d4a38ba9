"""What Odoo's printer did not manage, which Odoo keeps to itself."""

import logging
import re
import threading
from contextlib import contextmanager

from odoo.addons.base.models import ir_actions_report

# Odoo has a PDF and warns, where wkhtmltopdf ends with 1: a part of the page could not
# be had. Of these not found is an answer; the others mean that none came.
WARNING = "wkhtmltopdf: %s"
NO_ANSWER = re.compile(r"network error: (?!ContentNotFoundError)\w+")


class WithoutStyle(Exception):
    """Odoo printed a page whose style sheet it could not load.

    Its text is what wkhtmltopdf said.
    """


@contextmanager
def with_style():
    """Let Odoo print.

    :raise WithoutStyle: nothing answered where it gets its styles and pictures
    """
    heard = []
    listener = logging.Handler(logging.WARNING)
    thread = threading.get_ident()

    def note(record):
        if record.thread == thread and record.msg == WARNING:
            heard.append(record.getMessage())

    listener.emit = note
    logger = logging.getLogger(ir_actions_report.__name__)
    level = logger.level
    logger.addHandler(listener)
    if not logger.isEnabledFor(logging.WARNING):
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(listener)
    for words in filter(NO_ANSWER.search, heard):
        raise WithoutStyle(words.strip())


def prints_headers():
    """Whether this server prints headers and footers of pages.

    Only a wkhtmltopdf with changes of its own to Qt does, which distributions leave out
    (https://www.odoo.com/documentation/19.0/administration/on_premise/source.html).
    """
    return ir_actions_report._wkhtml().is_patched_qt
