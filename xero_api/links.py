"""Links that open an object in Xero's web application."""

from __future__ import annotations

from urllib.parse import quote

from . import const


def deep_link(
    endpoint: str, xero_id: str, short_code: str, web_url: str = const.WEB_URL
) -> str | None:
    """The address of an object in Xero's web application, None where it has none.

    :param endpoint: as in the API; an invoice of type ACCPAY is one of ``Bills``
    :param short_code: of the organisation, as Xero gives it ("!23vYZ")
    """
    form = const.DEEP_LINKS.get(endpoint)
    return form and form.format(
        web=web_url.rstrip("/"),
        code=quote(short_code, safe="!"),
        id=quote(xero_id, safe=""),
    )
