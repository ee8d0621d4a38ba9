from .connected_case import ConnectedCase


class OutboxCase(ConnectedCase):
    """A connected company whose customer is in Xero."""

    # EXTENDS ConnectedCase
    def prepare_connected(self):
        result = super().prepare_connected()
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )
        return result

    def assert_in_xero_once(self, order):
        self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)
        self.assertEqual(order.xero_state, "synced")

    def lose_each_answer(self, faults, method, path, make, check, after=0):
        """Lose an answer in each way, and let the job find out soon and late.

        :param faults: of the local Xero
        :param make: makes a record about which a call is due
        :param check: asserts of the record what must be true in the end
        :param after: calls of the kind that are answered before
        """
        for fault in faults:
            for minutes in (2, 10):
                with self.subTest(fault=fault, minutes=minutes):
                    record = make()
                    self.connection.next_allowed = False
                    self.xero.fault(fault, method=method, path=path, after=after)
                    self.run_job(self.connection)
                    if method == "PUT":
                        self.assertFalse(record.xero_number)
                    for later in (minutes, minutes + 20):
                        with self.later(minutes=later):
                            self.run_job(self.connection)
                    self.xero.clear_faults()
                    check(record)
