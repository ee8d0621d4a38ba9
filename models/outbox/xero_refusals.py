"""Which of the known refusals Xero's words are.

Xero's validation errors carry a message and no code
(https://developer.xero.com/documentation/api/accounting/responsecodes), so they are
told apart by their words. Xero changes its wording at times, so the patterns look for
the few words that matter, in text without capitals, quotes and punctuation.
"""

import re
from dataclasses import dataclass

USER, ACCOUNTANT, ADMINISTRATOR = "user", "accountant", "administrator"


@dataclass(frozen=True)
class Refusal:
    """One thing that Xero refuses.

    :param code: which words of ``xero_refusal_words`` explain it
    :param cause: what has to be put right; several codes may have the same
    :param pattern: regular expression on Xero's plain words
    :param fixer: who can put it right
    :param shared: the cause is not in the record alone: the same words about another
        record mean the same cause
    """

    code: str
    cause: str
    pattern: str
    fixer: str = ACCOUNTANT
    shared: bool = False


def _of(code: str, pattern: str, fixer: str = ACCOUNTANT) -> Refusal:
    """A refusal with a cause of its own."""
    return Refusal(code, code, pattern, fixer)


# Nobody knows what it takes: not a question for who sells
UNKNOWN = _of("other", r"")

# The first that fits counts.
REFUSALS = (
    _of(
        "contact_name_taken",
        r"contact name\b.*\b(assigned|unique|in use|already exists)",
        USER,
    ),
    _of(
        "contact_number_taken",
        r"another contact has this contact number"
        r"|contact number\b.*\b(assigned|unique|in use)",
        USER,
    ),
    _of("contact_missing", r"\bcontact must be specified\b", USER),
    _of(
        "contact_unidentified",
        r"contact must contain\b.*\b(identify|contactid|name)",
        USER,
    ),
    Refusal(
        "contact_closed",
        "contact_archived",
        r"match\w* an archived contact|archived contacts? can ?not",
        USER,
    ),
    _of("contact_archived", r"\bcontact\b.*\b(archived|un ?archived)\b", USER),
    _of("contact_unknown", r"specified contact\b.*\b(not be|not) found", USER),
    _of("people_without_email", r"\badditional people\b.*\bno e ?mail\b", USER),
    _of("email", r"\be ?mail\b.*\b(valid|invalid)", USER),
    _of("contact_website", r"\bweb ?site\b.*\b(valid|invalid)"),
    Refusal(
        "url", "url", r"\burl\b.*\b(valid|invalid|absolute)", ADMINISTRATOR, shared=True
    ),
    _of("item_code_taken", r"\bitem\b.*\bcode\b.*\balready (exists|in use)", USER),
    _of(
        "item_unknown",
        r"\bitem code\b.*\b(not|in) ?valid|\bitem code\b.*\binvalid",
        USER,
    ),
    _of("number_taken", r"(#|number|\bno) ?must be unique"),
    _of("approve_limit", r"reached the limit\b.*\bapprove", ADMINISTRATOR),
    Refusal(
        "void_has_payment",
        "has_payment",
        r"can ?not be applied\b.*\b(payments?|credit notes?)\b",
    ),
    _of("has_payment", r"\bhas (an? )?(payments?|credit notes?)\b"),
    Refusal("sent_flag", "wrong_status", r"\bsenttocontact\b"),
    Refusal(
        "order_deleted", "wrong_status", r"\bdeleted purchase ?orders? can ?not be"
    ),
    Refusal("status_step", "wrong_status", r"\bstatus change\b.*\b(invalid|not valid)"),
    _of(
        "wrong_status",
        r"\bnot (of|in) (a )?valid status|can ?not be (updated|modified)",
    ),
    Refusal(
        "lock_year",
        "lock_date",
        r"\byear\b( end)? lock date|year end lock",
        shared=True,
    ),
    Refusal("lock_period", "lock_date", r"\block date\b|period is locked", shared=True),
    Refusal(
        "tax_account",
        "tax",
        r"\btax ?type\b.*(not be used|not exist|not valid)",
        shared=True,
    ),
    Refusal("tax_missing", "tax", r"\btax ?type\b.*\b(mandatory|required|missing)"),
    Refusal("tax_invalid", "tax", r"\btax rate\b.*\b(valid|invalid)"),
    Refusal(
        "account_archived",
        "account",
        r"\baccount code\b.*\b(archived|deleted)\b",
        shared=True,
    ),
    Refusal(
        "account_unfit",
        "account",
        r"\baccount code\b.*\b(not (a )?valid|invalid)",
        shared=True,
    ),
    Refusal("account_missing", "account", r"\baccount code\b.*\b(specified|required)"),
    Refusal("account_invalid", "account", r"\baccount must be valid|invalid account\b"),
    _of("due_date_missing", r"\bdue ?date\b.*\b(specified|required|mandatory)", USER),
    _of("date_missing", r"\bdate\b.*\b(specified|required|mandatory)", USER),
    _of("lines_missing", r"\bline items?\b.*\b(specified|required)", USER),
    _of(
        "description_missing",
        r"\bdescription\b.*\b(mandatory|required|must be specified)",
        USER,
    ),
    _of("line_total", r"\bline total\b.*\b(not match|expected)", USER),
    _of(
        "document_total",
        r"\bdocument total\b.*\bnot (equal|match)|\btotals?\b.*\bnot match",
        USER,
    ),
    _of(
        "discount_on_bill",
        r"\bdiscounts?\b.*\bnot (be (applied|used)|supported)\b",
        USER,
    ),
    _of("discount", r"\bdiscount\b.*\b(invalid|not valid|greater)", USER),
    Refusal(
        "currency",
        "currency",
        r"\bnot subscribed\b.*\bcurrency|\bcurrency\b.*\bnot (enabled|subscribed)",
        ADMINISTRATOR,
        shared=True,
    ),
    _of("amount_outstanding", r"\b(exceeds|greater than)\b.*\boutstanding", USER),
    Refusal("credit_note_unknown", "not_found", r"\bcredit ?note\b.*\bnot (be )?found"),
    Refusal(
        "document_unknown",
        "not_found",
        r"\b(document|invoice|quote|purchase ?order)\b.*\bnot (be )?found",
    ),
    _of("key_reused", r"\bidempotency key\b.*\bdifferent", USER),
)


def recognise(messages: list[str]) -> Refusal:
    """Tell which of the known refusals this is; :data:`UNKNOWN` for none.

    :param messages: Xero's words, one or more
    """
    text = plain_words(messages)
    return next(
        (each for each in REFUSALS if re.search(each.pattern, text)),
        UNKNOWN,
    )


def plain_words(messages: list[str]) -> str:
    """Xero's words without capitals, quotes and punctuation; ``#`` is kept."""
    return " ".join(re.findall(r"[\w#]+", " ".join(messages).casefold()))
