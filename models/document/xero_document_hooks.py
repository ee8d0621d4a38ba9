from odoo import api, models

# Changes after which a document that Xero does not have is sent
STARTING_FIELDS = frozenset(["state", "xero_send_choice"])


class XeroDocumentMixin(models.AbstractModel):
    """Whoever makes, changes or deletes a document has Xero brought up to date."""

    _inherit = "xero.document.mixin"

    # Fields whose change goes out
    _xero_watched_fields = frozenset()

    def _xero_documents(self):
        """Those that Xero knows at all."""
        return self

    # EXTENDS 'base'
    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._xero_documents()._xero_request()
        return records

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if self._xero_watched_fields.intersection(vals):
            new = bool(STARTING_FIELDS.intersection(vals))
            self._xero_documents()._xero_request(new)
        return result

    # EXTENDS 'base'
    def unlink(self):
        self._xero_request_removal()
        result = super().unlink()
        # Afterwards: the lines that went before had their document noted once more
        self.env["xero.document"]._forget(self)
        return result


class XeroDocumentLineMixin(models.AbstractModel):
    """A line of such a document.

    As with the document itself, a model names this before itself in ``_inherit``: what
    Odoo does to its records is done when their document is noted.
    """

    _name = "xero.document.line.mixin"
    _description = "Line of a document with a place in Xero"

    # Fields whose change goes out
    _xero_watched_fields = frozenset()
    _xero_document_field = "order_id"

    def _xero_documents(self):
        """The documents of these lines, as far as Xero knows them at all."""
        return self[self._xero_document_field]._xero_documents()

    # EXTENDS 'base'
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._xero_documents()._xero_request(new=False)
        return lines

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if self._xero_watched_fields.intersection(vals):
            self._xero_documents()._xero_request(new=False)
        return result

    # EXTENDS 'base'
    def unlink(self):
        documents = self._xero_documents()
        result = super().unlink()
        documents._xero_request(new=False)
        return result
