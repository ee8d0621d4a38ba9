"""Line items: what is filled in, checked and worked out for each of them."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .. import unverified
from ..arithmetic import HUNDRED, ZERO, line_tax, line_total, rounded
from ..store import Organisation, folded
from .elements import Edit, names, number_value, text_value
from .settings import account_of

ACCOUNT_INVALID = "Account code '{code}' is not a valid code for this document."
ACCOUNT_ARCHIVED = (
    "Account code '{code}' has been archived, or has been deleted. Each line item must "
    "reference a valid account."
)
ACCOUNT_MISSING = "Account code must be specified"
TAX_MISSING = "The TaxType field is mandatory"
TAX_NOT_FOR_ACCOUNT = (
    "The TaxType code '{tax}' cannot be used with account code '{account}'."
)
ITEM_INVALID = "Item code '{code}' is not valid"
# The texts that follow: XeroAPI/Xero-Net #198, xeroizer #86 and #23, Xero-Java #336
# (shared evidence of 2026-11, W10).
DESCRIPTION_MISSING = "The description field is mandatory for each line item."
TAX_TYPE_UNKNOWN = (
    "The TaxType code {code} does not exist or cannot be used for this type of "
    "transaction."
)
TOTAL_DIFFERS = (
    "The line total {sent} does not match the expected line total {expected}"
)
DISCOUNT_INVALID = (
    "The discount rate '{rate}' is invalid. Discount must not be greater than the "
    "line total."
)

LONGEST_DESCRIPTION = 4000
LONGEST_QUANTITY = 13
LARGEST_AMOUNT = Decimal("9999999999.99")
MOST_TRACKING = 2

APPLIES_TO = {
    "ASSET": "CanApplyToAssets",
    "EQUITY": "CanApplyToEquity",
    "EXPENSE": "CanApplyToExpenses",
    "LIABILITY": "CanApplyToLiabilities",
    "REVENUE": "CanApplyToRevenue",
}
_AMOUNT_KEYS = names(
    "Quantity UnitAmount LineAmount AccountCode AccountID TaxType TaxAmount "
    "DiscountRate DiscountAmount"
)


@dataclass(frozen=True)
class LineRules:
    """How lines of one kind of document differ from those of another."""

    sales: bool
    approved: bool  # accounts and tax must be complete
    unit_decimals: int
    line_amount_types: str = "Exclusive"
    tax_from_account: bool = True
    tax_override: bool = False
    discounts: frozenset[str] = frozenset()
    discount_refused: str = unverified.DISCOUNT_NOT_SUPPORTED
    needs_account: bool = True
    needs_unit_amount: bool = False
    tracking_by_option: bool = False

    @property
    def inclusive(self) -> bool:
        return self.line_amount_types == "Inclusive"

    @property
    def untaxed(self) -> bool:
        return self.line_amount_types == "NoTax"


class Lines:
    """Builds a document's lines; refusals are noted in ``edit``."""

    def __init__(
        self, organisation: Organisation, rules: LineRules, edit: Edit
    ) -> None:
        self.organisation = organisation
        self.rules = rules
        self.edit = edit
        stored = edit.stored or {}
        self.known = {each["LineItemID"]: each for each in stored.get("LineItems", ())}

    def build(self, elements: list[dict]) -> list[dict]:
        """Return the lines; unlisted ones are gone, unnamed ones are new."""
        return [self.line(element) for element in elements]

    def line(self, element: dict) -> dict:
        """Work one line out."""
        line: dict[str, Any] = {"LineItemID": self.line_id(element)}
        if unverified.LINE_UPDATES_ARE_PARTIAL and line["LineItemID"] in self.known:
            element = {**as_sent(self.known[line["LineItemID"]]), **element}
        if is_description_only(element):
            return {**line, **self.description_line(element)}
        element = self.with_item(element)
        for key in ("ItemCode", "Description"):
            if element.get(key):
                line[key] = text_value(self.edit, element, key, LONGEST_DESCRIPTION)
        if self.rules.approved and not line.get("Description"):
            self.edit.refuse(DESCRIPTION_MISSING)
        self.fill_amounts(line, element)
        account = self.fill_account(line, element)
        self.fill_tax(line, element, account)
        line["Tracking"] = self.tracking(element)
        return line

    def line_id(self, element: dict) -> str:
        """Keep an id Xero gave before, else draw a new one."""
        identifier = str(element.get("LineItemID") or "").lower()
        if not identifier:
            return str(uuid.uuid4())
        if identifier not in self.known:
            self.edit.refuse(unverified.LINE_ID_UNKNOWN)
        return identifier

    def description_line(self, element: dict) -> dict:
        """A line for information only: a Description and nothing else."""
        return {
            "Description": text_value(
                self.edit, element, "Description", LONGEST_DESCRIPTION
            ),
            "LineAmount": unverified.DESCRIPTION_ONLY_AMOUNT,
            "TaxAmount": unverified.DESCRIPTION_ONLY_AMOUNT,
            "Tracking": [],
        }

    def with_item(self, element: dict) -> dict:
        """Let the item fill what the line leaves out."""
        code = element.get("ItemCode")
        if not code:
            return element
        found = self.organisation["Items"].find("code", folded(str(code)))
        if not found:
            self.edit.refuse(ITEM_INVALID.format(code=code))
            return element
        item = found[0]
        text, details = (
            ("Description", "SalesDetails")
            if self.rules.sales
            else ("PurchaseDescription", "PurchaseDetails")
        )
        price = item.get(details) or {}
        defaults = {
            "Description": item.get(text) or item.get("Name"),
            "UnitAmount": price.get("UnitPrice"),
            "AccountCode": price.get("AccountCode"),
            "TaxType": price.get("TaxType") if self.rules.tax_from_account else None,
        }
        sent = {key: each for key, each in element.items() if each is not None}
        if element.get("AccountID"):
            del defaults["AccountCode"]
        return {**defaults, **sent, "ItemCode": item["Code"]}

    # --- amounts ------------------------------------------------------------------

    def fill_amounts(self, line: dict, element: dict) -> None:
        """Quantity, price, discount and the line's amount."""
        amount = number_value(self.edit, element, "LineAmount")
        quantity, unit = self.quantity_and_unit(element, amount)
        rate, discount = self.discounts(line, element, quantity * unit)
        expected = line_total(quantity, unit, rate, discount)
        if amount is not None and rounded(amount) != expected:
            sent = rounded(amount)
            self.edit.refuse(TOTAL_DIFFERS.format(sent=sent, expected=expected))
        if abs(expected) > LARGEST_AMOUNT:
            self.edit.refuse(unverified.AMOUNT_TOO_LARGE)
        line.update(Quantity=quantity, UnitAmount=unit, LineAmount=expected)

    def quantity_and_unit(
        self, element: dict, amount: Decimal | None
    ) -> tuple[Decimal, Decimal]:
        """Read both; a missing one is worked out from LineAmount."""
        quantity = number_value(self.edit, element, "Quantity")
        unit = number_value(self.edit, element, "UnitAmount")
        if len(str(element.get("Quantity") or "")) > LONGEST_QUANTITY:
            self.edit.refuse(unverified.QUANTITY_TOO_LONG)
        if self.rules.needs_unit_amount and quantity is not None and unit is None:
            self.edit.refuse(unverified.QUANTITY_WITHOUT_UNIT_AMOUNT)
        if quantity is None and amount is not None and unit:
            quantity = amount / unit
        if quantity is None:
            quantity = unverified.DEFAULT_QUANTITY
        if unit is None:
            unit = amount / quantity if amount is not None and quantity else ZERO
        quantity = rounded(quantity, unverified.QUANTITY_DECIMALS)
        if quantity < 0 and unverified.NEGATIVE_QUANTITY:
            self.edit.refuse(unverified.NEGATIVE_QUANTITY.format(quantity=quantity))
        return quantity, rounded(unit, self.rules.unit_decimals)

    def discounts(
        self, line: dict, element: dict, gross: Decimal
    ) -> tuple[Decimal, Decimal]:
        """Return (rate, amount); one larger than the line refuses it, 0 included."""
        values = {"DiscountRate": ZERO, "DiscountAmount": ZERO}
        for key in values:
            value = number_value(self.edit, element, key)
            if value is None:
                continue
            if key not in self.rules.discounts:
                self.edit.refuse(self.rules.discount_refused)
                continue
            if key == "DiscountRate":
                value = rounded(value, unverified.DISCOUNT_RATE_DECIMALS)
                discount = gross * value / HUNDRED
            else:
                discount = value = rounded(value)
            if discount > gross or value < 0:
                self.edit.refuse(DISCOUNT_INVALID.format(rate=value))
            values[key] = line[key] = value
        return values["DiscountRate"], values["DiscountAmount"]

    # --- account and tax ----------------------------------------------------------

    def fill_account(self, line: dict, element: dict) -> dict | None:
        """Find and check the account; return it."""
        if not (element.get("AccountCode") or element.get("AccountID")):
            if self.rules.approved and self.rules.needs_account:
                self.edit.refuse(ACCOUNT_MISSING)
            return None
        account = account_of(self.organisation, element)
        code = element.get("AccountCode") or (account or element).get("Code", "")
        if (
            not account
            or account["Type"] == "BANK"
            or account.get("SystemAccount") in unverified.CLOSED_SYSTEM_ACCOUNTS
        ):
            self.edit.refuse(ACCOUNT_INVALID.format(code=code))
            return None
        if account["Status"] != "ACTIVE":
            self.edit.refuse(ACCOUNT_ARCHIVED.format(code=code))
            return None
        line["AccountCode"] = account.get("Code", "")
        line["AccountID"] = account["AccountID"]
        return account

    def fill_tax(self, line: dict, element: dict, account: dict | None) -> None:
        """Choose the tax rate and work the line's tax out."""
        line["TaxAmount"] = rounded(ZERO)
        if self.rules.untaxed:
            line["TaxType"] = unverified.NO_TAX_TYPE
            return
        code = element.get("TaxType")
        if not code and account and self.rules.tax_from_account:
            code = account.get("TaxType")
        if not code:
            if self.rules.approved and self.rules.tax_from_account and account:
                self.edit.refuse(TAX_MISSING)
            return
        rate = self.tax_rate(str(code), account)
        line["TaxType"] = code
        line["TaxAmount"] = line_tax(line["LineAmount"], rate, self.rules.inclusive)
        override = number_value(self.edit, element, "TaxAmount")
        if override is not None and self.rules.tax_override:
            line["TaxAmount"] = rounded(override)
            line["_own_tax"] = True

    def tax_rate(self, code: str, account: dict | None) -> Decimal:
        """Per cent of an active rate that the account's class may use."""
        rate = self.organisation["TaxRates"].get(code)
        if not rate or rate["Status"] != "ACTIVE":
            self.edit.refuse(TAX_TYPE_UNKNOWN.format(code=code))
            return ZERO
        if account and not rate[APPLIES_TO[account["Class"]]]:
            self.edit.refuse(
                TAX_NOT_FOR_ACCOUNT.format(tax=code, account=account.get("Code", ""))
            )
        return rate["EffectiveRate"]

    # --- tracking -----------------------------------------------------------------

    def tracking(self, element: dict) -> list[dict]:
        """Resolve up to two tracking options."""
        sent = element.get("Tracking") or []
        if len(sent) > MOST_TRACKING:
            self.edit.refuse(unverified.TRACKING_LIMIT)
        chosen = [self.tracked(each) for each in sent]
        return [each for each in chosen if each]

    def tracked(self, sent: dict) -> dict | None:
        """One category with the option that is meant, by id or by both names."""
        if self.rules.tracking_by_option and not sent.get("TrackingOptionID"):
            self.edit.refuse(unverified.TRACKING_ON_QUOTES)
            return None
        for category in self.organisation["TrackingCategories"]:
            for option in category["Options"]:
                by_id = option["TrackingOptionID"] == sent.get("TrackingOptionID")
                by_name = folded(sent.get("Name")) == folded(category["Name"]) and (
                    folded(sent.get("Option")) == folded(option["Name"])
                )
                if by_id or by_name:
                    return {
                        "Name": category["Name"],
                        "Option": option["Name"],
                        "TrackingCategoryID": category["TrackingCategoryID"],
                        "TrackingOptionID": option["TrackingOptionID"],
                    }
        self.edit.refuse(unverified.TRACKING_UNKNOWN)
        return None


def is_description_only(element: dict) -> bool:
    """Whether a line carries a Description and no amount, account or tax at all."""
    if not element.get("Description"):
        return False
    return all(element.get(key) is None for key in _AMOUNT_KEYS)


def as_sent(line: dict) -> dict:
    """A stored line as an element that gives the same line again."""
    if "Quantity" not in line:
        return {key: line[key] for key in ("LineItemID", "Description")}
    derived = {"LineAmount", "Item"} | (set() if "_own_tax" in line else {"TaxAmount"})
    return {key: each for key, each in line.items() if key not in derived}
