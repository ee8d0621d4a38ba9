from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import xero_api
from .sealing import has_key


class XeroConnection(models.Model):
    """One Xero organisation connected to one Odoo company.

    It owns the settings, the rhythm (what Xero's limits allow now) and a scheduled
    job of its own, so that several organisations drain in parallel. States::

        draft ──Connect──▶ connecting ─▶ (choose ─▶) connected ◀──Reconnect── broken
          ▲                                             │                       ▲
          └───────────── disconnecting ◀──Disconnect────┴──── access lost ──────┘

    From anywhere it comes to *moved* in a copy of the database, until a person says
    whether that one sends from now on (``xero_connection_place.py``).
    Documents are queued while connected or broken; they go out while connected.
    """

    _name = "xero.connection"
    _description = "Xero connection"
    _inherit = ["mail.thread", "xero.mirror"]
    _rec_name = "tenant_name"
    _check_company_auto = True

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company.root_id,
        help="Its branches use this connection too.",
    )
    state = fields.Selection(
        [
            ("draft", "Not connected"),
            ("connecting", "Connecting"),
            ("choose", "Choose the organisation"),
            ("connected", "Connected"),
            ("broken", "Reconnect needed"),
            ("moved", "Copy or move?"),
            ("disconnecting", "Disconnecting"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    state_message = fields.Text(readonly=True, copy=False)

    # Application of Xero's developer portal
    auth_method = fields.Selection(
        [
            ("authorization_code", "Web app: somebody allows it in the browser"),
            ("client_credentials", "Custom connection: no browser needed"),
        ],
        required=True,
        default="authorization_code",
    )
    client_id = fields.Char(
        "Client ID", groups="xero_sync.xero_sync_group_administrator", copy=False
    )
    client_secret = fields.Char(
        compute="_compute_client_secret",
        inverse="_inverse_client_secret",
        groups="xero_sync.xero_sync_group_administrator",
        help="Can be set, never read.",
    )
    client_secret_stored = fields.Char(groups=fields.NO_ACCESS, copy=False)
    has_client_secret = fields.Boolean(compute="_compute_has_client_secret")
    has_secret_key = fields.Boolean(
        compute="_compute_has_secret_key",
        groups="xero_sync.xero_sync_group_administrator",
        help="Whether secrets are encrypted in the database",
    )
    redirect_uri = fields.Char("Redirect URI", compute="_compute_redirect_uri")
    oauth_nonce = fields.Char(groups=fields.NO_ACCESS, copy=False)

    # Organisation, as Xero tells it
    tenant_id = fields.Char("Tenant ID", readonly=True, copy=False)
    tenant_name = fields.Char("Organisation", readonly=True, copy=False)
    remote_connection_id = fields.Char(readonly=True, copy=False)
    # Names organisations that are none of the company's: all of one Xero login
    tenant_choices = fields.Json(
        readonly=True, copy=False, groups="xero_sync.xero_sync_group_administrator"
    )
    short_code = fields.Char(readonly=True, copy=False)
    country_code = fields.Char(readonly=True, copy=False)
    base_currency = fields.Char("Base currency", readonly=True, copy=False)
    period_lock_date = fields.Date(readonly=True, copy=False)
    year_lock_date = fields.Date(readonly=True, copy=False)
    passes_period_lock = fields.Boolean(
        readonly=True,
        copy=False,
        help="Xero lets the user who connected post before the period lock date.",
    )

    # Rhythm
    cron_id = fields.Many2one("ir.cron", readonly=True, copy=False, ondelete="restrict")
    next_allowed = fields.Datetime(
        "No calls before", readonly=True, copy=False, help="Xero asked for a pause."
    )
    choices_at = fields.Datetime(
        "Accounts and rates read on", readonly=True, copy=False
    )

    currency_warning = fields.Char(compute="_compute_currency_warning")
    pending_count = fields.Integer(compute="_compute_counts")
    issue_count = fields.Integer(compute="_compute_counts")

    _company_uniq = models.UniqueIndex(
        "(company_id) WHERE active IS TRUE",
        "A company has one live Xero connection. Archive the other one first.",
    )

    # === COMPUTE METHODS === #

    @api.depends("tenant_name", "company_id")
    def _compute_display_name(self):
        for connection in self:
            connection.display_name = (
                connection.tenant_name or connection.company_id.name
            )

    def _compute_client_secret(self):
        self.client_secret = False

    def _inverse_client_secret(self):
        for connection in self.filtered("client_secret"):
            connection._keep_client_secret(connection.client_secret)
        self.invalidate_recordset(["client_secret"], flush=False)

    def _compute_has_secret_key(self):
        self.has_secret_key = has_key()

    @api.depends("client_secret_stored")
    def _compute_has_client_secret(self):
        for connection in self:
            # sudo: only whether there is one
            connection.has_client_secret = bool(connection.sudo().client_secret_stored)

    def _compute_redirect_uri(self):
        for connection in self:
            connection.redirect_uri = (
                connection.get_base_url() + "/xero_sync/oauth/callback"
            )

    def _compute_counts(self):
        waiting = self.env["xero.document"]._read_group(
            [
                ("connection_id", "in", self.ids),
                ("state", "in", ("pending", "sending")),
            ],
            ["connection_id"],
            ["__count"],
        )
        # sudo: how many there are is no secret
        issues = (
            self.env["xero.issue"]
            .sudo()
            ._read_group(
                [("connection_id", "in", self.ids), ("state", "=", "open")],
                ["connection_id"],
                ["__count"],
            )
        )
        waiting, open_issues = dict(waiting), dict(issues)
        for connection in self:
            connection.pending_count = waiting.get(connection, 0)
            connection.issue_count = open_issues.get(connection, 0)

    @api.depends("base_currency", "company_id.currency_id")
    def _compute_currency_warning(self):
        for connection in self:
            ours, theirs = (
                connection.company_id.currency_id.name,
                connection.base_currency,
            )
            connection.currency_warning = theirs not in (False, ours) and self.env._(
                "The company's currency is %(ours)s, the Xero organisation's is"
                " %(theirs)s.",
                ours=ours,
                theirs=theirs,
            )

    # === CRUD METHODS === #

    # EXTENDS 'mail'
    @api.model_create_multi
    def create(self, vals_list):
        connections = super().create(vals_list)
        for connection in connections:
            # sudo: the job belongs to the connection, whoever may create one
            connection.sudo().cron_id = connection.sudo()._create_cron()
        return connections

    # EXTENDS 'mail'
    def write(self, vals):
        self._check_same_company(vals)
        back = self.filtered(lambda connection: not connection.active)
        result = super().write(vals)
        if vals.get("active"):
            back._check_not_shared()
            back._catch_up()
        return result

    def _catch_up(self):
        """While these were archived nobody noted what changed: look at all anew."""
        # sudo: bindings are read-only for users
        documents = self.env["xero.document"].sudo()
        documents.search(
            [("connection_id", "in", self.ids), ("xero_id", "!=", False)]
        )._mark_changed()
        self._wake()

    def _check_same_company(self, vals):
        """Links and rows belong to the company; another one needs its own."""
        if "company_id" not in vals:
            return
        for connection in self:
            company = connection.company_id
            if connection.tenant_id and company.id != vals["company_id"]:
                raise UserError(
                    self.env._(
                        "“%(organisation)s” keeps the books of %(company)s. Make a new"
                        " connection for another company.",
                        organisation=connection.display_name,
                        company=company.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_connected(self):
        for connection in self:
            if connection._has_bindings():
                raise UserError(
                    self.env._(
                        "“%(organisation)s” holds the links to what is in Xero. Archive"
                        " it instead of deleting it.",
                        organisation=connection.display_name,
                    )
                )
            if connection.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(organisation)s” is still connected. Disconnect it first.",
                        organisation=connection.display_name,
                    )
                )

    # EXTENDS 'mail'
    def unlink(self):
        # sudo: the job belongs to the connection
        crons = self.sudo().cron_id
        result = super().unlink()
        crons.unlink()
        return result

    def _create_cron(self):
        """The job that drains this connection (``ir.cron``)."""
        self.ensure_one()
        return self.env["ir.cron"].create(
            {
                "name": f"Xero: send and refresh ({self.company_id.name})",
                "model_id": self.env["ir.model"]._get_id("xero.connection"),
                "state": "code",
                "code": f"model._cron_run({self.id})",
                "user_id": self.env.ref("base.user_root").id,
                "interval_number": 10,
                "interval_type": "minutes",
            }
        )

    # === BUSINESS METHODS === #

    @api.model
    def _open_start_page(self):
        """The action of the app's start page, where the first steps are."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_overview_action"
        )
        return {**action, "target": "main"}  # nothing leads back from a start

    def _web_url(self, endpoint, xero_id):
        """Address of an object in Xero's own web client, None where there is none.

        Forms: https://developer.xero.com/documentation/guides/how-to-guides/deep-link-xero
        """
        self.ensure_one()
        if not xero_id or not self.short_code:
            return None
        return xero_api.deep_link(
            endpoint, xero_id, self.short_code, self._base_url("web")
        )

    @api.model
    def _base_url(self, name):
        """One of Xero's base addresses: ``api``, ``identity``, ``login`` or ``web``.

        System parameters ``xero_sync.<name>_url`` lead to another one, e.g. the local
        Xero. Only a system administrator can set them.
        """
        default = getattr(xero_api.const, f"{name.upper()}_URL")
        # sudo: reading which server to call is no secret
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(f"xero_sync.{name}_url") or default

    def _client(self):
        """A client for this organisation, with a token that is valid now.

        :return: ``xero_api.XeroClient``, to be used as a context manager
        :raise xero_api.XeroError: when no token can be had
        """
        self.ensure_one()
        token = self.env["xero.token"]._access_token(self)
        return xero_api.XeroClient(
            token,
            tenant_id=self.tenant_id,
            api_url=self._base_url("api"),
            budget=self._budget(),
        )
