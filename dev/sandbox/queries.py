"""Reading lists: filters, order and pages that the endpoints share."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Protocol

from werkzeug.datastructures import Headers, MultiDict

from . import unverified
from .dates import parse_since
from .errors import bad_request
from .filters import comparable, compile_where, query_error

LARGEST_PAGE = 1_000
DEFAULT_PAGE = 100
# More matches than this need paging and a filter Xero can use (xero-api.md §2.6).
MOST_RESULTS = 100_000


class Asked(Protocol):
    """The part of a call that says which objects are wanted."""

    args: MultiDict
    headers: Headers


class Listed(Protocol):
    """What a list needs to know of its endpoint."""

    call: Asked
    filter_fields: frozenset[str]
    paged: bool
    always_paged: bool

    def value_of(self, stored: dict, path: str) -> Any:
        """The value that a filter or order sees under ``path``."""


def flag(value: str | None) -> bool:
    """Read a boolean query parameter."""
    return (value or "").lower() in ("true", "1")


def split(value: str | None) -> list[str]:
    """Read a comma separated query parameter."""
    return [each.strip() for each in (value or "").split(",") if each.strip()]


def select(resource: Listed, objects: Iterable[dict]) -> list[dict]:
    """Apply If-Modified-Since, ``where`` and ``order`` to ``objects``."""
    call = resource.call
    tests: list[Callable[[dict], bool]] = []
    since = parse_since(call.headers.get("If-Modified-Since"))
    if since:
        since = since.replace(microsecond=0)
        tests.append(lambda stored: stored["UpdatedDateUTC"] > since)
    if call.args.get("where"):
        fields = resource.filter_fields
        tests.append(compile_where(call.args["where"], resource.value_of, fields))
    found = [each for each in objects if all(test(each) for test in tests)]
    if len(found) > MOST_RESULTS:
        raise bad_request(
            unverified.QUERY_PARSE_NUMBER,
            "QueryParseException",
            "The query would return more than 100000 results",
        )
    return _ordered(resource, found)


def _ordered(resource: Listed, found: list[dict]) -> list[dict]:
    """Sort by the ``order`` parameter; the last named key is the least."""
    for part in reversed(split(resource.call.args.get("order"))):
        field, _, direction = part.partition(" ")
        if field not in resource.filter_fields:
            raise query_error(f"No property or field '{field}' exists")
        downwards = direction.strip().upper().startswith("DESC")
        found.sort(key=partial(_sort_key, resource, field), reverse=downwards)
    return found


def _sort_key(resource: Listed, field: str, stored: dict) -> tuple:
    value: Any = resource.value_of(stored, field)
    return (value is not None, comparable(value) if value is not None else 0)


def page_of(resource: Listed, found: list[dict]) -> tuple[list[dict], dict | None]:
    """Cut a page out; return (objects, pagination block or None when unpaged)."""
    args = resource.call.args
    if not resource.paged:
        return found, None
    asked = any(name in args for name in ("page", "pageSize"))
    if not (asked or resource.always_paged or flag(args.get("summaryOnly"))):
        return found, None
    page = max(1, _number(args.get("page"), 1))
    size = min(LARGEST_PAGE, max(1, _number(args.get("pageSize"), DEFAULT_PAGE)))
    start = (page - 1) * size
    pagination = {
        "page": page,
        "pageSize": size,
        "pageCount": -(-len(found) // size),
        "itemCount": len(found),
    }
    return found[start : start + size], pagination


def _number(value: str | None, default: int) -> int:
    return int(value) if value and value.isdigit() else default
