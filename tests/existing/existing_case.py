from ..connected_case import ConnectedCase
from ..holdings.comparison_case import TypedInXero

# The connection begins after all of them
START = "2026-04-01"
MARCH = {"date_from": "2026-03-01", "date_to": "2026-03-31"}
MOST_RUNS = 20
WORKING = ("reading", "running")


class ExistingCase(TypedInXero, ConnectedCase):
    """A company that has documents in Odoo, and some of them in Xero, by hand."""

    # EXTENDS ConnectedCase
    def prepare_connected(self):
        result = super().prepare_connected()
        self.connection.start_date = START
        contacts = self.env["xero.contact"]
        self.customer.xero_contact_id = contacts.search([("name", "=", "City Agency")])
        self.vendor.xero_contact_id = contacts.search(
            [("name", "=", "PowerDirect")], limit=1
        )
        return result

    def posted(self, move_type="out_invoice", **values):
        """A document of March, which does not go by itself."""
        move = self.new_move(move_type, **values)
        move.action_post()
        self.end_click()
        self.assertFalse(move.xero_document_ids)
        return move

    def typed(self, move=None, endpoint="Invoices", **values):
        """What a person typed into Xero: the same as an entry of Odoo's, or not quite.

        :return: Xero's id
        """
        contact = self.customer.xero_contact_id.xero_id
        typed = {"Contact": {"ContactID": contact}}
        if move:
            typed["InvoiceNumber"] = move.name
        made = self.make_in_xero(endpoint, **{**typed, **values})
        return made[f"{endpoint[:-1]}ID"]

    def new_existing(self, **values):
        return self.env["xero.existing"].create(
            {"connection_id": self.connection.id, **MARCH, **values}
        )

    def preview(self, **values):
        """One that is looked at, and to review."""
        existing = self.new_existing(**values)
        existing.action_preview()
        self.work(existing)
        self.assertEqual(existing.state, "review", existing.message)
        return existing

    def start(self, existing):
        existing.action_run()
        self.work(existing)
        self.assertEqual(existing.state, "done", existing.message)

    def work(self, existing):
        """The job, as often as the scheduler runs it."""
        for _run in range(MOST_RUNS):
            self.run_job(existing.connection_id)
            self.env.invalidate_all()
            if existing.state not in WORKING:
                break

    def line_of(self, existing, record):
        return existing.line_ids.filtered(lambda line: line._record() == record)
