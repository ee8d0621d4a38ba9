"""What the browser asks for when somebody opens a view, with all views inside it."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

LIMIT = (
    40  # lines of a list in a form, unless it says otherwise (web, form_controller.js)
)
ALWAYS = ("1", "True")  # how a view says that something is never shown
VIEW_OF = re.compile(r"'(list_view_ref)' *: *'(.*?)'")
# Widgets of lists that show names, and load no view (web, many2many_tags_field.js)
TAGS = re.compile("tags|checkboxes|avatar")

Specification = dict[str, dict]


def asked_for(records: Any, view_type: str, view: int | None = None) -> Specification:
    """The specification of the fields of a view, names of records included.

    As ``getFieldsSpec`` and ``loadSubViews`` of Odoo's web client make it. Columns
    that a person may show are asked for, whether shown or not.
    """
    arch = etree.fromstring(records.get_view(view, view_type)["arch"])
    return _asked_in(records, arch)


def without(records: Any, specification: Specification, prefix: str) -> Specification:
    """The same without the fields whose names begin so, in the views inside it too.

    :param records: of the model that is asked
    """
    found = {}
    for name, asked in specification.items():
        if name.startswith(prefix):
            continue
        comodel = records._fields[name].comodel_name
        if asked.get("fields") and comodel:
            inside = without(records.env[comodel], asked["fields"], prefix)
            asked = {**asked, "fields": inside}
        found[name] = asked
    return found


def _asked_in(records: Any, arch: Any) -> Specification:
    """What is asked for the nodes of a view, which may be part of another one."""
    nodes: dict[str, list] = {}
    for node in _nodes(arch):
        nodes.setdefault(node.get("name"), []).append(node)
    found = {}
    for name, of_field in nodes.items():
        shown = [node for node in of_field if not _is_never_shown(node)]
        found[name] = _asked_of(records, shown[0]) if shown else {}
    return found


def _nodes(arch: Any) -> Iterator[Any]:
    """Its fields; not those of the views inside it, nor of what is grouped by."""
    for child in arch:
        if child.tag == "field":
            yield child
        elif child.tag != "groupby":
            yield from _nodes(child)


def _is_never_shown(node: Any) -> bool:
    return node.get("invisible") in ALWAYS or node.get("column_invisible") in ALWAYS


def _asked_of(records: Any, node: Any) -> dict:
    field = records._fields[node.get("name")]
    if not field.relational:
        return {}
    if field.type == "many2one" or TAGS.search(node.get("widget", "")):
        return {"fields": {"display_name": {}}}
    lines = records.env[field.comodel_name]
    views = [view for view in node if view.tag in ("list", "kanban")]
    view = views[0] if views else _list_of(lines, node)
    asked = {"fields": _asked_in(lines, view), "limit": int(view.get("limit", LIMIT))}
    if view.get("default_order"):
        asked["order"] = view.get("default_order")
    return asked


def _list_of(lines: Any, node: Any) -> Any:
    """The list that a form shows where it has none of its own inside."""
    context = dict(VIEW_OF.findall(node.get("context", "")))
    view = lines.with_context(**context).get_view(None, "list")
    return etree.fromstring(view["arch"])
