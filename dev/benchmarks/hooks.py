"""Odoo without the addon's hooks, in a process where it is installed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

ADDON = "odoo.addons.xero_sync."
FIELDS = "xero_"  # how names of the addon's fields on Odoo's models begin
MODELS = (
    "account.move",
    "account.move.line",
    "product.product",
    "product.template",
    "purchase.order",
    "purchase.order.line",
    "res.partner",
    "sale.order",
    "sale.order.line",
)


def switch_off(registry: Any) -> None:
    """Take the addon's overrides out of Odoo's own models, in this process."""
    for each, name in _overrides(registry):
        delattr(each, name)


@contextmanager
def switched_off(registry: Any) -> Iterator[None]:
    """So it is while the block lasts, and no column of the addon's is read either."""
    overrides = _overrides(registry)
    columns = [
        field
        for model in MODELS
        for name, field in registry[model]._fields.items()
        if name.startswith(FIELDS) and field.prefetch
    ]
    kept = [field.prefetch for field in columns]
    for each, name in overrides:
        delattr(each, name)
    for field in columns:
        field.prefetch = False
    try:
        yield
    finally:
        for (each, name), value in overrides.items():
            setattr(each, name, value)
        for field, prefetch in zip(columns, kept, strict=True):
            field.prefetch = prefetch


def _overrides(registry: Any) -> dict[tuple[type, str], Callable]:
    """The addon's methods that override others, by the class and their name."""
    found = {}
    for model in MODELS:
        classes = registry[model].__mro__
        ours = [each for each in classes if each.__module__.startswith(ADDON)]
        others = [each for each in classes if each not in ours]
        for each in ours:
            for name, value in vars(each).items():
                overrides = any(name in vars(other) for other in others)
                if callable(value) and overrides and not name.startswith("__"):
                    found[each, name] = value
    return found
