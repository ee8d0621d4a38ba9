"""The local Xero (``dev/sandbox``) for tests: everything is real but Xero itself."""

import os
import subprocess
import sys
from pathlib import Path

import requests

# What the local Xero is seeded with
TENANT_AU = "a0000000-0000-4000-8000-00000000000a"
TENANT_UK = "b0000000-0000-4000-8000-00000000000b"
CLIENT_ID = "LOCAL-WEB-APP"
CLIENT_SECRET = "local-web-secret"
CUSTOM_CLIENT_ID = "LOCAL-CUSTOM-CONNECTION"
CUSTOM_CLIENT_SECRET = "local-custom-secret"

READY = "Local Xero ready at "
TIMEOUT = 30  # Odoo's test base takes one number only


class XeroServerMixin:
    """For a test case: ``cls.xero`` is a local Xero of its own, without call limits.

    Put it before the test base: ``class TestX(XeroServerMixin, TransactionCase)``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.xero = XeroServer()
        # Before Odoo's own clean-up, which kills and reports every child process.
        cls.addClassCleanup(cls.xero.stop)


class XeroServer:
    """A running local Xero and its control interface.

    ``XERO_SANDBOX_URL`` in the environment names one that runs already; it is reset.

    :raise RuntimeError: when the local Xero cannot be started
    """

    def __init__(self):
        self._session = requests.Session()
        self._session.trust_env = False  # control takes no way round
        self._process = None
        self.url = os.environ.get("XERO_SANDBOX_URL", "").rstrip("/")
        if self.url:
            self.reset()
            self.limits(enabled=False)
        else:
            self._start()

    def _start(self):
        # The real path: pytest and Odoo may see the addon through a link.
        folder = Path(__file__).resolve().parents[1] / "dev"
        if not (folder / "sandbox").is_dir():
            raise RuntimeError(f"the local Xero is missing: {folder / 'sandbox'}")
        options = ["--port", "0", "--no-limits", "--exit-with-parent"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", *options],
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self._process.stdout.readline().strip()
        if not line.startswith(READY):
            self.stop()
            raise RuntimeError(f"the local Xero did not start: {line!r}")
        self.url = line.removeprefix(READY)

    def stop(self):
        """End it, unless it was there before."""
        self._session.close()
        if self._process:
            self._process.terminate()
            self._process.wait(TIMEOUT)
            self._process.stdout.close()

    # Control: what people and bad luck do to Xero

    def reset(self):
        """Back to the seeds: data, tokens, clock, faults, calls."""
        self._control("POST", "reset")

    def remember(self):
        """Keep books, tokens, time and counted calls for :meth:`recall`."""
        self._control("POST", "remember")

    def recall(self):
        """Back from the seeds to what was kept; use it just after :meth:`reset`."""
        self._control("POST", "recall")

    def state(self, tenant=TENANT_AU):
        """Everything an organisation holds, as a dict by endpoint."""
        return self._control("GET", "state", params={"tenant": tenant})

    def calls(self, method=None, path=None):
        """The calls Xero received, oldest first: dicts with method, path, body….

        :param method: only these
        :param path: only those whose path ends so, e.g. ``/Invoices``
        """
        return [
            call
            for call in self._control("GET", "calls")
            if method in (None, call["method"])
            and (path is None or call["path"].endswith(path))
        ]

    def clear_calls(self):
        """Forget the calls."""
        self._control("DELETE", "calls")

    def fault(self, fault, **options):
        """Let calls go wrong, see ``dev/sandbox/faults.py``.

        :param fault: e.g. ``lost_answer``, ``dropped_before``, ``rate_minute``
        :param options: ``method``, ``path``, ``times``, ``after``, ``seconds``,
            ``retry_after``, ``values``
        """
        self._control("POST", "faults", json={"fault": fault, **options})

    def clear_faults(self):
        """Nothing more goes wrong."""
        self._control("DELETE", "faults")

    def advance(self, seconds):
        """Move Xero's clock forward."""
        self._control("POST", "clock", json={"advance": seconds})

    def limits(self, **limits):
        """Set ``enabled``, ``minute``, ``day``, ``concurrent``, ``app_minute``."""
        self._control("POST", "limits", json=limits)

    def answer_otherwise(self, **values):
        """What no source proves is so until the next reset.

        :param values: by names of ``dev/sandbox/unverified.py``
        """
        self._control("POST", "unverified", json=values)

    def grant(self, tenants=(TENANT_AU,), client_id=CLIENT_ID, scopes=None):
        """Consent and code exchange in one step.

        :return: a token answer with ``connections`` added
        """
        data = {"tenants": list(tenants), "client_id": client_id}
        if scopes is not None:
            data["scopes"] = list(scopes)
        return self._control("POST", "grant", json=data)

    def edit(self, endpoint, xero_id, tenant=TENANT_AU, **values):
        """What a person changes in Xero's own screens; no rule applies."""
        data = {"tenant": tenant, "endpoint": endpoint, "id": xero_id, "values": values}
        return self._control("POST", "edit", json=data)

    def merge_contacts(self, xero_id, into, tenant=TENANT_AU):
        """What a person does in Xero's screens: close a contact in favour of another.

        :param into: the id of the contact that stays and takes its documents
        :return: the closed contact
        """
        data = {"tenant": tenant, "id": xero_id, "into": into}
        return self._control("POST", "merge", json=data)

    def seed(self, endpoint, elements=None, count=None, tenant=TENANT_AU, first=1):
        """Create objects without a counted call; returns their elements.

        :param count: instead of ``elements``: so many contacts or items, made up,
            ``GEN-00001`` and on; 10,000 take about three seconds
        :param first: the number of the first of them
        """
        data = {"tenant": tenant, "endpoint": endpoint}
        if elements is None:
            data |= {"count": count, "first": first}
        else:
            data["elements"] = elements
        return self._control("POST", "seed", json=data)["elements"]

    def disconnect(self, tenant=TENANT_AU):
        """A person throws the app out of an organisation."""
        self._control("POST", "disconnect", json={"tenant": tenant})

    def revoke_role(self, tenant=TENANT_AU, revoked=True):
        """The connecting user may (not) write there any more."""
        self._control(
            "POST", "revoke_role", json={"tenant": tenant, "revoked": revoked}
        )

    def refuse_scope(self, endpoint, part="", **form):
        """Such calls lack a scope, whatever the token has.

        :param part: of the address, e.g. ``Attachments``
        :param form: ``status``, ``header``, and ``reads`` to refuse reading too
        """
        data = {"endpoint": endpoint, "part": part, **form}
        self._control("POST", "scope_refused", json=data)

    def allow_scopes(self):
        """Undo :meth:`refuse_scope`."""
        self._control("DELETE", "scope_refused")

    def enter_webhook(self, url, client_id=CLIENT_ID):
        """Enter an address in the app's page of the developer portal.

        Events go there when :meth:`deliver` says so, after the intent to receive.

        :return: the key that signs
        """
        data = {"url": url, "client_id": client_id, "by_itself": False}
        return self._control("POST", "webhook", json=data)["key"]

    def intent_to_receive(self, client_id=CLIENT_ID):
        """Have Xero try the address; ``OK`` when it passes, else what is wrong."""
        data = {"client_id": client_id}
        return self._control("POST", "intent", json=data)["status"]

    def deliver(self):
        """Send the events that wait to the webhooks; returns how many posts it took."""
        return self._control("POST", "deliver")["attempts"]

    def deliveries(self):
        """What was sent to webhooks, oldest first: dicts with body, attempts…"""
        return self._control("GET", "webhooks")["deliveries"]

    def consent(self, consent_url, tenants=(TENANT_AU,), allow=True):
        """What a person does on Xero's consent page.

        :param consent_url: of ``OAuthApp.consent_url``
        :return: the address Xero sends the browser back to
        """
        page = self._session.get(consent_url, timeout=TIMEOUT)
        handle = page.text.split('name="request" value="')[1].split('"')[0]
        form = {
            "request": handle,
            "tenant": list(tenants),
            "decision": "allow" if allow else "cancel",
        }
        answer = self._session.post(
            page.url, data=form, timeout=TIMEOUT, allow_redirects=False
        )
        return answer.headers["Location"]

    def _control(self, method, action, **kwargs):
        answer = self._session.request(
            method, f"{self.url}/_sandbox/{action}", timeout=TIMEOUT, **kwargs
        )
        if answer.status_code != 200:
            raise RuntimeError(f"local Xero, {method} {action}: {answer.text}")
        return answer.json()
