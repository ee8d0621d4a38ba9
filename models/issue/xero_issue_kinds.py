"""The kinds of causes as people see them, and what the button of each does."""

from odoo import api, fields, models

# Who may press the button of an issue; of the others everybody
GROUPS = {
    "reconnect": "xero_sync.xero_sync_group_administrator",
    "refresh": "xero_sync.xero_sync_group_accountant",
}
# Causes (what an issue's key begins with, or the cause of a refusal) of each kind
CAUSES = {
    "reconnect": ("reconnect",),
    "permission": ("permission",),
    "lock_date": ("lock_date",),
    "tax": ("tax", "taxes", "zero_sale_tax_rate_id", "zero_purchase_tax_rate_id"),
    "account": (
        "account",
        "default_sale_account_id",
        "default_purchase_account_id",
    ),
    "tracking": ("tracking",),
    "contact": (
        "contact",
        "match",
        "contact_archived",
        "contact_name_taken",
        "contact_number_taken",
        "contact_unknown",
    ),
    "item": ("product_code", "item_name", "item_code_taken", "item_unknown"),
    "currency": ("currency",),
    "number": ("number_taken", "link", "doubt"),
    "changed": ("changed_in_xero", "wrong_status", "has_payment", "order_linked"),
    "deleted": ("deleted_in_xero", "not_found"),
    "mismatch": ("mismatch",),
    "older": ("older_invoice",),
    "in_xero": ("contact_website",),
    "limit": ("approve_limit",),
    "no_answer": ("unanswered",),
    "broken": ("broken",),
    "other": ("other",),
}
KIND_OF_CAUSE = {cause: kind for kind, causes in CAUSES.items() for cause in causes}
# What the button does; “correct” where nothing is said
CURES = {
    "reconnect": "reconnect",
    "permission": "reconnect",
    "lock_date": "hold",
    "tax": "map",
    "account": "map",
    "tracking": "map",
    "contact": "link_contact",
    "currency": "refresh",
    "number": "link_document",
    "changed": "decide",
    "deleted": "send_as_new",
    "mismatch": "decide",
    "older": "send",
    "in_xero": "send_again",
    "limit": "send_again",
    "no_answer": "send_again",
    "broken": "send_again",
}
# Cures that open the record on which the cause is put right
OPENING = ("map", "correct")
# Cures that decide about documents
DECIDING = ("hold", "link_document", "decide", "send_as_new", "send")


class XeroIssue(models.Model):
    """What kind of cause it is, and the button that cures it."""

    _inherit = "xero.issue"

    kind = fields.Selection(
        [
            ("reconnect", "Xero is not connected"),
            ("permission", "Not allowed in Xero"),
            ("lock_date", "The period is locked in Xero"),
            ("tax", "Taxes to map"),
            ("account", "Accounts to map"),
            ("tracking", "Tracking to map"),
            ("contact", "Contacts to link"),
            ("item", "Products and items"),
            ("currency", "Currencies missing in Xero"),
            ("number", "Numbers taken in Xero"),
            ("changed", "Changed or paid in Xero"),
            ("deleted", "Deleted in Xero"),
            ("mismatch", "Amounts differ"),
            ("older", "Credits an older invoice"),
            ("details", "To correct in Odoo"),
            ("in_xero", "To correct in Xero"),
            ("limit", "Limits of the Xero plan"),
            ("no_answer", "No answer from Xero"),
            ("broken", "Unexpected errors"),
            ("other", "Refused for another reason"),
        ],
        "Kind of cause",
        compute="_compute_kind",
        store=True,
        precompute=True,
    )
    cure = fields.Selection(
        [
            ("reconnect", "Reconnect"),
            ("hold", "Hold until the period opens"),
            ("map", "Map"),
            ("link_contact", "Choose the contact"),
            ("refresh", "Refresh from Xero"),
            ("link_document", "Link to one in Xero"),
            ("decide", "Fix"),
            ("send_as_new", "Send as new"),
            ("send", "Send to Xero"),
            ("correct", "Fix"),
            ("send_again", "Try again"),
        ],
        compute="_compute_cure",
    )
    may_cure = fields.Boolean(compute="_compute_may_cure")

    @api.depends("key")
    def _compute_kind(self):
        for issue in self:
            issue.kind = KIND_OF_CAUSE.get(issue._cause(), "details")

    def _cause(self):
        """What the key begins with; of a refusal, what Xero refused it for."""
        first, _separator, rest = (self.key or "").partition(":")
        return rest.partition(":")[0] if first == "refused" else first

    @api.depends("kind", "res_model", "document_ids")
    def _compute_cure(self):
        for issue in self:
            cure = CURES.get(issue.kind, "correct")
            no_record = cure in OPENING and not issue.res_model
            # sudo: whether there are documents decides on the button, no more
            no_document = cure in DECIDING and not issue.sudo().document_ids
            issue.cure = "send_again" if no_record or no_document else cure

    @api.depends("cure")
    @api.depends_context("uid")
    def _compute_may_cure(self):
        for issue in self:
            group = GROUPS.get(issue.cure)
            if group:
                issue.may_cure = self.env.user.has_group(group)
            elif issue.cure in (*OPENING, "link_contact"):
                issue.may_cure = issue._may_fix()
            else:
                issue.may_cure = True

    def _may_fix(self):
        """Whether this user may put it right on the record that it is about.

        Accountants map with no further rights; all else takes Odoo's.
        """
        # sudo: whoever sees the document may know that it can be cured, and where
        issue = self.sudo()
        partner = self._partner_in_doubt()
        if not (partner or issue.res_model):
            return False
        record = partner or self.env[issue.res_model].browse(issue.res_id).exists()
        mode = "read" if issue.cure == "map" else "write"
        return bool(record) and record.has_access(mode)
