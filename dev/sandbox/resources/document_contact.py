"""The contact inside a document."""

import uuid
from copy import deepcopy

from .. import unverified
from .contacts import NOT_IDENTIFIED, Contacts
from .elements import Edit

# What a document may say about its contact without changing it.
IDENTITY = frozenset({"ContactID", "HasAttachments", "HasValidationErrors"})


class DocumentContact:
    """Finds the contact a document names, creating or updating it as Xero does."""

    def __init__(self, contacts: Contacts, creates: bool) -> None:
        self.contacts = contacts
        self.creates = creates

    def fill(self, edit: Edit, sent: dict) -> dict | None:
        """Return the contact to use, or None with the reason noted in ``edit``.

        A new or changed contact is kept only when the document is.
        """
        if not any(sent.get(key) for key in ("ContactID", "ContactNumber", "Name")):
            edit.refuse(NOT_IDENTIFIED)
            return None
        if sent.get("ContactID"):
            stored = self.contacts.collection.get(str(sent["ContactID"]).lower())
        else:
            stored = self.contacts.match(sent)
        if not stored and (sent.get("ContactID") or not self.creates):
            edit.refuse(unverified.CONTACT_UNKNOWN)
            return None
        if stored and (not self.creates or _only_names(sent)):
            return stored
        return self._write(edit, sent, stored)

    def _write(self, edit: Edit, sent: dict, stored: dict | None) -> dict:
        """Details inside a document change the contact, persons not named are lost."""
        draft = deepcopy(stored) if stored else self.contacts.blank(sent)
        if not stored or stored["ContactStatus"] == "ACTIVE":
            inner = Edit({"ContactPersons": [], **sent}, stored, draft)
            self.contacts.fill(inner)
            for message in inner.problems:
                edit.refuse(message)
        if not stored:
            draft["ContactID"] = str(uuid.uuid4())
        edit.afterwards.append(lambda: self.keep(draft))
        return draft

    def keep(self, contact: dict) -> None:
        """Save a contact that came with a document."""
        self.contacts.organisation.touch("Contacts", contact)
        self.contacts.collection.save(contact)


def _only_names(sent: dict) -> bool:
    """Whether a document names its contact and says nothing more about it.

    Next to a ContactID even the Name is a change.
    """
    names = IDENTITY if sent.get("ContactID") else IDENTITY | {"Name", "ContactNumber"}
    return set(sent) <= names
