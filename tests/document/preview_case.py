import json

from odoo.fields import Command

from ..common import KINDS
from .parts_case import PartsCase

CHANGES = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
    FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
    ORDER BY relname
"""


class PreviewCase(PartsCase):
    """Documents of every kind, what is said of them before, and what Xero then gets."""

    # EXTENDS ConnectedCase
    def prepare_connected(self):
        result = super().prepare_connected()
        # Nothing goes unasked
        self.connection.write({f"auto_{kind}": False for kind in KINDS})
        agency = self.env["xero.contact"].search([("name", "=", "City Agency")])
        self.vendor.xero_contact_id = agency
        self.purchase_gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )
        return result

    def preview_of(self, record, kind=None, **options):
        """The preview of a record as the kind that it is now."""
        kind = kind or record._xero_kind_now()
        [found] = [
            preview
            for preview in record._xero_preview(**options)
            if preview.kind == kind
        ]
        return found

    def asked(self, action):
        """The question that an action opens, as a person has it."""
        model = self.env[action["res_model"]].with_context(**action["context"])
        return model.create({})

    def changed_so_far(self):
        """What this transaction wrote: rows by table; and where sequences stand."""
        self.env.flush_all()
        self.env.cr.execute("SELECT pg_stat_clear_snapshot()")
        self.env.cr.execute(CHANGES)
        rows = self.env.cr.fetchall()
        self.env.cr.execute(
            "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        )
        return rows, self.env.cr.fetchall()

    def send(self, record):
        """:return: the documents that Xero was sent, as in the bodies"""
        self.xero.clear_calls()
        record.action_xero_send()
        self.run_job(self.connection)
        return [
            element
            for call in self.write_calls()
            for endpoint, elements in json.loads(call["body"]).items()
            if endpoint not in ("Contacts", "Items")
            for element in elements
        ]

    def with_new_names(self, record):
        """Have a document be of a customer or vendor, and a product, new to Xero."""
        partner = self.env["res.partner"].create({"name": "Nadia's Nursery"})
        product = self.env["product.product"].create(
            {"name": "Elm bench", "default_code": "ELM", "taxes_id": self.gst.ids}
        )
        field = "invoice_line_ids" if record._name == "account.move" else "order_line"
        record.partner_id = partner
        record[field] = [
            Command.update(line.id, {"product_id": product.id})
            for line in record[field]
        ]
        self.end_click()
