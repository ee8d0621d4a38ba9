from odoo.tests import BaseCase, tagged

from ...mappers.match_keys import (
    Keys,
    Rule,
    compare,
    email_key,
    name_key,
    other_tax_number,
    plain_name_key,
    tax_key,
)


@tagged("post_install", "-at_install")
class TestMatchKeys(BaseCase):
    """The forms in which names, addresses and numbers are compared."""

    def test_names_are_the_same_in_any_case_and_with_any_blanks(self):
        self.assertEqual(name_key("  City  AGENCY "), name_key("City Agency"))

    def test_names_are_the_same_in_the_form_xero_takes(self):
        self.assertEqual(name_key("Ann <West>"), name_key("Ann (West)"))

    def test_a_long_name_is_the_same_as_what_xero_kept_of_it(self):
        self.assertEqual(name_key("é" * 300), name_key("é" * 255))

    def test_names_are_the_same_however_an_accent_is_written(self):
        self.assertEqual(name_key("Cafe\u0301"), name_key("Café"))

    def test_quotes_ampersands_and_emoji_tell_names_apart(self):
        names = ('Ann "Bo" West', "Ann & Bo West", "Ann Bo West", "Ann Bo West 🪵")
        self.assertEqual(len({name_key(name) for name in names}), 4)

    def test_near_names_differ_in_punctuation_accents_blanks_and_legal_form(self):
        for one, other in (
            ("Acme Pty Ltd", "ACME"),
            ("Acme (Pty) Limited", "Acme P.T.Y. Ltd."),
            ("Müller & Söhne GmbH & Co. KG", "Muller and Sohne"),
            ("Jane's Joinery", "Janes Joinery, Inc."),
            ("The Data-Base B.V.", "Database"),
            ('"Oak" 🪵', "oak"),
            ("木工 有限", "木工有限"),
        ):
            with self.subTest(one):
                self.assertEqual(plain_name_key(one), plain_name_key(other))

    def test_other_names_are_not_near(self):
        for one, other in (
            ("Acme North", "Acme South"),
            ("Ltd", "Pty"),
            ("की", "का"),
            ("Company of Heroes", "Heroes"),
        ):
            with self.subTest(one):
                self.assertNotEqual(plain_name_key(one), plain_name_key(other))

    def test_a_name_without_letters_is_near_to_nothing(self):
        self.assertEqual(
            [plain_name_key(name) for name in ("🪵", "-", "", None)], [""] * 4
        )

    def test_addresses_are_the_same_in_any_case_and_form(self):
        self.assertEqual(email_key('"Jane" <Jane@Example.com>'), "jane@example.com")

    def test_no_address_or_several_are_no_key(self):
        texts = ("", None, "jane", "a@example.com, b@example.com")
        self.assertEqual([email_key(text) for text in texts], [""] * 4)

    def test_tax_numbers_are_the_same_with_and_without_country_and_blanks(self):
        for one, other in (
            ("83 914 571 673", "ABN 83914571673"),
            ("GB 123 4567 89", "123456789"),
            ("nl123456789b01", "NL-123456789-B01"),
            ("CHE-123.456.788 MWST", "123456788MWST"),
        ):
            with self.subTest(one):
                self.assertEqual(tax_key(one), tax_key(other))

    def test_what_is_no_tax_number_is_no_key(self):
        for text in (
            "",
            None,
            "/",
            "N/A",
            "1234",
            "00 000 000 000",
            "EXEMPT",
            "NL00000",
        ):
            with self.subTest(text):
                self.assertEqual(tax_key(text), "")


@tagged("post_install", "-at_install")
class TestMatchRules(BaseCase):
    """Which rule makes two the same."""

    partner = Keys.of(
        "odoo-1-7", "83 914 571 673", "jane@example.com", "Jane's Joinery"
    )

    def rule(self, number="", tax="", email="", name="Other"):
        return compare(self.partner, Keys.of(number, tax, email, name))

    def test_our_number_comes_before_everything(self):
        rule = self.rule("odoo-1-7", "83914571673", "jane@example.com")
        self.assertEqual(rule, Rule.NUMBER)

    def test_the_tax_number_comes_before_the_name(self):
        rule = self.rule(tax="83914571673", name="Jane's Joinery")
        self.assertEqual(rule, Rule.TAX)

    def test_address_and_name_come_before_the_name(self):
        rule = self.rule(email="JANE@example.com", name="jane's joinery")
        self.assertEqual(rule, Rule.EMAIL_AND_NAME)

    def test_the_name_alone_is_enough(self):
        rule = self.rule(email="bo@example.com", name="JANE'S  JOINERY")
        self.assertEqual(rule, Rule.NAME)

    def test_the_address_alone_is_near(self):
        rule = self.rule(email="jane@example.com")
        self.assertEqual((rule, rule.is_exact), (Rule.EMAIL, False))

    def test_a_near_name_is_near(self):
        rule = self.rule(name="Janes Joinery Pty Ltd")
        self.assertEqual((rule, rule.is_exact), (Rule.NEAR_NAME, False))

    def test_a_near_name_with_the_address_is_nearer_than_either(self):
        rule = self.rule(email="jane@example.com", name="Janes Joinery Pty Ltd")
        self.assertLess(rule, min(Rule.EMAIL, Rule.NEAR_NAME))
        self.assertFalse(rule.is_exact)

    def test_nothing_in_common_is_no_match(self):
        self.assertIsNone(self.rule("odoo-1-8", "51 824 753 556", "bo@example.com"))

    def test_what_both_lack_is_not_in_common(self):
        self.assertIsNone(compare(Keys.of("", "", "", "🪵"), Keys.of("", "", "", "-")))

    def test_two_tax_numbers_contradict_each_other(self):
        other = Keys.of("", "51 824 753 556", "", "Jane's Joinery")
        self.assertTrue(other_tax_number(self.partner, other))

    def test_a_missing_tax_number_contradicts_nothing(self):
        self.assertFalse(other_tax_number(self.partner, Keys.of("", "", "", "Jane")))

    def test_a_prefix_that_is_not_known_contradicts_nothing(self):
        one, other = (
            Keys.of("", tax, "", "") for tax in ("FRAB123456789", "AB123456789")
        )
        self.assertFalse(other_tax_number(one, other))
