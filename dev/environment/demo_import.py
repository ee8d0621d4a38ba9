"""``dev/demo --check``: contacts of Xero come to Odoo, and only once."""

import time

from . import demo_contacts, rpc
from .console import Failure, say, seconds_since

COUNTS = ("linked_count", "link_count", "create_count", "decide_count")
RESULTS = ("done_link_count", "done_create_count", "done_skip_count", "failed_count")


def check(client: rpc.Client, xero_port: int) -> None:
    """Import two contacts twice: one is in Odoo already, the other is not.

    :raise Failure: something else is proposed or done, or a partner is not as in Xero
    """
    start = time.monotonic()
    stamp = f"{time.time():.0f}"
    word = f"Import {stamp}"
    known, new = f"{word} Known", f"{word} New"
    client.call("res.partner", "create", [{"name": known}])
    email = f"new{stamp}@import.example"
    contacts = [{"Name": known}, {"Name": new, "EmailAddress": email}]
    demo_contacts.seed(xero_port, "Contacts", contacts)

    _import(client, word, proposed=(0, 1, 1, 0), done=(1, 1, 0, 0))
    _import(client, word, proposed=(2, 0, 0, 0), done=(0, 0, 0, 0))
    _expect_partners(client, word, {known: False, new: email})
    say(f"Contacts are imported, and a second time nothing ({seconds_since(start)})")


def _import(client: rpc.Client, word: str, proposed: tuple, done: tuple) -> None:
    """Import what has this word in its name.

    :param proposed: what the import should count before, in the order of ``COUNTS``
    :param done: the same afterwards, in the order of ``RESULTS``
    """
    record = client.call("xero.import", "create", [{"search_text": word}])[0]
    client.call("xero.import", "action_read", [record])
    _wait(client, record, "review", dict(zip(COUNTS, proposed, strict=True)))
    client.call("xero.import", "action_run", [record])
    _wait(client, record, "done", dict(zip(RESULTS, done, strict=True)))


def _wait(client: rpc.Client, record: int, state: str, expected: dict) -> None:
    fields = ["state", *expected]
    found = client.wait_for(
        "xero.import", record, fields, lambda values: values["state"] == state
    )
    counts = {name: found[name] for name in expected}
    if counts != expected:
        raise Failure(f"The import at {state} counts {counts}, not {expected}.")


def _expect_partners(client: rpc.Client, word: str, emails: dict) -> None:
    domain = [("name", "=like", f"{word}%")]
    fields = ["name", "email", "xero_contact_id"]
    partners = client.call("res.partner", "search_read", domain, fields=fields)
    found = sorted((each["name"], each["email"]) for each in partners)
    linked = all(each["xero_contact_id"] for each in partners)
    if found != sorted(emails.items()) or not linked:
        raise Failure(f"The imported customers are not as in Xero: {partners}")
