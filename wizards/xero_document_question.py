from odoo import fields, models


class XeroDocumentQuestion(models.AbstractModel):
    """What is asked or told of chosen orders, invoices or bills."""

    _name = "xero.document.question"
    _description = "Question about documents for Xero"

    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)

    def _records(self, ids=None):
        """The user's own rights decide what becomes of them.

        :param ids: of some of them; None for all
        :raise KeyError: for a model that has nothing in Xero
        :raise odoo.exceptions.AccessError: the user may not see them
        """
        model = self.env[self.res_model]
        if not isinstance(model, self.pool["xero.document.mixin"]):
            raise KeyError(self.res_model)
        records = model.browse(self.res_ids if ids is None else ids)
        records.check_access("read")
        return records
