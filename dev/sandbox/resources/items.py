"""Items: the price list. Unpaged, keyed by Code."""

from decimal import Decimal

from werkzeug.wrappers import Response

from .. import unverified
from ..answers import ZERO_ID
from ..arithmetic import rounded
from ..store import folded
from .base import Resource
from .elements import Edit, names, number_value
from .history import history
from .lines import ACCOUNT_INVALID, TAX_TYPE_UNKNOWN
from .settings import account_of

CODE_TAKEN = "Price List Item with Code '{code}' already exists"


class Items(Resource):
    """The Items endpoint."""

    endpoint = "Items"
    id_key = "ItemID"
    write_date_offset = ""
    methods = Resource.methods | {"DELETE"}
    parts = {"History": history}
    filter_fields = names(
        "ItemID Code Name Description IsSold IsPurchased IsTrackedAsInventory "
        "UpdatedDateUTC"
    )
    texts = {
        "Code": 30,
        "Name": 50,
        "Description": 4000,
        "PurchaseDescription": 4000,
    }

    def find_by_path(self, identifier: str) -> dict | None:
        """By id or by code."""
        found = self.collection.find("code", folded(identifier))
        return super().find_by_path(identifier) or (found[0] if found else None)

    def handle(self) -> Response:
        """DELETE /Items/{id} takes an item away: 204, as the description says."""
        if self.call.method != "DELETE" or self.call.part:
            return super().handle()
        self.collection.remove(self.existing()["ItemID"])
        return Response(status=204)

    def match(self, element: dict) -> dict | None:
        """A POST without id updates the item with the same code (item_update)."""
        found = self.collection.find("code", folded(element.get("Code")))
        return found[0] if found else None

    def blank(self, element: dict) -> dict:
        return {
            "ItemID": ZERO_ID,
            "Code": "",
            "PurchaseDetails": {},
            "SalesDetails": {},
            "IsTrackedAsInventory": False,
            "IsSold": True,
            "IsPurchased": True,
        }

    def fill(self, edit: Edit) -> None:
        self.fill_texts(edit)
        draft = edit.draft
        self.check_code(edit)
        for key in ("PurchaseDetails", "SalesDetails"):
            if edit.sent(key):
                draft[key] = self.details(edit, key)
        for flag in ("IsSold", "IsPurchased"):
            if edit.sent(flag):
                draft[flag] = bool(edit.element[flag])
        if not draft["IsSold"]:
            draft["SalesDetails"] = {}
            draft.pop("Description", None)
        if not draft["IsPurchased"]:
            draft["PurchaseDetails"] = {}
            draft.pop("PurchaseDescription", None)
        self.fill_inventory(edit)

    def check_code(self, edit: Edit) -> None:
        """A code there must be, and no other item may have it."""
        code = edit.draft["Code"]
        if not code:
            edit.refuse(unverified.ITEM_CODE_MISSING)
        for other in self.collection.find("code", folded(code)):
            if other["ItemID"] != edit.draft["ItemID"]:
                edit.refuse(CODE_TAKEN.format(code=code))

    def details(self, edit: Edit, key: str) -> dict:
        """Price, account and tax of one side; the tax defaults from the account."""
        sent = edit.element[key]
        details = dict(edit.draft[key])
        price = number_value(edit, sent, "UnitPrice")
        if price is not None:
            details["UnitPrice"] = rounded(price, self.call.unit_decimals)
        for name in ("AccountCode", "COGSAccountCode"):
            if not sent.get(name):
                continue
            account = account_of(self.organisation, {"AccountCode": sent[name]})
            if not account or account["Status"] != "ACTIVE":
                edit.refuse(ACCOUNT_INVALID.format(code=sent[name]))
                continue
            details[name] = account["Code"]
            if name == "AccountCode":
                details["TaxType"] = account["TaxType"]
        if sent.get("TaxType"):
            details["TaxType"] = sent["TaxType"]
            if not self.organisation["TaxRates"].get(sent["TaxType"]):
                edit.refuse(TAX_TYPE_UNKNOWN.format(code=sent["TaxType"]))
        return details

    def fill_inventory(self, edit: Edit) -> None:
        """Tracked only with an inventory asset account and a COGS account."""
        code = edit.element.get("InventoryAssetAccountCode")
        if not code:
            return
        account = account_of(self.organisation, {"AccountCode": code})
        is_inventory = account and account["Type"] == "INVENTORY"
        if not is_inventory or "COGSAccountCode" not in edit.draft["PurchaseDetails"]:
            edit.refuse(unverified.ITEM_TRACKED_ACCOUNTS)
            return
        edit.draft["InventoryAssetAccountCode"] = code
        edit.draft["IsTrackedAsInventory"] = True
        edit.draft.setdefault("QuantityOnHand", Decimal("0.0000"))
        edit.draft.setdefault("TotalCostPool", Decimal("0.00"))

    def history_text(self, stored: dict) -> str:
        return f"Item {stored['Code']}."

    def shown(self, stored: dict, view: str) -> dict:
        answer = dict(stored)
        for key in ("PurchaseDetails", "SalesDetails"):
            details = dict(stored[key])
            if "UnitPrice" in details:
                price = rounded(details["UnitPrice"], self.call.unit_decimals)
                details["UnitPrice"] = price
            answer[key] = details
        if view == "write":
            answer["ValidationErrors"] = []
        return answer
