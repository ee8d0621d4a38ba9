"""With a key in the server's configuration, the database holds no usable secret."""

import os
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import config

from ...models.connection.sealing import OPTION, VARIABLE, unseal
from ..xero_server import CLIENT_SECRET
from .lost_case import LostCase


class SealingCase(LostCase):
    """Keys come and go, as a server is started with them."""

    def setUp(self):
        super().setUp()
        self.key, self.other = (Fernet.generate_key().decode() for _key in range(2))

    def server_has(self, *keys):
        """Odoo is started anew with these keys, or without any."""
        patcher = patch.dict(os.environ, {VARIABLE: ",".join(keys)})
        patcher.start()
        self.addCleanup(patcher.stop)

    def stored(self):
        """What stands in the database, by what it is."""
        token = self.token()
        return {
            "secret": self.connection.client_secret_stored,
            "access": token.access_token,
            "refresh": token.refresh_token,
        }

    def assert_sealed(self, key):
        """Everything is encrypted, and with this key."""
        for name, stored in self.stored().items():
            self.assertTrue(stored.startswith("fernet:"), name)
            Fernet(key).decrypt(stored.removeprefix("fernet:"))


@tagged("post_install", "-at_install")
class TestSealing(SealingCase):
    def test_what_is_entered_and_granted_with_a_key_is_encrypted(self):
        self.server_has(self.key)
        self.connection.client_secret = CLIENT_SECRET
        self.reconnect()
        self.assert_sealed(self.key)
        self.assertEqual(unseal(self.stored()["secret"]), CLIENT_SECRET)

    def test_a_renewed_token_is_encrypted_and_works(self):
        self.server_has(self.key)
        self.stale_token()
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assert_sealed(self.key)
        self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)

    def test_what_was_stored_before_is_encrypted_with_the_next_run(self):
        plain = self.stored()
        self.server_has(self.key)
        self.run_job(self.connection)
        self.assert_sealed(self.key)
        self.assertEqual({k: unseal(v) for k, v in self.stored().items()}, plain)

    def test_a_new_key_before_the_old_one_takes_over_with_the_next_run(self):
        self.server_has(self.key)
        self.run_job(self.connection)
        self.server_has(self.other, self.key)
        self.run_job(self.connection)
        self.assert_sealed(self.other)

    def test_nothing_is_written_when_all_is_encrypted_already(self):
        self.server_has(self.key)
        self.run_job(self.connection)
        before = self.stored()
        self.run_job(self.connection)
        self.assertEqual(self.stored(), before)

    def test_the_key_may_stand_in_odoo_conf(self):
        with patch.dict(config.options, {OPTION: self.key}):
            self.run_job(self.connection)
        self.assert_sealed(self.key)

    def test_blanks_in_the_place_of_a_key_are_none(self):
        self.server_has(" ", "")
        self.connection.client_secret = CLIENT_SECRET
        self.run_job(self.connection)
        self.assertEqual(self.stored()["secret"], CLIENT_SECRET)
        self.assertEqual(self.connection.state, "connected")

    def test_without_a_key_all_stays_as_it_is(self):
        self.server_has()
        self.connection.client_secret = CLIENT_SECRET
        self.run_job(self.connection)
        self.assertEqual(self.stored()["secret"], CLIENT_SECRET)
        self.assertFalse(self.connection.has_secret_key)


@tagged("post_install", "-at_install")
class TestLostKey(SealingCase):
    """Nothing is sent, the connection says why, and all goes on with the key."""

    def setUp(self):
        super().setUp()
        self.server_has(self.key)
        self.before = self.confirmed_order()
        self.run_job(self.connection)

    def test_missing_key(self):
        self.server_has()
        orders = self.lose("has no xero_sync_secret_key")
        self.server_has(self.key)
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_another_key(self):
        self.server_has(self.other)
        orders = self.lose("encrypted with another key")
        self.server_has(self.key)
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_mistyped_key(self):
        self.server_has(self.key[:-2])
        orders = self.lose("is not a Fernet key")
        self.server_has(self.key)
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_lost_for_good(self):
        self.server_has(self.other)
        orders = self.lose("encrypted with another key")
        self.connection.client_secret = CLIENT_SECRET
        self.reconnect()
        self.assert_sealed(self.other)
        self.assert_all_went_out(orders)

    def test_who_presses_reconnect_without_the_key_reads_why_not(self):
        self.server_has()
        with self.assertRaisesRegex(UserError, "Put the key back"):
            self.reconnect()

    def test_who_enters_a_secret_with_a_mistyped_key_reads_why_not(self):
        self.server_has("mistyped")
        with self.assertRaisesRegex(UserError, "is not a Fernet key"):
            self.connection.client_secret = CLIENT_SECRET

    def test_no_message_holds_the_key(self):
        self.server_has("mistyped-key-of-ours")
        self.lose("is not a Fernet key")
        self.assertNotIn("mistyped-key-of-ours", self.connection.state_message)
