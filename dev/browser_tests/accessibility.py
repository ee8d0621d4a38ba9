"""What axe finds wrong with our parts of a page, for people who do not see or point."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
CONTRAST = "color-contrast"
SCROLLING = "scrollable-region-focusable"  # Odoo's lists are scrolled on a phone
# What is ours of a page with one of our views. Odoo's bars are around it.
VIEW = (".o_content", ".o_xero_issue_systray")
# Parts that Odoo renders of its own in any view, whatever the view says of them
ODOO = (
    ".o-mail-Form-chatter",
    ".o-mail-ChatHub",
    ".o_list_record_selector",  # boxes without a name
    ".o_optional_columns_dropdown",
    ".o_list_actions_header",
    ".o-checkbox input:disabled",  # a yes or no that is shown in a list
    ".o_select_menu",
    ".o-dropdown.dropdown-toggle",
    ".o_clipboard_button",
    ".o_progress",
    ".o_tag",
    ".o_button_more",
    ".o_notebook_headers",
    ".o_field_many2one_avatar_user img",
    ".o_statusbar_status",
    ".o_list_activity_cell",
    "header.modal-header",
    ".o_pivot th",
    ".o_kanban_renderer .o_dropdown_kanban",
)
# Whose colours Odoo's theme says: its grey has 4.3 : 1 on white, a green badge 3.1 : 1
THEME = (".text-muted", ".badge", ".o_form_label", ".o_wrap_label", "[disabled]")


def faults(page: Page, *ours: str) -> list[str]:
    """What axe finds in our parts: the rule, where, and what is wrong there.

    :param ours: selectors of these parts; of those that the page does not have, nothing
        is said. Without any, those of a page with one of our views.
    """
    parts = [each for each in ours or VIEW if page.locator(each).count()]
    assert parts, f"The page has none of {ours or VIEW}."
    everything = {"runOnly": {"type": "tag", "values": LEVELS}}
    everything["rules"] = {rule: {"enabled": False} for rule in (CONTRAST, SCROLLING)}
    colours = {"runOnly": {"type": "rule", "values": [CONTRAST]}}
    return [
        *_found(page, parts, ODOO, everything),
        *_found(page, parts, ODOO + THEME, colours),
    ]


def _found(page: Page, ours: list[str], others: tuple, options: dict) -> list[str]:
    context = {"include": ours, "exclude": list(others)}
    results = Axe().run(page, context, options | {"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for violation in results.response["violations"]
        for node in violation["nodes"]
        if not _is_within(page, node["target"][0], others)
    ]


def _is_within(page: Page, target: str, others: tuple) -> bool:
    """Whether it is a part of others: axe looks at ours in them all the same."""
    script = "([target, others]) => !!document.querySelector(target)?.closest(others)"
    return page.evaluate(script, [target, ", ".join(others)])
