from odoo.tests import tagged

from ..document.bad_input_case import MOVE_TYPES, BadInputCase


@tagged("post_install", "-at_install")
class TestBadContact(BadInputCase):
    """What the partner, the mapping or Xero itself lacks."""

    def archive_in_xero(self):
        contact = self.vendor.xero_contact_id
        self.xero.edit("Contacts", contact.xero_id, ContactStatus="ARCHIVED")
        return contact

    # === CONTACT === #

    def test_an_archived_contact_restored_in_xero(self):
        contact = self.archive_in_xero()
        self.refresh()
        order = self.approved_purchase()
        self.assert_told(order, self.vendor.name, "is archived", "link another contact")
        self.xero.edit("Contacts", contact.xero_id, ContactStatus="ACTIVE")
        self.refresh()
        self.assert_goes(order)

    def test_an_archived_contact_replaced_by_another(self):
        self.archive_in_xero()
        self.refresh()
        order = self.approved_purchase()
        self.assert_told(order, "is archived")
        self.vendor.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "Gateway Motors")]
        )
        self.assert_goes(order)

    def test_a_contact_archived_since_odoo_read_it(self):
        for replaced in (True, False):
            with self.subTest(replaced=replaced):
                contact = self.archive_in_xero()
                order = self.approved_purchase()
                self.run_job(self.connection)
                self.assertEqual(order.xero_state, "failed")
                self.assertIn("link", order.xero_message)
                if replaced:
                    self.vendor.xero_contact_id = self.env["xero.contact"].search(
                        [("name", "=", "Gateway Motors")]
                    )
                else:
                    self.xero.edit("Contacts", contact.xero_id, ContactStatus="ACTIVE")
                    self.refresh()
                self.assert_goes(order)

    def test_odd_characters_in_a_country(self):
        for code, expected in (
            ("CI", "Cote dIvoire"),
            ("AX", "Aland Islands"),
            ("CW", "Curacao"),
        ):
            with self.subTest(code):
                country = self.env["res.country"].search([("code", "=", code)])
                partner = self.env["res.partner"].create(
                    {"name": f"In {code}", "country_id": country.id}
                )
                order = self.approved_purchase(partner_id=partner.id)
                self.assert_goes(order)
                contact = self.contact_in_xero(partner)
                countries = [each["Country"] for each in contact["Addresses"]]
                self.assertEqual(countries, [expected, expected])

    def test_odd_names(self):
        for name, expected in (
            ("A <b>bold</b> & 'quoted' \"name\"", "A (b)bold(/b) & 'quoted' \"name\""),
            ("  two   spaces\t", "two spaces"),
            ("Café 木 🌲", "Café 木 🌲"),
            ("L" * 300, "L" * 255),
        ):
            with self.subTest(name):
                partner = self.env["res.partner"].create({"name": name})
                order = self.approved_purchase(partner_id=partner.id)
                self.assert_goes(order)
                self.assertEqual(self.contact_in_xero(partner)["Name"], expected)

    def test_odd_texts_on_a_document_arrive_as_they_are(self):
        text = "½ <b>\"Oak\"</b> & 'elm' 🌲\nsecond line"
        order = self.new_purchase()
        order.order_line.name = text
        order.button_confirm()
        bill = self.new_move("in_invoice", ref="№ <7> 🌲")
        bill.invoice_line_ids.name = text
        self.run_job(self.connection)
        held = self.xero_document_of(order)["LineItems"][1]
        self.assertEqual(held["Description"], text)
        self.assertEqual(self.xero_document_of(bill)["InvoiceNumber"], "№ <7> 🌲")

    def contact_in_xero(self, partner):
        (found,) = [
            each
            for each in self.xero.state()["Contacts"]
            if each["ContactID"] == partner.xero_contact_id.xero_id
        ]
        return found

    # === MAPPING === #

    def test_an_unmapped_tax(self):
        self.purchase_gst.xero_tax_rate_id = False
        order = self.approved_purchase()
        self.assert_told(order, self.purchase_gst.name, "Choose the Xero tax rate")
        self.purchase_gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )
        self.assert_goes(order)

    def test_two_taxes_on_a_line(self):
        levy = self.purchase_gst.copy({"name": "Timber levy"})
        order = self.new_purchase()
        order.order_line.tax_ids += levy
        order.button_confirm()
        self.assert_told(order, "Timber levy, together on a line", "Choose")
        order.order_line.tax_ids -= levy
        self.assert_goes(order)

    def test_a_missing_default_account(self):
        chosen = self.connection.default_purchase_account_id
        for cure in ("default", "mapping"):
            with self.subTest(cure):
                self.connection.default_purchase_account_id = False
                order = self.approved_purchase()
                self.assert_told(order, "no default purchase account", "Choose")
                if cure == "default":
                    self.connection.default_purchase_account_id = chosen
                else:
                    accounts = self.product.product_tmpl_id.get_product_accounts()
                    accounts["expense"].xero_account_id = chosen
                self.assert_goes(order)

    def test_an_account_xero_refuses(self):
        accounts = self.env["xero.account"].with_context(active_test=False)
        archived = accounts.search([("code", "=", "205")])
        expense = self.product.product_tmpl_id.get_product_accounts()["expense"]
        chosen = self.connection.default_purchase_account_id
        for cure in ("default", "mapping"):
            with self.subTest(cure):
                expense.xero_account_id = archived if cure == "mapping" else False
                self.connection.default_purchase_account_id = archived
                order = self.approved_purchase()
                self.run_job(self.connection)
                self.assertEqual(order.xero_state, "failed")
                self.assertIn("archived", order.xero_message)
                if cure == "default":
                    self.connection.default_purchase_account_id = chosen
                else:
                    expense.xero_account_id = chosen
                self.assert_goes(order)

    def test_a_xero_rate_of_another_percentage(self):
        rates = self.env["xero.tax.rate"]
        right = rates.search([("tax_type", "=", "INPUT")])
        free = rates.search([("tax_type", "=", "EXEMPTEXPENSES")])
        for cure in ("other rate", "rate in Xero", "tax in Odoo"):
            with self.subTest(cure):
                self.purchase_gst.xero_tax_rate_id = free
                order = self.approved_purchase()
                self.assert_told(order, self.purchase_gst.name, "same percentage")
                if cure == "other rate":
                    self.purchase_gst.xero_tax_rate_id = right
                elif cure == "rate in Xero":
                    self.xero.edit("TaxRates", "EXEMPTEXPENSES", EffectiveRate=10)
                    self.refresh()
                    self.assert_goes(order)
                    self.xero.edit("TaxRates", "EXEMPTEXPENSES", EffectiveRate=0)
                    self.refresh()
                else:
                    self.purchase_gst.amount = 0
                    order.order_line._compute_amount()
                self.assert_goes(order)

    def test_an_item_xero_no_longer_knows(self):
        items = self.env["xero.item"]
        item = items.search([("code", "=", "BOOK")])
        paper = items.search([("code", "=", "PAPER")])
        for cure in ("other item", "refresh"):
            with self.subTest(cure):
                self.product.xero_item_id = item
                self.xero.edit("Items", item.xero_id, Code=f"NEW {cure}")
                order = self.approved_purchase()
                self.run_job(self.connection)
                self.assertEqual(order.xero_state, "failed")
                self.assertIn("Link the product", order.xero_message)
                if cure == "refresh":
                    self.refresh()
                else:
                    self.product.xero_item_id = paper
                self.assert_goes(order)

    # === XERO'S SETTINGS === #

    def test_a_currency_that_is_not_enabled(self):
        franc = self.env.ref("base.CHF")
        franc.active = True
        order = self.approved_purchase(currency_id=franc.id)
        self.assert_told(order, "CHF", "refresh from Xero")
        self.xero.seed("Currencies", [{"Code": "CHF", "Description": "Swiss Franc"}])
        self.refresh()
        self.assert_goes(order)

    def lock(self, day):
        self.xero.edit("Organisation", None, PeriodLockDate=day)
        self.refresh()

    def test_a_locked_period_that_is_opened_again(self):
        self.lock("2026-03-31")
        bill = self.posted("in_invoice")
        self.assert_told(bill, "locked up to 03/31/2026", "Open the period")
        self.lock("2026-02-28")
        self.assert_goes(bill)

    def test_a_locked_period_left_by_a_later_date(self):
        self.lock("2026-03-10")
        for move_type in MOVE_TYPES:
            with self.subTest(move_type):
                move = self.posted(move_type)
                self.assert_told(move, "locked up to", "date the documents later")
                move.button_draft()
                move.invoice_date = "2026-03-11"
                move.action_post()
                self.assert_goes(move)
