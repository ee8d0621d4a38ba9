from ..connected_case import ConnectedCase


class ContactCase(ConnectedCase):
    def contacts_named(self, name):
        return [
            contact
            for contact in self.xero.state()["Contacts"]
            if contact["Name"] == name
        ]

    def contact_named(self, name):
        (contact,) = self.contacts_named(name)
        return contact

    def read_contact(self, name):
        """The row of an active contact read from Xero."""
        return self.env["xero.contact"].search(
            [
                ("name", "=", name),
                ("xero_id", "!=", False),
                ("archived_in_xero", "=", False),
            ]
        )

    def new_partner(self, **values):
        return self.env["res.partner"].create({"name": "Harbour Cafe", **values})
