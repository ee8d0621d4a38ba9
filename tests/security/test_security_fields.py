"""What was added to Odoo's own records: who reads it, who writes it."""

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .security_case import ACCESS_ERROR, SecurityCase

USER, ACCOUNTANT, ADMINISTRATOR = (
    f"xero_sync.xero_sync_group_{name}"
    for name in ("user", "accountant", "administrator")
)
EMPLOYEE = "base.group_user"
DOCUMENT = {
    None: {"xero_number"},  # the customer's own portal page shows it
    fields.NO_ACCESS: {"xero_shown_ids"},
    EMPLOYEE: {
        "xero_as_of",
        "xero_changed",
        "xero_connected",
        "xero_fix_by",
        "xero_fixable",
        "xero_issue_fixer",
        "xero_issue_id",
        "xero_message",
        "xero_offered",
        "xero_send",
        "xero_send_choice",
        "xero_sendable",
        "xero_shown_state",
        "xero_state",
        "xero_status",
        "xero_url",
        "xero_warning",
    },
    USER: {"xero_document_id", "xero_document_ids", "xero_shown_document_ids"}
    | {"xero_credited", "xero_due", "xero_paid", "xero_paid_on", "xero_payment_state"},
}
MOVE = DOCUMENT | {
    EMPLOYEE: DOCUMENT[EMPLOYEE] | {"xero_not_set_off"},
    USER: DOCUMENT[USER] | {"xero_document_payment_state", "xero_has_online_invoice"},
}
MAPPED = {"xero_missing", "xero_used"}
LINKED = {"xero_create", "xero_create_choice", "xero_link_message"}
PARTNER = {
    USER: LINKED
    | {"xero_contact_id", "xero_link_state", "xero_send_purchases", "xero_send_sales"}
}
OVERRIDES = {"xero_purchase_account_id", "xero_sale_account_id"}
# Model → group of a field → fields; None: whoever may read the record
FIELDS = {
    "account.account": {
        ACCOUNTANT: MAPPED | {"xero_account_id", "xero_account_proposal_id"}
    },
    "account.analytic.account": {
        ACCOUNTANT: {
            "xero_tracking_category_id",
            "xero_tracking_option_id",
            "xero_tracking_proposal_id",
        }
    },
    "account.bank.statement.line": MOVE,  # a journal entry by delegation
    "account.move": MOVE,
    "account.tax": {
        ACCOUNTANT: MAPPED | {"xero_tax_rate_id", "xero_tax_rate_proposal_id"}
    },
    "product.category": {ACCOUNTANT: OVERRIDES},
    "product.product": {
        USER: LINKED | {"xero_item_id", "xero_link_state"},
        ACCOUNTANT: OVERRIDES,
    },
    "product.template": {USER: LINKED | {"xero_item_id"}, ACCOUNTANT: OVERRIDES},
    "purchase.order": DOCUMENT,
    "res.company": {
        USER: {"xero_connection_id"},
        fields.NO_ACCESS: {"xero_connection_ids"},
    },
    "res.partner": PARTNER,
    "res.users": PARTNER,  # a partner by delegation
    "sale.order": DOCUMENT,
}
# The page belongs to Odoo's administrators; these are closed to them too
SETTINGS = {USER: {"xero_connection_id"}} | {
    ADMINISTRATOR: {"xero_client_id", "xero_client_secret", "xero_has_secret_key"}
    | {"xero_webhook_key", "xero_webhook_url"}
}


@tagged("post_install", "-at_install")
class TestSecurityFields(SecurityCase):
    def added(self, model):
        """:return: dict of group → names of the fields the addon added"""
        found = {}
        for field in model._fields.values():
            if "xero_sync" in field._modules:
                found.setdefault(field.groups, set()).add(field.name)
        return found

    def test_every_field_added_to_odoo_has_the_group_that_is_listed(self):
        found = {
            name: added
            for name, model in self.env.registry.items()
            if model._original_module != "xero_sync"
            and not model._abstract
            and (added := self.added(model))
        }
        settings = found.pop("res.config.settings")
        settings.pop(None)
        self.assertEqual(settings, SETTINGS)
        self.assertEqual(found, FIELDS)

    @mute_logger("odoo.http")
    def test_a_customer_reads_the_number_and_nothing_else(self):
        customer = self.person("portal")
        order = self.confirmed_order(partner_id=customer.partner_id.id)
        invoice = self.new_move("out_invoice", partner_id=customer.partner_id.id)
        invoice.action_post()
        for record in (order, invoice):
            record.message_subscribe(customer.partner_id.ids)
        self.run_job(self.connection)
        self.log_in("portal")
        for record in (order, invoice):
            (values,) = self.call(record._name, "read", record.ids, ["xero_number"])
            self.assertTrue(values["xero_number"])
            for names in (DOCUMENT[EMPLOYEE], DOCUMENT[USER]):
                for name in sorted(names):
                    with self.subTest(model=record._name, field=name):
                        call = (record._name, "read", record.ids, [name])
                        self.assertEqual(self.outcome(*call), ACCESS_ERROR)

    @mute_logger("odoo.http")
    def test_a_customer_writes_none_of_them(self):
        customer = self.person("portal")
        order = self.confirmed_order(partner_id=customer.partner_id.id)
        product = self.product
        self.log_in("portal")
        for record in (order, customer.partner_id, product, product.product_tmpl_id):
            for names in FIELDS[record._name].values():
                for name in sorted(names):
                    with self.subTest(model=record._name, field=name):
                        call = (record._name, "write", record.ids, {name: False})
                        self.assertEqual(self.outcome(*call), ACCESS_ERROR)

    @mute_logger("odoo.http")
    def test_an_employee_asks_no_way_round_for_them(self):
        """Neither by searching, nor by grouping, nor by sorting."""
        self.log_in("employee")
        for arguments in (
            ("search", [("xero_contact_id.name", "ilike", "a")]),
            ("search", [], 0, 1, "xero_contact_id"),
            ("formatted_read_group", [], ["xero_send_sales"], ["__count"]),
            ("export_data", [self.customer.id], ["xero_contact_id/name"]),
        ):
            with self.subTest(method=arguments[0]):
                self.assertTrue(self.outcome("res.partner", *arguments))
