from ..connected_case import ConnectedCase


class TrackingCase(ConnectedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regions, cls.projects, cls.kinds = cls.env["account.analytic.plan"].create(
            [{"name": "Region"}, {"name": "Department"}, {"name": "Machines"}]
        )
        cls.east, cls.north, cls.retail, cls.services, cls.saw = cls.env[
            "account.analytic.account"
        ].create(
            [
                {"name": name, "plan_id": plan.id}
                for name, plan in (
                    ("Eastside", cls.regions),
                    ("North", cls.regions),
                    ("Retail", cls.projects),
                    ("Services", cls.projects),
                    ("Saw", cls.kinds),
                )
            ]
        )

    def setUp(self):
        super().setUp()
        categories = self.connection.tracking_category_ids
        categories.action_accept_proposal()
        self.region = categories.filtered(lambda each: each.name == "Region")
        self.accounts = self.env["account.analytic.account"].search([])
        self.accounts.action_xero_accept_proposal()

    def shares(self, *pairs):
        """An analytic distribution of (analytic accounts, per cent)."""
        return {
            ",".join(map(str, accounts.ids)): percent for accounts, percent in pairs
        }

    def invoice(self, *pairs, price=100.0, **values):
        """A posted invoice of one line, after the job."""
        move = self.new_move("out_invoice")
        move.invoice_line_ids.write(
            {
                "price_unit": price,
                "analytic_distribution": self.shares(*pairs),
                **values,
            }
        )
        move.action_post()
        self.run_job(self.connection)
        return move

    def tracked(self, record, kind=None):
        """Xero's lines, without the title: (options, quantity, amount) of each."""
        lines = self.xero_document_of(record, kind)["LineItems"][1:]
        return [
            (
                "/".join(each["Option"] for each in line["Tracking"]),
                line["Quantity"],
                line["LineAmount"],
            )
            for line in lines
        ]
