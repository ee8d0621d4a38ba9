from collections import Counter

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import float_compare, formatLang

from ... import mappers, xero_api
from .xero_document import XERO_DIGITS

# So many lines of each side are shown at most
LINES_SHOWN = 20


class XeroDocument(models.Model):
    """A changed document from both sides: in Xero, as Odoo left it, as it is in Odoo.

    A side is a dict of ``status``, ``total``, ``tax`` and ``contact``, in words as
    people read them; empty where that is not known.
    """

    _inherit = "xero.document"

    def _sides(self, named=True):
        """The sides (there, last, now).

        :param named: whether contacts are named, which costs queries
        """
        left = self._left()
        ids = (self.contact_xero_id, left["contact"])
        names = [self._contact_name(xero_id) if named else "" for xero_id in ids]
        there = self._side_in_words(
            self.xero_status,
            self.xero_currency,
            self.xero_total,
            self.xero_tax,
            names[0],
        )
        last = self._side_in_words(
            left["status"],
            left["currency"],
            left["total"],
            left["tax"],
            names[1],
        )
        return there, last, self._side_now()

    def _side_now(self):
        record = self._record()
        if not record or self._is_unwanted():
            return {}
        amounts = record._xero_amounts(self.kind, self.connection_id)
        currency = self.env["res.currency"].browse(amounts["currency_id"])
        return self._side_in_words(
            self._next_status() or self.xero_status,
            currency.name,
            amounts["odoo_total"],
            amounts["odoo_tax"],
            self._partner_contact().name or self._partner().display_name,
        )

    def _side_in_words(self, status, currency, total, tax, contact):
        """:param currency: its code"""
        return {
            "status": self._status_in_words(status) if status else "",
            "total": self._money(total, currency),
            "tax": self._money(tax, currency),
            "contact": contact,
        }

    def _money(self, amount, code):
        """An amount as its currency is written; with the code where that tells more.

        :param code: of the currency, empty where nothing is known of the amount
        """
        if not code:
            return ""
        currency = self.currency_id
        if currency.name != code:
            # Xero may use one that is not active in Odoo
            currencies = currency.with_context(active_test=False)
            currency = currencies.search([("name", "=", code)], limit=1)
        # Xero has cents of yen too
        places = currency.decimal_places if currency else XERO_DIGITS[1]
        most = max(places, XERO_DIGITS[1])
        if float_compare(amount, round(amount, places), most):
            places = most
        elif currency and currency == self.currency_id:
            return currency.format(amount).replace("\N{NO-BREAK SPACE}", " ")
        return f"{code} {formatLang(self.env, amount, digits=places)}"

    def _is_of_one_contact(self):
        """Whether all sides are, as far as Odoo knows."""
        contacts = {self.contact_xero_id, self._left()["contact"]}
        if self._record():
            contacts.add(self._partner_contact().xero_id)
        return len(contacts - {False, None}) < 2

    def _contact_name(self, xero_id):
        contact = self.env["xero.contact"].search(
            [("connection_id", "=", self.connection_id.id), ("xero_id", "=", xero_id)]
        )
        return contact.name or self.env._("one that Odoo does not know")

    def _side_titles(self):
        return {
            "status": self.env._("Status"),
            "total": self.env._("Total"),
            "tax": self.env._("Tax"),
            "contact": self.env._("Contact"),
        }

    # === IN SENTENCES === #

    def _sides_text(self):
        """What is not the same on all sides, in sentences with figures."""
        titles, named = self._side_titles(), not self._is_of_one_contact()
        if not named:
            del titles["contact"]
        there, last, now = self._sides(named)
        sentences = [
            self._side_sentence(title, there[key], last[key], now.get(key, ""))
            for key, title in titles.items()
        ]
        left = self.left_as or {}
        if left.get("lines") and self.xero_lines_digest != left["lines"]:
            sentences.append(
                self.env._("Texts, accounts or tax rates of its lines are different.")
            )
        return " ".join(filter(None, sentences))

    def _side_sentence(self, what, there, last, now):
        """:return: a sentence, empty where all that is known is the same"""
        words = {"what": what, "there": there, "last": last, "now": now}
        if last and last != there:
            if now and now != last:
                return self.env._(
                    "%(what)s in Xero %(there)s, Odoo last sent %(last)s, now %(now)s.",
                    **words,
                )
            return self.env._(
                "%(what)s in Xero %(there)s, Odoo last sent %(last)s.", **words
            )
        if now and now != there and what != self._side_titles()["status"]:
            return self.env._(
                "%(what)s in Xero %(there)s, now in Odoo %(now)s.", **words
            )
        return ""

    # === LINES === #

    def _lines_apart(self):
        """Lines that only one side has: (in Xero, in Odoo), as texts.

        :return: None where one of the sides is not known
        """
        ours = self._lines_now()
        if ours is None or not isinstance(self.lines_there, list):
            return None
        there = Counter(self._line_text(*line) for line in self.lines_there)
        here = Counter(self._line_text(*line) for line in ours)
        return self._lines_shown(there - here), self._lines_shown(here - there)

    def _lines_now(self):
        """What Odoo would send of its lines; None where it cannot build them."""
        record = self._record().with_company(self.company_id)
        if not record or self._is_unwanted():
            return None
        endpoint = self._xero_endpoint()
        try:
            target = self._target(self._next_status() or self.xero_status)
            text = xero_api.serialise(endpoint, [record._xero_prepare(self, target)])
        except (mappers.MappingError, ValueError):
            return None
        return [
            (line.text, line.account, line.tax_type, f"{line.amount:.2f}")
            for line in xero_api.sent_lines(endpoint, text)
        ]

    def _line_text(self, text, account, tax_type, amount):
        text = " ".join(text.split())
        if not account:
            return text
        return self.env._(
            "%(text)s: %(amount)s, account %(account)s, tax rate %(tax_type)s",
            text=text,
            amount=amount,
            account=account,
            tax_type=tax_type or "–",
        )

    def _lines_shown(self, lines):
        """:param lines: ``Counter`` of texts"""
        texts = list(lines.elements())
        more = len(texts) - LINES_SHOWN
        rest = [self.env._("… and %(count)s more", count=more)] if more > 0 else []
        return texts[:LINES_SHOWN] + rest

    # === WHAT STAYS OF IT === #

    def _replaced_note(self):
        """What the chatter keeps of what stood in Xero before it was replaced."""
        there, _last, _now = self._sides()
        lines = "; ".join(
            self._line_text(*line) for line in (self.lines_there or [])[:LINES_SHOWN]
        )
        facts = [f"{title}: {there[key]}" for key, title in self._side_titles().items()]
        if lines:
            facts.append(self.env._("Lines: %s", lines))
        return Markup("%s<br/>%s") % (
            self.env._(
                "%(user)s replaces the %(document)s %(number)s that was changed in"
                " Xero. What Xero had:",
                user=self.env.user.name,
                document=self._kind_in_xero(),
                number=self._number_in_xero(),
            ),
            Markup("<br/>").join(facts),
        )

    def _seen_there(self):
        """What a person decides about: changes when Xero's document does again."""
        return [
            self.xero_id,
            self.xero_status,
            self.xero_currency,
            self.xero_total,
            self.xero_tax,
            self.contact_xero_id,
            self.xero_lines_digest,
            fields.Datetime.to_string(self.xero_updated) or "",
        ]
