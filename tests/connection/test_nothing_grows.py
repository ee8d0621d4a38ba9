from odoo.tests import tagged

from .housekeeping_case import HousekeepingCase

# What keeps each of the addon's tables from growing for ever
BOUNDS = {
    # The vacuum
    "xero_request": "removed when finished, after the set time",
    "xero_issue": "one is open for a cause; solved ones are removed",
    "xero_call": "one for a cause and a day; removed after the set time",
    "xero_found": "removed when entered again, or after the set time",
    "xero_import": "removed after the set time, but while at work",
    "xero_import_line": "goes with its import",
    "xero_import_line_partner_rel": "goes with its line",
    "xero_import_line_product_rel": "goes with its line",
    "xero_comparison": "removed after the set time, but while at work",
    "xero_comparison_line": "goes with its comparison",
    "xero_comparison_sum": "goes with its comparison",
    "xero_comparison_seen_rel": "emptied when the comparison is done",
    "xero_existing": "removed after the set time, but while at work",
    "xero_existing_line": "goes with its existing documents",
    "xero_existing_candidate": "goes with its existing documents",
    "xero_existing_problem": "goes with its existing documents",
    "xero_existing_line_candidate_rel": "goes with its line",
    "xero_existing_line_problem_rel": "goes with its line",
    "xero_existing_product_rel": "goes with its existing documents",
    # Odoo's records
    "xero_document": "one for a kind of an Odoo record; goes some time after it",
    "xero_allocation": "one for a credit note and what it credits; goes with them",
    "xero_document_xero_issue_rel": "goes with the document or the issue",
    "xero_contact_xero_issue_rel": "goes with the contact or the issue",
    "xero_issue_xero_item_rel": "goes with the item or the issue",
    "xero_allocation_xero_issue_rel": "goes with the allocation or the issue",
    "xero_document_xero_item_rel": "emptied when the item is there",
    "xero_tax_set": "one for the taxes that documents combine",
    "account_tax_xero_tax_set_rel": "goes with the tax or the set",
    "res_partner_xero_contact_rel": "one for each time a person took a link away",
    "product_product_xero_item_rel": "one for each time a person took a link away",
    # Xero's lists: as long as Xero lets them be
    "xero_contact": "Xero's contacts, and one on its way for a partner",
    "xero_item": "Xero's items, and one on its way for a product",
    "xero_account": "Xero's accounts; archived ones show what was linked",
    "xero_tax_rate": "Xero's tax rates; archived ones show what was linked",
    "xero_currency": "Xero's currencies",
    "xero_branding_theme": "Xero's themes",
    "xero_tracking_category": "Xero's tracking categories",
    "xero_tracking_option": "Xero's tracking options",
    # One for each connection
    "xero_connection": "a person makes them",
    "xero_token": "one for a connection",
    # The job removes what it has taken in
    "xero_change": "one for a change while its row was being sent",
    "xero_doorbell": "one for a connection that is to be read, one more by a person",
    # Questions asked of a person: Odoo removes them within a day
    "xero_comparison_link": "transient",
    "xero_contact_link": "transient",
    "xero_contact_link_line": "transient",
    "xero_document_link": "transient",
    "xero_document_replace": "transient",
    "xero_document_xero_document_replace_rel": "transient",
    "xero_document_preview": "transient",
    "xero_document_send": "transient",
    "xero_document_skip": "transient",
    "xero_document_xero_document_skip_rel": "transient",
    "xero_allocation_xero_document_skip_rel": "transient",
    "xero_organisation_choose": "transient",
    "xero_organisation_choose_option": "transient",
}


@tagged("post_install", "-at_install")
class TestNothingGrowsForEver(HousekeepingCase):
    def test_each_table_is_bounded_by_something(self):
        tables = {
            table
            for model in self.env.values()
            if model._name.startswith("xero.") and not model._abstract and model._auto
            for table in (model._table, *self.relations_of(model))
        }
        self.assertEqual(tables, set(BOUNDS))

    def relations_of(self, model):
        return {
            field.relation
            for field in model._fields.values()
            if field.type == "many2many" and field.store
        }

    def test_what_goes_with_another_row_is_deleted_by_the_database(self):
        self.env.cr.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND confdeltype = 'c'"
        )
        cascading = {table for (table,) in self.env.cr.fetchall()}
        going = {table for table, why in BOUNDS.items() if "goes with" in why}
        self.assertLessEqual(going, cascading)

    def test_a_day_without_work_leaves_nothing(self):
        """The job runs every ten minutes: what it left each time would add up."""
        self.run_job(self.connection)
        before = self.row_counts()
        for _turn in range(5):
            self.run_job(self.connection)
        self.assertEqual(self.row_counts(), before)

    def test_a_pause_is_told_once(self):
        self.xero.fault("rate_minute", path="/Invoices", times=3)
        self.confirmed_order()
        self.run_job(self.connection)
        before = self.row_counts("mail_message", "mail_activity")
        for _turn in range(2):
            self.connection.next_allowed = False
            self.run_job(self.connection)
        after = self.row_counts("mail_message", "mail_activity")
        self.assertEqual(after, before)

    def row_counts(self, *tables):
        """Of the addon's tables, and of Odoo's where it leaves something."""
        self.env.flush_all()
        found = {}
        others = ("mail_message", "mail_activity", "ir_attachment", "ir_cron_trigger")
        for table in tables or (*BOUNDS, *others):
            self.env.cr.execute(f"SELECT count(*) FROM {table}")  # our own names
            found[table] = self.env.cr.fetchone()[0]
        return found
