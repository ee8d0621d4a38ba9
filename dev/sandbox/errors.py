"""What the sandbox answers when it does not do what was asked."""

import uuid
from typing import Any

from werkzeug.wrappers import Response

from .answers import JSON_TYPE, dump


class ApiError(Exception):
    """An answer other than success for the whole request."""

    def __init__(
        self,
        status: int,
        body: str = "",
        content_type: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {body[:200]}")
        self.status = status
        self.body = body
        self.content_type = content_type
        self.headers = headers or {}

    def response(self) -> Response:
        """Return the HTTP response this error stands for."""
        response = Response(self.body, self.status, self.headers)
        if self.content_type:
            response.headers["Content-Type"] = self.content_type
        else:
            del response.headers["Content-Type"]
        return response


class Refused(Exception):
    """One element of a write was refused; ``messages`` say why, in Xero's words."""

    def __init__(self, messages: list[str], echo: dict | None = None) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
        self.echo = echo or {}


def json_error(status: int, body: Any, headers: dict | None = None) -> ApiError:
    """An error with a JSON body."""
    return ApiError(status, dump(body), JSON_TYPE, headers)


def problem(
    status: int, title: str, detail: str, headers: dict | None = None
) -> ApiError:
    """An authorisation error in the form of the API's gateway (xero-api.md §4)."""
    body: dict[str, Any] = {
        "Type": None,
        "Title": title,
        "Status": status,
        "Detail": detail,
        "Instance": str(uuid.uuid4()),
        "Extensions": {},
    }
    return json_error(status, body, headers)


def validation_exception(elements: list[dict]) -> ApiError:
    """HTTP 400 with the refused elements, when errors are summarised."""
    body = {
        "ErrorNumber": 10,
        "Type": "ValidationException",
        "Message": "A validation exception occurred",
        "Elements": elements,
    }
    return json_error(400, body)


def bad_request(number: int, kind: str, message: str) -> ApiError:
    """HTTP 400 for a request that cannot be read at all."""
    return json_error(400, {"ErrorNumber": number, "Type": kind, "Message": message})


def not_found() -> ApiError:
    """HTTP 404; Xero sends it as text/html (recording invoice_not_found)."""
    text = "The resource you're looking for cannot be found"
    return ApiError(404, text, "text/html; charset=utf-8")


def not_implemented() -> ApiError:
    """HTTP 501 for a method the endpoint does not have (xero-api.md §4)."""
    return ApiError(501, "The method is not implemented", "text/plain")
