from odoo import api, fields, models

# What an item in Xero says of a product, but what stands on its template
WATCHED_FIELDS = frozenset(["default_code", "lst_price", "standard_price"])


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "xero.link.mixin"]

    _xero_binding = "xero.item"
    _xero_feeder = "product_id"
    _xero_link = "xero_item_id"

    xero_item_id = fields.Many2one(
        "xero.item",
        "Xero item",
        company_dependent=True,
        copy=False,
        groups="xero_sync.xero_sync_group_user",
        domain=lambda self: self._xero_item_domain(),
        help="Lines with this product carry the item's code. Many products may share"
        " one item.",
    )

    @api.model
    def _xero_item_domain(self):
        """Items of the organisation that keeps the current company's books."""
        connection = self._xero_own_connection()
        return [("connection_id", "=", connection.id), ("xero_id", "!=", False)]

    @api.constrains("xero_item_id")
    def _check_xero_item_id(self):
        self._check_xero_link()

    # EXTENDS 'xero.link.mixin'
    def _xero_switch(self, connection):
        """Without an internal reference it waits for one; Xero needs it as code."""
        return bool(connection.auto_item and self.default_code)

    # EXTENDS 'xero.link.mixin'
    @api.depends("default_code")
    def _compute_xero_create(self):
        return super()._compute_xero_create()

    # EXTENDS 'xero.link.mixin'
    def write(self, vals):
        moved = "xero_item_id" in vals
        # sudo: which item it was, for the hook below
        before = {p.id: p.xero_item_id for p in self.sudo()} if moved else {}
        result = super().write(vals)
        if "default_code" in vals:
            self.env["xero.item"]._retry_failed("product_id", self)
            self._xero_create_wanted()
        if moved:
            self.env["xero.issue"]._solve_kinds("refused:item_unknown")
            # sudo: bindings are read-only for users
            self.env["xero.item"].sudo()._move_links(self.sudo(), before)
            self.env["xero.item"]._retry_failed("product_id", self)
        if WATCHED_FIELDS.intersection(vals):
            self._xero_changed()
        return result

    def _xero_changed(self):
        """Bring the items that Odoo made for these variants up to date."""
        rows = self._xero_fed_rows("update_items")
        rows._mark_changed()
        rows.connection_id._wake()
