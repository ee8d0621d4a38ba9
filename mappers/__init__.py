"""Odoo record → model of Xero's SDK. Reads records, writes nothing, calls nothing."""

from .contact import clean_name, partner_to_contact
from .invoice import invoice_to_delete, order_to_draft_invoice
from .item import product_to_item
from .lines import own
from .problems import MappingError, Problem
