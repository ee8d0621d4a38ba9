from collections import Counter

from odoo import models
from odoo.tools.misc import format_date

from ... import xero_api
from . import xero_preview

# Dates in a document's body that people compare, in their order
DATES = ("Date", "DueDate", "ExpiryDate", "DeliveryDate")


class XeroDocument(models.Model):
    """What a preview says, in the words of Xero's own pages.

    Of rows in the language of who looks, and as superuser.
    """

    _inherit = "xero.document"

    # === WHAT BECOMES OF IT === #

    def _preview_title(self, preview):
        """What would happen in Xero, in a sentence."""
        names = {
            "document": self._kind_in_xero(),
            "number": self.xero_number or "",
            "status": self._status_in_words((preview.body or {}).get("Status")),
        }
        if preview.outcome == xero_preview.HELD:
            return self.env._("Kept back: not sent until this is fixed.")
        if preview.outcome == xero_preview.NEW:
            return self.env._("New %(document)s in Xero: %(status)s.", **names)
        if preview.outcome == xero_preview.END:
            return self.env._(
                "The %(document)s %(number)s is then %(status)s in Xero.", **names
            )
        if preview.outcome == xero_preview.SAME:
            return self.env._(
                "Nothing to send: the %(document)s %(number)s in Xero is up to date.",
                **names,
            )
        if preview.outcome == xero_preview.UPDATE and self.took_over:
            return self.env._(
                "The draft %(number)s of its order becomes this %(document)s:"
                " %(status)s.",
                **names,
            )
        if preview.outcome == xero_preview.UPDATE:
            return self.env._(
                "Updates the %(document)s %(number)s in Xero: %(status)s.", **names
            )
        return self.env._("Nothing to send.")

    def _preview_notes(self, preview):
        """What else is to be known before it goes: list of sentences."""
        updates = preview.outcome == xero_preview.UPDATE
        by_itself = preview.record.xero_send or preview.outcome != xero_preview.NEW
        notes = [
            preview.waits_for,
            updates
            and self.env._(
                "Odoo checks first: what somebody changed in Xero is not overwritten."
            ),
            not by_itself
            and self.env._("It is not sent automatically, only with “Send to Xero”."),
            self.state == "failed" and not preview.problems and self.message,
            preview.text and self.connection_id._why_closed(),
        ]
        return [note for note in notes if note]

    # === HEAD === #

    def _preview_head(self, preview):
        """What the document says besides its lines: list of (title, text)."""
        body = preview.body
        if not body:
            return []
        titles = {
            "Date": self.env._("Date"),
            "DueDate": self.env._("Due date"),
            "ExpiryDate": self.env._("Valid until"),
            "DeliveryDate": self.env._("Delivery date"),
        }
        number = body.get(xero_api.const.NUMBER_KEYS[self._xero_endpoint()])
        dates = [
            (titles[key], format_date(self.env, body[key]))
            for key in DATES
            if body.get(key)
        ]
        return [
            (self.env._("Contact"), self._preview_contact(preview)),
            (self.env._("Number"), number or self.env._("Xero gives it")),
            *([(self.env._("Reference"), body["Reference"])] * ("Reference" in body)),
            *dates,
            (self.env._("Currency"), self._preview_currency(body)),
        ]

    def _preview_contact(self, preview):
        if not preview.contact:
            contact = self.env["xero.contact"].search(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("xero_id", "=", preview.body["Contact"].get("ContactID")),
                ],
                limit=1,
            )
            return contact.name or self._partner().display_name
        coming = preview.contact
        if coming.problem:
            return self.env._("%s, not linked yet", self._partner().display_name)
        if not coming.contact.xero_id:
            return self.env._("%s, created in Xero first", coming.contact.name)
        words = {"contact": coming.contact.name, "reason": coming.reason}
        if not coming.reason:
            return self.env._("%(contact)s, linked first", **words)
        return self.env._("%(contact)s, linked first: %(reason)s", **words)

    def _preview_currency(self, body):
        code, rate = body.get("CurrencyCode", ""), body.get("CurrencyRate")
        if not rate:
            return code
        return self.env._(
            "%(rate)s %(code)s for 1 %(own)s",
            code=code,
            rate=rate,
            own=self.company_id.currency_id.name,
        )

    # === LINES === #

    def _preview_lines(self, preview):
        """The lines as they would go: list of dicts of texts."""
        body = preview.body
        if not (body and body.get("LineItems")):
            return []
        items = body["LineItems"]
        amounts = xero_api.sent_lines(self._xero_endpoint(), preview.text)
        accounts = self._preview_names("xero.account", "code", "AccountCode", items)
        rates = self._preview_names("xero.tax.rate", "tax_type", "TaxType", items)
        return [
            {
                "text": item.get("Description", ""),
                "item": item.get("ItemCode", ""),
                "quantity": item.get("Quantity", ""),
                "price": _price(item.get("UnitAmount")),
                "discount": f"{item['DiscountRate']} %"
                if item.get("DiscountRate")
                else "",
                "account": accounts.get(item.get("AccountCode"), ""),
                "tax": rates.get(item.get("TaxType"), ""),
                "tax_amount": item.get("TaxAmount", ""),
                "tracking": self._preview_tracking(item),
                "amount": f"{line.amount:,.2f}" if "UnitAmount" in item else "",
            }
            for item, line in zip(items, amounts, strict=True)
        ]

    def _preview_names(self, model, field, key, items):
        """:return: dict of what lines name by a code → its name in Xero"""
        codes = {item[key] for item in items if item.get(key)}
        records = self.env[model].search(
            [("connection_id", "=", self.connection_id.id), (field, "in", list(codes))]
        )
        names = {code: code for code in codes}
        return {**names, **{each[field]: each.display_name for each in records}}

    def _preview_tracking(self, item):
        options = self.env["xero.tracking.option"]
        names = []
        for each in item.get("Tracking") or ():
            option_id = each.get("TrackingOptionID")
            option = option_id and options.search(
                [("xero_key", "=", option_id)], limit=1
            )
            names.append(option.name if option else each.get("Option", ""))
        return ", ".join(names)

    def _preview_totals(self, preview):
        """What Xero will count, as Odoo does: list of (title, text)."""
        if not preview.text or "LineItems" not in preview.body:
            return []
        amounts = preview.amounts
        currency = self.env["res.currency"].browse(amounts["currency_id"])
        total, tax = amounts["odoo_total"], amounts["odoo_tax"]
        return [
            (self.env._("Without tax"), currency.format(total - tax)),
            (self.env._("Tax"), currency.format(tax)),
            (self.env._("Total"), currency.format(total)),
        ]

    # === BESIDE WHAT XERO HOLDS === #

    def _preview_changes(self, preview):
        """What an update changes: list of (title, in Xero as last known, then)."""
        if preview.outcome != xero_preview.UPDATE:
            return []
        there, _last, now = self._sides()
        changes = [
            (title, there[key], now.get(key, ""))
            for key, title in self._side_titles().items()
            if there[key] != now.get(key, "")
        ]
        lines = self.env._("Line")
        gone, come = self._preview_lines_apart(preview)
        return [
            *changes,
            *((lines, text, "") for text in gone),
            *((lines, "", text) for text in come),
        ]

    def _preview_lines_apart(self, preview):
        """Lines that only one has, what Odoo sent last or what would be sent now.

        :return: two lists of texts; empty where what was sent last is not kept
        """
        before = self.request_id and self.connection_id._sent_by_binding(
            self.request_id
        ).get(self._origin.id)
        if not before or not before.get("LineItems"):
            return [], []
        endpoint = self._xero_endpoint()
        sides = [
            Counter(
                self._line_text(
                    line.text, line.account, line.tax_type, f"{line.amount:.2f}"
                )
                for line in xero_api.sent_lines(endpoint, text)
            )
            for text in (xero_api.serialise(endpoint, [before]), preview.text)
        ]
        return self._lines_shown(sides[0] - sides[1]), self._lines_shown(
            sides[1] - sides[0]
        )


def _price(amount):
    """A unit price with cents, and with more decimals where it has them."""
    if amount is None:
        return ""
    return f"{amount:,.2f}" if round(amount, 2) == amount else f"{amount:,}"
