from datetime import datetime, timedelta

from freezegun import freeze_time

from ..connected_case import ConnectedCase

# Models with rows that the vacuum may remove
FINISHED = (
    "xero.request",
    "xero.call",
    "xero.issue",
    "xero.import",
    "xero.comparison",
    "xero.document",
)


class HousekeepingCase(ConnectedCase):
    def vacuum(self, after_days):
        """What Odoo's daily vacuum removes, so many days from now."""
        self.env.flush_all()
        with freeze_time(datetime.now() + timedelta(days=after_days)):
            for model in FINISHED:
                while self.env[model].sudo()._gc_finished()[1]:
                    pass
        self.env.invalidate_all()

    def requests(self):
        return (
            self.env["xero.request"]
            .sudo()
            .search([("connection_id", "=", self.connection.id)])
        )

    def sent_order(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")
        return order
