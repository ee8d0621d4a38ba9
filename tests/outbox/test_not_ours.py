"""What a person typed in Xero while an answer was lost is nobody's but theirs."""

from odoo.tests import tagged

from ...xero_api.const import ID_KEYS, NUMBER_KEYS
from ..common import KINDS
from ..document.bill_case import BillCase

ELSEWHERE = "https://shop.example.com/orders/7"


class NotOursCase(BillCase):
    """A create is lost before Xero made anything; then a person types a document."""

    def setUp(self):
        super().setUp()
        self.made = 0
        self.connection.number_sale_order = "odoo"
        self.connection.number_purchase_order = "odoo"
        self.connection.number_quotation = "odoo"

    # === EACH KIND === #

    def make(self, kind):
        """A record that is to be sent as this kind, and as no other."""
        self.connection.auto_quotation = kind == "quotation"
        self.connection.auto_purchase_order = kind == "purchase_order"
        self.made += 1
        ref = {"ref": f"V-{self.made}"} if kind in ("bill", "refund") else {}
        return self.document_of(kind, **ref)

    def lose(self, kind):
        """:return: the record, and what was sent for it"""
        self.connection.next_allowed = False
        self.xero.clear_faults()
        self.xero.clear_calls()
        record = self.make(kind)
        # Its vendor first
        self.xero.fault("dropped_before", method="PUT", path=f"/{self.endpoint(kind)}")
        self.run_job(self.connection)
        row = self.row(record, kind)
        self.assertEqual(row.state, "sending", row.message)
        sent = self.connection._sent_by_binding(row.request_id)[row.id]
        return record, sent

    def row(self, record, kind):
        return record.xero_document_ids.filtered(lambda row: row.kind == kind)

    def endpoint(self, kind):
        return self.env["xero.document"].new({"kind": kind})._xero_endpoint()

    def typed(self, kind, sent, **values):
        """A person types what was sent, but for these values, and without a link.

        :param values: None leaves one out
        """
        made = {**sent, "Url": None, **values}
        made = {name: value for name, value in made.items() if value is not None}
        (held,) = self.xero.seed(self.endpoint(kind), [made])
        return held[ID_KEYS[self.endpoint(kind)]]

    def without_title(self, sent):
        """The lines as a person types them: nobody writes Odoo's first one."""
        return sent["LineItems"][1:]

    def differences(self, sent):
        """What a person typed instead, by what differs from what was sent."""
        title, line = sent["LineItems"]
        return {
            "lines": {"LineItems": self.without_title(sent)},
            "date": {"Date": "2026-02-01"},
            "total": {"LineItems": [title, {**line, "UnitAmount": 77}]},
            "words": {"LineItems": [title, {**line, "Description": "A chair"}]},
        }

    def recover(self):
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.connection.next_allowed = False

    # === WHAT MUST BE === #

    def held(self, kind, xero_id):
        endpoint = self.endpoint(kind)
        found = [
            each
            for each in self.xero.state()[endpoint]
            if each[ID_KEYS[endpoint]] == xero_id
        ]
        self.assertEqual(len(found), 1)
        return found[0]

    def assert_asked(self, kind, record, xero_id):
        """Neither adopted nor sent again: an accountant sees both side by side."""
        row = self.row(record, kind)
        self.assertEqual((row.state, row.xero_id), ("failed", False), row.message)
        self.assertFalse(row.pdf_due)
        (issue,) = row.issue_ids
        self.assertEqual((issue.kind, issue.fixer), ("number", "accountant"))
        theirs = self.held(kind, xero_id)
        number = NUMBER_KEYS[self.endpoint(kind)]
        contact = self.env["xero.contact"].search(
            [("xero_id", "=", theirs["Contact"]["ContactID"])]
        )
        for figure in (
            theirs.get(number) or theirs["Reference"],
            f"{theirs['Total']:.2f}",
            f"{abs(record.amount_total):.2f}",
            contact.name,
            theirs.get("Url") or "no link",
        ):
            self.assertIn(figure, issue.name)

    def assert_untouched(self, kind, xero_id, before):
        after = self.held(kind, xero_id)
        self.assertEqual(after, before)
        writes = [
            call
            for call in self.xero.calls()
            if call["method"] != "GET"
            and xero_id in call["path"] + (call["body"] or "")
        ]
        self.assertEqual(writes, [])


