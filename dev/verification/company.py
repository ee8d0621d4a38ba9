"""The Demo Company in which the experiments are made, and what it offers them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from environment.console import Failure

from .client import Client

SYSTEM_ACCOUNTS = ("GST", "DEBTORS", "CREDITORS", "ROUNDING")


@dataclass(frozen=True)
class TaxRate:
    """A tax type, and its percentage."""

    code: str
    percent: Decimal

    def on(self, amount: Decimal) -> Decimal:
        """The tax on a net amount."""
        return (amount * self.percent / 100).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Offer:
    """Accounts, taxes and currencies that documents can use here."""

    version: str  # AU, NZ, UK, US, GLOBAL …
    income: str  # account codes
    expense: str
    system: dict[str, str]  # SystemAccount -> code
    output: TaxRate
    input: TaxRate
    foreign: str  # a currency code; empty when there is but one

    @property
    def labels(self) -> dict[str, str]:
        """An account code in quotes -> what it is, the same in all organisations."""
        own = {"income": self.income, "expense": self.expense}
        codes = {**own, **self.system}.items()
        return {f"'{code}'": f"'<{name}>'" for name, code in codes}


def find_demo_company(clients: Iterable[Client]) -> tuple[Client, dict]:
    """The first organisation that is a Demo Company, and what Xero says of it.

    Nothing is written anywhere before this was asked.

    :raise Failure: none of them is one
    """
    for client in clients:
        organisation = describe(client)
        if organisation.get("IsDemoCompany") is True:
            return client, organisation
    raise Failure(
        "This is not a Demo Company: nothing was written. In Xero, choose Demo "
        "Company in the menu of organisations, and allow the access to it."
    )


def describe(client: Client) -> dict:
    """What Xero says of the organisation.

    :raise Failure: it says nothing
    """
    answer = client.call("GET", "/Organisation")
    found = answer.elements("Organisations")
    if answer.status != 200 or not found:
        raise Failure(f"Xero does not show the organisation (HTTP {answer.status}).")
    return found[0]


def offer_of(client: Client, organisation: dict) -> Offer:
    """Choose what the documents of the experiments use.

    :raise Failure: the organisation lacks an account or a tax rate for them
    """
    accounts = _read(client, "Accounts")
    rates = _read(client, "TaxRates")
    base = organisation.get("BaseCurrency")
    foreign = sorted(
        each["Code"] for each in _read(client, "Currencies") if each["Code"] != base
    )
    preferred = [code for code in ("USD", "EUR", "GBP", "AUD") if code in foreign]
    income = _account(accounts, "REVENUE", "SALES")
    expense = _account(accounts, "EXPENSE", "OVERHEADS")
    return Offer(
        version=organisation.get("Version", ""),
        income=income["Code"],
        expense=expense["Code"],
        system={
            each["SystemAccount"]: each["Code"]
            for each in accounts
            if each.get("SystemAccount") in SYSTEM_ACCOUNTS and each.get("Code")
        },
        output=_rate(rates, income, "CanApplyToRevenue"),
        input=_rate(rates, expense, "CanApplyToExpenses"),
        foreign=[*preferred, *foreign, ""][0],
    )


def _read(client: Client, endpoint: str) -> list[dict]:
    return client.call("GET", f"/{endpoint}").elements()


def _account(accounts: list[dict], *types: str) -> dict:
    def fits(account: dict) -> bool:
        active = account.get("Status", "ACTIVE") == "ACTIVE"
        system = account.get("SystemAccount")
        return active and bool(account.get("Code")) and not system

    return _first(
        accounts, lambda each: fits(each) and each.get("Type") in types, types[0]
    )


def _rate(rates: list[dict], account: dict, use: str) -> TaxRate:
    def fits(rate: dict) -> bool:
        return rate.get("Status", "ACTIVE") == "ACTIVE" and bool(rate.get(use))

    usual = [each for each in rates if each["TaxType"] == account.get("TaxType")]
    taxed = [each for each in [*usual, *rates] if each.get("EffectiveRate")]
    rate = _first([*taxed, *usual], fits, "tax rate")
    return TaxRate(rate["TaxType"], Decimal(str(rate.get("EffectiveRate") or 0)))


def _first(found: list[dict], fits: Callable[[dict], bool], what: str) -> dict:
    for each in found:
        if fits(each):
            return each
    raise Failure(f"The Demo Company has no {what} that is free for documents.")
