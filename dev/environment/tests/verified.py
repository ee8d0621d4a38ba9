"""A local Xero to verify, which may lie, and a run against it."""

import subprocess
import sys
from pathlib import Path

import requests
from verification.command import parse
from verification.run import Run, verify

from environment.paths import DEV

APP, SECRET = "LOCAL-CUSTOM-CONNECTION", "local-custom-secret"
WEB_APP, WEB_SECRET = "LOCAL-WEB-APP", "local-web-secret"
AU = "a0000000-0000-4000-8000-00000000000a"
UK = "b0000000-0000-4000-8000-00000000000b"
GONE = ("DELETED", "VOIDED")
DOCUMENTS = ("Invoices", "CreditNotes", "Quotes", "PurchaseOrders")


class LocalXero:
    """A local Xero of our own, which may lie about what nobody has proven."""

    def __init__(self, *lies: str) -> None:
        """:param lies: settings of ``unverified``, e.g. ``ROLE_DETAIL = "No"``"""
        script = [
            "from sandbox import unverified",
            *(f"unverified.{lie}" for lie in lies),
            "from sandbox.__main__ import main",
            "main()",
        ]
        options = ["--port", "0", "--no-limits", "--exit-with-parent"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", "\n".join(script), *options],
            stdout=subprocess.PIPE,
            text=True,
            cwd=DEV,
        )
        assert self.process.stdout
        self.root = self.process.stdout.readline().split()[-1]

    def control(self, method: str, action: str, /, **values):
        """Use the control API."""
        answer = requests.request(
            method, f"{self.root}/_sandbox/{action}", json=values, timeout=30
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.communicate(timeout=10)

    def alive(self) -> list[str]:
        """What the experiments made and nobody has taken away."""
        books = self.control("GET", "state")
        ours = {
            contact["ContactID"]: contact
            for contact in books["Contacts"]
            if contact["Name"].startswith("Verify ")
        }
        names = [c["Name"] for c in ours.values() if c["ContactStatus"] == "ACTIVE"]
        names += [i["Code"] for i in books["Items"] if i["Code"].startswith("Verify")]
        for endpoint in DOCUMENTS:
            names += [
                f"{endpoint} {document['Status']} {document['Total']}"
                for document in books[endpoint]
                if document["Contact"]["ContactID"] in ours
                and document["Status"] not in GONE
            ]
        return names


def command(xero: LocalXero, *more: str) -> list[str]:
    """The words of the command line."""
    words = ["--client-id", APP, "--custom-connection", "--pace", "0"]
    return [*words, "--local", xero.root, *more]


def run_against(xero: LocalXero, directory: Path, *more: str) -> Run:
    """A run of the command."""
    return verify(parse(command(xero, *more)), SECRET, directory)


def writes(xero: LocalXero) -> list[dict]:
    """The calls that could have changed something."""
    return [
        each
        for each in xero.control("GET", "calls")
        if each["method"] != "GET" and "/api.xro/" in each["path"]
    ]
