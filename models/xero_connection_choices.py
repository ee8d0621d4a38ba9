from datetime import timedelta

from odoo import fields, models
from odoo.tools import float_compare

CHOICES_EVERY = timedelta(days=1)
# Refusals (xero_refusals.py) whose cause may be put right in Xero's settings
CURED_IN_XERO = (
    "account",
    "contact_archived",
    "currency",
    "item_unknown",
    "lock_date",
    "tax",
)


class XeroConnection(models.Model):
    """Reading from Xero what people choose from."""

    _inherit = "xero.connection"

    def action_refresh_choices(self):
        """Button "Refresh from Xero": reads right after the commit."""
        self.ensure_one()
        self.check_access("read")
        # sudo: the accountant asks for fresh choices; the marks are read-only fields
        due = {"choices_at": False, "contacts_due": True, "items_due": True}
        self.sudo().write(due)
        self._run_after_commit()
        return True

    def _refresh_choices_if_due(self):
        """Read the choices when a day has passed, or when somebody asked.

        :raise xero_api.XeroError: when Xero cannot be read now
        """
        self.ensure_one()
        now = fields.Datetime.now()
        if not self.choices_at or self.choices_at < now - CHOICES_EVERY:
            with self._client() as client:
                self._refresh_organisation(client.organisation())
                self._refresh_choices(client)
                self._commit()
                self._refresh_contacts(client)
                self._refresh_items(client)
                self._note_budget(client)
            self.choices_at = now
            self._propose_defaults()
            self._solve_what_xero_cured()
            self._commit()
        self._refresh_lists_if_due()

    def _refresh_organisation(self, organisation):
        self.write(
            {
                "tenant_name": organisation.name or self.tenant_name,
                "short_code": organisation.short_code,
                "country_code": organisation.country_code,
                "base_currency": organisation.base_currency,
                "period_lock_date": organisation.period_lock_date,
                "year_lock_date": organisation.end_of_year_lock_date,
                "state_message": False,
            }
        )

    def _refresh_choices(self, client):
        """Accounts, tax rates, currencies, branding themes and tracking."""
        accounts = self.env["xero.account"]
        accounts._refresh(
            self, {a.account_id: accounts._values(a) for a in client.accounts()}
        )
        rates = self.env["xero.tax.rate"]
        rates._refresh(self, {r.tax_type: rates._values(r) for r in client.tax_rates()})
        currencies = self.env["xero.currency"]
        currencies._refresh(
            self, {c.code: currencies._values(c) for c in client.currencies()}
        )
        themes = self.env["xero.branding.theme"]
        themes._refresh(
            self,
            {t.branding_theme_id: themes._values(t) for t in client.branding_themes()},
        )
        self._refresh_tracking(client.tracking_categories())

    def _solve_what_xero_cured(self):
        """A currency was added there, a period opened: try what waited for such."""
        for cause in ("currency", "lock_date"):
            self.env["xero.issue"]._solve_kind(f"{cause}:{self.id}")
        for code in CURED_IN_XERO:
            self.env["xero.issue"]._solve_kind(f"refused:{code}")

    def _refresh_tracking(self, found):
        categories = self.env["xero.tracking.category"]
        categories._refresh(self, {c.category_id: categories._values(c) for c in found})
        rows = categories.with_context(active_test=False).search(
            [("connection_id", "=", self.id)]
        )
        ids = {row.xero_key: row.id for row in rows}
        self.env["xero.tracking.option"]._refresh(
            self,
            {
                option.option_id: {
                    "name": option.name,
                    "active": option.status == "ACTIVE",
                    "category_id": ids[category.category_id],
                }
                for category in found
                for option in category.options
            },
        )

    # === PROPOSALS === #

    def _propose_defaults(self):
        """Fill what is empty where Xero's chart leaves no doubt."""
        if not self.default_sale_account_id:
            self.default_sale_account_id = self._account_named(
                "sales", ("SALES", "REVENUE")
            )
        if not self.default_purchase_account_id:
            self.default_purchase_account_id = self._account_named(
                "purchases", ("DIRECTCOSTS", "EXPENSE")
            ) or self._account_named("cost of goods sold", ("DIRECTCOSTS",))

    def _account_named(self, name, types):
        """The only account of some types that bears a name, in any case, if any."""
        accounts = self.env["xero.account"].search(
            [
                ("connection_id", "=", self.id),
                ("for_documents", "=", True),
                ("account_type", "in", types),
            ]
        )
        named = accounts.filtered(lambda account: account.name.lower() == name)
        return named if len(named) == 1 else accounts.browse()

    def _propose_tax_rate(self, tax):
        """The Xero rate an accountant would most likely choose for an Odoo tax.

        By use (sales or purchases) and rate; among several, the one whose name shares
        most words with the tax's, then the one the default account usually has. No
        proposal when that leaves a doubt.

        :param tax: ``account.tax``
        :return: ``xero.tax.rate``, maybe empty
        """
        if tax.amount_type != "percent":
            return self.env["xero.tax.rate"]
        use = "for_sales" if tax.type_tax_use == "sale" else "for_purchases"
        rates = self.env["xero.tax.rate"].search(
            [("connection_id", "=", self.id), ("active", "=", True), (use, "=", True)]
        )
        same = rates.filtered(
            lambda rate: not float_compare(rate.effective_rate, tax.amount, 4)
        )
        if len(same) <= 1:
            return same
        words = {rate: _shared_words(rate.name, tax) for rate in same}
        best = same.filtered(lambda rate: words[rate] == max(words.values()))
        if len(best) == 1:
            return best
        account = (
            self.default_sale_account_id
            if tax.type_tax_use == "sale"
            else self.default_purchase_account_id
        )
        return best.filtered(lambda rate: rate.tax_type == account.tax_type)


def _shared_words(rate_name, tax):
    """How many words of a Xero rate's name stand in the Odoo tax's texts."""
    words = set(
        f"{tax.name} {tax.description or ''} {tax.type_tax_use}".lower().split()
    )
    return len(words & set(rate_name.lower().split()))
