from ..connected_case import ConnectedCase
from ..xero_server import TENANT_AU


class HoldingsCase(ConnectedCase):
    """Documents that are in Xero, and people who do something with them there."""

    def check_now(self):
        """Somebody presses Check now, and the job does it."""
        self.connection.action_check_now()
        self.run_job(self.connection)

    def posted(self, move_type="out_invoice", **values):
        """A posted invoice, bill or credit note that is in Xero."""
        move = self.new_move(move_type, **values)
        move.action_post()
        self.run_job(self.connection)
        self.xero.clear_calls()
        return move

    def pay(self, row, amount):
        """What a person does in Xero: pay a document there, whole or in part."""
        accounts = self.xero.state(TENANT_AU)["Accounts"]
        bank = next(each for each in accounts if each["Type"] == "BANK")
        endpoint = row._xero_endpoint()
        name = {"Invoices": "Invoice", "CreditNotes": "CreditNote"}[endpoint]
        self.xero.seed(
            "Payments",
            [
                {
                    name: {f"{name}ID": row.xero_id},
                    "Account": {"AccountID": bank["AccountID"]},
                    "Amount": amount,
                }
            ],
        )
