"""How soon a post to the webhook is answered, and what a flood of them costs."""

import base64
import hashlib
import hmac
import http.client
import json
import math
import statistics
import time
import uuid
from collections.abc import Sequence
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from environment.console import say
from system_tests.running_odoo import THREADS, serving
from system_tests.shop import Shop

from .figures import Figure, Result
from .throughput import TENANT
from .workbench import Workbench

TITLE = "Webhooks"
SIZES = (1_000,)  # posts, one after another, signed and not in turn
SMOKE = (20,)
MOST = 50  # ms, the 99th percentile
KEY = "key of the benchmark"


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Post so often, while a transaction holds the connection's row."""
    [size] = sizes
    with bench.shop("webhooks") as shop:
        path, contact = shop.call(prepare, shop.connection)
        body = post_of(contact)
        say(f"  {size:,} posts …")
        with serving(shop.installation, shop.database, THREADS) as client:
            post(client.url, path, body, signed=True)  # Odoo loads the registry
            shop.query("DELETE FROM xero_doorbell")
            with holding(shop):
                milliseconds = sorted(
                    post(client.url, path, body, signed=number % 2 == 0)
                    for number in range(size)
                )
                [[wishes]] = shop.query("SELECT count(*) FROM xero_doorbell")
    return report(milliseconds, wishes)


def report(milliseconds: list[float], wishes: int) -> Result:
    """Median and 99th percentile of sorted values; readings that were asked for."""
    usual = statistics.median(milliseconds)
    rare = milliseconds[math.ceil(len(milliseconds) * 0.99) - 1]
    figures = [
        Figure("post → answer, median", usual, "ms"),
        Figure("post → answer, 99th percentile", rare, "ms", most=MOST),
        Figure("readings asked for by all of them", wishes, "", least=1, most=1),
    ]
    shown = {"fastest": milliseconds[0], "median": usual, "slowest": milliseconds[-1]}
    return Result(figures, list(shown.items()), "ms")


def post_of(contact: str) -> bytes:
    """A hundred events, the last of a contact that Odoo has."""
    event = {"eventCategory": "CONTACT", "eventType": "UPDATE", "tenantId": TENANT}
    ids = [*(str(uuid.uuid4()) for _ in range(99)), contact]
    return json.dumps(
        {"events": [{**event, "resourceId": id_} for id_ in ids]}
    ).encode()


def post(url: str, path: str, body: bytes, signed: bool) -> float:
    """Milliseconds until the answer to a post."""
    key = KEY if signed else "another"
    digest = hmac.new(key.encode(), body, hashlib.sha256).digest()
    headers = {
        "Content-Type": "application/json",
        "x-xero-signature": base64.b64encode(digest).decode(),
    }
    start = time.perf_counter()
    with closing(http.client.HTTPConnection(urlsplit(url).netloc)) as connection:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
    assert (answer.status, content) == (200 if signed else 401, b""), answer.status
    return (time.perf_counter() - start) * 1_000


def prepare(env: Any, connection_id: int) -> tuple[str, str]:
    """Keep the webhook's key; return the path of its address, and a contact's id."""
    connection = env["xero.connection"].browse(connection_id)
    connection.webhook_key = KEY
    contact = env["xero.contact"].search([], limit=1)
    return urlsplit(connection.webhook_url).path, contact.xero_id


def holding(shop: Shop) -> Any:
    """A transaction that changes the connection's row, as the job does, and stays."""
    connection = shop.installation.connect(shop.database)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE xero_connection SET minute_remaining = 59")
    return closing(connection)
