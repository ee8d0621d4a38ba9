"""What Xero's refusals mean, and what a person does about them.

Xero's validation errors carry a message and no code
(https://developer.xero.com/documentation/api/accounting/responsecodes), so they are
told apart by their words; what is not known is shown as Xero said it.
"""

import re

# (code, words in Xero's message, who can put it right)
REFUSALS = (
    ("contact_name_taken", r"contact name .* is already assigned", "accountant"),
    ("contact_number_taken", r"contact number .* is already assigned", "accountant"),
    (
        "contact_archived",
        r"archived contact|contact .* has been archived|contact must be un-archived",
        "accountant",
    ),
    ("number_taken", r"(#|order number|quote number) must be unique", "accountant"),
    ("item_code_taken", r"item with code .* already exists", "accountant"),
    ("item_unknown", r"item code .* is not valid", "accountant"),
    (
        "wrong_status",
        r"not of valid status|status change is invalid|cannot be updated",
        "accountant",
    ),
    ("has_payment", r"has (a payment|payments) or credit note", "accountant"),
    ("tax", r"taxtype|tax rate must be valid", "accountant"),
    ("account", r"account code|account must be valid", "accountant"),
    ("lock_date", r"lock date", "accountant"),
    ("currency", r"not subscribed to currency", "administrator"),
    ("email", r"email address must be valid", "user"),
)


def explain_refusal(env, messages):
    """Tell which of the known refusals this is.

    :param messages: Xero's words, one or more
    :return: (code or ``other``, remedy in the user's language, who can fix it)
    """
    text = " ".join(messages)
    for code, pattern, fixer in REFUSALS:
        if re.search(pattern, text, re.IGNORECASE):
            return code, _remedies(env)[code], fixer
    return "other", env._("Correct what Xero names, then try again."), "user"


def _remedies(env):
    """What to do about each known refusal, by its code."""
    return {
        "contact_name_taken": env._(
            "Link the customer to the Xero contact of that name, or give the customer"
            " another name."
        ),
        "contact_number_taken": env._(
            "Link the customer to the Xero contact that has this number."
        ),
        "contact_archived": env._(
            "Restore the contact in Xero, or link the customer to another one."
        ),
        "number_taken": env._(
            "Another document in Xero has this number. Change the number here or"
            " there and try again, or link this one to it."
        ),
        "item_code_taken": env._(
            "Link the product to the Xero item that has this code."
        ),
        "item_unknown": env._("Link the product to an item that still exists in Xero."),
        "wrong_status": env._(
            "The document was changed in Xero. Look at it there; Odoo has not changed"
            " it. Undo the change in Xero and try again."
        ),
        "has_payment": env._(
            "Remove the payment in Xero, or leave the document as it is."
        ),
        "account": env._(
            "Map the Odoo account to an active Xero account, then try again."
        ),
        "tax": env._(
            "Map the tax to a Xero rate that fits this account, then try again."
        ),
        "lock_date": env._(
            "The period is locked in Xero. Move the date, or open the period."
        ),
        "currency": env._("Add the currency in Xero's settings, then try again."),
        "email": env._("Correct the e-mail address, then try again."),
    }
