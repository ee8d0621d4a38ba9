from odoo import api, fields, models
from odoo.tools.misc import format_date

NAMED = 3  # so many of the older ones are named


class XeroDocumentSendOlder(models.TransientModel):
    """Shall documents go to Xero that are dated before the start date?"""

    _name = "xero.document.send.older"
    _description = "Send what is older than the start date"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    older_ids = fields.Json(required=True)
    question = fields.Text(compute="_compute_question")

    @api.depends("res_model", "older_ids")
    def _compute_question(self):
        for wizard in self:
            older = wizard._records(wizard.older_ids)
            # sudo: the start date is no secret to who may send
            start = older[:1].company_id.sudo()._xero_connection().start_date
            names = ", ".join(older[:NAMED].mapped("display_name"))
            values = {
                "names": names,
                "count": len(older) - NAMED,
                "date": format_date(self.env, start),
            }
            if len(older) > NAMED:
                wizard.question = self.env._(
                    "%(names)s and %(count)s more are dated before the start date,"
                    " %(date)s.",
                    **values,
                )
            else:
                wizard.question = self.env._(
                    "Dated before the start date, %(date)s: %(names)s.", **values
                )

    def _records(self, ids):
        """The user's own rights decide what becomes of them.

        :raise KeyError: for a model that has nothing in Xero
        """
        model = self.env[self.res_model]
        if not isinstance(model, self.pool["xero.document.mixin"]):
            raise KeyError(self.res_model)
        return model.browse(ids)

    def action_send(self):
        """Send all that was asked for, the older ones too."""
        self.ensure_one()
        self._records(self.older_ids).xero_send_choice = "yes"
        self._records(self.res_ids).action_xero_send()
        return {"type": "ir.actions.act_window_close"}
