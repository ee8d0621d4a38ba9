from datetime import datetime, timedelta

from odoo.tests import tagged

from ..outbox_case import OutboxCase


@tagged("post_install", "-at_install")
class TestLostAnswers(OutboxCase):
    """Whatever becomes of an answer, Xero holds one invoice in the end."""

    def test_lost_answer_is_found_out_with_the_same_key_within_six_minutes(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertIn("did not answer", order.xero_message)
        with self.later(minutes=2):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        first, second = self.write_calls("/Invoices")
        self.assertEqual(
            first["headers"]["Idempotency-Key"], second["headers"]["Idempotency-Key"]
        )
        self.assertEqual(first["body"], second["body"])

    def test_lost_answer_is_looked_up_after_six_minutes(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)

    def test_what_xero_never_got_is_sent_again_after_six_minutes(self):
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_half_a_batch_known_to_xero_is_adopted_and_the_rest_sent(self):
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        known, unknown = self.confirmed_order(), self.confirmed_order()
        self.run_job(self.connection)
        document = known.xero_document_ids
        self.xero.seed(
            "Invoices",
            [
                {
                    "Type": "ACCREC",
                    "Status": "DRAFT",
                    "Contact": {"ContactID": self.customer.xero_contact_id.xero_id},
                    "Reference": known.name,
                    "Url": known._xero_back_link(),
                    "LineItems": [
                        {"Description": f"Odoo order {known.name}"},
                        {
                            "Description": "Oak table",
                            "Quantity": 2,
                            "UnitAmount": 150,
                            "AccountCode": "200",
                            "TaxType": "OUTPUT",
                        },
                    ],
                }
            ],
        )
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assertTrue(document.xero_id)
        self.assert_in_xero_once(known)
        self.assert_in_xero_once(unknown)

    def test_each_way_to_lose_an_answer_ends_with_one_invoice(self):
        faults = (
            "lost_answer",
            "dropped_before",
            "half_answer",
            "server_error",
            "server_error_after",
            "unavailable",
            "html_ok",
            "garbage_json",
        )
        self.lose_each_answer(
            faults, "PUT", "/Invoices", self.confirmed_order, self.assert_in_xero_once
        )

    def test_lost_answer_of_an_update_is_sent_again(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.xero.fault("lost_answer", method="POST", path="/Invoices")
        order.order_line.product_uom_qty = 8
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_lost_contact_is_adopted_not_doubled(self):
        self.customer.xero_contact_id = False
        self.xero.fault("lost_answer", method="PUT", path="/Contacts")
        order = self.confirmed_order()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        names = [contact["Name"] for contact in self.xero.state()["Contacts"]]
        self.assertEqual(names.count(self.customer.name), 1)
        self.assert_in_xero_once(order)

    def test_lost_contact_read_from_the_list_meanwhile_is_linked_not_doubled(self):
        self.customer.xero_contact_id = False
        self.xero.fault("lost_answer", method="PUT", path="/Contacts")
        order = self.confirmed_order()
        self.run_job(self.connection)
        # On a cursor of its own: reading commits page by page
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            connection = self.connection.with_env(self.env(cr=cr, su=True))
            with connection._client() as client:
                connection._refresh_contacts(client)
        with self.later(minutes=2):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(self.customer.xero_contact_id.name, self.customer.name)

    def test_a_document_xero_never_answers_about_is_given_to_a_person(self):
        self.xero.fault("dropped_before", method="PUT", path="/Invoices", times=99)
        order = self.confirmed_order()
        for minutes in range(0, 400, 8):
            with self.later(minutes=minutes):
                self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        self.assertIn("giving no answer", order.xero_message)
        self.xero.clear_faults()
        self.connection.next_allowed = False
        order.action_xero_send()
        self.finish_request()
        self.assert_in_xero_once(order)

    def test_second_failure_during_recovery_does_not_forget_the_first(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.xero.fault("rate_minute", method="PUT", path="/Invoices")
        with self.later(minutes=2):
            self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_request_left_open_by_a_dead_worker_is_settled(self):
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            count, request = self.connection.sudo()._open_batch("xero.document")
        self.assertEqual((count, request.outcome), (1, "open"))
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        (call,) = self.write_calls("/Invoices")
        self.assertEqual(call["headers"]["Idempotency-Key"], request.idempotency_key)

    def test_worker_that_slept_over_its_key_does_not_send(self):
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            connection = self.connection.sudo()
            _count, request = connection._open_batch("xero.document")
            request.sent_at = datetime.now() - timedelta(minutes=7)
            connection._call(request)
        self.assertEqual(self.write_calls(), [])
        self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_change_while_sending_reaches_xero_afterwards(self):
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            self.connection.sudo()._open_batch("xero.document")
        row = order.xero_document_ids.sudo()
        order.order_line.product_uom_qty = 6
        self.end_click()
        self.assertFalse(
            row.changed_while_sending, "the row is not the user's to write"
        )
        changes = self.env["xero.change"].sudo().search([])
        self.assertEqual(changes.mapped("binding_id"), row.ids)
        self.run_job(self.connection)
        self.assertFalse(changes.exists())
        self.assert_in_xero_once(order)

    def test_change_that_cures_a_refusal_while_sending_goes_by_itself(self):
        order = self.confirmed_order()
        income = self.company_data["default_account_revenue"].copy()
        account = self.env["xero.account"].search([("code", "=", "260")])
        income.xero_account_id = account
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        good = order.order_line.product_id
        order.order_line.product_id = self.env["product.product"].create(
            {
                "name": "Rug",
                "taxes_id": self.gst.ids,
                "property_account_income_id": income.id,
            }
        )
        with self.enter_registry_test_mode():
            self.connection.sudo()._open_batch("xero.document")
        order.order_line.product_id = good
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(len(self.write_calls("/Invoices")), 2)

    def test_contact_linked_by_a_person_while_one_is_made_stays_the_link(self):
        chosen = self.customer.xero_contact_id
        self.customer.xero_contact_id = False
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            connection = self.connection.sudo()
            connection._open_batch("xero.document")
            connection._open_batch("xero.contact")
        self.customer.xero_contact_id = chosen
        self.run_job(self.connection)
        self.assertEqual(self.customer.xero_contact_id, chosen)
        self.assertEqual(
            self.xero_invoice_of(order)["Contact"]["ContactID"], chosen.xero_id
        )

    def test_cancel_while_sending_deletes_the_draft_afterwards(self):
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            self.connection.sudo()._open_batch("xero.document")
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DELETED")
