"""Products as Xero's items: linked, made, matched."""

from . import xero_item

# isort: split
from . import xero_item_coming, xero_item_matching
