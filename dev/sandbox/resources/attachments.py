"""Files attached to an object, sent as raw bytes under their name."""

import mimetypes
import re
import uuid
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from .. import queries, unverified
from ..errors import not_found, validation_exception

if TYPE_CHECKING:
    from .base import Resource

MOST_FILES = 10
_BAD_NAME = re.compile(r'[<>:"/\\|?*\0+]')


def attachments(resource: "Resource") -> Response:
    """GET …/Attachments, GET|PUT|POST …/Attachments/{FileName}."""
    resource.only("GET", "PUT", "POST")
    identifier = resource.existing()[resource.id_key]
    files = resource.organisation.attachments.setdefault(identifier, {})
    name = resource.call.part_id
    if resource.call.method != "GET":
        return resource.respond([_attach(resource, files, name)], key="Attachments")
    if not name:
        return resource.respond(list(files.values()), key="Attachments")
    found = [each for each in files.values() if name in _names(each)]
    if not found:
        raise not_found()
    return Response(found[0]["_content"], content_type=found[0]["MimeType"])


def _names(attachment: dict) -> tuple[str, str]:
    return attachment["FileName"], attachment["AttachmentID"]


def _attach(resource: "Resource", files: dict, name: str) -> dict:
    """Add the file; one of the same name is replaced."""
    call = resource.call
    _check(files, name, call.body)
    path = f"{resource.endpoint}/{call.identifier}/Attachments/{name}"
    attachment = {
        "AttachmentID": str(uuid.uuid4()),
        "FileName": name,
        "Url": f"http://{call.headers.get('Host')}/api.xro/2.0/{path}",
        "MimeType": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "ContentLength": len(call.body),
        "_content": call.body,
    }
    if queries.flag(call.args.get("IncludeOnline")):
        attachment["IncludeOnline"] = True
    files[name] = attachment
    return attachment


def _check(files: dict, name: str, content: bytes) -> None:
    message = ""
    if not name or _BAD_NAME.search(name):
        message = unverified.ATTACHMENT_NAME
    elif len(content) > unverified.LARGEST_ATTACHMENT or not content:
        message = unverified.ATTACHMENT_SIZE
    elif name not in files and len(files) >= MOST_FILES:
        message = unverified.ATTACHMENT_LIMIT
    if message:
        element = {"FileName": name, "ValidationErrors": [{"Message": message}]}
        raise validation_exception([element])
