from odoo import api, fields, models
from odoo.exceptions import UserError

MOST = 20  # a person reads the figures of so many at most


class XeroDocumentReplace(models.TransientModel):
    """Is what people changed of these in Xero to be replaced by what Odoo holds?"""

    _name = "xero.document.replace"
    _description = "Replace what is in Xero"

    document_ids = fields.Many2many(
        "xero.document", default=lambda self: self._default_document_ids()
    )
    question = fields.Html(compute="_compute_question")
    shown = fields.Json(
        default=lambda self: self._default_shown(),
        help="What stood in Xero when the question was asked.",
    )

    @api.model
    def _default_document_ids(self):
        """Those of the chosen documents that can be replaced.

        :raise odoo.exceptions.UserError: there is none, or there are too many to read
        """
        context = self.env.context
        ids = context.get("default_document_ids") or context.get("active_ids") or []
        documents = self.env["xero.document"].browse(ids)
        documents.check_access("read")
        found = documents.filtered(lambda document: document._is_replaceable())
        if not found:
            raise UserError(
                self.env._("Nothing to replace: none of these was changed in Xero.")
            )
        if len(found) > MOST:
            raise UserError(
                self.env._(
                    "%(count)s of these were changed in Xero. Choose %(most)s at most,"
                    " so that you can read what is replaced.",
                    count=len(found),
                    most=MOST,
                )
            )
        return found

    @api.model
    def _default_shown(self):
        return self._seen_of(self._default_document_ids())

    @api.model
    def _seen_of(self, documents):
        return {str(document.id): document._seen_there() for document in documents}

    @api.depends("document_ids")
    def _compute_question(self):
        for wizard in self:
            documents = wizard.document_ids._origin
            documents.check_access("read")
            # sudo: the orders and invoices behind them may be other people's
            wizard.question = self.env["ir.qweb"]._render(
                "xero_sync.xero_document_replace_question",
                {"documents": documents.sudo()},
            )

    def action_replace(self):
        """Replace them, unless somebody changed one in Xero meanwhile.

        :raise odoo.exceptions.UserError: that happened
        """
        self.ensure_one()
        if self.shown != self._seen_of(self.document_ids):
            raise UserError(
                self.env._(
                    "One of these was changed in Xero again while you decided. Nothing"
                    " was replaced. Open this question once more to see what is there"
                    " now."
                )
            )
        self.document_ids.action_replace()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
