"""Keys, sizes and lengths."""

import uuid

from ..lab import Lab
from ..reading import Outcome, Reading, refusal_of
from .experiment import Experiment

LARGE_FILE = 11_000_000  # bytes
NOTES = (251, 2501)  # characters


def keys(lab: Lab, reading: Reading) -> None:
    """An idempotency key comes with another body, too long, and after a refusal."""

    def put(key: str, contact: dict):
        headers = {"Idempotency-Key": key}
        body = {"Contacts": [contact]}
        return lab.client.call("PUT", "/Contacts", body, headers=headers)

    key, refused_key = str(uuid.uuid4()), str(uuid.uuid4())
    first = put(key, lab.person("O23 a"))
    tried = {
        "another body": put(key, lab.person("O23 b")),
        "129 characters": put("k" * 129, lab.person("O23 c")),
    }
    reading.note("first", first.status)
    for name, exchange in tried.items():
        reading.note(name, exchange.status)
        text = "; ".join(refusal_of(exchange))
        reading.say(name, text.replace(key, "<key>"))
    twin = lab.person("O23 a")  # its name is taken now
    refused, replayed = (put(refused_key, twin) for _ in range(2))
    reading.note("refusal", refused.status)
    same = (refused.status, refused.content) == (replayed.status, replayed.content)
    reading.note("refusal again", "the same answer" if same else replayed.status)


def sizes(lab: Lab, reading: Reading) -> None:
    """Long notes, and a large file."""
    [made] = lab.put("Invoices", lab.sale())
    path = f"/Invoices/{made.required('the invoice')['InvoiceID']}"
    for length in NOTES:
        body = {"HistoryRecords": [{"Details": "n" * length}]}
        exchange = lab.client.call("PUT", f"{path}/History", body)
        _note(reading, f"note of {length} characters", exchange)
    content = b"%PDF-1.4 ".ljust(LARGE_FILE, b"x")
    exchange = lab.client.call(
        "PUT",
        f"{path}/Attachments/experiment.pdf",
        content,
        headers={"Content-Type": "application/pdf"},
    )
    _note(reading, "file of 11 MB", exchange)


def _note(reading: Reading, name: str, exchange) -> None:
    refused = [] if exchange.status == 200 else refusal_of(exchange)
    reading.outcome(name, Outcome(exchange.status, {}, refused))


EXPERIMENTS = (
    Experiment(
        "O23",
        "What becomes of an idempotency key that is used again or too long?",
        keys,
        "safe both ways: a key belongs to one body, and a refusal is sent anew under "
        "a new key",
        ("IDEMPOTENCY_ERROR", "IDEMPOTENCY_KEY_LENGTH_TEXT"),
    ),
    Experiment(
        "O26",
        "How long may notes be, and how large files?",
        sizes,
        "safe both ways: no notes are written; of a PDF that is too large the record's "
        "chatter tells, and the document goes",
        ("HISTORY_NOTE_LENGTH", "LARGEST_ATTACHMENT"),
    ),
)
