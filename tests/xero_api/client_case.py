"""A client of the local Xero, over real HTTP."""

import uuid
from decimal import Decimal

from xero_python.accounting import Contact, Invoice, LineItem

from odoo.tests import BaseCase

from ... import xero_api
from ..xero_server import TENANT_AU, XeroServerMixin


class ClientCase(XeroServerMixin, BaseCase):
    def setUp(self):
        super().setUp()
        self.xero.reset()
        self.xero.limits(enabled=False)
        self.token = self.xero.grant()["access_token"]
        self.client = self.connect()
        self.xero.clear_calls()

    def connect(self, token=None, tenant=TENANT_AU, **kwargs):
        client = xero_api.XeroClient(
            token or self.token, tenant, self.xero.url, **kwargs
        )
        return self.enterContext(client)

    def put(self, endpoint, *models, key=None):
        body = xero_api.serialise(endpoint, list(models))
        return self.client.write(endpoint, "PUT", body, key or str(uuid.uuid4()))

    def post(self, endpoint, *models):
        body = xero_api.serialise(endpoint, list(models))
        return self.client.write(endpoint, "POST", body, str(uuid.uuid4()))

    def new_contact(self, name="Acme"):
        (element,) = self.put("Contacts", Contact(name=name))
        return element.xero_id

    def invoice(self, reference="S00042", contact_id=None, **values):
        lines = [
            LineItem(description=f"Odoo order {reference}"),
            LineItem(
                description="Desk",
                quantity=Decimal("2"),
                unit_amount=Decimal("10.5000"),
                account_code="200",
                tax_type="OUTPUT",
            ),
        ]
        return Invoice(
            type="ACCREC",
            contact=Contact(contact_id=contact_id or self.new_contact()),
            line_items=lines,
            reference=reference,
            status="DRAFT",
            **values,
        )