@tagged("post_install", "-at_install")
class TestNotOurs(NotOursCase):
    def assert_never_adopted(self, kind):
        for name in self.differences({"LineItems": [{}, {}]}):
            with self.subTest(differs=name):
                record, sent = self.lose(kind)
                xero_id = self.typed(kind, sent, **self.differences(sent)[name])
                before = self.held(kind, xero_id)
                self.recover()
                self.assert_asked(kind, record, xero_id)
                # Neither another run nor a change in Odoo answers the question
                self.row(record, kind).sudo()._mark_changed()
                self.run_job(self.connection)
                self.assert_asked(kind, record, xero_id)
                self.assert_untouched(kind, xero_id, before)

    def test_a_quote(self):
        self.assert_never_adopted("quotation")

    def test_an_order_s_draft(self):
        self.assert_never_adopted("sale_order")

    def test_an_invoice(self):
        self.assert_never_adopted("invoice")

    def test_a_credit_note(self):
        self.assert_never_adopted("credit_note")

    def test_a_purchase_order(self):
        self.assert_never_adopted("purchase_order")

    def test_a_bill(self):
        self.assert_never_adopted("bill")

    def test_a_refund(self):
        self.assert_never_adopted("refund")

    def test_a_link_to_something_else(self):
        for kind in ("sale_order", "invoice", "bill"):
            with self.subTest(kind=kind):
                record, sent = self.lose(kind)
                xero_id = self.typed(kind, sent, Url=ELSEWHERE)
                before = self.held(kind, xero_id)
                self.recover()
                self.assert_asked(kind, record, xero_id)
                self.assert_untouched(kind, xero_id, before)

    def test_a_contact_of_the_same_name(self):
        self.xero.fault("dropped_before", method="PUT", path="/Contacts")
        self.customer.write({"email": "jane@example.com", "xero_contact_id": False})
        self.confirmed_order()
        self.run_job(self.connection)
        (typed,) = self.xero.seed("Contacts", [{"Name": self.customer.name}])
        self.recover()
        with self.later(minutes=20):
            self.run_job(self.connection)
        (held,) = (
            each
            for each in self.xero.state()["Contacts"]
            if each["ContactID"] == typed["ContactID"]
        )
        self.assertFalse(held.get("EmailAddress"))
        self.assertFalse(held.get("ContactNumber"))

    def test_an_item_of_the_same_code(self):
        """It becomes the product's link by its code, and stays as it was typed."""
        self.connection.write({"create_items": True, "update_items": True})
        self.product.default_code = "OAK"
        self.xero.fault("dropped_before", method="PUT", path="/Items")
        self.confirmed_order()
        self.run_job(self.connection)
        (typed,) = self.xero.seed(
            "Items",
            [{"Code": "OAK", "Name": "Oak plank", "SalesDetails": {"UnitPrice": 9}}],
        )
        self.recover()
        with self.later(minutes=20):
            self.run_job(self.connection)
        self.product.list_price = 175
        with self.later(minutes=21):
            self.run_job(self.connection)
        (held,) = (each for each in self.xero.state()["Items"] if each["Code"] == "OAK")
        self.assertEqual(held["ItemID"], typed["ItemID"])
        self.assertEqual(held["Name"], "Oak plank")
        self.assertEqual(held["SalesDetails"]["UnitPrice"], 9)
        self.assertEqual(self.product.xero_item_id.xero_id, typed["ItemID"])


