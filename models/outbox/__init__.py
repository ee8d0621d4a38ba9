"""How anything is sent exactly once: bindings, batches, calls, requests, recovery."""

from . import xero_binding

# isort: split
from . import (
    xero_binding_changed,
    xero_binding_quiet,
    xero_change,
    xero_listed_binding,
    xero_outbox,
    xero_outbox_batch,
    xero_outbox_call,
    xero_outbox_denied,
    xero_recovery,
    xero_refusals,
    xero_request,
)
