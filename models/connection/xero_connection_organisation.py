from odoo import models
from odoo.exceptions import UserError


class XeroConnection(models.Model):
    """Which of Xero's organisations keeps this company's books."""

    _inherit = "xero.connection"

    def _offer_organisations(self, tenants):
        """Take the only organisation, or let a person choose among several.

        A connection that had an organisation keeps it: others are only offered.
        """
        if not tenants:
            self._set_not_connected(self._no_organisation())
            return
        known = [tenant for tenant in tenants if tenant.tenant_id == self.tenant_id]
        if self.tenant_id and not known and self._is_used():
            self._set_not_connected(self._why_not(tenants[0]))
            return
        if known or (len(tenants) == 1 and not self.tenant_id):
            tenant = (known or tenants)[0]
            problem = self._why_not(tenant)
            if problem:
                self._set_not_connected(problem)
            else:
                self._adopt_organisation(tenant)
            return
        self.write(
            {
                "state": "choose",
                "tenant_choices": [
                    {
                        "id": tenant.id,
                        "tenant_id": tenant.tenant_id,
                        "tenant_name": tenant.tenant_name,
                    }
                    for tenant in tenants
                ],
                "state_message": False,
            }
        )

    def _adopt_organisation(self, tenant):
        """Connect to this organisation from now on.

        :param tenant: ``xero_api.TenantConnection``
        :raise UserError: when records are bound to another organisation
        """
        self.ensure_one()
        problem = self._why_not(tenant)
        if problem:
            raise UserError(problem)
        if self.tenant_id not in (False, tenant.tenant_id):
            self._forget_lists()
        self.write(
            {
                "state": "connected",
                "tenant_id": tenant.tenant_id,
                "tenant_name": tenant.tenant_name,
                "remote_connection_id": tenant.id,
                "tenant_choices": False,
                "state_message": False,
                "next_allowed": False,
                "choices_at": False,
            }
        )
        self._forget_budget()

    def _why_not(self, tenant):
        """Why this organisation must not be connected here, in words, or False.

        :param tenant: ``xero_api.TenantConnection``
        """
        if self.tenant_id not in (False, tenant.tenant_id) and self._is_used():
            return self._why_not_another(tenant.tenant_name)
        earlier = self.with_context(active_test=False).search(
            [
                ("company_id", "=", self.company_id.id),
                ("tenant_id", "=", tenant.tenant_id),
                ("id", "!=", self.id),
            ]
        )
        if any(connection._has_bindings() for connection in earlier):
            return self.env._(
                "“%(organisation)s” was connected to this company before, and that"
                " connection holds the links to what is in Xero. Archive this one,"
                " restore that one and reconnect it.",
                organisation=tenant.tenant_name,
            )
        return self._why_not_shared(tenant.tenant_id, tenant.tenant_name)

    def _no_organisation(self):
        if self.auth_method == "client_credentials":
            return self.env._(
                "The custom connection has no organisation. Choose one for it in Xero's"
                " developer portal, then connect again."
            )
        return self.env._("No organisation was allowed on Xero's page. Connect again.")

    def _how_to_allow(self):
        """What is done in Xero so that it allows what it denied, in a sentence."""
        if self.auth_method == "client_credentials":
            return self.env._(
                "Add what is missing to the custom connection in Xero's developer"
                " portal, then reconnect."
            )
        return self.env._("Reconnect and allow everything Xero asks about.")

    def _why_not_another(self, name):
        """What to do when not the organisation was allowed whose documents these are.

        :param name: of the one that was
        """
        if self.auth_method == "client_credentials":
            again = self.env._(
                "Enter the credentials of the custom connection for “%(old)s” and"
                " connect again.",
                old=self.tenant_name,
            )
        else:
            again = self.env._(
                "Connect again and allow “%(old)s” on Xero's page.",
                old=self.tenant_name,
            )
        return self.env._(
            "%(again)s Access to “%(new)s” was allowed, and this connection holds"
            " documents for “%(old)s”, or links to it. Archive it and set up a new"
            " connection only if “%(new)s” is to keep the books.",
            again=again,
            old=self.tenant_name,
            new=name,
        )

    def _check_not_shared(self):
        """An archived connection may come back as long as no other took its place.

        :raise UserError: its organisation keeps another company's books by now
        """
        for connection in self.filtered(
            lambda row: row.tenant_id and row.state != "draft"
        ):
            problem = connection._why_not_shared(
                connection.tenant_id, connection.tenant_name
            )
            if problem:
                raise UserError(problem)

    def _why_not_shared(self, tenant_id, tenant_name):
        """Why another company keeps this organisation to itself, in words, or False.

        Documents of two companies have the same numbers, and Xero's limits count the
        calls of both. Branches use the connection of their company.
        """
        # sudo: companies that this administrator does not see count, too
        other = self.sudo().search(
            [
                ("company_id", "!=", self.company_id.id),
                ("tenant_id", "=", tenant_id),
                ("state", "!=", "draft"),
            ],
            limit=1,
        )
        if not other:
            return False
        return self.env._(
            "“%(organisation)s” keeps the books of %(company)s, and an organisation has"
            " one company. Choose another organisation, or disconnect it there first.",
            organisation=tenant_name,
            company=other.company_id.display_name,
        )

    def _is_used(self):
        """Whether anything was sent to this organisation, waits for it or is linked.

        A document without an answer may be there, too: nobody knows yet.
        """
        ours = [("connection_id", "=", self.id)]
        fed = [*ours, "|", ("request_id", "!=", False), ("state", "!=", "synced")]
        return (
            bool(self.env["xero.document"].search_count(ours, limit=1))
            or bool(self.env["xero.contact"].search_count(fed, limit=1))
            or bool(self.env["xero.item"].search_count(fed, limit=1))
            or self._has_links("res.partner")
            or self._has_links("product.product")
            or self._has_bindings()
        )

    def _has_links(self, model):
        """Whether records of a model are linked to what was read from Xero."""
        records = self.env[model].with_company(self.company_id)
        link = f"{records._xero_link}.connection_id"
        return bool(records.search_count([(link, "=", self.id)], limit=1))

    def _forget_lists(self):
        """What was merely read from another organisation is of no use in this one."""
        for model in ("xero.contact", "xero.item"):
            self.env[model].search([("connection_id", "=", self.id)]).unlink()
        self.write({"contacts_at": False, "items_at": False, "contacts_reading": False})

    def _has_bindings(self):
        """Whether Odoo has made anything in the organisation."""
        domain = [
            ("connection_id", "=", self.id),
            ("xero_id", "!=", False),
            *self.env["xero.binding"]._sent_domain(),
        ]
        return any(
            self.env[model].search_count(domain, limit=1)
            for model in ("xero.document", "xero.contact", "xero.item")
        )
