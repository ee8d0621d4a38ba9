import base64
import io
import json
from datetime import timedelta
from unittest.mock import patch

import openpyxl
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .existing_case import ExistingCase

RUN = "odoo.addons.xero_sync.models.existing.xero_existing_run"


class Killed(BaseException):
    """The worker is killed; nothing catches this."""


@tagged("post_install", "-at_install")
class TestExistingRun(ExistingCase):
    """What was in Odoo before is linked to what Xero has, and the rest is sent."""

    def in_xero(self):
        """:return: how often each number is in Xero"""
        numbers = [each["InvoiceNumber"] for each in self.xero.state()["Invoices"]]
        return {number: numbers.count(number) for number in numbers}

    def assert_each_once(self, moves):
        self.assertEqual(self.in_xero(), dict.fromkeys(moves.mapped("name"), 1))
        self.assertEqual(set(moves.mapped("xero_state")), {"synced"})

    def killed_in(self, existing, model, method):
        """Run the job and kill it at the end of a step."""
        kind = type(self.env[model])
        step = getattr(kind, method)

        def killed(record, *args):
            step(record, *args)
            raise Killed

        self.env.cr.flush()
        died = False
        try:
            with (
                patch.object(kind, method, killed),
                self.enter_registry_test_mode(),
                self.registry.cursor() as cr,
            ):
                self.connection.with_env(self.env(cr=cr, su=True))._run()
        except Killed:
            died = True
        self.assertTrue(died)
        self.env.invalidate_all()

    # === WHAT IS DONE === #

    def test_one_is_linked_the_other_sent_and_nothing_is_there_twice(self):
        one, other = self.posted(), self.posted()
        typed = self.typed(one)
        existing = self.preview()
        self.assertFalse(self.write_calls())
        self.assertFalse((one + other).xero_document_ids)

        self.start(existing)
        row = one.xero_document_ids.ensure_one()
        self.assertEqual((row.xero_id, row.state, row.by_hand), (typed, "synced", True))
        [call] = self.write_calls("/Invoices")
        self.assertNotIn(one.name, call["body"])
        self.assert_each_once(one + other)
        self.assertEqual((existing.linked_count, existing.queued_count), (1, 1))
        self.assertIn("typed into Xero by hand", one.message_ids[0].body)

    def test_linking_links_the_partner_too(self):
        partner = self.env["res.partner"].create({"name": "Bayside Wholesale"})
        contact = self.env["xero.contact"].search([("name", "=", partner.name)])
        move = self.posted(partner_id=partner.id)
        self.typed(move, Contact={"ContactID": contact.xero_id})
        self.start(self.preview())
        self.assertEqual(partner.xero_contact_id, contact)
        self.assertEqual(move.xero_state, "synced")

    def test_a_person_decides_to_link_to_send_or_to_leave_it(self):
        moves = self.posted() + self.posted() + self.posted()
        contact = self.env["xero.contact"].search([("name", "=", "Bayside Wholesale")])
        for move in moves:
            self.typed(
                move,
                InvoiceNumber=f"X-{move.id}",
                Reference=move.name,
                Date="2026-03-09",
                Status="DRAFT",
            )
        existing = self.preview()
        self.assertEqual(existing.decide_count, 3, contact)
        lines = [self.line_of(existing, move) for move in moves]
        lines[0].action_set_link()
        lines[1].action_set_send()
        self.start(existing)
        self.assertEqual(moves[0].xero_number, f"X-{moves[0].id}")
        self.assertEqual(moves[1].xero_number, moves[1].name)
        self.assertFalse(moves[2].xero_document_ids)
        self.assertEqual(lines[2].result, "skipped")
        self.assertEqual(lines[2].message, "Nobody decided.")

    def test_of_another_contact_it_is_not_linked_and_words_say_why(self):
        move = self.posted()
        other = self.env["xero.contact"].search([("name", "=", "Bayside Wholesale")])
        self.typed(move, Contact={"ContactID": other.xero_id})
        existing = self.preview()
        line = self.line_of(existing, move)
        line.action_set_link()
        self.start(existing)
        self.assertEqual(line.result, "failed")
        self.assertIn("Bayside Wholesale", line.message)
        self.assertFalse(move.xero_document_ids)

    def test_with_another_total_a_linked_one_differs(self):
        move = self.posted()
        xero_id = self.typed(move)
        self.xero.edit("Invoices", xero_id, Total=99)
        existing = self.preview()
        self.line_of(existing, move).action_set_link()
        self.start(existing)
        self.assertEqual(move.xero_state, "mismatch")
        self.assertFalse(self.write_calls())

    def test_a_credit_note_goes_after_its_older_invoice(self):
        invoice = self.posted()
        credit = invoice._reverse_moves(
            [{"invoice_date": "2026-03-05", "date": "2026-03-05"}], cancel=False
        )
        credit.action_post()
        self.end_click()
        existing = self.preview()
        self.assertEqual((existing.send_count, existing.fix_count), (2, 0))
        self.start(existing)
        self.assertEqual((invoice + credit).mapped("xero_state"), ["synced"] * 2)

    def test_the_oldest_are_sent_first_in_parts(self):
        days = ("2026-03-20", "2026-03-02", "2026-03-11")
        moves = [self.posted(invoice_date=day) for day in days]
        existing = self.preview()
        with patch(f"{RUN}.SEND_BATCH", 1):
            self.start(existing)
        bodies = [call["body"] for call in self.write_calls("/Invoices")]
        order = [moves[1], moves[2], moves[0]]
        self.assertEqual(len(bodies), 3)
        for move, body in zip(order, bodies, strict=True):
            self.assertIn(move.name, body)

    def test_what_a_person_does_meanwhile_goes_first(self):
        moves = [self.posted() for _number in range(3)]
        existing = self.preview()
        lines, orders = type(self.env["xero.existing.line"]), []
        queue = lines._queue

        def somebody_confirms(record):
            queue(record)
            if not orders:
                orders.append(self.confirmed_order())

        with (
            patch(f"{RUN}.SEND_BATCH", 2),
            patch.object(lines, "_queue", somebody_confirms),
        ):
            self.start(existing)
        bodies = [call["body"] for call in self.write_calls("/Invoices")]
        self.assertIn(orders[0].name, bodies[0])
        self.assertIn(moves[2].name, bodies[-1])

    # === STOPPED, KILLED, TWICE === #

    def test_killed_while_linking_it_links_each_once(self):
        moves = self.posted() + self.posted()
        for move in moves:
            self.typed(move)
        existing = self.preview()
        existing.action_run()
        with patch(f"{RUN}.LINK_BATCH", 1):
            self.killed_in(existing, "xero.existing.line", "_link")
            self.assertFalse(existing.linked_count)
            self.work(existing)
        self.assertEqual(existing.linked_count, 2)
        self.assert_each_once(moves)
        self.assertFalse(self.write_calls())

    def test_killed_while_queueing_and_sending_it_sends_each_once(self):
        moves = self.posted() + self.posted()
        existing = self.preview()
        existing.action_run()
        with patch(f"{RUN}.SEND_BATCH", 1):
            self.killed_in(existing, "xero.existing.line", "_queue")
            self.assertFalse(moves.xero_document_ids)
            self.killed_in(existing, "xero.connection", "_open_batch")
            self.work(existing)
        self.assert_each_once(moves)

    def test_paused_nothing_more_is_sent_until_somebody_goes_on(self):
        moves = self.posted() + self.posted()
        existing = self.preview()
        existing.action_run()
        existing.action_pause()
        self.work(existing)
        self.assertFalse(moves.xero_document_ids)
        existing.action_continue()
        self.work(existing)
        self.assertEqual(existing.state, "done")
        self.assert_each_once(moves)

    def test_cancelled_what_is_done_stays_and_a_new_one_goes_on(self):
        moves = self.posted() + self.posted()
        existing = self.preview()
        existing.action_run()
        with patch(f"{RUN}.SEND_BATCH", 1), self.enter_registry_test_mode():
            existing.sudo()._move_on()
        existing.action_cancel()
        self.run_job(self.connection)
        self.assertEqual(len(moves.xero_document_ids), 1)
        again = self.preview()
        self.assertEqual((again.known_count, again.found_count), (1, 1))
        self.start(again)
        self.assert_each_once(moves)

    def test_a_document_its_user_sent_meanwhile_is_not_sent_again(self):
        move = self.posted()
        existing = self.preview()
        move.xero_send_choice = "yes"
        move.action_xero_send()
        self.run_job(self.connection)
        self.start(existing)
        self.assertEqual(existing.line_ids.message, "It was sent meanwhile.")
        self.assertEqual(len(self.write_calls("/Invoices")), 1)
        self.assert_each_once(move)

    def test_a_document_its_user_sent_meanwhile_is_not_linked_besides(self):
        move = self.posted()
        self.typed(InvoiceNumber="HAND-1")
        existing = self.preview()
        move.xero_send_choice = "yes"
        move.action_xero_send()
        self.run_job(self.connection)
        self.start(existing)
        self.assertEqual(existing.line_ids.result, "failed")
        self.assertIn("sent to Xero meanwhile", existing.line_ids.message)
        self.assertFalse(move.xero_document_ids.by_hand)

    def test_a_document_that_was_cancelled_meanwhile_is_not_linked(self):
        move = self.posted()
        self.typed(move)
        existing = self.preview()
        move.button_draft()
        move.button_cancel()
        self.start(existing)
        line = existing.line_ids
        self.assertEqual(line.result, "failed", line.message)
        self.assertIn("Xero needs nothing of it any more", line.message)
        self.assertFalse(move.xero_document_ids)

    def test_an_order_that_was_invoiced_meanwhile_is_not_linked_besides(self):
        """Its money would be in Xero twice: the typed draft, and the invoice."""
        with freeze_time("2026-03-02"):
            order = self.confirmed_order(date_order="2026-03-02")
        self.typed(InvoiceNumber="HAND-1", Reference=order.name, Status="DRAFT")
        existing = self.preview(with_drafts=True)
        line = self.line_of(existing, order)
        line.write({"candidate_id": existing.candidate_ids.id})
        self.invoice_of(order)
        self.start(existing)
        self.assertEqual(line.result, "failed", line.message)
        self.assertFalse(order.xero_document_ids)

    def test_what_is_linked_is_no_more_in_xero_only(self):
        """After the addon was installed again, that list waits for its documents."""
        move = self.posted()
        self.typed(move, Url=move._xero_back_link())
        since = fields.Datetime.subtract(fields.Datetime.now(), days=2)
        self.connection.sudo().write({"unknown_since": since, "restored_from": since})
        self.run_job(self.connection)
        self.assertEqual(self.connection.found_count, 1)
        existing = self.preview()
        self.assertEqual(existing.line_ids.rule, "own")
        self.start(existing)
        self.assertEqual(existing.line_ids.result, "linked", existing.line_ids.message)
        self.assertEqual(self.connection.found_count, 0)

    def test_two_at_once_do_each_document_once(self):
        moves = self.posted() + self.posted()
        self.typed(moves[0])
        one, other = self.preview(), self.preview()
        one.action_run()
        other.action_run()
        self.work(one)
        self.work(other)
        self.assertEqual((one.state, other.state), ("done", "done"))
        self.assertEqual(other.line_ids.mapped("result"), ["failed", "queued"])
        self.assert_each_once(moves)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)

    def test_the_last_calls_of_the_day_are_kept_for_people(self):
        self.posted()
        existing = self.preview()
        existing.action_run()
        self.connection.sudo().write(
            {
                "day_limit": 1000,
                "day_remaining": 50,
                "day_renews_at": fields.Datetime.now() + timedelta(hours=3),
            }
        )
        self.work(existing)
        self.assertEqual(existing.state, "running")
        self.assertFalse(self.write_calls())
        self.assertIn("kept for", existing.message)

    @mute_logger("odoo.addons.xero_sync.models.imports.xero_import_run")
    def test_whoever_began_it_hears_in_their_language_that_it_was_stopped(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env.user.lang = "de_DE"
        self.posted()
        existing = self.new_existing()
        existing.action_preview()
        with patch.object(
            type(existing), "_compare_records", side_effect=KeyError("odd")
        ):
            self.work(existing)
        self.assertEqual(existing.state, "cancelled")
        self.env.cr.flush()
        told = self.env["bus.bus"].sudo().search([]).mapped("message")
        [words] = [
            message["payload"]
            for message in map(json.loads, told)
            if message["type"] == "simple_notification"
        ]
        self.assertEqual((words["type"], words["sticky"]), ("danger", True))
        self.assertIn("Etwas Unerwartetes", words["message"])

    def test_it_begins_only_with_something_chosen(self):
        nothing = self.new_existing(with_sales=False, with_purchases=False)
        with self.assertRaises(UserError):
            nothing.action_preview()
        with self.assertRaises(UserError):
            self.new_existing().action_run()

    def test_the_spreadsheet_says_what_became_of_each(self):
        linked, sent = self.posted(), self.posted()
        self.typed(linked)
        existing = self.preview()
        self.start(existing)
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(existing.report)))
        titles, *rows = book.active.values
        rows = {row[0]: dict(zip(titles, row, strict=True)) for row in rows}
        self.assertEqual(rows[linked.name]["Result"], "Linked")
        self.assertEqual(rows[sent.name]["Xero number"], sent.name)
        self.assertEqual(rows[sent.name]["State now"], "In Xero")
