"""Odoo over HTTP, as its own web client speaks to it."""

import http.cookiejar
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

from .console import Failure

PATIENCE = 150  # seconds; Odoo's scheduler may sleep for one minute before it looks


class Client:
    """One user of one database of a running Odoo."""

    def __init__(self, url: str, database: str, login: str, password: str) -> None:
        """:raise Failure: Odoo does not know this login"""
        self.url = url
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        credentials = {"db": database, "login": login, "password": password}
        try:
            self._post("/web/session/authenticate", credentials)
        except Failure as failure:
            refusal = f"No login of {login} in {database}: {failure}"
            raise Failure(refusal) from failure

    def call(self, model: str, method: str, *arguments: Any, **keywords: Any) -> Any:
        """Call a public method of a model.

        :raise Failure: Odoo refuses, in its own words
        """
        call = {"model": model, "method": method}
        try:
            return self._post(
                "/web/dataset/call_kw", call | {"args": arguments, "kwargs": keywords}
            )
        except Failure as failure:
            raise Failure(f"Odoo refuses {model}.{method}: {failure}") from failure

    def _post(self, path: str, parameters: dict[str, Any]) -> Any:
        """:raise Failure: Odoo answers with an error, in its words, or not at all"""
        body = {"jsonrpc": "2.0", "method": "call", "params": parameters}
        request = urllib.request.Request(
            self.url + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=PATIENCE) as response:
                answer = json.load(response)
        except OSError as error:
            raise Failure(f"no answer ({error})") from error
        if "error" in answer:
            error = answer["error"]
            raise Failure(error.get("data", {}).get("message") or error["message"])
        return answer.get("result")

    def wait_for(
        self,
        model: str,
        record: int,
        fields: Sequence[str],
        ready: Callable[[dict[str, Any]], bool],
    ) -> dict[str, Any]:
        """Read fields of a record until they are as they should be.

        :raise Failure: it takes longer than :data:`PATIENCE`
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            values = self.call(model, "read", [record], fields)[0]
            if ready(values):
                return values
            if time.monotonic() > deadline:
                raise Failure(f"Odoo's {model} has not changed for long: {values}")
            time.sleep(0.5)


def answers(url: str) -> bool:
    """Whether something answers this address with success."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
