from odoo import api, fields, models
from odoo.tools import format_date

from ..connection.xero_connection_settings import DEFAULT_FIELDS
from ..mapping.xero_mapping_mixin import ACCOUNTANT

# What a line of a document may have, each of which stands for a rate of Xero's
TAXED = ("account.tax", "xero.tax.set")


class XeroConnection(models.Model):
    """The first steps: what is to be done before all goes by itself, and is it done."""

    _inherit = "xero.connection"

    scope_decided = fields.Boolean(
        readonly=True,
        copy=False,
        help="Somebody looked at what is sent automatically, and from when.",
    )
    existing_decided = fields.Boolean(
        readonly=True,
        copy=False,
        help="Somebody decided about what is dated before the start.",
    )
    first_steps = fields.Json(
        compute="_compute_first_steps",
        groups=ACCOUNTANT,
        help="Of each step its title, a text, and whether it is done",
    )
    steps_open = fields.Integer(
        "First steps left", compute="_compute_first_steps", groups=ACCOUNTANT
    )

    # === COMPUTE METHODS === #

    @api.depends_context("company", "lang")
    def _compute_first_steps(self):
        for connection in self:
            steps = {
                "application": connection._step_application(),
                "connection": connection._step_connection(),
                "defaults": connection._step_defaults(),
                "taxes": connection._step_taxes(),
                "scope": connection._step_scope(),
                "start": connection._step_start(),
                "existing": connection._step_existing(),
            }
            connection.first_steps = steps
            connection.steps_open = sum(not step["done"] for step in steps.values())

    def _step(self, title, text, done):
        word = self.env._("Done") if done else self.env._("To do")
        return {"title": title, "text": text, "done": bool(done), "word": word}

    def _step_application(self):
        # sudo: only whether it is there
        done = self.sudo().client_id and self.has_client_secret
        text = (
            self.env._("Its client ID and secret are kept.")
            if done
            else self.env._(
                "Create it in Xero's developer portal, and enter its client ID and"
                " client secret."
            )
        )
        return self._step(self.env._("Application"), text, done)

    def _step_connection(self):
        texts = {
            "connected": self.env._("Connected to %s.", self.tenant_name),
            "choose": self.env._(
                "Access to more than one Xero organisation was allowed. Choose the"
                " one that keeps the books of this company."
            ),
            "connecting": self.env._("Odoo is signing in to Xero."),
            "broken": self.env._("Documents wait until you reconnect."),
            "moved": self.env._("Nothing is sent until you say whether it does."),
        }
        text = texts.get(self.state) or self.env._(
            "Sign in to Xero, tick the organisation, and allow access."
        )
        done = self.state == "connected"
        return self._step(self.env._("Connection"), text, done)

    def _step_defaults(self):
        chosen = sum(bool(self[name]) for name in DEFAULT_FIELDS)
        text = self.env._(
            "For what is not mapped or has no tax: %(chosen)s of %(count)s are chosen.",
            chosen=chosen,
            count=len(DEFAULT_FIELDS),
        )
        title = self.env._("Default accounts and rates")
        return self._step(title, text, chosen == len(DEFAULT_FIELDS))

    def _step_taxes(self):
        title = self.env._("Taxes")
        if not self.tenant_id:
            return self._step(
                title,
                self.env._("Choose the Xero tax rate that each of them stands for."),
                False,
            )
        used, missing = self._count_taxes()
        text = self.env._(
            "%(mapped)s of the %(count)s in use are mapped. Documents with the others"
            " wait.",
            mapped=used - missing,
            count=used,
        )
        if not missing:
            text = self.env._("All %s in use are mapped.", used)
        return self._step(title, text, not missing)

    def _count_taxes(self):
        """:return: how many taxes and sets of taxes are in use, and are not mapped"""
        used = missing = 0
        for model in TAXED:
            records = self.env[model].with_company(self.company_id)
            found = records._xero_used_records(self)
            used += len(found)
            missing += len(found.filtered(lambda each: not each._xero_leads_to(self)))
        return used, missing

    def _step_scope(self):
        field = self.env["xero.document"]._fields["kind"]
        kinds = field._description_selection(self.env)
        labels = [label for kind, label in kinds if self[f"auto_{kind}"]]
        text = ", ".join(labels) or self.env._("Nothing is sent automatically.")
        return self._step(self.env._("What is sent"), text, self.scope_decided)

    def _step_start(self):
        text = (
            self.env._(
                "What is dated %s or later is sent automatically.",
                format_date(self.env, self.start_date),
            )
            if self.start_date
            else self.env._("None is set: documents of any date are sent.")
        )
        done = self.start_date or self.scope_decided
        return self._step(self.env._("Start date"), text, done)

    def _step_existing(self):
        text = self.env._(
            "What was in Odoo before goes to Xero only when you send it. Look first"
            " for what was typed into Xero by hand."
        )
        done = self.existing_decided or self._has_gone_through_existing()
        if done:
            text = self.env._("You have decided about what was in Odoo before.")
        title = self.env._("Existing documents")
        return self._step(title, text, done)

    def _has_gone_through_existing(self):
        domain = [("connection_id", "=", self.id), ("state", "=", "done")]
        return bool(self.env["xero.existing"].search_count(domain, limit=1))

    # === ACTIONS === #

    def action_enter_application(self):
        """Ask for client ID and secret, with what is to be pasted in Xero's portal."""
        self._check_administrator()
        return self._ask(self.env._("Application"), "application")

    def action_choose_defaults(self):
        """Ask for what serves where nothing else was chosen."""
        self.check_access("write")
        return self._ask(self.env._("Default accounts and rates"), "defaults")

    def action_choose_scope(self):
        """Ask what is sent by itself, and since when."""
        self.check_access("write")
        return self._ask(self.env._("What is sent"), "scope")

    def action_decide_scope(self):
        """Somebody saw what is sent by itself, and since when."""
        self.check_access("write")
        # sudo: accountants may, but write only settings (`_check_may_write`)
        self.sudo().scope_decided = True
        return {"type": "ir.actions.act_window_close"}

    def action_open_existing(self):
        """The wizard that links what was typed into Xero, and sends the rest."""
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_existing_action"
        )
        return action | {"context": {"default_connection_id": self.id}}

    def action_decide_existing(self):
        """Nothing is left to be done about what Odoo had before."""
        self.check_access("write")
        # sudo: see action_decide_scope
        self.sudo().existing_decided = True
        return True

    def _ask(self, title, view):
        """A dialog of this connection.

        :param title: of the dialog
        :param view: what follows ``xero_connection_view_form_`` in its name
        """
        self.ensure_one()
        view = self.env.ref(f"xero_sync.xero_connection_view_form_{view}")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }
