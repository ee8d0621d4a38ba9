from odoo.tests import tagged

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestLostConnection(ConnectedCase):
    """A lost connection is told to who can mend it, once, until it is mended."""

    def tasks(self):
        return self.connection.sudo().activity_ids

    def lose_it(self):
        self.xero.disconnect()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "broken")

    def test_the_responsible_gets_one_task(self):
        self.lose_it()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.tasks().user_id, self.connection.responsible_id)
        self.assertEqual(len(self.tasks()), 1)
        self.assertIn("disconnected in Xero", self.tasks().note)

    def test_the_responsible_gets_an_email(self):
        other = self.env.user.copy({"name": "Ben", "login": "ben"})
        self.connection.responsible_id = other
        sent = self.env["mail.message"].sudo().search([], order="id desc", limit=1).id
        self.lose_it()
        messages = self.env["mail.message"].sudo().search([("id", ">", sent)])
        self.assertIn(other.partner_id, messages.partner_ids)

    def other_administrator(self):
        """Somebody else who may connect the company, after the present user."""
        return self.env.user.copy({"name": "Ben", "login": "ben"})

    def leave_to(self, other):
        """Nobody else who may connect the company is there."""
        group = self.env.ref("xero_sync.xero_sync_group_administrator")
        for user in group.all_user_ids - other:
            user.group_ids -= group

    def test_the_task_of_who_is_archived_goes_to_who_is_there(self):
        other = self.other_administrator()
        self.connection.responsible_id = other
        self.lose_it()
        other.action_archive()
        self.assertEqual(len(self.tasks()), 1)
        self.assertEqual(self.tasks().user_id, self.connection.create_uid)
        self.assertIn("disconnected in Xero", self.tasks().note)

    def test_the_task_of_who_may_not_act_any_more_goes_on(self):
        other = self.other_administrator()
        self.connection.responsible_id = other
        self.lose_it()
        other.group_ids -= self.env.ref("xero_sync.xero_sync_group_administrator")
        self.assertEqual(self.tasks().user_id, self.connection.create_uid)

    def test_the_task_of_who_is_deleted_goes_on(self):
        other = self.other_administrator()
        self.connection.responsible_id = other
        self.lose_it()
        other.unlink()
        self.assertEqual(self.tasks().user_id, self.connection.create_uid)

    def test_who_was_archived_before_gets_no_task(self):
        other = self.other_administrator()
        self.connection.responsible_id = other
        other.action_archive()
        self.lose_it()
        self.assertEqual(self.tasks().user_id, self.connection.create_uid)

    def test_any_other_administrator_of_the_company_has_the_task(self):
        other = self.other_administrator()
        self.leave_to(other)
        self.lose_it()
        self.assertEqual(self.tasks().user_id, other)

    def test_who_may_act_again_gets_the_task_that_nobody_could_do(self):
        other = self.other_administrator()
        self.leave_to(other)
        other.action_archive()
        self.lose_it()
        self.assertNotEqual(self.tasks().user_id, other)
        other.action_unarchive()
        self.assertEqual(self.tasks().user_id, other)

    def test_connecting_again_does_the_task(self):
        self.xero.fault("forbidden", path="/Contacts")
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertTrue(self.tasks())
        self.connection.action_connect()
        self.finish_request()
        self.assertEqual(self.connection.state, "connected")
        self.assertFalse(self.tasks())
