from odoo import api, fields, models

from ... import mappers, xero_api


class XeroItem(models.Model):
    """An item of the Xero organisation: link, outbox and status.

    Many products may share one item. A row made for a product creates the item; rows
    read from Xero are there to be chosen.
    """

    _name = "xero.item"
    _inherit = ["xero.listed.binding"]
    _description = "Xero item"
    _order = "code, id"
    _rec_name = "code"
    _rec_names_search = ["code", "name"]

    _feeder = "product_id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(readonly=True)
    xero_updated = fields.Datetime("Changed in Xero", readonly=True)
    details = fields.Json(readonly=True, help="What else Xero says; imports use it")
    product_id = fields.Many2one(
        "product.product",
        "Made for",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    declined_product_ids = fields.Many2many(
        "product.product",
        string="Not for",
        readonly=True,
        help="A person took this item away from them: never linked automatically"
        " again.",
    )
    list_refreshed = fields.Boolean(
        readonly=True, help="Xero said the code is taken; its list was read again."
    )
    waiting_document_ids = fields.Many2many("xero.document", readonly=True)

    _xero_id_uniq = models.UniqueIndex(
        "(connection_id, xero_id) WHERE xero_id IS NOT NULL", "A Xero item has one row."
    )
    _product_uniq = models.UniqueIndex(
        "(connection_id, product_id) WHERE product_id IS NOT NULL",
        "A product creates one Xero item.",
    )
    _due_idx = models.Index("(connection_id, id) WHERE state = 'pending'")
    _urgent_idx = models.Index(
        "(connection_id, id) WHERE state = 'pending' AND urgent IS TRUE"
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = f"[{item.code}] {item.name or ''}".strip()

    # === FROM ODOO === #

    # EXTENDS 'xero.listed.binding'
    def _new_values(self, product):
        name = mappers.item_name(product)
        return {"code": product.default_code or "-", "name": name}

    @api.model
    def _move_links(self, products, before):
        """Products are linked to another item than before, or to none.

        An item that Odoo made for a product which has another one is nobody's.

        :param products: ``product.product`` in the company whose links moved
        :param before: dict of id → the item that was the link
        """
        for product in products:
            old, new = before[product.id], product.xero_item_id
            if old and old != new:
                old.declined_product_ids = [fields.Command.link(product.id)]
            if product in new.declined_product_ids:
                new.declined_product_ids = [fields.Command.unlink(product.id)]
            if old.product_id == product and old.xero_id and old != new:
                old.product_id = False

    # === FROM XERO === #

    # EXTENDS 'xero.listed.binding'
    def _values(self, item):
        return {
            "code": item.code or "-",
            "name": item.name or False,
            "xero_updated": self._naive_utc(item.updated),
            "details": xero_api.item_details(item),
        }

    # === OUTBOX === #

    # EXTENDS 'xero.binding'
    def _xero_endpoint(self):
        return "Items"

    # EXTENDS 'xero.binding'
    def _before_send(self):
        """Before one is created: link to the item that Xero surely has already."""
        needed = self._drop_needless()
        new = needed.filtered(lambda row: not row.xero_id)
        ready = needed - new
        matches = self._matches(new.connection_id, new.product_id)
        for row in new:
            best = matches.get(row.product_id, [])[:1]
            if best and best[0].sure:
                row._give_way_to(best[0].item, best[0].reason)
            else:
                ready += row
        return ready

    # EXTENDS 'xero.binding'
    def _give_way_to(self, twin, reason=None):
        """This row's product gets an existing item; nothing is created.

        :param reason: why it is the product's, in words
        """
        documents = self.waiting_document_ids
        product = self.product_id.with_company(self.company_id)
        self.product_id = False
        product.xero_item_id = twin
        product._message_log(
            body=self.env._(
                "Linked to the Xero item “%(item)s”. %(reason)s",
                item=twin.display_name,
                reason=reason or "",
            )
        )
        documents._stop_waiting()
        self.unlink()

    # EXTENDS 'xero.binding'
    def _prepare(self):
        kept = self.xero_id and not self.connection_id.update_items
        if not self.product_id or kept:
            return None
        return mappers.product_to_item(
            self.product_id, self.connection_id, self.xero_id or None
        )

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = super()._values_from_answer(element)
        return {**values, "code": element.key or self.code}

    # EXTENDS 'xero.binding'
    def _after_synced(self):
        for row in self.filtered("product_id"):
            product = row.product_id.with_company(row.company_id)
            if not mappers.own(product.xero_item_id, row.connection_id):
                product.xero_item_id = row
        self.waiting_document_ids._stop_waiting()

    # EXTENDS 'xero.binding'
    def _after_failed(self):
        """An item that cannot be made keeps no document back: it goes without."""
        self.waiting_document_ids._stop_waiting()

    # EXTENDS 'xero.binding'
    def _cure_refusal(self, code):
        """A taken code: read Xero's list once more; the item is in it now."""
        if code != "item_code_taken" or self.list_refreshed:
            return False
        self.list_refreshed = True
        self.connection_id.items_due = True
        return True
