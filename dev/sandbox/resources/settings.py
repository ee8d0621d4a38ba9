"""The organisation and the choices that belong to it: read, hardly ever written."""

from decimal import Decimal

from werkzeug.wrappers import Response

from .. import unverified
from ..dates import microsoft
from ..errors import not_found
from ..store import folded
from .base import Resource
from .elements import Edit, names

CURRENCY_NOT_ENABLED = "Organisation is not subscribed to currency {code}"
ACTIONS = names(
    """
ApproveTransactionsBeforePeriodLockDate AttachFilesIntoInvoice CreateApprovedBill
CreateApprovedInvoice CreateApprovedPurchaseOrder CreateCashCodedBankTransaction
CreateDraftBill CreateDraftInvoice CreateDraftPurchaseOrder CreateDraftQuote
CreateInvoicePayment CreateQuotes CreateRepeatingInvoice CreateSentQuote
EditContactDetails UseMulticurrency
"""
)
# The action of a user whom the period lock date does not bind (W5), and where the
# control API notes of an organisation that such a one connected
PASSES_PERIOD_LOCK = "ApproveTransactionsBeforePeriodLockDate"
ADVISER = "_adviser"

# What PUT /Currencies can add: name, and a made-up day rate for either demo company.
ADDABLE_CURRENCIES = {
    "CAD": ("Canadian Dollar", "0.912"),
    "CHF": ("Swiss Franc", "0.523"),
    "EUR": ("Euro", "1.151"),
    "FJD": ("Fiji Dollar", "1.482"),
    "JPY": ("Japanese Yen", "99.31"),
    "KWD": ("Kuwaiti Dinar", "0.203"),
    "NZD": ("New Zealand Dollar", "1.132"),
    "SGD": ("Singapore Dollar", "0.848"),
    "USD": ("United States Dollar", "1.313"),
}


class OrganisationResource(Resource):
    """GET /Organisation and GET /Organisation/Actions."""

    endpoint = "Organisation"
    methods = frozenset({"GET"})

    def read_list(self) -> Response:
        settings = dict(self.organisation.settings)
        # Recorded: without an offset, unlike the lock dates beside it.
        settings["CreatedDateUTC"] = microsoft(settings["CreatedDateUTC"], "")
        return self.respond([settings])

    def read_one(self) -> Response:
        if self.call.identifier != "Actions":
            raise not_found()
        organisation = self.organisation
        denied = {
            "UseMulticurrency": len(organisation["Currencies"]) < 2,
            PASSES_PERIOD_LOCK: not organisation.settings.get(ADVISER),
        }
        actions = [
            {"Name": name, "Status": "NOT-ALLOWED" if blocked else "ALLOWED"}
            for name in sorted(ACTIONS)
            for blocked in [organisation.role_revoked or denied.get(name)]
        ]
        return self.respond(actions)

    @property
    def payload_key(self) -> str:
        return "Actions" if self.call.identifier else "Organisations"


class Accounts(Resource):
    """The chart of accounts."""

    endpoint = "Accounts"
    id_key = "AccountID"
    methods = frozenset({"GET"})
    filter_fields = names(
        "AccountID Code Name Status Type TaxType Class SystemAccount "
        "EnablePaymentsToAccount CurrencyCode UpdatedDateUTC"
    )


class TaxRates(Resource):
    """Tax rates; their key is the TaxType."""

    endpoint = "TaxRates"
    id_key = "TaxType"
    methods = frozenset({"GET"})
    filter_fields = names(
        "TaxType Name Status ReportTaxType EffectiveRate DisplayTaxRate "
        "CanApplyToAssets CanApplyToEquity CanApplyToExpenses CanApplyToLiabilities "
        "CanApplyToRevenue"
    )

    def find_by_path(self, identifier: str) -> dict | None:
        return self.collection.get(identifier)


class BrandingThemes(Resource):
    """Branding themes; SortOrder 0 is the default."""

    endpoint = "BrandingThemes"
    id_key = "BrandingThemeID"
    methods = frozenset({"GET"})


class TrackingCategories(Resource):
    """Tracking categories with their options."""

    endpoint = "TrackingCategories"
    id_key = "TrackingCategoryID"
    methods = frozenset({"GET"})
    filter_fields = frozenset({"Name", "Status", "TrackingCategoryID"})


class Currencies(Resource):
    """Enabled currencies; PUT enables one more."""

    endpoint = "Currencies"
    id_key = "Code"
    methods = frozenset({"GET", "PUT"})
    filter_fields = frozenset({"Code", "Description"})

    def refuse_unknown_ids(self, elements: list[dict]) -> None:
        """A currency is created by its code, so no code is unknown."""

    def fill(self, edit: Edit) -> None:
        code = str(edit.element.get("Code") or "").upper()
        if code not in ADDABLE_CURRENCIES:
            edit.refuse(unverified.CURRENCY_UNKNOWN.format(code=code))
            return
        edit.draft.update(Code=code, Description=ADDABLE_CURRENCIES[code][0])

    def commit(self, edit: Edit) -> dict:
        code = edit.draft["Code"]
        self.collection.save(edit.draft)
        self.organisation.day_rates.setdefault(
            code, Decimal(ADDABLE_CURRENCIES[code][1])
        )
        return edit.draft

    def write_element(self, element: dict) -> tuple[dict, list[str]]:
        answer, problems = super().write_element(element)
        answer.pop("StatusAttributeString")
        return answer, problems


def default_theme(organisation) -> str | None:
    """The id of the branding theme a sales document gets when it names none."""
    themes = sorted(organisation["BrandingThemes"], key=lambda each: each["SortOrder"])
    return themes[0]["BrandingThemeID"] if themes else None


def account_of(organisation, line: dict) -> dict | None:
    """The account a line names by id or code."""
    if line.get("AccountID"):
        return organisation["Accounts"].get(str(line["AccountID"]).lower())
    found = organisation["Accounts"].find("code", folded(line.get("AccountCode")))
    return found[0] if found else None
