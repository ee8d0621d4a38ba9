"""Every method a browser may call, called by who may not."""

from odoo.tests import tagged
from odoo.tests.common import mute_logger

from .security_case import REFUSALS
from .security_rows import SecurityRowsCase

DOCUMENT = {
    "action_xero_check_now",
    "action_xero_fix",
    "action_xero_open",
    "action_xero_preview",
    "action_xero_send",
    "action_xero_send_as_new",
    "action_xero_send_many",
}
CREATION = {"action_xero_create"}
MAPPING = {"action_xero_accept_proposal", "action_xero_choose"}
# What has no underscore is offered to every browser. A new one belongs here, and is
# refused below to all who may not call it.
METHODS = {
    "account.account": MAPPING,
    "account.analytic.account": {"action_xero_accept_proposal"},
    "account.move": {*DOCUMENT, "action_xero_open_online_invoice"},
    "account.tax": MAPPING,
    "product.product": CREATION,
    "product.template": CREATION,
    "purchase.order": DOCUMENT,
    "res.config.settings": {
        "action_xero_choose_organisation",
        "action_xero_connect",
        "action_xero_disconnect",
        "action_xero_open_connection",
        "action_xero_open_mapping",
        "action_xero_refresh_choices",
        "action_xero_replaces",
        "action_xero_set_up",
    },
    "res.partner": {*CREATION, "action_xero_find_contact"},
    "sale.order": DOCUMENT,
    "xero.allocation": {"action_open_record", "action_send_again", "action_skip"},
    "xero.comparison": {
        "action_cancel",
        "action_compare",
        "action_continue",
        "action_open_lines",
        "action_pause",
        "action_report",
    },
    "xero.comparison.line": {
        "action_open",
        "action_open_document",
        "action_open_record",
        "action_open_xero",
    },
    "xero.comparison.link": {"action_link"},
    "xero.connection": {
        "action_accept_proposals",
        "action_check_now",
        "action_choose_defaults",
        "action_choose_organisation",
        "action_choose_scope",
        "action_connect",
        "action_continue",
        "action_decide_existing",
        "action_decide_scope",
        "action_disconnect",
        "action_enter_application",
        "action_open_accounts",
        "action_open_calls",
        "action_open_existing",
        "action_open_figure",
        "action_open_found",
        "action_open_mapping",
        "action_open_mapping_issues",
        "action_open_never_sent",
        "action_open_tax_sets",
        "action_open_taxes",
        "action_pause",
        "action_refresh_choices",
        "action_replaces",
        "action_set_up",
    },
    "xero.contact": {"action_find_in_xero", "action_open_record", "action_send_again"},
    "xero.contact.link": {"action_create", "action_link"},
    "xero.contact.link.line": {"action_link"},
    "xero.document": {
        "action_ask_who",
        "action_check_now",
        "action_link",
        "action_open_record",
        "action_replace",
        "action_send_again",
        "action_send_as_new",
        "action_skip",
    },
    "xero.document.link": {"action_link"},
    "xero.document.preview": {"action_fix", "action_send"},
    "xero.document.replace": {"action_replace"},
    "xero.document.send": {"action_send"},
    "xero.document.skip": {"action_skip"},
    "xero.existing": {
        "action_cancel",
        "action_continue",
        "action_open_lines",
        "action_pause",
        "action_preview",
        "action_report",
        "action_run",
    },
    "xero.existing.line": {
        "action_open_record",
        "action_open_xero",
        "action_run_existing",
        "action_set_link",
        "action_set_send",
        "action_set_skip",
    },
    "xero.existing.problem": {"action_cure", "action_open_lines"},
    "xero.import": {
        "action_cancel",
        "action_open_lines",
        "action_read",
        "action_report",
        "action_retry",
        "action_run",
    },
    "xero.import.line": {
        "action_run_import",
        "action_set_create",
        "action_set_link",
        "action_set_skip",
    },
    "xero.issue": {
        "action_ask_who",
        "action_cure",
        "action_fix",
        "action_open_moves",
        "action_open_orders",
        "action_open_purchases",
        "action_replace",
        "action_skip",
        "action_try_again",
        "action_try_all_again",
        "action_try_kind_again",
    },
    "xero.item": {"action_open_record", "action_send_again"},
    "xero.organisation.choose": {"action_choose"},
    "xero.organisation.choose.option": {"action_choose"},
    "xero.tax.set": MAPPING,
    "xero.tracking.category": {"action_accept_proposal"},
}
# These overrides of Odoo's ask for rights by themselves: see test_security_table.py
ORM = {"create", "write", "unlink", "web_read", "get_empty_list_help"}
# They only lead to a page, which asks for rights by itself
ONLY_LEAD = {
    ("account.account", "action_xero_choose"),
    ("account.tax", "action_xero_choose"),
    ("res.config.settings", "action_xero_open_connection"),
    ("xero.connection", "action_open_mapping_issues"),
}
# What belongs to all companies may be asked for in one's own, which is not connected;
# of another company's settings, whose connection is not seen, they end in an error
NOT_CONNECTED = {
    ("res.config.settings", "action_xero_choose_organisation"),
    ("res.config.settings", "action_xero_open_mapping"),
    ("res.partner", "action_xero_create"),
    ("res.partner", "action_xero_find_contact"),
}
ARGUMENTS = {
    ("xero.allocation", "action_skip"): ["By hand"],
    ("xero.document", "action_link"): ["INV-0001"],
}


