"""Contacts, items, imports and mappings, attacked through calls as a browser makes."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..connected_case import ConnectedCase

OPERATIONS = ("read", "write", "create", "unlink")
GROUPS = {
    "portal": "base.group_portal",
    "employee": "base.group_user,base.group_partner_manager",
    "user": "base.group_user,xero_sync.xero_sync_group_user",
    "accountant": "base.group_user,xero_sync.xero_sync_group_accountant",
    "administrator": "base.group_user,xero_sync.xero_sync_group_administrator",
}
NONE, LOOK = "", "read"
ASK, MAP = "read write create", "read write"
ALL = "read write create unlink"
# Model → what each of GROUPS may do, in their order
RIGHTS = {
    "xero.contact": (NONE, NONE, LOOK, LOOK, LOOK),
    "xero.item": (NONE, NONE, LOOK, LOOK, LOOK),
    "xero.issue": (NONE, NONE, NONE, LOOK, LOOK),
    "xero.contact.link": (NONE, NONE, ASK, ASK, ASK),
    "xero.contact.link.line": (NONE, NONE, LOOK, LOOK, LOOK),
    "xero.comparison": (NONE, NONE, NONE, ALL, ALL),
    "xero.comparison.line": (NONE, NONE, NONE, LOOK, LOOK),
    "xero.comparison.sum": (NONE, NONE, NONE, LOOK, LOOK),
    "xero.comparison.link": (NONE, NONE, NONE, ASK, ASK),
    "xero.existing": (NONE, NONE, NONE, ALL, ALL),
    "xero.existing.line": (NONE, NONE, NONE, MAP, MAP),
    "xero.existing.candidate": (NONE, NONE, NONE, LOOK, LOOK),
    "xero.existing.problem": (NONE, NONE, NONE, LOOK, LOOK),
    "xero.existing.sum": (NONE, NONE, NONE, LOOK, LOOK),
    "xero.import": (NONE, NONE, NONE, ALL, ALL),
    "xero.import.line": (NONE, NONE, NONE, MAP, MAP),
    "xero.tax.set": (NONE, NONE, LOOK, ALL, ALL),
    "xero.tracking.category": (NONE, NONE, LOOK, MAP, MAP),
    "xero.tracking.option": (NONE, NONE, LOOK, LOOK, LOOK),
    "xero.branding.theme": (NONE, NONE, LOOK, LOOK, LOOK),
    "xero.currency": (NONE, NONE, LOOK, LOOK, LOOK),
}
PRIVATE_METHODS = {
    "xero.contact": (
        "_create_anyway",
        "_give_way_to",
        "_merge_into",
        "_move_links",
        "_request",
        "_take_over",
    ),
    "xero.item": ("_give_way_to", "_request", "_take_over"),
    "xero.comparison": ("_finish", "_move_on", "_note", "_start"),
    "xero.comparison.line": ("_link_to", "_row_to_link"),
    "xero.existing": ("_do_slice", "_match", "_start"),
    "xero.existing.line": ("_link", "_queue"),
    "xero.import": ("_do_slice", "_import_slice", "_start"),
    "xero.import.line": ("_create_records", "_link_records"),
    "xero.tax.set": ("_of", "_solve_issues"),
    "res.partner": ("_xero_queue", "_xero_changed", "_merge_method"),
}


class RpcCase(ConnectedCase):
    def one_of(self, name, company=None, **values):
        """A user of one of GROUPS."""
        return self.new_user(f"one_{name}", GROUPS[name], company, **values)

    def rpc(self, user, records, method, *args, **kwargs):
        """Call a method of these records as the browser of a user does."""
        model = self.env[records._name].with_user(user)
        return call_kw(model, method, [records.ids, *args], kwargs)

    def refused(self, user, records, method, *args):
        """Assert that Odoo refuses the call for want of rights."""
        with self.assertRaises(AccessError):
            self.rpc(user, records, method, *args)

    def read_contact(self, name):
        return self.env["xero.contact"].search([("name", "=", name)], limit=1)

    def new_import(self):
        accountant = self.one_of("accountant")
        return self.env["xero.import"].with_user(accountant).create({})

    def two_taxes(self):
        return self.gst + self.gst.copy({"name": "Levy"})


@tagged("post_install", "-at_install")
class TestContactRights(RpcCase):
    """Which group does what; what no button offers is not done at all."""

    def test_each_group_has_its_rights_on_each_model_and_no_more(self):
        for number, name in enumerate(GROUPS):
            user = self.one_of(name)
            for model, rights in RIGHTS.items():
                allowed = {
                    operation
                    for operation in OPERATIONS
                    if self.env[model].with_user(user).has_access(operation)
                }
                with self.subTest(group=name, model=model):
                    self.assertEqual(allowed, set(rights[number].split()))

    def test_private_methods_are_refused_to_every_caller(self):
        user = self.one_of("administrator")
        for model, methods in PRIVATE_METHODS.items():
            for method in methods:
                with self.subTest(model=model, method=method):
                    self.refused(user, self.env[model], method)

    def test_who_is_no_xero_user_neither_sees_nor_sets_a_link(self):
        employee = self.one_of("employee")
        contact = self.read_contact("City Agency")
        self.refused(employee, self.customer, "read", ["xero_contact_id"])
        for name in ("xero_contact_id", "xero_create_choice", "xero_create"):
            value = contact.id if name == "xero_contact_id" else "yes"
            with self.subTest(field=name):
                self.refused(employee, self.customer, "write", {name: value})

    def test_who_may_not_change_a_partner_does_not_have_it_created(self):
        user = self.one_of("user")
        self.refused(user, self.customer, "action_xero_create")
        self.refused(user, self.customer, "write", {"xero_create_choice": "yes"})
        self.assertFalse(self.env["xero.contact"].search([("state", "=", "pending")]))

    def test_who_may_not_change_a_product_does_not_have_it_created(self):
        user = self.one_of("user")
        self.product.default_code = "TABLE"
        for records in (self.product, self.product.product_tmpl_id):
            with self.subTest(records._name):
                self.refused(user, records, "action_xero_create")

    def test_portal_customer_has_nothing_created(self):
        user = self.one_of("portal", partner_id=self.customer.id)
        self.refused(user, self.customer, "action_xero_create")
        self.refused(user, self.customer, "action_xero_find_contact")

    def test_rows_are_not_written_through_the_partner_or_document(self):
        accountant = self.one_of("accountant")
        contact = self.read_contact("City Agency")
        for values in ({"name": "Forged"}, {"xero_id": False}, {"partner_id": False}):
            with self.subTest(values=values):
                self.refused(accountant, contact, "write", values)
        self.refused(accountant, contact, "unlink")

    def test_nothing_of_an_import_is_forged_when_it_is_made(self):
        accountant = self.one_of("accountant")
        imports = self.env["xero.import"].with_user(accountant)
        line = {"contact_id": self.read_contact("City Agency").id, "action": "link"}
        for values in (
            {"state": "running"},
            {"line_ids": [Command.create({**line, "name": "Forged"})]},
            {"read_at": "2026-01-01"},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                call_kw(imports, "create", [values], {})

    def test_accountant_chooses_of_a_tracking_category_its_plan_only(self):
        accountant = self.one_of("accountant")
        category = self.env["xero.tracking.category"].search([], limit=1)
        for values in ({"name": "Forged"}, {"xero_key": "x"}, {"active": False}):
            with self.subTest(values=values):
                self.refused(accountant, category, "write", values)


@tagged("post_install", "-at_install")
class TestContactsOfOtherCompanies(RpcCase):
    """Somebody of another company, with every right there, has none here."""

    def setUp(self):
        super().setUp()
        self.other = self.setup_other_company(name="Hobart Pty")["company"]
        self.theirs = self.connect_to_britain(self.other)
        self.stranger = self.one_of("administrator", self.other)

    def rows_of_a_company(self):
        """A row of each model, in this company's organisation."""
        found = self.new_import()
        tax_set = self.env["xero.tax.set"].sudo()
        return [
            self.read_contact("City Agency"),
            self.env["xero.item"].sudo().search([], limit=1),
            found,
            tax_set._of(self.connection.sudo(), self.two_taxes()),
            *(
                self.env[model].search(
                    [("connection_id", "=", self.connection.id)], limit=1
                )
                for model in (
                    "xero.tracking.category",
                    "xero.tracking.option",
                    "xero.branding.theme",
                    "xero.currency",
                )
            ),
        ]

    def test_nothing_is_read_changed_or_deleted(self):
        for row in self.rows_of_a_company():
            with self.subTest(row._name):
                self.assertTrue(row, row._name)
                self.refused(self.stranger, row, "read", ["display_name"])
                self.refused(self.stranger, row, "write", {"display_name": "x"})
                self.refused(self.stranger, row, "unlink")

    def test_no_button_of_theirs_works_here(self):
        found = self.new_import()
        for method in ("action_read", "action_run", "action_retry", "action_cancel"):
            with self.subTest(method):
                self.refused(self.stranger, found, method)
        self.assertEqual(found.state, "draft")

    def test_no_import_reads_another_companys_organisation(self):
        imports = self.env["xero.import"].with_user(self.stranger)
        values = {"connection_id": self.connection.id}
        with self.assertRaises(AccessError):
            call_kw(imports, "create", [values], {})

    def test_import_is_not_moved_to_another_companys_organisation(self):
        imports = self.env["xero.import"].with_user(self.stranger)
        own = imports.create({"connection_id": self.theirs.id})
        with self.assertRaises(UserError):
            self.rpc(self.stranger, own, "write", {"connection_id": self.connection.id})

    def test_set_of_taxes_is_not_put_into_another_companys_mapping(self):
        sets = self.env["xero.tax.set"].with_user(self.stranger)
        values = {
            "connection_id": self.connection.id,
            "tax_ids": [Command.set(self.two_taxes().ids)],
        }
        with self.assertRaises(AccessError):
            call_kw(sets, "create", [values], {})

    def test_set_of_taxes_is_not_moved_to_another_companys_mapping(self):
        sets = self.env["xero.tax.set"].sudo()
        own = sets._of(self.theirs.sudo(), self.two_taxes())
        with self.assertRaises(UserError):
            self.rpc(self.stranger, own, "write", {"connection_id": self.connection.id})

    def test_settings_of_another_company_are_not_changed(self):
        for name in ("auto_customer", "update_contacts", "update_items"):
            with self.subTest(name):
                self.refused(self.stranger, self.connection, "write", {name: False})

    def test_shared_partner_is_not_linked_to_another_companys_contact(self):
        self.stranger.group_ids += self.env.ref("base.group_partner_manager")
        contact = self.read_contact("City Agency")
        with self.assertRaises(UserError):
            self.rpc(
                self.stranger,
                self.customer,
                "write",
                {"xero_contact_id": contact.id},
            )

    def test_file_links_no_partner_to_another_companys_contact(self):
        self.stranger.group_ids += self.env.ref("base.group_partner_manager")
        contact = self.read_contact("City Agency")
        partners = self.env["res.partner"].with_user(self.stranger)
        rows = [["Harbour Cafe", str(contact.id)]]
        result = call_kw(partners, "load", [["name", "xero_contact_id/.id"], rows], {})
        self.assertFalse(result["ids"])
        self.assertFalse(partners.search([("name", "=", "Harbour Cafe")]))

    def test_link_of_a_shared_partner_is_each_companys_own(self):
        contact = self.read_contact("City Agency")
        self.customer.xero_contact_id = contact
        link = self.rpc(self.stranger, self.customer, "read", ["xero_contact_id"])
        self.assertFalse(link[0]["xero_contact_id"])
