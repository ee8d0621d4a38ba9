from datetime import timedelta
from math import ceil

from odoo import fields, models
from odoo.exceptions import UserError

CHOICES_EVERY = timedelta(days=1)
# A reading costs eight calls or more of the day's 1,000
COOL_DOWN = timedelta(minutes=2)
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
        """Button "Refresh from Xero" for accountants: reads right after the commit.

        :raise odoo.exceptions.UserError: Xero was read a moment ago
        """
        self.ensure_one()
        self.check_access("write")
        self._check_cooled_down()
        # sudo: the accountant asks for fresh choices; the marks are read-only fields
        due = {"choices_at": False, "contacts_due": True, "items_due": True}
        self.sudo().write(due)
        self._run_after_commit()
        return True

    def _check_cooled_down(self):
        """:raise UserError: the choices are as fresh as need be"""
        read = self.choices_at
        wait = read and read + COOL_DOWN - fields.Datetime.now()
        if wait and wait > timedelta(0):
            raise UserError(
                self.env._(
                    "Odoo read Xero a moment ago, so Xero was not asked again. Each"
                    " time takes several of the day's calls: try again in %(seconds)s"
                    " seconds.",
                    seconds=ceil(wait.total_seconds()),
                )
            )

    def _refresh_choices_if_due(self):
        """Read the choices when a day has passed, or when somebody asked.

        :raise xero_api.XeroError: when Xero cannot be read now
        """
        self.ensure_one()
        now = fields.Datetime.now()
        old = self.choices_at and self.choices_at < now - CHOICES_EVERY
        if not self.choices_at or (old and not self._is_scarce()):
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
        """:param organisation: ``xero_api.Organisation``"""
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
        self.env["xero.issue"]._solve_kinds(
            *(f"{cause}:{self.id}" for cause in ("currency", "lock_date")),
            *(f"refused:{code}" for code in CURED_IN_XERO),
        )

    def _refresh_tracking(self, found):
        """:param found: list of ``xero_api.TrackingCategory``, with their options"""
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
