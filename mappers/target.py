"""The place of an Odoo document in Xero."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Target:
    """What a mapper must know of a document's place in Xero.

    :ivar connection: ``xero.connection`` whose accounts, taxes and locks count
    :ivar contact_id: Xero's id of the contact; nothing else of the contact is sent,
        because other fields would change it
    :ivar status: the status to send, None to send none
    :ivar number: the number to send, None to leave it to Xero
    :ivar url: absolute link to the Odoo record, None where Xero would refuse it
    :ivar xero_id: of the document to update, None to create one
    :ivar theme_id: Xero's id of the branding theme, None to leave it to Xero
    :ivar negative_quantities: whether Xero holds the document with quantities below
        zero, so that its lines are to be sent as they are there
    :ivar item_codes: of items that are to be made first: id of the product → code
    """

    connection: Any
    contact_id: str
    status: str | None
    number: str | None = None
    url: str | None = None
    xero_id: str | None = None
    theme_id: str | None = None
    negative_quantities: bool = False
    item_codes: Mapping[int, str] = field(default_factory=dict)
