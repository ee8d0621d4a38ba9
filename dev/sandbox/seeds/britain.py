"""Demo Company (UK): pounds only, VAT, no tracking."""

from ..clock import Clock
from ..store import Organisation
from . import builders

SETTINGS = {
    "Name": "Demo Company (UK)",
    "LegalName": "Demo Company (UK) Limited",
    "PaysTax": True,
    "Version": "UK",
    "OrganisationType": "COMPANY",
    "BaseCurrency": "GBP",
    "CountryCode": "GB",
    "IsDemoCompany": True,
    "OrganisationStatus": "ACTIVE",
    "TaxNumber": "GB 123456789",
    "FinancialYearEndDay": 31,
    "FinancialYearEndMonth": 12,
    "SalesTaxBasis": "ACCRUAL",
    "SalesTaxPeriod": "QUARTERLY1",
    "DefaultSalesTax": "Tax Exclusive",
    "DefaultPurchasesTax": "Tax Exclusive",
    "OrganisationEntityType": "COMPANY",
    "Timezone": "GMTSTANDARDTIME",
    "ShortCode": "!uKd3m",
    "Edition": "BUSINESS",
    "Class": "DEMO",
    "Addresses": [
        {
            "AddressType": "POBOX",
            "AddressLine1": "10 High Street",
            "City": "London",
            "PostalCode": "EC1A 1BB",
            "Country": "United Kingdom",
        }
    ],
    "Phones": [],
    "ExternalLinks": [],
    "PaymentTerms": {},
}

TAX_RATES = [
    ("OUTPUT2", "20% (VAT on Income)", "20", "aelr"),
    ("INPUT2", "20% (VAT on Expenses)", "20", "aelx"),
    ("CAPEXINPUT2", "20% (VAT on Capital Purchases)", "20", "a"),
    ("RROUTPUT", "5% (VAT on Income)", "5", "aelr"),
    ("RRINPUT", "5% (VAT on Expenses)", "5", "aelx"),
    ("ZERORATEDOUTPUT", "Zero Rated Income", "0", "aelr"),
    ("ZERORATEDINPUT", "Zero Rated Expenses", "0", "aelx"),
    ("EXEMPTOUTPUT", "Exempt Income", "0", "aelr"),
    ("EXEMPTINPUT", "Exempt Expenses", "0", "aelx"),
    ("DRCHARGESUPPLY20", "Domestic Reverse Charge @ 20% (VAT on Income)", "0", "aelr"),
    ("DRCHARGE20", "Domestic Reverse Charge @ 20% (VAT on Expenses)", "0", "aelx"),
    ("OUTPUT", "17.5% (VAT on Income)", "17.5", "aelr", "DELETED"),
    ("INPUT", "17.5% (VAT on Expenses)", "17.5", "aelx", "DELETED"),
    ("NONE", "No VAT", "0", "aelxr"),
]

ACCOUNTS = [
    ("090", "Business Bank Account", "BANK", "NONE"),
    (None, "Business Savings Account", "BANK", "NONE"),
    ("200", "Sales", "REVENUE", "OUTPUT2"),
    ("205", "Sales (before 2024)", "REVENUE", "OUTPUT2", {"Status": "ARCHIVED"}),
    ("260", "Other Revenue", "REVENUE", "OUTPUT2"),
    ("270", "Interest Income", "REVENUE", "ZERORATEDOUTPUT"),
    ("310", "Cost of Goods Sold", "DIRECTCOSTS", "INPUT2"),
    ("400", "Advertising & Marketing", "OVERHEADS", "INPUT2"),
    ("404", "Bank Fees", "OVERHEADS", "EXEMPTINPUT"),
    ("429", "General Expenses", "OVERHEADS", "INPUT2"),
    ("453", "Office Expenses", "OVERHEADS", "INPUT2"),
    ("469", "Rent", "OVERHEADS", "EXEMPTINPUT"),
    ("477", "Salaries", "OVERHEADS", "NONE"),
    ("610", "Accounts Receivable", "CURRENT", "NONE", {"SystemAccount": "DEBTORS"}),
    ("630", "Inventory", "INVENTORY", "NONE"),
    ("720", "Computer Equipment", "FIXED", "CAPEXINPUT2"),
    ("800", "Accounts Payable", "CURRLIAB", "NONE", {"SystemAccount": "CREDITORS"}),
    ("820", "VAT", "CURRLIAB", "NONE", {"SystemAccount": "GST"}),
    ("860", "Rounding", "CURRLIAB", "NONE", {"SystemAccount": "ROUNDING"}),
    ("900", "Loan", "TERMLIAB", "NONE"),
    ("950", "Capital - x,xxx Ordinary Shares", "EQUITY", "NONE"),
]

CONTACTS: list[dict] = [
    {"Name": "Basket Case", "EmailAddress": "sales@basketcase.example.co.uk"},
    {"Name": "Boom FM", "IsCustomer": True, "TaxNumber": "GB 987654321"},
    {"Name": "Closed Cafe", "ContactStatus": "ARCHIVED"},
    {"Name": "PC Complete", "IsSupplier": True},
]

ITEMS = [
    ("BOOK", "Fish out of Water", ("16.63", "200", "OUTPUT2"), ("9", "310", "INPUT2")),
    ("Train", "Half day training", ("500", "200", "OUTPUT2"), None),
]


def british_organisation(tenant_id: str, clock: Clock) -> Organisation:
    """Build the British demo company with the given id."""
    settings = {
        **SETTINGS,
        "OrganisationID": tenant_id,
        "CreatedDateUTC": builders.SEEDED_AT,
    }
    organisation = Organisation(settings, "Europe/London", clock)
    builders.add_accounts(organisation, ACCOUNTS)
    builders.add_tax_rates(organisation, "VAT", TAX_RATES)
    builders.add_currencies(organisation, [("GBP", "British Pound", "1")])
    builders.add_branding_themes(organisation, ["Standard"])
    builders.add_contacts(organisation, CONTACTS)
    builders.add_items(organisation, ITEMS)
    return organisation