@tagged("post_install", "-at_install")
class TestSecurityMethods(SecurityRowsCase):
    questions = frozenset(
        ["xero.comparison.link", "xero.contact.link", "xero.contact.link.line"]
        + ["xero.document.link", "xero.document.preview", "xero.document.replace"]
        + ["xero.document.send", "xero.document.skip", "xero.organisation.choose"]
        + ["xero.organisation.choose.option"]
    )

    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("odoo.http"))
        self.order = self.confirmed_order()
        self.run_job(self.connection)

    def test_every_public_method_is_on_the_list(self):
        found = {}
        for name, model in self.env.registry.items():
            if not model._abstract:
                found[name] = self.public_methods(model) - ORM
        # Bank lines are journal entries by delegation, and have their methods
        del found["account.bank.statement.line"]
        self.assertEqual({n: m for n, m in found.items() if m}, METHODS)

    def public_methods(self, model):
        """Those that are declared in the addon and may be called from outside."""
        return {
            name
            for kind in model.__mro__
            if kind.__module__.startswith("odoo.addons.xero_sync.")
            for name, value in vars(kind).items()
            if not name.startswith("_")
            and callable(value)
            and not getattr(value, "_api_private", False)
        }

    def target(self, model):
        """The row that is attacked."""
        own = {
            "account.account": self.company_data["default_account_revenue"],
            "account.tax": self.gst,
            "product.product": self.product,
            "product.template": self.product.product_tmpl_id,
            "res.partner": self.customer,
            "sale.order": self.order,
        }
        if model in own:
            return own[model]
        if model == "account.move":
            return self.new_move("out_invoice")
        if model == "purchase.order":
            return self.new_purchase()
        if model == "account.analytic.account":
            plan = self.env["account.analytic.plan"].create({"name": "A plan"})
            values = {"name": "A", "plan_id": plan.id, "company_id": self.company.id}
            return self.env[model].create(values)
        if model == "res.config.settings":
            return self.env[model].sudo().create({"company_id": self.company.id})
        return self.row(model, self.connection, self.person("administrator"))

    def attack(self):
        """Call everything.

        :return: the methods that were not refused for want of rights
        """
        done = set()
        self.xero.clear_calls()
        for model, methods in METHODS.items():
            row = self.target(model)
            # A request of its own would know nothing of the row yet
            self.env.invalidate_all()
            for method in sorted(methods):
                arguments = ARGUMENTS.get((model, method), [])
                outcome = self.outcome(model, method, row.ids, *arguments)
                if outcome not in REFUSALS:
                    done.add((model, method))
        self.assertEqual(self.xero.calls(), [])
        return done

    def test_somebody_without_a_login_calls_nothing(self):
        self.log_in("nobody")
        self.assertEqual(self.attack(), set())

    def test_a_customer_calls_nothing_not_even_on_the_own_order(self):
        user = self.person("portal")
        self.order.partner_id = user.partner_id
        self.log_in("portal")
        self.assertLessEqual(self.attack(), ONLY_LEAD)

    def test_an_employee_without_our_groups_calls_nothing(self):
        self.log_in("employee")
        self.assertLessEqual(self.attack(), ONLY_LEAD)

    def test_somebody_of_another_company_calls_nothing_whatever_the_rights(self):
        other = self.setup_other_company(name="Hobart Pty")["company"]
        stranger = self.person("administrator", other)
        stranger.group_ids += (
            self.env.ref("sales_team.group_sale_manager")
            + self.env.ref("purchase.group_purchase_manager")
            + self.env.ref("account.group_account_manager")
        )
        self.log_in("administrator", other)
        self.assertLessEqual(self.attack(), ONLY_LEAD | NOT_CONNECTED)

    def test_who_keeps_analytic_accounts_alone_does_not_map_them(self):
        account = self.target("account.analytic.account")
        option = self.row("xero.tracking.option", self.connection)
        user = self.log_in("employee")
        user.group_ids += self.env.ref("analytic.group_analytic_accounting")
        for method, *arguments in (
            ("write", {"xero_tracking_option_id": option.id}),
            ("action_xero_accept_proposal",),
        ):
            with self.subTest(method):
                outcome = self.outcome(account._name, method, account.ids, *arguments)
                self.assertIn(outcome, REFUSALS)

    def test_an_option_of_another_company_is_not_told_of_an_analytic_account(self):
        other = self.setup_other_company(name="Hobart Pty")["company"]
        theirs = self.connect_to_britain(other)
        option = self.row("xero.tracking.option", theirs)
        account = self.target("account.analytic.account")
        user = self.log_in("accountant")
        user.group_ids += self.env.ref("analytic.group_analytic_accounting")
        values = {"xero_tracking_option_id": option.id}
        outcome = self.outcome(account._name, "write", account.ids, values)
        self.assertEqual(outcome, "odoo.exceptions.ValidationError")

    def test_a_default_in_the_context_starts_no_import(self):
        """A person looks at what is found before it is made in Odoo."""
        self.log_in("accountant")
        for name, value in (("state", "running"), ("is_stopped", True)):
            context = {f"default_{name}": value}
            made = self.call("xero.import", "create", [{}], context=context)
            found = self.env["xero.import"].browse(made)
            self.assertEqual((found.state, found.is_stopped), ("draft", False))
