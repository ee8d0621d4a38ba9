"""Routes every request and applies the faults on its way in and out."""

import json
import mimetypes
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import control, identity, portal, views
from .api import Front
from .errors import ApiError, problem
from .faults import API_ROOT, Fault
from .limits import too_many
from .sandbox import Sandbox

STATIC = Path(__file__).parent / "static"
OFFLINE = "The Xero API is temporarily unavailable"

ROUTES = Map(
    [
        Rule("/_sandbox/<action>", endpoint="control"),
        Rule("/static/<name>", endpoint="static"),
        Rule("/", endpoint="index"),
        Rule("/webhooks", endpoint="webhooks", methods=["GET"]),
        Rule("/webhooks/<action>", endpoint="change_webhook", methods=["POST"]),
        Rule("/organisation/<tenant>/<kind>", endpoint="listing"),
        Rule("/organisation/<tenant>/<kind>/<identifier>", endpoint="document"),
        Rule(
            "/organisation/<tenant>/contacts/<identifier>/<action>",
            endpoint="change_contact",
            methods=["POST"],
        ),
        Rule("/app/<short_code>/<path:rest>", endpoint="deep_link"),
        Rule("/organisationlogin/default.aspx", endpoint="deep_link"),
        Rule("/identity/connect/authorize", endpoint="authorize"),
        Rule("/connect/token", endpoint="token", methods=["POST"]),
        Rule("/connect/revocation", endpoint="revocation", methods=["POST"]),
        Rule("/connections", endpoint="connections", methods=["GET"]),
        Rule("/Connections", endpoint="connections", methods=["GET"]),
        Rule("/connections/<identifier>", endpoint="connections", methods=["DELETE"]),
        Rule("/Connections/<identifier>", endpoint="connections", methods=["DELETE"]),
        *(
            Rule(API_ROOT + path, endpoint="api")
            for path in (
                "/<endpoint>",
                "/<endpoint>/<identifier>",
                "/<endpoint>/<identifier>/<part>",
                "/<endpoint>/<identifier>/<part>/<path:part_id>",
            )
        ),
    ],
    strict_slashes=False,
    merge_slashes=False,
)
PORTAL = frozenset({"webhooks", "change_webhook"})
WIRE = frozenset({"token", "revocation", "connections", "api"})


class Dropped(Exception):
    """The connection is cut; ``part`` is what still gets through."""

    def __init__(self, response: Response | None = None) -> None:
        super().__init__("connection dropped")
        self.response = response


class Application:
    """Answers requests for one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def respond(self, request: Request) -> Response:
        """Answer a request; raises Dropped when a fault cuts the connection."""
        adapter = ROUTES.bind_to_environ(request.environ)
        try:
            endpoint, values = adapter.match()
            if endpoint in WIRE:
                return self.wire(request, endpoint, values)
            return self.local(request, endpoint, values)
        except HTTPException as error:
            return error.get_response(request.environ)

    def local(self, request: Request, endpoint: str, values: Mapping) -> Response:
        """The sandbox's own pages and controls."""
        if endpoint == "control":
            return control.handle(self.sandbox, request, **values)
        if endpoint == "authorize":
            return identity.authorize(self.sandbox, request)
        if endpoint == "static":
            return static_file(values["name"])
        pages = portal if endpoint in PORTAL else views
        page: Callable[..., Response] = getattr(pages, endpoint)
        return page(self.sandbox, request, **values)

    # --- the wire -----------------------------------------------------------------

    def wire(self, request: Request, endpoint: str, values: Mapping) -> Response:
        """What would go to Xero: logged, and struck by faults."""
        record = self.sandbox.calls.begin(request, self.sandbox.clock.now())
        fault = self.sandbox.faults.take(request.method, request.path)
        record["fault"] = fault.fault if fault else None
        try:
            response = self.strike_before(fault, request)
            response = response or self.answer(request, endpoint, values, record, fault)
        except ApiError as error:
            response = error.response()
        record["status"] = response.status_code
        return strike_after(fault, response)

    def answer(
        self,
        request: Request,
        endpoint: str,
        values: Mapping,
        record: dict,
        fault: Fault | None,
    ) -> Response:
        """Let the API or the identity service answer."""
        if endpoint == "api":
            front = Front(self.sandbox, request, record, fault)
            return front.answer(**values)
        handler: Callable[..., Response] = getattr(identity, endpoint)
        response = handler(self.sandbox, request, **values)
        if fault and fault.fault == "slow":
            time.sleep(fault.seconds)
        return response

    def strike_before(self, fault: Fault | None, request: Request) -> Response | None:
        """Let a fault answer before anything is processed; None to go on."""
        if not fault or not fault.is_before:
            return None
        if fault.fault == "dropped_before":
            raise Dropped
        if fault.fault.startswith("rate_"):
            raise rate_fault(fault)
        if fault.fault == "unavailable":
            raise ApiError(503, OFFLINE, "text/plain")
        if fault.fault == "server_error":
            raise ApiError(500, "An error occurred in Xero", "text/plain")
        if fault.fault == "forbidden":
            raise problem(403, "Forbidden", "AuthenticationUnsuccessful")
        if fault.fault == "unauthorised":
            raise problem(401, "Unauthorized", "AuthenticationUnsuccessful")
        value = request.headers.get("Authorization", "").partition(" ")[2]
        self.sandbox.oauth.expire(value)
        return None  # "expired_token": the API itself now refuses the token


def rate_fault(fault: Fault) -> ApiError:
    """A 429 as Xero sends it; only minute and day tell when to come back."""
    kind = fault.fault.removeprefix("rate_")
    headers = {"X-MinLimit-Remaining": "0", "X-DayLimit-Remaining": "344"}
    if kind != "concurrent":
        headers["Retry-After"] = str(fault.retry_after)
    if kind == "day":
        headers["X-DayLimit-Remaining"] = "0"
    return too_many(kind, headers)


def strike_after(fault: Fault | None, response: Response) -> Response:
    """Spoil an answer that has been given."""
    kind = fault.fault if fault else ""
    if kind == "lost_answer":
        raise Dropped
    if kind == "half_answer":
        raise Dropped(response)
    if kind == "html_ok":
        page = "<html><body><h1>Service unavailable</h1></body></html>"
        return Response(page, 200, content_type="text/html; charset=utf-8")
    if kind == "garbage_json":
        broken = response.get_data()[:-20]
        return Response(broken, 200, content_type="application/json; charset=utf-8")
    if kind == "altered_answer":
        response.set_data(altered(response.get_data(), fault.values))
    return response


def altered(body: bytes, values: dict) -> str:
    """A body in which every element says the same of some keys."""
    answer = json.loads(body)
    for members in answer.values():
        for element in members if isinstance(members, list) else ():
            element.update(values)
    return json.dumps(answer, default=float)


def static_file(name: str) -> Response:
    """A file of the ``static`` folder."""
    path = STATIC / Path(name).name
    if not path.is_file():
        return NotFound().get_response()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Response(path.read_bytes(), content_type=kind)
