"""Purchase orders: a number is never free again, deletion is final."""

from datetime import timedelta

from .. import unverified
from ..errors import Refused
from ..store import folded
from .contact_forms import full_contact
from .document import Document
from .elements import Edit, names
from .lines import LineRules

NUMBER_TAKEN = "Order number must be unique"
DELETED_FINAL = "Deleted PurchaseOrders cannot be updated"
STEP = "PurchaseOrder status change is invalid"
SENT_TO_CONTACT = (
    "Only AUTHORISED and BILLED purchase orders may have SentToContact updated."
)
APPROVED = frozenset({"AUTHORISED", "BILLED"})


class PurchaseOrders(Document):
    """The PurchaseOrders endpoint."""

    endpoint = "PurchaseOrders"
    id_key = "PurchaseOrderID"
    flag_key = "HasErrors"
    number_key = "PurchaseOrderNumber"
    number_refused = NUMBER_TAKEN
    always_paged = True
    fixes_currency = True
    creates_contacts = False
    dates = ("Date", "DeliveryDate", "ExpectedArrivalDate")
    texts = {**unverified.PURCHASE_ORDER_TEXTS, "DeliveryInstructions": 500}
    filter_fields = Document.shared_fields | names(
        "PurchaseOrderID PurchaseOrderNumber DeliveryDate"
    )
    first_statuses = frozenset({"DRAFT", "SUBMITTED", "AUTHORISED", "BILLED"})
    steps = {**unverified.PURCHASE_ORDER_STEPS, "DELETED": set()}
    step_refused = STEP
    contact_archived = (
        "The contact with the specified contact details has been archived. The contact "
        "must be un-archived before creating new invoices, credit notes, or purchase "
        "orders."
    )

    def rules(self, edit: Edit) -> LineRules:
        return LineRules(
            sales=False,
            approved=edit.draft["Status"] in APPROVED,
            unit_decimals=4,
            line_amount_types=edit.draft["LineAmountTypes"],
            discounts=frozenset({"DiscountRate"}),
            needs_account=False,
            needs_unit_amount=True,
        )

    def blank(self, element: dict) -> dict:
        return {**super().blank(element), "Type": "PURCHASEORDER"}

    def begin(self, element: dict) -> Edit:
        edit = super().begin(element)
        matched = edit.stored and not element.get(self.id_key)
        if edit.stored and matched and edit.stored["Status"] == "DELETED":
            # Recorded: the number of a deleted order answers so, with the zero GUID.
            return Edit(element, None, self.blank(element), [STEP])
        return edit

    def match(self, element: dict) -> dict | None:
        """A POST without id edits the order with the same number, silently."""
        number = folded(element.get(self.number_key))
        found = self.collection.find("number", number) if number else []
        return found[0] if found else None

    def check_editable(self, edit: Edit) -> None:
        if edit.stored and edit.stored["Status"] == "DELETED":
            raise Refused([DELETED_FINAL])

    def fill_status(self, edit: Edit) -> None:
        """Refuse to delete what a bill was made from: precoro's help (W9).

        Which order that is, a person says: see ``control.py``, the key below.
        """
        linked = edit.stored and edit.stored.get("_has_linked_transactions")
        if linked and edit.element.get("Status") == "DELETED":
            raise Refused([STEP])
        super().fill_status(edit)

    def check_document(self, edit: Edit) -> None:
        if not edit.sent("SentToContact"):
            return
        if edit.element["SentToContact"] and edit.draft["Status"] not in APPROVED:
            edit.refuse(SENT_TO_CONTACT)
        edit.draft["SentToContact"] = bool(edit.element["SentToContact"])

    def gets_theme(self, edit: Edit) -> bool:
        return False

    def number_taken(self, number: str, draft: dict) -> bool:
        found = self.collection.find("number", folded(number))
        return any(each[self.id_key] != draft[self.id_key] for each in found)

    # --- reading ------------------------------------------------------------------

    def candidates(self) -> list[dict]:
        return self.in_period(super().candidates())

    def find_by_path(self, identifier: str) -> dict | None:
        found = self.collection.find("number", folded(identifier))
        return super().find_by_path(identifier) or (found[0] if found else None)

    @property
    def shown_decimals(self) -> int:
        return 4

    def shown(self, stored: dict, view: str) -> dict:
        answer = {
            **stored,
            "Contact": self.nested_contact(stored, view),
            "LineItems": self.shown_lines(stored),
            "HasErrors": False,
        }
        if view == "write":
            return answer
        if not stored["IsDiscounted"]:
            del answer["TotalDiscount"]
        files = self.organisation.attachments.get(stored[self.id_key], {})
        answer["HasAttachments"] = bool(files)
        if view == "one":
            answer["Attachments"] = list(files.values())
        return answer

    def nested_contact(self, stored: dict, view: str) -> dict:
        if view in ("page", "list"):
            return super().nested_contact(stored, view)
        contact = full_contact(self.contact_of(stored))
        contact["Addresses"] = []
        contact["Phones"] = [each for each in contact["Phones"] if each["PhoneNumber"]]
        # Recorded: the organisation's local time, labelled UTC.
        moment = contact["UpdatedDateUTC"]
        local = moment.astimezone(self.organisation.timezone)
        contact["UpdatedDateUTC"] = moment + (local.utcoffset() or timedelta())
        return contact
