#!/usr/bin/env bash
# xero-python 15.2.0: one invoice in a currency the SDK has not heard of loses its whole page.
#
# `CurrencyCode` is a closed list, an answer is parsed as a whole, and a word that is not in
# the list is a ValueError: of a hundred invoices none can be read. Some of ISO 4217 are not
# in it, in pycountry 26.2.16 the Caribbean guilder (XCG) and the Zimbabwe gold (ZWG) among
# them, while codes that they replaced are. To read more, take the JSON beside the SDK.
# Seen on 29 November 2026 with Python 3.11, urllib3 2.8.0.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet xero-python==15.2.0 urllib3==2.8.0 \
    certifi==2026.10.18 python-dateutil==4.0.0 pycountry==26.2.16

"$work/python/bin/python" - <<'PYTHON'
import json

import pycountry
from xero_python import accounting
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token

known = {each.value for each in accounting.CurrencyCode}
official = {each.alpha_3 for each in pycountry.currencies}
print("in ISO 4217, not in xero-python:", *sorted(official - known))
assert {"XCG", "ZWG"} <= official - known
print("ANG, which XCG replaced, is in xero-python:", "ANG" in known)
assert "ANG" in known


class Answer:
    """What the SDK wants of an answer: its text."""

    def __init__(self, currencies):
        self.text = json.dumps(
            {"Invoices": [{"CurrencyCode": currency} for currency in currencies]}
        )


client = ApiClient(Configuration(oauth2_token=OAuth2Token("app", "secret")))
models = accounting.AccountingApi(client).get_model_finder()


def read(*currencies):
    return client.deserialize(Answer(currencies), "Invoices", models)


print("a hundred in EUR:", len(read(*["EUR"] * 100).invoices), "read")
try:
    read(*["EUR"] * 99, "XCG")
except ValueError as error:
    print("ninety-nine and one in XCG:", type(error).__name__, error)
    assert "XCG" in str(error), error
else:
    raise AssertionError("the page was read")
PYTHON
