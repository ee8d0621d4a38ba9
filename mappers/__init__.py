"""Odoo record → model of Xero's SDK. Reads records, writes nothing, calls nothing."""

from .checks import check_lock
from .contact import WATCHED_FIELDS, clean_name, partner_says, partner_to_contact
from .contact_changes import (
    PERSONS,
    contact_parts,
    known_after,
    parts_after,
    said_after,
    said_unsure,
)
from .credit_note import allocation, move_to_credit_note
from .decimals import decimal_of
from .header import local_date
from .invoice import move_to_invoice, order_to_draft_invoice
from .item import item_name, product_to_item
from .left_out import left_out
from .lookups import Lookups
from .mapping import DEFAULTS, own
from .nothing import books_nothing
from .order_lines import booked_tax, order_amounts, read_ahead, shown_amounts
from .partner import imported_parts, partner_values
from .problems import MappingError, Problem
from .product import product_values
from .purchase_order import order_to_purchase_order
from .quote import keep_what_was_typed, order_to_quote, quote_step, quote_words
from .removal import to_remove
from .target import Target
from .tax_mapping import PERCENT_DECIMALS, effective_percent, set_key, tax_names
