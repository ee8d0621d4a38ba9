"""The endpoints of the accounting API, by the name in the path."""

from .base import Call, Resource
from .contacts import Contacts
from .credit_notes import CreditNotes
from .invoices import Invoices
from .items import Items
from .payments import Payments
from .purchase_orders import PurchaseOrders
from .quotes import Quotes
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
        Items,
        Quotes,
        Invoices,
        CreditNotes,
        PurchaseOrders,
        Payments,
    )
}

__all__ = ["RESOURCES", "Call", "Resource"]
