from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import CUSTOM_CLIENT_ID, CUSTOM_CLIENT_SECRET
from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestOneCompanyPerOrganisation(ConnectedCase):
    """An organisation keeps the books of one company."""

    def setUp(self):
        super().setUp()
        self.other = self.setup_other_company(name="Hobart Pty")["company"]
        self.theirs = self.env["xero.connection"].create(
            {
                "company_id": self.other.id,
                "auth_method": "client_credentials",
                "client_id": CUSTOM_CLIENT_ID,
                "client_secret": CUSTOM_CLIENT_SECRET,
            }
        )

    def press(self, connection):
        connection.action_connect()
        self.finish_request()

    def test_another_company_is_refused_and_told_whose_it_is(self):
        self.press(self.theirs)
        self.assertEqual(self.theirs.state, "draft")
        self.assertFalse(self.theirs.tenant_id)
        self.assertIn(self.company.name, self.theirs.state_message)

    def test_a_connection_in_use_stays_its_companys(self):
        with self.assertRaisesRegex(UserError, "keeps the books of"):
            self.connection.company_id = self.other
        self.theirs.company_id = self.company.create({"name": "Third"})

    def test_an_administrator_who_does_not_see_the_other_company_is_told_too(self):
        self.env.user.write(
            {"company_id": self.other.id, "company_ids": [Command.set(self.other.ids)]}
        )
        self.press(self.theirs.with_context(allowed_company_ids=self.other.ids))
        self.assertEqual(self.theirs.state, "draft")

    def test_while_the_first_needs_a_reconnect_it_keeps_its_organisation(self):
        self.connection.sudo().state = "broken"
        self.press(self.theirs)
        self.assertEqual(self.theirs.state, "draft")

    def test_once_disconnected_there_it_is_free(self):
        self.connection.action_disconnect()
        self.finish_request()
        self.press(self.theirs)
        self.assertEqual(self.theirs.state, "connected", self.theirs.state_message)
        self.press(self.connection)
        self.assertEqual(self.connection.state, "draft")
        self.assertIn("Hobart Pty", self.connection.state_message)

    def test_an_archived_connection_is_not_restored_beside_the_one_that_followed(self):
        self.connection.active = False
        self.press(self.theirs)
        self.assertEqual(self.theirs.state, "connected", self.theirs.state_message)
        with self.assertRaises(UserError) as refused:
            self.connection.active = True
        self.assertIn("keeps the books of Hobart Pty", str(refused.exception))
        self.assertFalse(self.connection.active)

    def test_of_two_archived_connections_of_an_organisation_only_one_is_restored(self):
        self.connection.active = False
        self.press(self.theirs)
        self.theirs.active = False
        with self.assertRaises(UserError) as refused:
            (self.connection | self.theirs).active = True
        self.assertIn("keeps the books of", str(refused.exception))
        self.assertFalse(self.connection.active)
        self.connection.active = True
        self.assertTrue(self.connection.active)

    def test_an_archived_connection_is_restored_when_the_other_was_disconnected(self):
        self.connection.active = False
        self.press(self.theirs)
        self.theirs.action_disconnect()
        self.finish_request()
        self.connection.active = True
        self.assertTrue(self.connection._is_live())
