from ..connected_case import ConnectedCase
from ..xero_server import TENANT_AU


class IssueCase(ConnectedCase):
    """Open issues of a connected company."""

    def issues(self):
        return self.env["xero.issue"].search([("state", "=", "open")])

    def issue_of(self, record):
        return record.xero_document_ids.issue_ids

    def failed_order(self):
        """An order that is kept back because its tax is not mapped."""
        self.gst.xero_tax_rate_id = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        return order

    def locked_invoice(self, read=True):
        """An invoice whose period is locked in Xero.

        :param read: whether Odoo knows of it before the invoice goes
        """
        self.lock("2026-06-30")
        if read:
            self.press_refresh(self.connection)
            self.finish_request()
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.run_job(self.connection)
        return invoice

    def lock(self, day):
        self.xero.edit("Organisation", TENANT_AU, PeriodLockDate=day)
