"""Every kind of document in every state, made with whatever version is loaded.

A document is a name of its kind (``chaos_matrix.kinds``) and the id of Odoo's record.
"""

from contextlib import suppress
from typing import Any

from chaos_matrix.kinds import CUSTOMER, KINDS, VENDOR, import_names, mark
from system_tests import kill_steps
from system_tests.odoo_process import ProcessFailed
from system_tests.shop import Shop

DOCUMENTS = (
    "quotation",
    "order",
    "invoice",
    "take-over",
    "credit-note",
    "allocation",
    "purchase",
    "bill",
    "refund",
)
# What goes out by itself is asked for by other means in the first version
ALONE = ("contact", "item")
# Quotes and purchase orders have a draft's freedom to differ; one of each way is enough
SINGLE = ("quotation", "order", "invoice", "credit-note", "purchase", "bill", "refund")
# Calls whose answers are lost: endpoint and method
LOST = (
    ("/Quotes", "PUT"),
    ("/CreditNotes", "PUT"),
    ("/Invoices", "PUT"),
    ("/Invoices", "POST"),
)
KILLED = "PurchaseOrders"
TURNS = 8
OPEN = (
    "SELECT 1 FROM xero_document WHERE state IN ('pending', 'sending', 'held')"
    " UNION ALL SELECT 1 FROM xero_allocation WHERE state = 'pending'"
)
Made = dict[str, list[tuple[str, int]]]


def make(shop: Shop) -> Made:
    """Make them all; the last ones are on their way.

    :return: state → documents, and ``import`` → the import in the middle
    """
    has_imports = bool(shop.query("SELECT 1 FROM ir_model WHERE model = 'xero.import'"))
    shop.call(furnish)
    ready = [shop.call(prepare, DOCUMENTS) for _each in ("synced", "lost", "pending")]
    _work(shop)
    made = {"synced": shop.call(click, DOCUMENTS, ready.pop())}
    if has_imports:
        made["synced"] += shop.call(click, ALONE, {})
    _work(shop)
    made["mismatch"] = _with_tax_of_another_rate(shop)
    made["skipped"] = shop.call(click, SINGLE, {})
    shop.call(skip, made["skipped"])
    made["failed"] = _without_a_tax_rate(shop)
    if has_imports:
        made["import"] = _import_in_the_middle(shop)
    made["unanswered"] = shop.call(click, DOCUMENTS, ready.pop())
    _lose_answers(shop)
    made["pending"] = shop.call(click, DOCUMENTS, ready.pop())
    return made


def make_synced(shop: Shop) -> list[tuple[str, int]]:
    """Make one document of every kind, and have it sent."""
    shop.call(furnish)
    ready = shop.call(prepare, DOCUMENTS)
    _work(shop)
    made = shop.call(click, DOCUMENTS, ready)
    _work(shop)
    return made


def _work(shop: Shop) -> None:
    """Let the job run until nothing waits."""
    for _turn in range(TURNS):
        shop.work()
        if not shop.query(OPEN):
            return
    raise AssertionError(f"still waiting: {shop.query(OPEN)}")


def _with_tax_of_another_rate(shop: Shop) -> list[tuple[str, int]]:
    """Xero's rate was changed since it was read: its totals are others."""
    made = shop.call(click, SINGLE, {})
    rates = ("OUTPUT", "INPUT")
    for rate in rates:
        edit_rate(shop, rate, 12)
    _work(shop)
    for rate in rates:
        edit_rate(shop, rate, 10)
    return made


def edit_rate(shop: Shop, rate: str, percent: int) -> None:
    """Change a tax rate in Xero's screens."""
    values = {"EffectiveRate": percent}
    shop.xero.control("POST", "edit", endpoint="TaxRates", id=rate, values=values)


def _without_a_tax_rate(shop: Shop) -> list[tuple[str, int]]:
    """No tax was mapped when they were to go; nobody has tried them again."""
    made = shop.call(click, SINGLE, {})
    shop.query(
        "CREATE TABLE kept_rates AS SELECT id, xero_tax_rate_id FROM account_tax"
    )
    shop.query("UPDATE account_tax SET xero_tax_rate_id = NULL")
    shop.work()
    shop.query(
        "UPDATE account_tax SET xero_tax_rate_id = kept_rates.xero_tax_rate_id"
        " FROM kept_rates WHERE kept_rates.id = account_tax.id;"
        "DROP TABLE kept_rates"
    )
    return made


def _import_in_the_middle(shop: Shop) -> list[tuple[str, int]]:
    """Read from Xero, and waiting for a person to go on."""
    word = mark()
    names = [{"Name": name} for name in import_names(word)]
    shop.xero.control("POST", "seed", endpoint="Contacts", elements=names)
    made = shop.call(click, ("import",), {"import": word})
    _work(shop)
    assert shop.query("SELECT state FROM xero_import") == [("review",)]
    return made


def _lose_answers(shop: Shop) -> None:
    """The answer to each call is lost; the worker is killed with the last one.

    A worker goes no further before it knows what became of a call: so many are open
    only when it is not told of those before.
    """
    for path, method in LOST:
        shop.xero.fault("lost_answer", path, method)
    shop.query("CREATE TABLE kept_requests (id integer, outcome varchar)")
    open_calls = 0
    for _turn in range(TURNS):
        worker = shop.start_worker(kill_steps.kill_at("after the answer", KILLED))
        with suppress(ProcessFailed):
            worker.result()
        shop.query(
            "INSERT INTO kept_requests SELECT id, outcome FROM xero_request"
            " WHERE outcome IN ('open', 'unknown');"
            "UPDATE xero_request SET outcome = 'answered'"
            " WHERE outcome IN ('open', 'unknown');"
            "UPDATE xero_connection SET next_allowed = NULL"
        )
        [(known,)] = shop.query("SELECT count(*) FROM kept_requests")
        if known == open_calls:
            break
        open_calls = known
    assert open_calls > len(LOST), "a call went well"
    shop.query(
        "UPDATE xero_request SET outcome = kept_requests.outcome FROM kept_requests"
        " WHERE kept_requests.id = xero_request.id;"
        "DROP TABLE kept_requests"
    )
    shop.xero.control("DELETE", "faults")


# --- in Odoo's processes --------------------------------------------------------------


def furnish(env: Any) -> None:
    """The partners of all documents; every kind goes out by itself."""
    env["res.partner"].create(
        [
            {"name": CUSTOMER, "customer_rank": 1},
            {"name": VENDOR, "supplier_rank": 1},
        ]
    )
    connection = env["xero.connection"].search([])
    for switch in ("auto_customer", "auto_item"):
        if switch in connection._fields:
            connection[switch] = True


def prepare(env: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """What must be in Xero before the clicks."""
    return {name: KINDS[name].ready(env) for name in names}


def click(
    env: Any, names: tuple[str, ...], ready: dict[str, Any]
) -> list[tuple[str, int]]:
    """What a user does, once for each of these kinds."""
    return [(name, KINDS[name].click(env, ready.get(name))) for name in names]


def skip(env: Any, documents: list[tuple[str, int]]) -> None:
    """A person leaves them out."""
    for name, record in documents:
        rows = env[KINDS[name].model].browse(record).xero_document_ids
        rows.action_skip("Kept out")


def send(env: Any, documents: list[tuple[str, int]]) -> None:
    """A person sends them."""
    for name, record in documents:
        env[KINDS[name].model].browse(record).action_xero_send()
