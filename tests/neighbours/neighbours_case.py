"""A connected company that uses Odoo's other applications."""

from odoo.fields import Command
from odoo.tests import Form, tagged

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install", "-standard", "xero_neighbours")
class NeighboursCase(ConnectedCase):
    """Stock, delivery, loyalty, kits and the till are installed, Xero connected.

    The tag keeps tests out of the databases that lack them; subclasses inherit it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The company is older than stock, which makes one for the first company only.
        cls.env["stock.warehouse"].sudo().create(
            {"name": "Shed", "code": "SHED", "company_id": cls.company.id}
        )
        cls.delivered_product = cls.env["product.product"].create(
            {
                "name": "Oak chair",
                "taxes_id": cls.gst.ids,
                "is_storable": True,
                "invoice_policy": "delivery",
                "purchase_method": "receive",
            }
        )

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        return groups | cls.quick_ref("stock.group_stock_manager")

    def delivered_order(self, quantity=10.0, price=20.0, **values):
        """A confirmed order of a product that is invoiced as it is delivered."""
        line = {
            "product_id": self.delivered_product.id,
            "product_uom_qty": quantity,
            "price_unit": price,
        }
        return self.confirmed_order(order_line=[Command.create(line)], **values)

    def transfer(self, order, quantity, backorder=True):
        """Deliver or receive so many units of each move that waits.

        :param order: a sales or purchase order
        :param backorder: whether the rest is still to come, or is given up
        :return: the transfer that is done
        """
        picking = order.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        ).ensure_one()
        picking.move_ids.write({"quantity": quantity, "picked": True})
        answer = {} if backorder else {"picking_ids_not_to_backorder": picking.ids}
        picking.with_context(skip_backorder=True, **answer).button_validate()
        self.assertEqual(picking.state, "done")
        self.end_click()
        return picking

    def take_back(self, picking, quantity):
        """The customer returns so many units of a transfer, to be refunded.

        :return: the transfer that is done
        """
        wizard_form = Form(
            self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_ids=picking.ids, active_model=picking._name
            )
        )
        wizard = wizard_form.save()
        wizard.product_return_moves.write({"quantity": quantity, "to_refund": True})
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.write({"quantity": quantity, "picked": True})
        back.button_validate()
        self.assertEqual(back.state, "done")
        self.end_click()
        return back
