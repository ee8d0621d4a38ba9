"""Demo Company (AU): Australian dollars, GST, several currencies, tracking."""

from ..clock import Clock
from ..store import Organisation
from . import builders

SETTINGS = {
    "Name": "Demo Company (AU)",
    "LegalName": "Demo Company (AU) Pty Ltd",
    "PaysTax": True,
    "Version": "AU",
    "OrganisationType": "COMPANY",
    "BaseCurrency": "AUD",
    "CountryCode": "AU",
    "IsDemoCompany": True,
    "OrganisationStatus": "ACTIVE",
    "TaxNumber": "11 111 111 138",
    "FinancialYearEndDay": 30,
    "FinancialYearEndMonth": 6,
    "SalesTaxBasis": "ACCRUALS",
    "SalesTaxPeriod": "QUARTERLY1",
    "DefaultSalesTax": "Tax Exclusive",
    "DefaultPurchasesTax": "Tax Exclusive",
    "OrganisationEntityType": "COMPANY",
    "Timezone": "AUSEASTERNSTANDARDTIME",
    "ShortCode": "!aUd3m",
    "Edition": "BUSINESS",
    "Class": "DEMO",
    "Addresses": [
        {
            "AddressType": "POBOX",
            "AddressLine1": "23 Main Street",
            "City": "Sydney",
            "Region": "NSW",
            "PostalCode": "2000",
            "Country": "Australia",
        }
    ],
    "Phones": [
        {"PhoneType": "OFFICE", "PhoneNumber": "80001234", "PhoneCountryCode": "61"}
    ],
    "ExternalLinks": [],
    "PaymentTerms": {},
}

TAX_RATES = [
    ("OUTPUT", "GST on Income", "10", "aelr"),
    ("INPUT", "GST on Expenses", "10", "aelx"),
    ("CAPEXINPUT", "GST on Capital", "10", "aelx"),
    ("EXEMPTOUTPUT", "GST Free Income", "0", "aelr"),
    ("EXEMPTEXPENSES", "GST Free Expenses", "0", "aelx"),
    ("EXEMPTCAPITAL", "GST Free Capital", "0", "aelx"),
    ("EXEMPTEXPORT", "GST Free Exports", "0", "aelr"),
    ("INPUTTAXED", "Input Taxed", "0", "aelxr"),
    ("BASEXCLUDED", "BAS Excluded", "0", "aelxr"),
    ("GSTONIMPORTS", "GST on Imports", "0", "l"),
    ("GSTONCAPIMPORTS", "GST on Capital Imports", "0", "l"),
    ("TAX001", "Luxury Car Tax", "33", "aelr", "DELETED"),
]

_DEBTORS = {"SystemAccount": "DEBTORS"}
_CREDITORS = {"SystemAccount": "CREDITORS"}

ACCOUNTS = [
    ("090", "Business Bank Account", "BANK", "BASEXCLUDED"),
    (None, "Business Savings Account", "BANK", "BASEXCLUDED"),
    ("200", "Sales", "REVENUE", "OUTPUT", {"EnablePaymentsToAccount": False}),
    ("205", "Sales (before 2024)", "REVENUE", "OUTPUT", {"Status": "ARCHIVED"}),
    ("210", "Sales - Services", "REVENUE", "OUTPUT"),
    ("220", "Export Sales", "REVENUE", "EXEMPTEXPORT"),
    ("260", "Other Revenue", "REVENUE", "OUTPUT"),
    ("270", "Interest Income", "OTHERINCOME", "INPUTTAXED"),
    ("310", "Cost of Goods Sold", "DIRECTCOSTS", "INPUT"),
    ("400", "Advertising", "EXPENSE", "INPUT"),
    ("404", "Bank Fees", "EXPENSE", "EXEMPTEXPENSES"),
    ("408", "Cleaning", "EXPENSE", "INPUT"),
    ("412", "Consulting & Accounting", "EXPENSE", "INPUT"),
    ("416", "Depreciation", "DEPRECIATN", "BASEXCLUDED"),
    ("420", "Entertainment", "EXPENSE", "EXEMPTEXPENSES"),
    ("425", "Freight & Courier", "EXPENSE", "INPUT"),
    ("429", "General Expenses", "EXPENSE", "INPUT"),
    ("433", "Insurance", "EXPENSE", "INPUT"),
    ("445", "Light, Power, Heating", "EXPENSE", "INPUT"),
    ("449", "Motor Vehicle Expenses", "EXPENSE", "INPUT"),
    ("453", "Office Expenses", "EXPENSE", "INPUT"),
    ("461", "Printing & Stationery", "EXPENSE", "INPUT"),
    ("469", "Rent", "EXPENSE", "INPUT"),
    ("473", "Repairs and Maintenance", "EXPENSE", "INPUT"),
    ("477", "Wages and Salaries", "EXPENSE", "BASEXCLUDED"),
    ("485", "Subscriptions", "EXPENSE", "INPUT"),
    ("489", "Telephone & Internet", "EXPENSE", "INPUT"),
    ("493", "Travel - National", "EXPENSE", "INPUT"),
    (
        "497",
        "Bank Revaluations",
        "EXPENSE",
        "BASEXCLUDED",
        {"SystemAccount": "BANKCURRENCYGAIN"},
    ),
    (
        "498",
        "Unrealised Currency Gains",
        "EXPENSE",
        "BASEXCLUDED",
        {"SystemAccount": "UNREALISEDCURRENCYGAIN"},
    ),
    (
        "499",
        "Realised Currency Gains",
        "EXPENSE",
        "BASEXCLUDED",
        {"SystemAccount": "REALISEDCURRENCYGAIN"},
    ),
    ("610", "Accounts Receivable", "CURRENT", "BASEXCLUDED", _DEBTORS),
    ("620", "Prepayments", "CURRENT", "BASEXCLUDED"),
    ("630", "Inventory", "INVENTORY", "BASEXCLUDED"),
    ("710", "Office Equipment", "FIXED", "CAPEXINPUT"),
    ("720", "Computer Equipment", "FIXED", "CAPEXINPUT"),
    ("800", "Accounts Payable", "CURRLIAB", "BASEXCLUDED", _CREDITORS),
    ("820", "GST", "CURRLIAB", "BASEXCLUDED", {"SystemAccount": "GST"}),
    ("825", "PAYG Withholdings Payable", "CURRLIAB", "BASEXCLUDED"),
    (
        "840",
        "Historical Adjustment",
        "CURRLIAB",
        "BASEXCLUDED",
        {"SystemAccount": "HISTORICAL"},
    ),
    ("855", "Clearing", "CURRLIAB", "BASEXCLUDED"),
    ("860", "Rounding", "CURRLIAB", "BASEXCLUDED", {"SystemAccount": "ROUNDING"}),
    ("880", "Owner A Drawings", "EQUITY", "BASEXCLUDED"),
    ("900", "Loan", "TERMLIAB", "BASEXCLUDED"),
    (
        "960",
        "Retained Earnings",
        "EQUITY",
        "BASEXCLUDED",
        {"SystemAccount": "RETAINEDEARNINGS"},
    ),
]

