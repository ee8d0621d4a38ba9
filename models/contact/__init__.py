"""Customers and suppliers as Xero's contacts: linked, made, matched."""

from . import xero_link_mixin, xero_matching

# isort: split
from . import xero_contact

# isort: split
from . import xero_contact_coming, xero_contact_links, xero_contact_matching
