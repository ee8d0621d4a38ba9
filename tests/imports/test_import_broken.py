import io
import zipfile
from xml.etree import ElementTree

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import mappers
from .import_case import ImportCase

EXECUTE = "odoo.addons.xero_sync.models.imports.xero_import_execute"
# Of a partner to itself, its family and Xero
LINKS = ("parent_id", "commercial_partner_id", "xero_contact_id")
FORMULA = '=HYPERLINK("http://evil.example.com","click")'
MARKUP = "&lt;script&gt;alert(1)&lt;/script&gt; & 'Söhne' \"GmbH\" 🚀"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@tagged("post_install", "-at_install")
class TestImportBroken(ImportCase):
    """What is wrong with a contact is told by name, and stops no other."""

    def in_xero(self, name, **values):
        """A contact as nobody could make it through the API: no rule applies."""
        (made,) = self.xero.seed("Contacts", [{"Name": name}])
        self.xero.edit("Contacts", made["ContactID"], **values)

    def imported(self, **filters):
        """The lines of an import that has run, by their contact's name."""
        found = self.run_import(self.read_import(**filters))
        self.assertEqual(found.state, "done")
        return found, {line.name: line for line in found.line_ids}

    # === BROKEN CONTACTS === #

    def test_contact_without_a_name_is_told_by_its_number(self):
        self.in_xero("Nameless", Name="", ContactNumber="C-77")
        self.in_xero("Good")
        found, lines = self.imported()
        (line,) = found.line_ids.filtered(lambda line: line.result == "failed")
        self.assertIn("C-77", line.message)
        self.assertEqual(lines["Good"].result, "created")

    def test_bad_email_does_not_keep_the_contact_out(self):
        self.in_xero("Mailer", EmailAddress="not an address")
        _found, lines = self.imported()
        self.assertEqual(lines["Mailer"].result, "created")
        self.assertFalse(lines["Mailer"].partner_id.email)
        self.assertIn("not an address", lines["Mailer"].message)

    def test_unknown_country_does_not_keep_the_contact_out(self):
        address = {"AddressType": "POBOX", "City": "Sitia", "Country": "Atlantis"}
        self.in_xero("Sunk", Addresses=[address])
        _found, lines = self.imported()
        self.assertEqual(lines["Sunk"].partner_id.city, "Sitia")
        self.assertFalse(lines["Sunk"].partner_id.country_id)
        self.assertIn("Atlantis", lines["Sunk"].message)

    def test_markup_and_formulas_stay_text(self):
        self.in_xero("Hostile", Name=FORMULA)
        self.in_xero("Markup", Name=MARKUP)
        _found, lines = self.imported()
        self.assertEqual(lines[FORMULA].partner_id.name, FORMULA)
        self.assertEqual(lines[MARKUP].partner_id.name, MARKUP)

    def test_longest_name_comes_along(self):
        name = "é" * 255
        self.in_xero("Long", Name=name)
        _found, lines = self.imported()
        self.assertEqual(lines[name].partner_id.name, name)

    def test_contact_whose_data_was_erased_is_skipped(self):
        self.in_xero("Erased", ContactStatus="GDPRREQUEST")
        _found, lines = self.imported(archived=True)
        self.assertEqual(lines["Erased"].result, "skipped")

    def test_merged_contact_is_skipped(self):
        target = self.row_named("City Agency").xero_id
        self.in_xero("Merged", ContactStatus="ARCHIVED", MergedToContactID=target)
        _found, lines = self.imported(archived=True)
        self.assertEqual(lines["Merged"].result, "skipped")
        self.assertIn("Merged", lines["Merged"].reason)

    @mute_logger(EXECUTE)
    def test_error_of_another_module_is_told_without_its_words(self):
        self.in_xero("Odd")
        self.in_xero("Good")
        self.break_creation("Odd", KeyError("secret of a module"))
        _found, lines = self.imported()
        self.assertEqual(lines["Odd"].result, "failed")
        self.assertNotIn("secret", lines["Odd"].message)
        self.assertEqual(lines["Good"].result, "created")

    def test_all_broken_are_all_told(self):
        for number in range(3):
            self.in_xero(f"Bad {number}")
        found = self.read_import(search_text="Bad")
        for number in range(3):
            self.break_creation(f"Bad {number}", ValidationError(f"No {number}."))
        self.run_import(found)
        self.assertEqual(found.line_ids.mapped("message"), ["No 0.", "No 1.", "No 2."])

    # === WHAT COMES ALONG === #

    def content(self, partner):
        """What the database holds of a partner and its children, but for the links."""
        stored = [
            name
            for name, field in partner._fields.items()
            if field.store
            and field.type not in ("one2many", "many2many", "properties")
            and name not in models.MAGIC_COLUMNS
            and name not in LINKS
        ]
        family = (partner + partner.child_ids.sorted("name")).with_company(self.company)
        return [{name: record[name] for name in stored} for record in family.sudo()]

    def test_imported_partner_is_what_odoo_itself_creates(self):
        """Contact persons are made complete at once; Odoo would write them after."""
        self.xero.seed("Contacts", count=1)
        found = self.read_import(search_text="Generated")
        contact = found.line_ids.contact_id
        self.run_import(found)
        vals, _notes = mappers.partner_values(contact)
        plain = self.env["res.partner"].with_company(self.company).create(vals)
        mine = found.line_ids.partner_id
        self.assertTrue(mine.child_ids)
        self.assertEqual(self.content(mine), self.content(plain))

    # === REPORT === #

    def cells(self, found):
        """The report's rows, and whether any cell is anything but a text."""
        with zipfile.ZipFile(io.BytesIO(found._report())) as book:
            sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        rows = [
            ["".join(cell.itertext()) for cell in row.iter(f"{SHEET}c")]
            for row in sheet.iter(f"{SHEET}row")
        ]
        return rows, list(sheet.iter(f"{SHEET}f"))

    def test_report_lists_every_line_with_its_result_as_text(self):
        self.in_xero("Hostile", Name=FORMULA)
        found, _lines = self.imported()
        (titles, *rows), formulas = self.cells(found)
        self.assertEqual(len(rows), len(found.line_ids))
        self.assertIn("Result", titles)
        (row,) = [row for row in rows if row[0] == FORMULA]
        self.assertIn("Created", row)
        self.assertFalse(formulas)

    def test_report_is_there_before_anything_is_done(self):
        found = self.read_import()
        (_titles, *rows), _formulas = self.cells(found)
        self.assertEqual(len(rows), found.found_count)

    def test_report_is_downloaded_from_the_form(self):
        found = self.read_import()
        action = found.action_report()
        self.assertIn(f"/xero.import/{found.id}/report/", action["url"])
        self.assertTrue(found.report)
