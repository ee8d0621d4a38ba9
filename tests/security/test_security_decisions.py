from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..connected_case import ConnectedCase

ACCOUNTANT = "base.group_user,xero_sync.xero_sync_group_accountant"
# A decision's button, and what a browser would send with it
DECISIONS = {
    "action_skip": ["Not wanted"],
    "action_replace": [],
    "action_send_as_new": [],
    "action_link": ["INV-0001"],
}
WIZARDS = {
    "xero.document.replace": ("document_ids", {"shown": {}}),
    "xero.document.skip": ("document_ids", {"reason": "Not wanted"}),
    "xero.document.link": ("document_id", {"number": "INV-0001"}),
}


@tagged("post_install", "-at_install")
class TestSecurityOfDecisions(ConnectedCase):
    """What becomes of a document that was changed in Xero, an accountant decides."""

    def setUp(self):
        super().setUp()
        self.order = self.confirmed_order()
        self.run_job(self.connection)
        self.document = self.order.xero_document_ids
        self.xero.clear_calls()

    def call(self, user, model, name, *args):
        """Call a method as the browser of a user does."""
        env = self.env(user=user)
        return call_kw(env[model], name, list(args), {})

    def assert_left_alone(self):
        self.env.flush_all()
        self.finish_request()
        self.assertEqual(self.document.state, "synced")
        self.assertTrue(self.document.xero_id)
        self.assertEqual(self.xero.calls(), [])

    def assert_may_not_decide(self, user):
        """Neither by the buttons nor through the wizards."""
        for name, arguments in DECISIONS.items():
            with self.subTest(method=name), self.assertRaises(AccessError):
                self.call(user, "xero.document", name, self.document.ids, *arguments)
        for model, (field, values) in WIZARDS.items():
            with self.subTest(wizard=model), self.assertRaises(AccessError):
                target = (
                    self.document.id
                    if field == "document_id"
                    else [[6, 0, self.document.ids]]
                )
                values = {**values, field: target}
                wizard = self.call(user, model, "create", [values])
                action = model.rpartition(".")[2]
                self.call(user, model, f"action_{action}", wizard)
        self.assert_left_alone()

    def test_a_salesperson_may_not_decide(self):
        self.assert_may_not_decide(
            self.new_user("seller", "sales_team.group_sale_manager")
        )

    def test_a_bookkeeper_without_the_groups_may_not_decide(self):
        self.assert_may_not_decide(
            self.new_user("biller", "account.group_account_manager")
        )

    def test_another_companys_accountant_may_not_decide(self):
        other = self.setup_other_company()["company"]
        self.assert_may_not_decide(self.new_user("stranger", ACCOUNTANT, other))

    def test_an_accountant_skips_with_a_reason(self):
        accountant = self.new_user("accountant", ACCOUNTANT)
        wizard = self.call(
            accountant,
            "xero.document.skip",
            "create",
            [{"document_ids": [[6, 0, self.document.ids]], "reason": "By hand"}],
        )
        self.call(accountant, "xero.document.skip", "action_skip", wizard)
        self.assertEqual(self.document.state, "skipped")
        self.assertEqual(self.document.skip_reason, "By hand")

    def test_an_accountant_sends_as_new(self):
        accountant = self.new_user("accountant", ACCOUNTANT)
        before = self.document.xero_id
        self.call(accountant, "xero.document", "action_send_as_new", self.document.ids)
        self.finish_request()
        self.assertEqual(self.document.state, "synced")
        self.assertNotEqual(self.document.xero_id, before)

    def test_the_chosen_number_leads_to_no_other_address_of_xero(self):
        accountant = self.new_user("accountant", ACCOUNTANT)
        purchase = self.approved_purchase()
        self.run_job(self.connection)
        for number in ("../Organisation", "..%2FOrganisation", "a?b=c", '" OR 1=1'):
            for row in self.document + purchase.xero_document_ids:
                with self.subTest(number=number, kind=row.kind):
                    self.xero.clear_calls()
                    self.call(
                        accountant, "xero.document", "action_link", row.ids, number
                    )
                    self.finish_request()
                    self.assertEqual(row.state, "failed")
                    places = {
                        call["path"].removeprefix("/api.xro/2.0/").split("/")[0]
                        for call in self.xero.calls()
                    }
                    self.assertEqual(places, {row._xero_endpoint()})

    def test_inner_methods_are_not_called_by_a_browser(self):
        accountant = self.new_user("accountant", ACCOUNTANT)
        for name in ("_settle_link", "_values_when_gone", "_unskip", "_mark_changed"):
            with self.subTest(method=name), self.assertRaises(AccessError):
                self.call(accountant, "xero.document", name, self.document.ids)
