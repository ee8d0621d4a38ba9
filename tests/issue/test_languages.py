from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tests.common import new_test_user

from ...models.document import xero_preview
from .issue_case import IssueCase


@tagged("post_install", "-at_install")
class TestLanguages(IssueCase):
    """Each person reads the addon in their own language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.env["ir.module.module"]._load_module_terms(["xero_sync"], ["de_DE"])
        cls.german = new_test_user(
            cls.env,
            "an_administrator_of_berlin",
            "base.group_user,sales_team.group_sale_manager,"
            "account.group_account_manager,xero_sync.xero_sync_group_administrator",
            company_id=cls.company.id,
            lang="de_DE",
        )

    def as_german(self, record):
        return record.with_user(self.german).with_context(lang=self.german.lang)

    def test_the_xero_line_of_an_order_is_in_the_language_of_its_reader(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_status, "a draft")
        self.env.invalidate_all()
        form = Form(self.as_german(order))
        self.assertEqual(form.xero_status, "Entwurf")
        states = self.as_german(order).fields_get(["xero_state"])["xero_state"]
        self.assertEqual(dict(states["selection"])["synced"], "In Xero")
        arch = self.as_german(order).get_view(view_type="form")["arch"]
        self.assertIn("Vorschau für Xero", arch)
        self.assertNotIn("Preview for Xero", arch)

    def test_an_error_is_in_the_language_of_who_meets_it(self):
        order = self.as_german(self.env["sale.order"]).create(
            {"partner_id": self.customer.id}
        )
        with self.assertRaisesRegex(UserError, "Es gibt noch nichts zu senden"):
            order.action_xero_send()

    def test_the_digest_is_in_the_language_of_who_gets_it(self):
        self.connection.responsible_id = self.german
        self.failed_order()
        reader = self.german.partner_id
        domain = [("partner_ids", "in", reader.ids), ("subject", "!=", False)]
        mail = self.env["mail.message"].sudo().search(domain).ensure_one()
        self.assertIn("1 offenes Xero-Problem von", mail.subject)
        self.assertIn("Diese Probleme halten Belege von", mail.body)
        self.assertIn("Steuern zuordnen", mail.body)
        self.assertNotIn("Issues", mail.body)

    def test_a_preview_is_in_the_language_of_what_is_sent(self):
        self.company.partner_id.lang = "de_DE"
        order = self.confirmed_order()
        self.run_job(self.connection)
        [preview] = self.as_german(order).with_context(lang="en_US")._xero_preview()
        self.assertEqual(preview.outcome, xero_preview.SAME)

    def test_causes_are_of_the_kinds_that_issues_have_in_each_language(self):
        problems = self.as_german(self.env["xero.existing.problem"])
        issues = self.as_german(self.env["xero.issue"])
        for name in ("kind", "cure"):
            [described] = problems.fields_get([name], ["selection"]).values()
            [meant] = issues.fields_get([name], ["selection"]).values()
            self.assertEqual(described, meant)
            self.assertNotEqual(meant["selection"], issues._fields[name].selection)
