"""Odoo without the addon's hooks, in a process where it is installed."""

from typing import Any

ADDON = "odoo.addons.xero_sync."
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
    for model in MODELS:
        classes = registry[model].__mro__
        ours = [each for each in classes if each.__module__.startswith(ADDON)]
        others = [each for each in classes if each not in ours]
        for each in ours:
            for name, value in list(vars(each).items()):
                overrides = any(name in vars(other) for other in others)
                if callable(value) and overrides and not name.startswith("__"):
                    delattr(each, name)