CURRENCIES = [
    ("AUD", "Australian Dollar", "1"),
    ("EUR", "Euro", "0.561"),
    ("GBP", "British Pound", "0.493"),
    ("NZD", "New Zealand Dollar", "1.132"),
    ("USD", "United States Dollar", "0.652"),
]

TRACKING = {
    "Region": ["Eastside", "North", "South", "West Coast"],
    "Department": ["Retail", "Services", "Wholesale"],
}

CONTACTS: list[dict] = [
    {
        "Name": "Bayside Club",
        "ContactNumber": "BAY-1",
        "EmailAddress": "accounts@bayside.example.com",
        "FirstName": "Bob",
        "LastName": "Partridge",
        "TaxNumber": "51 824 753 556",
        "Addresses": [
            {
                "AddressType": "POBOX",
                "AddressLine1": "PO Box 3354",
                "City": "Manly",
                "Region": "NSW",
                "PostalCode": "2095",
                "Country": "Australia",
            }
        ],
        "Phones": [
            {
                "PhoneType": "DEFAULT",
                "PhoneNumber": "20240511",
                "PhoneAreaCode": "02",
                "PhoneCountryCode": "61",
            }
        ],
        "IsCustomer": True,
    },
    {"Name": "Bayside Wholesale", "EmailAddress": "orders@bayside.example.com"},
    {"Name": "City Agency", "EmailAddress": "info@cityagency.example.com"},
    {"Name": "Gateway Motors", "IsSupplier": True},
    {
        "Name": "Old Town Traders",
        "ContactNumber": "OLD-1",
        "EmailAddress": "hello@oldtown.example.com",
        "ContactStatus": "ARCHIVED",
    },
    {
        "Name": "PowerDirect",
        "EmailAddress": "bills@powerdirect.example.com",
        "IsSupplier": True,
    },
    {"Name": "Xyz Imports (EUR)", "DefaultCurrency": "EUR", "IsCustomer": True},
]

ITEMS = [
    (
        "BOOK",
        "Fish out of Water",
        ("19.95", "200", "OUTPUT"),
        ("12.50", "310", "INPUT"),
    ),
    ("DevD", "Development work - developer onsite", ("650", "210", "OUTPUT"), None),
    ("GB1-White", "Golf balls - white", ("5.60", "200", "OUTPUT"), None),
    ("PAPER", "Printing paper, box", None, ("38.50", "461", "INPUT")),
]


def australian_organisation(tenant_id: str, clock: Clock) -> Organisation:
    """Build the Australian demo company with the given id."""
    settings = {
        **SETTINGS,
        "OrganisationID": tenant_id,
        "CreatedDateUTC": builders.SEEDED_AT,
    }
    organisation = Organisation(settings, "Australia/Sydney", clock)
    builders.add_accounts(organisation, ACCOUNTS)
    builders.add_tax_rates(organisation, "GST", TAX_RATES)
    builders.add_currencies(organisation, CURRENCIES)
    builders.add_tracking(organisation, TRACKING)
    builders.add_branding_themes(organisation, ["Standard", "Very orange invoice!"])
    builders.add_contacts(organisation, CONTACTS)
    builders.add_items(organisation, ITEMS)
    return organisation
