#!/usr/bin/env bash
# pyxero 0.9.5: a moment that knows its zone goes to Xero, and comes back, as another moment.
#
# `filter(since=…)` writes the clock's digits and "GMT" after them, whatever the zone: asked
# at ten in the morning in Auckland for what changed since, it asks for what changes from ten
# at night there on, and what changed in the thirteen hours between is not found. In an
# answer, `/Date(1795899600000+1300)/` (a form that pyxero itself gives as its example) has the
# offset added and is then said to be UTC: thirteen hours too late, though it knows its zone.
# With `since` in UTC, and offsets of +0000, both are right.
# Seen on 29 November 2026 with Python 3.11 (before 3.11 the answer's time knows no zone),
# requests 2.34.2.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet pyxero==0.9.5 requests==2.34.2 \
    requests-oauthlib==2.0.0

"$work/python/bin/python" - <<'PYTHON'
import http.server
import threading
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

from xero.manager import Manager
from xero.utils import parse_date

asked = []


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.headers["If-Modified-Since"])
        body = b'{"Status": "OK", "Invoices": []}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"
invoices = Manager("Invoices", SimpleNamespace(base_url=address, oauth=None))

moment = datetime(2026, 11, 29, 10, 0, tzinfo=timezone(timedelta(hours=13)))
in_utc = moment.astimezone(timezone.utc)
for each in (moment, in_utc):
    invoices.filter(since=each)
    print("since", each.isoformat(), "→", asked[-1])
assert asked[0] == "Sun, 29 Nov 2026 10:00:00 GMT"  # thirteen hours later
assert asked[1] == "Sat, 28 Nov 2026 21:00:00 GMT"

milliseconds = int(in_utc.timestamp() * 1000)
shifted, right = (
    parse_date(f"/Date({milliseconds}{offset})/") for offset in ("+1300", "+0000")
)
print(f"/Date({milliseconds}+1300)/ →", shifted.isoformat())
print(f"/Date({milliseconds}+0000)/ →", right.isoformat())
assert right == moment
assert shifted == moment + timedelta(hours=13)
PYTHON

# Printed:
#
#   since 2026-11-29T10:00:00+13:00 → Sun, 29 Nov 2026 10:00:00 GMT
#   since 2026-11-28T21:00:00+00:00 → Sat, 28 Nov 2026 21:00:00 GMT
#   /Date(1795899600000+1300)/ → 2026-11-29T10:00:00+00:00
#   /Date(1795899600000+0000)/ → 2026-11-28T21:00:00+00:00
