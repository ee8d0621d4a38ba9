"""A small client for the tests: starts the server, calls it, keeps the connection."""

import base64
import http.client
import json
import re
import subprocess
import sys
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

AU = "a0000000-0000-4000-8000-00000000000a"
UK = "b0000000-0000-4000-8000-00000000000b"
ZERO_ID = "00000000-0000-0000-0000-000000000000"
DEV = Path(__file__).parents[2]


class Server:
    """The sandbox in a process of its own."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--port", "0", *options],
            stdout=subprocess.PIPE,
            text=True,
            cwd=DEV,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        match = re.fullmatch(r"Local Xero ready at http://([\d.]+):(\d+)\n", line)
        assert match, line
        self.host, self.port = match[1], int(match[2])

    def stop(self) -> int:
        """End it as ``kill`` does; return its exit code."""
        self.process.terminate()
        code = self.process.wait(timeout=10)
        assert self.process.stdout
        self.process.stdout.close()
        return code


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def text(self) -> str:
        return self.content.decode()


class Xero:
    """Calls to one server, as one app, in one organisation."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.tenant = AU
        self.token = ""
        self.connection = self.new_connection()

    def new_connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.server.host, self.server.port, timeout=9)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict | None = None,
    ) -> Answer:
        """One request on the kept connection."""
        try:
            self.connection.request(method, path, body, headers or {})
            response = self.connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except BaseException:
            self.connection.close()
            raise

    def control(self, method: str, action: str, /, **values: Any) -> Any:
        """Use the control API; a refusal fails the test."""
        body = json.dumps(values).encode() if method == "POST" else None
        query = ""
        if method == "GET" and values:
            query = "?" + urllib.parse.urlencode(values)
        answer = self.request(method, f"/_sandbox/{action}{query}", body)
        assert answer.status == 200, answer.text
        return answer.json

    def grant(self, **values: Any) -> dict:
        """Consent and take the token."""
        granted = self.control("POST", "grant", **values)
        self.token = granted["access_token"]
        return granted

    def form(self, path: str, basic: str = "", **form: str) -> Answer:
        """Post a form, with HTTP Basic credentials ``id:secret`` if given."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if basic:
            encoded = base64.b64encode(basic.encode()).decode()
            headers["Authorization"] = f"Basic {encoded}"
        body = urllib.parse.urlencode(form).encode()
        return self.request("POST", path, body, headers)

    def api(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: dict | None = None,
        headers: dict | None = None,
    ) -> Answer:
        """Call the accounting API; ``path`` is below /api.xro/2.0."""
        sent = {"Accept": "application/json"}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.tenant:
            sent["xero-tenant-id"] = self.tenant
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        if query:
            path += "?" + urllib.parse.urlencode(query)
        return self.request(
            method, f"/api.xro/2.0{path}", body, {**sent, **(headers or {})}
        )

    # --- verbs --------------------------------------------------------------------

    def write(self, endpoint: str, *elements: dict, method="PUT", **query) -> list:
        """Write elements with summarizeErrors=false; return their answers."""
        query = {"summarizeErrors": "false", **query}
        answer = self.api(method, f"/{endpoint}", {endpoint: elements}, query)
        assert answer.status == 200, answer.text
        return answer.json[endpoint]

    def create(self, endpoint: str, element: dict, **query) -> dict:
        """PUT one element that must succeed."""
        [answer] = self.write(endpoint, element, **query)
        assert "ValidationErrors" not in answer or not answer["ValidationErrors"], (
            answer["ValidationErrors"]
        )
        return answer

    def update(self, endpoint: str, element: dict, **query) -> dict:
        """POST one element that must succeed."""
        return self.create(endpoint, element, method="POST", **query)

    def refused(self, endpoint: str, element: dict, method="PUT", **query) -> list[str]:
        """Write one element that must be refused; return the messages."""
        [answer] = self.write(endpoint, element, method=method, **query)
        assert answer["StatusAttributeString"] == "ERROR", answer
        return [each["Message"] for each in answer["ValidationErrors"]]

    def get(self, path: str, **query: Any) -> list:
        """Read a list (or one object in a list)."""
        answer = self.api("GET", path, query=query)
        assert answer.status == 200, answer.text
        name = path.strip("/").split("/")[0]
        return answer.json[name]

    def contact(self, name: str = "Bayside Club") -> dict:
        """A seeded contact, as documents refer to it."""
        where = f'Name=="{name}"'
        [found] = self.get("/Contacts", where=where, includeArchived="true")
        return {"ContactID": found["ContactID"]}

    def invoice(self, **values: Any) -> dict:
        """A sales invoice element: one line of 2 × 10.50 on account 200."""
        return {
            "Type": "ACCREC",
            "DueDate": "2026-12-31",
            "LineItems": [line()],
            **values,
            "Contact": values["Contact"] if "Contact" in values else self.contact(),
        }

    def bill(self, **values: Any) -> dict:
        """A bill element."""
        lines = [line(AccountCode="400")]
        return self.invoice(Type="ACCPAY", LineItems=lines, **values)

    def quote(self, **values: Any) -> dict:
        """A quote element."""
        return {
            "Contact": self.contact(),
            "Date": "2026-11-22",
            "LineItems": [line(TaxType="OUTPUT")],
            **values,
        }

    def order(self, **values: Any) -> dict:
        """A purchase order element."""
        return {
            "Contact": self.contact("PowerDirect"),
            "LineItems": [line(AccountCode="400")],
            **values,
        }


def line(**values: Any) -> dict:
    """A line element: 2 × 10.50 on account 200."""
    return {
        "Description": "Widget",
        "Quantity": 2,
        "UnitAmount": 10.50,
        "AccountCode": "200",
        **values,
    }
