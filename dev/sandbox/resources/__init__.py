"""The endpoints of the accounting API, by the name in the path."""

from .base import Call, Resource
from .contacts import Contacts
from .invoices import Invoices
from .settings import (
    Accounts,
    BrandingThemes,
    Currencies,
    OrganisationResource,
    TaxRates,
    TrackingCategories,
)

RESOURCES: dict[str, type[Resource]] = {
    each.endpoint: each
    for each in (
        OrganisationResource,
        Accounts,
        TaxRates,
        Currencies,
        BrandingThemes,
        TrackingCategories,
        Contacts,
        Invoices,
    )
}

__all__ = ["RESOURCES", "Call", "Resource"]
