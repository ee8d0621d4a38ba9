from datetime import date

from ..xero_server import TENANT_AU
from .holdings_case import HoldingsCase

# Where HoldingsCase.posted dates its documents
DAY = date(2026, 3, 2)
MOST_RUNS = 20
MARCH = {"date_from": "2026-03-01", "date_to": "2026-03-31"}


class TypedInXero:
    """For a test case: what a person makes in Xero's own screens."""

    def make_in_xero(self, endpoint="Invoices", **values):
        """What a person makes in Xero's own screens."""
        contact = self.xero.state(TENANT_AU)["Contacts"][0]
        element = {
            "Contact": {"ContactID": contact["ContactID"]},
            "Date": f"{DAY}",
            "LineItems": [
                {
                    "Description": "By hand",
                    "Quantity": 1,
                    "UnitAmount": 100,
                    "AccountCode": "200",
                    "TaxType": "OUTPUT",
                }
            ],
            **({"Type": "ACCREC"} if endpoint == "Invoices" else {}),
            **({"Type": "ACCRECCREDIT"} if endpoint == "CreditNotes" else {}),
            **(
                {"Status": "AUTHORISED", "DueDate": f"{DAY}"}
                if endpoint != "Quotes"
                else {}
            ),
            **values,
        }
        return self.xero.seed(endpoint, [element])[0]


class ComparisonCase(TypedInXero, HoldingsCase):
    """Books in Odoo and in Xero, and what a comparison of March says of them."""

    def new_comparison(self, **values):
        return self.env["xero.comparison"].create(
            {"connection_id": self.connection.id, **MARCH, **values}
        )

    def compare(self, **values):
        """A comparison that is done."""
        comparison = self.new_comparison(**values)
        comparison.action_compare()
        self.finish(comparison)
        self.assertEqual(comparison.state, "done", comparison.message)
        return comparison

    def finish(self, comparison):
        """The job, as often as the scheduler runs it: a run ends after some seconds."""
        for _run in range(MOST_RUNS):
            self.run_job(comparison.connection_id)
            if comparison.state != "reading":
                break

    def compare_line(self, **values):
        """The one line of a comparison."""
        return self.compare(**values).line_ids.ensure_one()

    def verdict(self, **values):
        """Result and reason of the one line of a comparison."""
        line = self.compare_line(**values)
        return line.result, line.reason
