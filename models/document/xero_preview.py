"""What a document would be in Xero, as data: built as it would go, and not sent."""

from dataclasses import dataclass
from typing import Any

from ... import xero_api
from .xero_document import ENDPOINTS

# What would become of it. Of the last four there is no body
NEW = "new"
UPDATE = "update"
END = "end"  # deleted, voided or declined
HELD = "held"
SAME = "same"  # Xero holds it as it is
NOTHING = "nothing"  # Xero should hold nothing of it as things are
SKIPPED = "skipped"
OFF = "off"  # not by itself: a switch, a box or the partner's choice says so


@dataclass(frozen=True)
class Preview:
    """One document of Xero's that an Odoo record has, or would get.

    :ivar record: the Odoo record, as superuser
    :ivar kind: of ``xero.document``, None where Xero knows nothing like it
    :ivar outcome: one of the constants of this module
    :ivar row: ``xero.document`` as it would be, in memory until Odoo's cache is
        emptied; None where there is nothing of it
    :ivar connection: ``xero.connection`` of the organisation, None without a row
    :ivar text: the request's body, if it could be built, also of what is held; without
        the id of a contact that is still to be made
    :ivar problems: tuple of ``mappers.Problem`` that keep it back
    :ivar contact: ``ComingContact``, where its partner is not linked yet
    :ivar waits_for: what goes before it, in words; empty for nothing
    """

    record: Any
    kind: str | None
    outcome: str
    row: Any = None
    connection: Any = None
    text: str | None = None
    problems: tuple = ()
    contact: Any = None
    waits_for: str = ""

    @property
    def body(self) -> dict | None:
        """The document as in the request's body."""
        if not self.text:
            return None
        [content] = xero_api.sent_elements(ENDPOINTS[self.kind], self.text)
        return content

    @property
    def amounts(self) -> dict:
        """Odoo's ``odoo_total``, ``odoo_tax`` and ``currency_id`` of what is sent."""
        return self.record._xero_amounts(self.kind, self.connection)
