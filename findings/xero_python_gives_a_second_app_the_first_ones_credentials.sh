#!/usr/bin/env bash
# xero-python 15.2.0: the second configuration of a process carries the first one's client.
#
# `Configuration(oauth2_token=OAuth2Token(id, secret))` looks like an object of its own. The
# first one made becomes the default of the class, and every later one starts as its copy
# and ignores what it was given: a server that keeps the books of two companies, each with
# an app of its own, refreshes the tokens of both with the first one's id and secret.
# Seen on 29 November 2026 with Python 3.11, urllib3 2.8.0.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet xero-python==15.2.0 urllib3==2.8.0 \
    certifi==2026.10.18 python-dateutil==4.0.0

"$work/python/bin/python" - <<'PYTHON'
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token

first = Configuration(oauth2_token=OAuth2Token("app of Ltd", "secret of Ltd"))
second = Configuration(oauth2_token=OAuth2Token("app of Inc", "secret of Inc"))
print("second:", second.oauth2_token.client_id, "/", second.oauth2_token.client_secret)
assert second.oauth2_token.client_id == "app of Ltd"
assert second.oauth2_token is first.oauth2_token
PYTHON
