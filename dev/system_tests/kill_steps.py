"""The steps of sending at which a worker is killed.

The product has no hooks for this: the methods of the registry that the worker's
process inherited are wrapped there.
"""

import functools
from collections.abc import Callable
from typing import Any

from . import odoo_process

BEFORE, AFTER = "before", "after"


def _opens(endpoint: str, result: Any, arguments: tuple) -> bool:
    request = result[1] if result else None
    return bool(request) and request.endpoint == endpoint


def _carries(endpoint: str, result: Any, arguments: tuple) -> bool:
    return arguments[0].endpoint == endpoint


# step -> (method of xero.connection, before or after it, whether it is that call)
STEPS = {
    "after the claim, before its commit": ("_open_batch", AFTER, _opens),
    "after the commit, before the call": ("_call", BEFORE, _carries),
    "after the answer": ("_close_answered", BEFORE, _carries),
    "after the answer was read, before its commit": (
        "_close_answered",
        AFTER,
        _carries,
    ),
    "after the answer's commit": ("_call", AFTER, _carries),
}
RECOVERY_STEPS = {
    "before the look-up": ("_look_up", BEFORE, _carries),
    "after the look-up": ("_find_created", AFTER, _carries),
    "after the look-up's commit": ("_look_up", AFTER, _carries),
}


def kill_at(step: str, endpoint: str) -> Callable[[Any], None]:
    """A preparation for a worker that kills itself at a step of a call.

    :param step: a key of ``STEPS`` or ``RECOVERY_STEPS``
    """
    method, moment, is_meant = {**STEPS, **RECOVERY_STEPS}[step]
    is_call = functools.partial(is_meant, endpoint)
    return do_at("xero.connection", method, moment, odoo_process.die, is_call)


def do_at(
    model_name: str,
    method: str,
    moment: str,
    action: Callable[[], Any],
    is_meant: Callable[[Any, tuple], bool] = lambda result, arguments: True,
) -> Callable[[Any], None]:
    """A preparation for a process that does something around a method of a model.

    :param moment: ``BEFORE`` or ``AFTER`` it
    :param is_meant: tells by its result (None before it) and arguments
    """

    def prepare(registry: Any) -> None:
        model = registry[model_name]
        original = getattr(model, method)

        @functools.wraps(original)
        def wrapper(self, *arguments, **keywords):
            if moment is BEFORE and is_meant(None, arguments):
                action()
            result = original(self, *arguments, **keywords)
            if moment is AFTER and is_meant(result, arguments):
                action()
            return result

        setattr(model, method, wrapper)

    return prepare
