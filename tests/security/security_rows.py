"""A row of each of the addon's models, to be attacked."""

import uuid

from odoo.fields import Command

from .security_case import SecurityCase


class SecurityRowsCase(SecurityCase):
    """Makes rows by the name of their model: ``self.row("xero.item", connection)``."""

    questions = frozenset()  # models whose rows belong to the person who asked

    def setUp(self):
        super().setUp()
        self.made = {}

    def row(self, model, connection, user=None):
        """A row of a model in a company; of a person where it is a question."""
        key = (model, connection.id, user.id if model in self.questions and user else 0)
        row = self.made.get(key)
        if not (row and row.exists()):
            # sudo: it does not matter who made it
            model = self.env[model].with_user(user or self.env.user).sudo()
            row = self.made[key] = getattr(self, f"_new_{model._table}")(
                model, connection
            )
            self.env.flush_all()
        return row

    def two_taxes(self):
        return self.gst + self.gst.copy({"name": str(uuid.uuid4())})

    def _choice(self, model, connection, **values):
        return model.create(
            {
                "connection_id": connection.id,
                "name": "A choice",
                "xero_key": str(uuid.uuid4()),
                **values,
            }
        )

    _new_xero_account = _new_xero_tax_rate = _new_xero_currency = _choice
    _new_xero_branding_theme = _new_xero_tracking_category = _choice

    def _new_xero_tracking_option(self, model, connection):
        category = self.row("xero.tracking.category", connection)
        return self._choice(model, connection, category_id=category.id)

    def _new_xero_connection(self, _model, connection):
        return connection

    def _new_xero_token(self, model, connection):
        return model.search([("connection_id", "=", connection.id)])

    def _new_xero_doorbell(self, model, connection):
        return model.create({"connection_id": connection.id})

    def _new_xero_change(self, model, connection):
        values = {"binding_model": "xero.document", "binding_id": 1}
        return model.create({"connection_id": connection.id, **values})

    def _new_xero_call(self, model, connection):
        values = {"subject": "Quotes", "verb": "read", "calls": 1}
        return model.create(
            {"connection_id": connection.id, "day": "2026-01-05", **values}
        )

    def _new_xero_found(self, model, connection):
        values = {"endpoint": "Invoices", "xero_id": str(uuid.uuid4())}
        return model.create({"connection_id": connection.id, **values})

    def _new_xero_document(self, model, connection):
        return model.create(
            {
                "connection_id": connection.id,
                "kind": "invoice",
                "record_name": "A document",
                "state": "skipped",
            }
        )

    def _new_xero_allocation(self, model, connection):
        document = self.row("xero.document", connection)
        return model.create(
            {
                "connection_id": connection.id,
                "document_id": document.id,
                "credited_document_id": document.copy().id,
                "state": "skipped",
            }
        )

    def _new_xero_contact(self, model, connection):
        return model.create({"connection_id": connection.id, "name": "A contact"})

    def _new_xero_item(self, model, connection):
        return model.create({"connection_id": connection.id, "code": "An item"})

    def _new_xero_issue(self, model, connection):
        return model.create(
            {
                "connection_id": connection.id,
                "key": f"test:{uuid.uuid4()}",
                "name": "An issue",
                "remedy": "Nothing",
                "fixer": "user",
            }
        )

    def _new_xero_request(self, model, connection):
        return model.create(
            {
                "connection_id": connection.id,
                "idempotency_key": str(uuid.uuid4()),
                "endpoint": "Contacts",
                "method": "PUT",
                "body": "{}",
                "binding_model": "xero.contact",
                "binding_ids": [0],
                "element_count": 1,
                "outcome": "answered",
            }
        )

    def _new_xero_tax_set(self, model, connection):
        return model._of(connection, self.two_taxes())

    def _new_xero_import(self, model, connection):
        return model.create({"connection_id": connection.id})

    def _new_xero_import_line(self, model, connection):
        return model.create(
            {
                "import_id": self.row("xero.import", connection).id,
                "contact_id": self.row("xero.contact", connection).id,
                "action": "skip",
            }
        )

    def _new_xero_comparison(self, model, connection):
        return model.create(
            {
                "connection_id": connection.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
            }
        )

    def _new_xero_comparison_line(self, model, connection):
        return model.create(
            {
                "comparison_id": self.row("xero.comparison", connection).id,
                "result": "only_xero",
                "reason": "made",
                "kind": "invoice",
                "xero_id": str(uuid.uuid4()),
            }
        )

    def _new_xero_comparison_sum(self, model, connection):
        return model.create(
            {
                "comparison_id": self.row("xero.comparison", connection).id,
                "month": "2026-03-01",
                "kind": "invoice",
                "currency": "AUD",
            }
        )

    def _new_xero_comparison_link(self, model, connection):
        line = self.row("xero.comparison.line", connection)
        return model.create({"line_id": line.id})

    def _new_xero_existing(self, model, connection):
        return model.create({"connection_id": connection.id})

    def _new_xero_existing_line(self, model, connection):
        return model.create(
            {
                "existing_id": self.row("xero.existing", connection).id,
                "kind": "invoice",
                "document_kind": "invoice",
                "book": "ACCREC",
                "action": "skip",
            }
        )

    def _new_xero_existing_candidate(self, model, connection):
        return model.create(
            {
                "existing_id": self.row("xero.existing", connection).id,
                "book": "ACCREC",
                "endpoint": "Invoices",
                "xero_id": str(uuid.uuid4()),
            }
        )

    def _new_xero_existing_problem(self, model, connection):
        return model.create(
            {
                "existing_id": self.row("xero.existing", connection).id,
                "key": "tax:1",
                "name": "A tax is not mapped.",
            }
        )

    def _new_xero_existing_sum(self, model, connection):
        line = self.row("xero.existing.line", connection)
        return model.search([("existing_id", "=", line.existing_id.id)])

    def _new_xero_contact_link(self, model, connection):
        return model.create(
            {"partner_id": self.customer.id, "company_id": connection.company_id.id}
        )

    def _new_xero_contact_link_line(self, model, connection):
        link = self.row("xero.contact.link", connection, model.env.user)
        contact = self.row("xero.contact", connection)
        values = {"link_id": link.id, "contact_id": contact.id, "reason": "Alike"}
        return model.create(values)

    def _new_xero_document_link(self, model, connection):
        document = self.row("xero.document", connection)
        return model.create({"document_id": document.id, "number": "INV-1"})

    def _new_xero_document_replace(self, model, connection):
        document = self.row("xero.document", connection)
        values = {"document_ids": [Command.set(document.ids)], "shown": {}}
        return model.create(values)

    def _new_xero_document_preview(self, model, connection):
        order = self.new_order()
        return model.create({"res_model": "sale.order", "res_ids": order.ids})

    def _new_xero_document_send(self, model, connection):
        order = self.new_order()
        values = {"res_model": "sale.order", "res_ids": order.ids}
        return model.create({**values, "older_ids": order.ids})

    def _new_xero_document_skip(self, model, connection):
        document = self.row("xero.document", connection)
        values = {"document_ids": [Command.set(document.ids)], "reason": "No"}
        return model.create(values)

    def _new_xero_organisation_choose(self, model, connection):
        return model.create({"connection_id": connection.id})

    def _new_xero_organisation_choose_option(self, model, connection):
        choose = self.row("xero.organisation.choose", connection, model.env.user)
        return model.create({"choose_id": choose.id, "tenant_id": "x", "name": "X"})
