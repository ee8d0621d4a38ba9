"""Odoo's external interface, as any other program would use it."""

import time
import urllib.error
import urllib.request
import xmlrpc.client
from collections.abc import Callable, Sequence
from typing import Any

from .console import Failure

PATIENCE = 150  # seconds; Odoo's scheduler may sleep for one minute before it looks


class Client:
    """One user of one database of a running Odoo."""

    def __init__(self, url: str, database: str, login: str, password: str) -> None:
        """:raise Failure: Odoo does not know this login"""
        self.database = database
        self.password = password
        common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
        self.user = common.authenticate(database, login, password, {})
        if not self.user:
            raise Failure(f"Odoo refuses the login {login} in {database}.")
        self._models = xmlrpc.client.ServerProxy(
            f"{url}/xmlrpc/2/object", allow_none=True
        )

    def call(self, model: str, method: str, *arguments: Any, **keywords: Any) -> Any:
        """Call a public method of a model.

        :raise Failure: Odoo refuses, in its own words
        """
        try:
            return self._models.execute_kw(
                self.database,
                self.user,
                self.password,
                model,
                method,
                list(arguments),
                keywords,
            )
        except xmlrpc.client.Fault as fault:
            last_line = fault.faultString.strip().splitlines()[-1]
            raise Failure(f"Odoo refuses {model}.{method}: {last_line}") from fault

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