@tagged("post_install", "-at_install")
class TestOurs(NotOursCase):
    """What Odoo surely made is adopted, once."""

    def lose_answer(self, kind):
        self.connection.next_allowed = False
        self.xero.clear_calls()
        self.xero.fault("lost_answer", method="PUT", path=f"/{self.endpoint(kind)}")
        record = self.make(kind)
        self.run_job(self.connection)
        row = self.row(record, kind)
        self.assertEqual(row.state, "sending", row.message)
        sent = self.connection._sent_by_binding(row.request_id)[row.id]
        held = next(
            each
            for each in reversed(self.xero.state()[self.endpoint(kind)])
            if each["LineItems"]
            and each["LineItems"][0]["Description"]
            == sent["LineItems"][0]["Description"]
        )
        return record, held[ID_KEYS[self.endpoint(kind)]]

    def assert_adopted(self, kind, record, xero_id):
        self.recover()
        row = self.row(record, kind)
        self.assertEqual((row.state, row.xero_id), ("synced", xero_id), row.message)
        puts = [
            call
            for call in self.write_calls(f"/{self.endpoint(kind)}")
            if call["method"] == "PUT" and "Attachments" not in call["path"]
        ]
        self.assertEqual(len(puts), 1)

    def test_what_odoo_made_is_adopted_once(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                self.assert_adopted(kind, *self.lose_answer(kind))

    def test_also_with_another_number(self):
        for kind in KINDS:
            if kind in ("refund",):
                continue  # its number is all that names it
            with self.subTest(kind=kind):
                record, xero_id = self.lose_answer(kind)
                endpoint = self.endpoint(kind)
                number = {NUMBER_KEYS[endpoint]: f"BY-HAND-{kind}"}
                self.xero.edit(endpoint, xero_id, **number)
                self.assert_adopted(kind, record, xero_id)

    def test_also_with_a_merged_contact(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                partner = self.env["res.partner"].create({"name": f"Merged {kind}"})
                self.customer = self.vendor = partner
                self.connection.create_contacts = True
                record, xero_id = self.lose_answer(kind)
                kept = self.env["xero.contact"].search([("name", "=", "Bayside Club")])
                closed = partner.xero_contact_id.xero_id
                self.xero.merge_contacts(closed, into=kept.xero_id)
                self.recover()
                row = self.row(record, kind)
                self.assertEqual(row.xero_id, xero_id)

    def test_also_beside_one_that_a_person_typed(self):
        record, xero_id = self.lose_answer("bill")
        row = self.row(record, "bill")
        sent = self.connection._sent_by_binding(row.request_id)[row.id]
        self.typed("bill", sent, LineItems=self.without_title(sent))
        self.assert_adopted("bill", record, xero_id)

    def test_one_of_two_bills_of_the_same_number(self):
        """The other was never made: it is sent, and nobody is asked."""
        bills = self.new_move("in_invoice", ref="V-1001")
        bills += self.new_move("in_invoice", ref="V-1001")
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        bills.action_post()
        self.run_job(self.connection)
        rows = bills.xero_document_ids.sorted("id")
        sent = self.connection._sent_by_binding(rows.request_id)
        (made,) = self.xero.seed("Invoices", [sent[rows[0].id]])
        self.recover()
        with self.later(minutes=20):
            self.run_job(self.connection)
        self.assertEqual(set(rows.mapped("state")), {"synced"})
        self.assertEqual(rows[0].xero_id, made["InvoiceID"])
        self.assertEqual(len(self.bills_in_xero()), 2)


@tagged("post_install", "-at_install")
class TestDecision(NotOursCase):
    """An accountant says what the document in Xero is."""

    def asked(self):
        bill, sent = self.lose("bill")
        lines = [{**self.without_title(sent)[0], "UnitAmount": 60}]
        xero_id = self.typed("bill", sent, LineItems=lines)
        self.recover()
        self.assert_asked("bill", bill, xero_id)
        return bill, self.row(bill, "bill"), xero_id

    def test_it_is_another_one(self):
        bill, row, xero_id = self.asked()
        before = self.held("bill", xero_id)
        row.action_send_as_new()
        self.finish_request()
        self.assertEqual(row.state, "synced", row.message)
        self.assertNotEqual(row.xero_id, xero_id)
        self.assert_untouched("bill", xero_id, before)
        self.assertEqual(len(self.bills_in_xero()), 2)

    def test_what_is_another_one_is_not_asked_about_again(self):
        bill, row, xero_id = self.asked()
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        row.action_send_as_new()
        self.finish_request()
        self.assertEqual(row.state, "sending")
        self.recover()
        with self.later(minutes=20):
            self.run_job(self.connection)
        self.assertEqual(row.state, "synced", row.message)
        self.assertNotEqual(row.xero_id, xero_id)

    def test_it_is_this_one(self):
        bill, row, xero_id = self.asked()
        (issue,) = row.issue_ids
        action = issue.action_cure()
        self.assertEqual(action["context"]["default_number"], xero_id)
        row.action_link(xero_id)
        self.finish_request()
        self.assertEqual((row.state, row.xero_id), ("synced", xero_id), row.message)
        self.assertFalse(row.doubt)
        self.assertEqual(self.held("bill", xero_id)["Total"], bill.amount_total)
        self.assertEqual(len(self.bills_in_xero()), 1)

    def test_it_is_left_to_the_person(self):
        bill, row, xero_id = self.asked()
        before = self.held("bill", xero_id)
        row.action_skip("Typed by hand")
        self.run_job(self.connection)
        self.assertEqual(row.state, "skipped")
        self.assert_untouched("bill", xero_id, before)

    def test_try_again_is_no_answer(self):
        bill, row, xero_id = self.asked()
        row.issue_ids.action_try_again()
        self.finish_request()
        self.assert_asked("bill", bill, xero_id)

    def test_cancelled_in_odoo_there_is_nothing_to_ask(self):
        bill, row, xero_id = self.asked()
        before = self.held("bill", xero_id)
        bill.button_draft()
        bill.button_cancel()
        self.end_click()
        self.run_job(self.connection)
        self.assertFalse(row.exists().issue_ids)
        self.assert_untouched("bill", xero_id, before)
