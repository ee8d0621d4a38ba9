from odoo import fields, models

from ... import mappers


class XeroDocument(models.Model):
    """What a document waits for before it can be sent: its contact and its items."""

    _inherit = "xero.document"

    waits_for_contact_id = fields.Many2one(
        "xero.contact", index="btree_not_null", ondelete="set null", readonly=True
    )
    waits_for_item_ids = fields.Many2many("xero.item", readonly=True)

    # EXTENDS 'xero.binding'
    def _set_pending(self):
        """What a document waited for is asked anew when its turn comes."""
        self._end_wait()
        return super()._set_pending()

    # EXTENDS 'xero.binding'
    def _before_send(self):
        """Hold the documents whose contact or items are still on their way."""
        ready = self.browse()
        # Of all at once: what is left of orders depends on their invoices
        self.sale_order_id.order_line.invoice_lines.move_id.fetch(
            ["move_type", "state"]
        )
        for connection, documents in self.grouped("connection_id").items():
            wanted = documents.filtered(lambda row: not row._is_unwanted())
            ready += documents - wanted
            ready += wanted._with_contact(connection)._with_items(connection)
        return ready

    def _with_contact(self, connection):
        """Those whose partner is linked; for the others the contact is queued."""
        ready = self.browse()
        waiting = {}
        for document in self:
            problem = document._problem_before_send()
            if problem:
                document._set_failed([problem])
            elif document._has_contact():
                ready += document
            else:
                partner = document._partner()
                waiting.setdefault(partner, self.browse())
                waiting[partner] += document
        partners = self.env["res.partner"].union(*waiting)
        for contact in self.env["xero.contact"]._request(connection, partners):
            documents = waiting[contact.partner_id]
            if contact.xero_id and not contact.archived_in_xero:
                contact._link_partners()  # a person had cleared the link
                ready += documents
            else:
                documents._wait_for_contact(contact)
        (self - ready)._show_waiting()
        return ready

    def _problem_before_send(self):
        """What keeps it back before it is built (``mappers.Problem``), else None."""
        partner = self._partner()
        if not partner:
            return _partner_missing(self)
        if self._contact_in_use():
            return None
        contact = self._partner_contact()
        if contact.archived_in_xero:
            return contact_archived(partner)
        by_setting = self.connection_id.create_contacts
        if contact.xero_id or partner._xero_creates_missing(by_setting):
            return None
        return _contact_missing(partner)

    def _has_contact(self):
        """Whether Xero has whom it is for; else that contact is to be made first."""
        return bool(self._contact_in_use() or self._partner_contact().xero_id)

    def _wait_for_contact(self, contact):
        """Hold these documents until the contact is made, or linked by a person."""
        if contact.archived_in_xero:
            for document in self:
                document._set_failed([contact_archived(contact.partner_id)])
        else:
            self.write({"state": "held", "waits_for_contact_id": contact.id})
            contact._hurry_for(self)

    def _with_items(self, connection):
        """Those whose products need no item, or have one, or cannot get one."""
        products = {document: document._unlinked_products() for document in self}
        rows = self.env["xero.item"]._request(
            connection, self.env["product.product"].union(*products.values())
        )
        coming = rows.filtered(lambda row: row.state in ("pending", "sending"))
        ready = self.browse()
        for document, wanted in products.items():
            waits_for = coming.filtered(
                lambda row, wanted=wanted: row.product_id in wanted
            )
            if waits_for:
                waits_for._hurry_for(document)
                document.write(
                    {
                        "state": "held",
                        "waits_for_item_ids": [fields.Command.set(waits_for.ids)],
                        "message": self.env._(
                            "Waits for its items to be made in Xero."
                        ),
                    }
                )
            else:
                ready += document
        return ready

    def _partner(self):
        """The commercial entity that is the contact, in the connection's company."""
        partner = self._record()._xero_partner(self.kind)
        return partner.with_company(self.company_id)

    def _unlinked_products(self):
        """Products of its lines that are to be made in Xero first."""
        products = self._record()._xero_products(self.kind)
        connection = self.connection_id
        return products.with_company(self.company_id).filtered(
            lambda product: (
                not mappers.own(product.xero_item_id, connection)
                and product._xero_creates_missing(connection.create_items)
            )
        )

    def _show_waiting(self):
        """Say what held documents wait for, and what keeps that back."""
        for document in self.filtered(lambda row: row.state == "held"):
            contact = document.waits_for_contact_id
            waits = self.env._(
                "Waits for the Xero contact of %(partner)s.",
                partner=contact.partner_id.display_name,
            )
            why = contact.message if contact.state == "failed" else None
            before = document.issue_ids
            document.write(
                {
                    "message": "\n".join(filter(None, (waits, why))),
                    "issue_ids": [fields.Command.set(contact.issue_ids.ids)],
                }
            )
            (before - contact.issue_ids)._solve_if_free()

    def _stop_waiting(self):
        """What these documents waited for is settled: queue them again."""
        held = self.filtered(lambda row: row.state == "held")
        held = held._lock_or_note(urgent=False)
        if held:
            held._clear_issues()
            held._set_pending()

    def _end_wait(self):
        """These wait no longer, whatever it was for."""
        held = self.filtered(lambda row: row.state == "held")
        if held:
            held.write(
                {
                    "waits_for_contact_id": False,
                    "waits_for_item_ids": [fields.Command.clear()],
                    "waits_for_document_id": False,
                    "waits_for_allocation_id": False,
                }
            )


def contact_archived(partner):
    return mappers.Problem(
        key=f"contact_archived:{partner.id}",
        title=partner.env._(
            "The Xero contact of %(partner)s is archived.",
            partner=partner.display_name,
        ),
        remedy=partner.env._(
            "Restore the contact in Xero and refresh, or link another contact."
        ),
        record=partner,
        fixer="user",
    )


def _partner_missing(document):
    return mappers.Problem(
        key=f"partner:{document.id}",
        title=document.env._(
            "%(record)s has no customer or vendor.", record=document.record_name
        ),
        remedy=document.env._("Choose the customer or vendor."),
        record=document._record(),
        fixer="user",
    )


def _contact_missing(partner):
    return mappers.Problem(
        key=f"contact:{partner.id}",
        title=partner.env._(
            "%(partner)s has no Xero contact.", partner=partner.display_name
        ),
        remedy=partner.env._("Link it to a Xero contact, or create it in Xero."),
        record=partner,
        fixer="user",
    )
