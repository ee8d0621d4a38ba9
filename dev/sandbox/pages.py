"""HTML from the files in ``templates``; every value is escaped."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from werkzeug.wrappers import Response

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _template(name: str) -> Markup:
    return Markup((TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))


def fragment(name: str, /, **values: Any) -> Markup:
    """Fill a template; values that are not markup already are escaped."""
    return _template(name).format(**values)


def each_of(name: str, rows: Iterable[dict]) -> Markup:
    """Fill the template once for each row."""
    return Markup("").join(fragment(name, **row) for row in rows)


def page(
    name: str,
    title: str,
    code: int = 200,
    headers: dict | None = None,
    /,
    **values: Any,
) -> Response:
    """Return a filled template in the common frame."""
    body = fragment("frame", title=title, body=fragment(name, **values))
    return Response(body, code, headers, content_type="text/html; charset=utf-8")
