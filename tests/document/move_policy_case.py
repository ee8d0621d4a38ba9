from odoo.fields import Command

from ..common import MOVE_TYPES
from .change_policy_case import PolicyCase

SALES = ("invoice", "credit_note")
# What each kind of credit is set off with
CREDITED = {"credit_note": "invoice", "refund": "bill"}


class MovePolicyCase(PolicyCase):
    """What users do with an invoice, a bill, a credit note or a refund."""

    def create_before(self):
        return self.new_move(MOVE_TYPES[self.kind])

    def change_line(self, **values):
        line = self.record.invoice_line_ids
        self.record.invoice_line_ids = [Command.update(line.id, values)]

    def do_note(self):
        self.record.narration = "Please call before delivery"

    def do_post(self):
        self.record.action_post()

    def do_reprice(self):
        self.change_line(price_unit=120.0)

    def do_cancel(self):
        self.record.button_cancel()

    def do_delete(self):
        self.record.unlink()


class PostedPolicyCase(MovePolicyCase):
    creating = ("post",)

    @classmethod
    def setUpClass(cls):
        status = "invoice_status" if cls.kind in SALES else "bill_status"
        draft = {status: "DRAFT"}
        cls.settings = {
            "switched_off": {f"auto_{cls.kind}": False},
            "draft": draft,
            "approved_there": draft,
            "deleted_there": draft,
            "submitted": {status: "SUBMITTED"},
        }
        super().setUpClass()

    def create_after(self, status):
        if status == "set_off":
            return self.create_set_off()
        move = self.create_before()
        move.action_post()
        return move

    def create_set_off(self):
        """An invoice in Xero and the credit note that reverses all of it.

        :return: the one of the two this class is about
        """
        credits = self.kind in CREDITED
        invoice = self.new_move(MOVE_TYPES[CREDITED.get(self.kind, self.kind)])
        invoice.action_post()
        self.run_job(self.connection)
        reversal = invoice._reverse_moves([{"invoice_date": "2026-03-03"}])
        reversal.action_post()
        return reversal if credits else invoice

    def bring_back(self):
        self.record.button_draft()

    def do_reset(self):
        self.record.button_draft()

    def do_repost(self):
        self.record.button_draft()
        self.record.action_post()

    def do_retext(self):
        self.record.button_draft()
        self.change_line(name="Oak table, oiled")
        self.record.action_post()

    def do_reprice(self):
        self.record.button_draft()
        result = super().do_reprice()
        self.record.action_post()
        return result

    def do_delete(self):
        if self.record.state != "draft":
            self.record.button_draft()
        return super().do_delete()
