"""Who may read, write, create and delete what: the whole table, through calls."""

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .security_case import ACCESS_ERROR, GROUPS, REFUSALS
from .security_rows import SecurityRowsCase

# What each of GROUPS may do in its own company, in their order: (r)ead, (w)rite,
# (c)reate, (u)nlink. In another company nobody may do anything. Who sells or buys reads
# documents' rows, too (test_security_documents.py).
NO = "-"
TABLE = {
    # model                         nobody portal employee user accountant administrator
    "xero.connection": (NO, NO, NO, "r", "rw", "rwcu"),
    "xero.token": (NO, NO, NO, NO, NO, NO),
    "xero.doorbell": (NO, NO, NO, NO, NO, NO),
    "xero.document": (NO, NO, NO, NO, "r", "r"),
    "xero.allocation": (NO, NO, NO, NO, "r", "r"),
    "xero.contact": (NO, NO, NO, "r", "r", "r"),
    "xero.item": (NO, NO, NO, "r", "r", "r"),
    "xero.issue": (NO, NO, NO, NO, "r", "r"),
    "xero.found": (NO, NO, NO, NO, "r", "r"),
    "xero.call": (NO, NO, NO, NO, "r", "r"),
    "xero.change": (NO, NO, NO, NO, NO, NO),
    "xero.request": (NO, NO, NO, NO, "r", "r"),
    "xero.account": (NO, NO, NO, "r", "r", "r"),
    "xero.tax.rate": (NO, NO, NO, "r", "r", "r"),
    "xero.tax.set": (NO, NO, NO, "r", "rwcu", "rwcu"),
    "xero.currency": (NO, NO, NO, "r", "r", "r"),
    "xero.branding.theme": (NO, NO, NO, "r", "r", "r"),
    "xero.tracking.category": (NO, NO, NO, "r", "rw", "rw"),
    "xero.tracking.option": (NO, NO, NO, "r", "r", "r"),
    "xero.import": (NO, NO, NO, NO, "rwcu", "rwcu"),
    "xero.import.line": (NO, NO, NO, NO, "rw", "rw"),
    "xero.comparison": (NO, NO, NO, NO, "rwcu", "rwcu"),
    "xero.comparison.line": (NO, NO, NO, NO, "r", "r"),
    "xero.comparison.sum": (NO, NO, NO, NO, "r", "r"),
    "xero.existing": (NO, NO, NO, NO, "rwcu", "rwcu"),
    "xero.existing.line": (NO, NO, NO, NO, "rw", "rw"),
    "xero.existing.candidate": (NO, NO, NO, NO, "r", "r"),
    "xero.existing.problem": (NO, NO, NO, NO, "r", "r"),
    "xero.existing.sum": (NO, NO, NO, NO, "r", "r"),
}
# The same of one's own questions; of other people's nobody may do anything.
QUESTIONS = {
    "xero.comparison.link": (NO, NO, NO, NO, "rwc", "rwc"),
    "xero.contact.link": (NO, NO, NO, "rwc", "rwc", "rwc"),
    "xero.contact.link.line": (NO, NO, NO, "r", "r", "r"),
    "xero.document.link": (NO, NO, NO, NO, "rwc", "rwc"),
    "xero.document.preview": (NO, NO, NO, "rwc", "rwc", "rwc"),
    "xero.document.replace": (NO, NO, NO, NO, "rwc", "rwc"),
    "xero.document.send": (NO, NO, NO, "rwc", "rwc", "rwc"),
    "xero.document.skip": (NO, NO, NO, NO, "rwc", "rwc"),
    "xero.organisation.choose": (NO, NO, NO, NO, NO, "rwc"),
    "xero.organisation.choose.option": (NO, NO, NO, NO, NO, "rwc"),
}


# What Odoo writes about each call that is refused
REFUSED = mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.rpc.controllers.xmlrpc")


@tagged("post_install", "-at_install")
class TestSecurityTable(SecurityRowsCase):
    """Model × group × company × operation."""

    questions = QUESTIONS.keys()

    def setUp(self):
        super().setUp()
        self.other = self.setup_other_company(name="Hobart Pty")["company"]
        self.theirs = self.connect_to_britain(self.other)
        self.enterContext(REFUSED)

    def test_every_model_of_the_addon_is_in_the_table(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "xero_sync" and not model._abstract
        }
        self.assertEqual(models, TABLE.keys() | QUESTIONS.keys())

    def test_each_group_does_in_its_company_what_the_table_says_and_no_more(self):
        for number, group in enumerate(GROUPS):
            user = self.log_in(group)
            for model, rights in (TABLE | QUESTIONS).items():
                with self.subTest(group=group, model=model):
                    row = self.row(model, self.connection, user)
                    allowed = self.allowed(model, row)
                    self.assertEqual(allowed or NO, rights[number])

    def test_nobody_does_anything_in_another_company(self):
        for group in GROUPS:
            self.log_in(group, self.other)
            for model in TABLE:
                with self.subTest(group=group, model=model):
                    row = self.row(model, self.connection)
                    self.assertFalse(self.allowed(model, row, "rwu"))
                    if "connection_id" in self.env[model]._fields:
                        self.assert_not_created(model)

    def test_nobody_does_anything_with_the_questions_of_others(self):
        somebody = self.person("administrator")
        for group in GROUPS:
            self.log_in(group, self.other)
            for model in QUESTIONS:
                with self.subTest(group=group, model=model):
                    row = self.row(model, self.connection, somebody)
                    self.assertFalse(self.allowed(model, row, "rwu"))

    def test_other_ways_in_know_the_same_rules(self):
        """XML-RPC and the JSON API go through the same door; see that they do."""
        user = self.person("user")
        arguments = [self.env.cr.dbname, user.id, user.login, "xero.request"]
        with self.assertRaisesRegex(Exception, "Accountant: map, link"):
            self.xmlrpc_object.execute_kw(*arguments, "search_read", [[]])
        key = self.env["res.users.apikeys"].with_user(user).sudo()
        key = key._generate("rpc", "a test", None)
        self.env.flush_all()
        answer = self.url_open(
            "/json/2/xero.request/search_read",
            json={"domain": []},
            headers={"Authorization": f"Bearer {key}"},
        )
        self.assertEqual(answer.json()["name"], ACCESS_ERROR)

    # === CALLS === #

    def allowed(self, model, row, operations="rwcu"):
        """The letters of the operations that are not refused for want of rights.

        Rights are asked first, so that an operation that fails for other reasons, or
        does nothing, tells too.
        """
        arguments = {
            "r": ("read", row.ids, ["id"]),
            "w": ("write", row.ids, {}),
            "c": ("create", [{}]),
            "u": ("unlink", row.ids),
        }
        outcomes = {
            letter: self.outcome(model, *arguments[letter]) for letter in operations
        }
        return "".join(
            letter for letter, outcome in outcomes.items() if outcome not in REFUSALS
        )

    def assert_not_created(self, model):
        """Nothing is made in the connection of a company one is not in."""
        values = {"connection_id": self.connection.id}
        if model == "xero.tax.set":
            values["tax_ids"] = [Command.set(self.two_taxes().ids)]
        self.assertIn(self.outcome(model, "create", [values]), REFUSALS)
