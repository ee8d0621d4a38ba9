"""What Xero's refusals mean, and what a person does about them.

Xero's validation errors carry a message and no code
(https://developer.xero.com/documentation/api/accounting/responsecodes), so they are
told apart by their words; what is not known is shown as Xero said it.
"""

import re

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# (code, words in Xero's message, what to do, who can)
REFUSALS = [
    (
        "contact_name_taken",
        r"contact name .* is already assigned",
        _lt("Link the customer to the Xero contact of that name."),
        "accountant",
    ),
    (
        "contact_number_taken",
        r"contact number .* is already assigned",
        _lt("Link the customer to the Xero contact that has this number."),
        "accountant",
    ),
    (
        "contact_archived",
        r"archived contact|contact .* has been archived|contact must be un-archived",
        _lt("Restore the contact in Xero, or link the customer to another one."),
        "accountant",
    ),
    (
        "item_code_taken",
        r"item with code .* already exists",
        _lt("Link the product to the Xero item that has this code."),
        "accountant",
    ),
    (
        "item_unknown",
        r"item code .* is not valid",
        _lt("Link the product to an item that still exists in Xero."),
        "accountant",
    ),
    (
        "wrong_status",
        r"not of valid status|status change is invalid|cannot be updated",
        _lt(
            "The document was changed in Xero. Look at it there; Odoo has not changed"
            " it. Undo the change in Xero and try again."
        ),
        "accountant",
    ),
    (
        "has_payment",
        r"has (a payment|payments) or credit note",
        _lt("Remove the payment in Xero, or leave the document as it is."),
        "accountant",
    ),
    (
        "account",
        r"account code|account must be valid",
        _lt("Map the Odoo account to an active Xero account, then try again."),
        "accountant",
    ),
    (
        "tax",
        r"taxtype|tax rate must be valid",
        _lt("Map the tax to a Xero rate that fits this account, then try again."),
        "accountant",
    ),
    (
        "lock_date",
        r"lock date",
        _lt("The period is locked in Xero. Move the date, or open the period."),
        "accountant",
    ),
    (
        "currency",
        r"not subscribed to currency",
        _lt("Add the currency in Xero's settings, then try again."),
        "administrator",
    ),
    (
        "email",
        r"email address must be valid",
        _lt("Correct the e-mail address, then try again."),
        "user",
    ),
]

UNKNOWN = _lt("Correct what Xero names, then try again.")


def explain_refusal(env, messages):
    """Tell which of the known refusals this is.

    :param messages: Xero's words, one or more
    :return: (code or ``other``, remedy in the user's language, who can fix it)
    """
    text = " ".join(messages)
    for code, pattern, remedy, fixer in REFUSALS:
        if re.search(pattern, text, re.IGNORECASE):
            return code, env._(remedy), fixer  # pylint: disable=translation-not-lazy
    return "other", env._(UNKNOWN), "user"
