from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

NAMED = 4  # so many of what an issue keeps back are named in the list


class XeroIssue(models.Model):
    """What a person does about an issue."""

    _inherit = "xero.issue"

    order_count = fields.Integer(compute="_compute_record_counts")
    purchase_count = fields.Integer(compute="_compute_record_counts")
    move_count = fields.Integer(compute="_compute_record_counts")
    waiting = fields.Char("What waits", compute="_compute_waiting")
    offered = fields.Char(
        compute="_compute_offered",
        help="What this user may do about it besides the one button: names of"
        " buttons, with commas.",
    )

    def _compute_record_counts(self):
        for issue in self:
            documents = issue.document_ids
            issue.order_count = len(documents.sale_order_id)
            issue.purchase_count = len(documents.purchase_order_id)
            issue.move_count = len(documents.move_id)

    def _compute_waiting(self):
        """The first few of what it keeps back, by name."""
        first = {issue: issue.document_ids[:NAMED] for issue in self}
        # These alone: it may keep back thousands
        self.env["xero.document"].union(*first.values()).fetch(["record_name"])
        for issue, rows in first.items():
            # An order that has a quote and a draft is named once
            names = dict.fromkeys(rows.mapped("record_name"))
            if not rows:
                rows = issue.contact_ids or issue.item_ids or issue.allocation_ids
                rows = rows[:NAMED]
                names = rows.mapped("display_name")
            more = ["…"] if names and issue.blocked_count > len(rows) else []
            issue.waiting = ", ".join([*names, *more])

    # === WHAT IS OFFERED === #

    @api.depends("state", "kind", "cure", "document_ids", "allocation_ids")
    @api.depends_context("uid")
    def _compute_offered(self):
        """Nothing that this user may not do, or that leads nowhere."""
        for issue in self:
            names = issue._choices() if issue.state == "open" else ()
            issue.offered = ",".join(sorted(names))

    def _choices(self):
        """:return: set of ``try_again``, ``try_kind_again``, ``replace``, ``skip``"""
        # sudo: about what is kept back; who reads issues decides about it
        documents, credit = self.sudo().document_ids, self.sudo().allocation_ids
        choices = {
            *documents._choices_of_all(),
            *({"skip"} if credit else ()),
            *({"try_again"} if not documents else ()),
        }
        if self.kind in ("reconnect", "deleted"):  # these have a button of their own
            choices.discard("try_again")
        if "try_again" in choices:
            choices.add("try_kind_again")
        if self.cure == "send_again" and self.may_cure:
            choices.discard("try_again")  # it is that button
        return choices & {"try_again", "try_kind_again", "replace", "skip"}

    # === THE BUTTON === #

    def action_cure(self):
        """The one button of an issue; its label, the field ``cure``, says what it does.

        :raise odoo.exceptions.AccessError: for who may not
        """
        self.ensure_one()
        self.check_access("read")
        if not self.may_cure:
            raise AccessError(
                self.env._(
                    "Somebody else has to do this: %(fixer)s.",
                    fixer=dict(self._fields["fixer"]._description_selection(self.env))[
                        self.fixer
                    ],
                )
            )
        return getattr(self, f"_cure_{self.cure}")()

    def _cure_map(self):
        return self.action_fix()

    def _cure_link_contact(self):
        return self.action_fix()

    def _cure_correct(self):
        return self.action_fix()

    def _cure_send_again(self):
        return self.action_try_again()

    def _cure_reconnect(self):
        return self.connection_id.action_connect()

    def _cure_refresh(self):
        return self.connection_id.action_refresh_choices()

    def _cure_hold(self):
        """The documents wait, so that nobody has to do anything about them."""
        documents = self.document_ids._check_decision()
        documents.filtered(lambda row: row.state == "failed")._hold_for_period()
        return True

    def _cure_send_as_new(self):
        return self.document_ids.action_send_as_new()

    def _cure_send(self):
        """Whoever decides means these documents, as by their own boxes."""
        # sudo: whoever may decide about the document may not change the invoice
        for row in self.document_ids._check_decision():
            row._record().xero_send_choice = "yes"
        return self.action_try_again()

    def _cure_decide(self):
        """Open the document, where all that can be decided has a button."""
        return self._open(self.document_ids)

    def _cure_link_document(self):
        """Ask for the number in Xero."""
        if len(self.document_ids) > 1:
            return self._open(self.document_ids)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_document_link_action"
        )
        document = self.document_ids
        context = {
            "default_document_id": document.id,
            "default_number": document._number_to_propose(),
        }
        return {**action, "context": context}

    # EXTENDS 'xero_sync'
    def _fix_action(self):
        """Nothing in Odoo opens a period: the issue has the button to wait for it."""
        # sudo: see xero.issue
        if self.sudo().kind == "lock_date":
            return self._open(self)
        return super()._fix_action()

    # === OTHER ACTIONS === #

    def action_try_again(self):
        """Send everything these issues block once more, right after the commit.

        What a person changed in Xero is read once more, and stays as it is there; what
        a person deleted there, is not made anew unasked.
        """
        self.check_access("read")
        # sudo: users may ask for another try; only the outbox writes bindings
        issues = self.sudo().filtered(
            lambda issue: issue.state == "open" and issue.kind != "deleted"
        )
        locked = issues.filtered(lambda issue: issue.kind == "lock_date")
        locked.connection_id._look_at_lock_dates_again()
        issues._release()
        issues.connection_id._run_after_commit()
        return True

    def action_try_kind_again(self):
        """Send again what all open issues of the same kind block."""
        return self._try_all_again([("kind", "in", self.mapped("kind"))])

    def action_try_all_again(self):
        """Send again what any open issue blocks, in the companies the user looks at."""
        return self._try_all_again([])

    def _try_all_again(self, domain):
        self.check_access("read")
        issues = self.search([("state", "=", "open"), *domain])
        return issues.action_try_again()

    def action_skip(self):
        """Ask why the documents are left out of Xero."""
        self.ensure_one()
        if not (self.document_ids or self.allocation_ids):
            raise UserError(self.env._("Nothing that can be skipped waits for this."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_document_skip_action"
        )
        context = {
            "default_document_ids": self.document_ids.ids,
            "default_allocation_ids": self.allocation_ids.ids,
        }
        return {**action, "context": context}

    def action_replace(self):
        """Ask whether what was changed in Xero is replaced by what Odoo holds."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_document_replace_action"
        )
        return {**action, "context": {"default_document_ids": self.document_ids.ids}}

    def action_open_orders(self):
        """Open the sales orders it keeps back."""
        return self._open(self.document_ids.sale_order_id)

    def action_open_purchases(self):
        """Open the purchase orders it keeps back."""
        return self._open(self.document_ids.purchase_order_id)

    def action_open_moves(self):
        """Open the invoices, bills and credit notes it keeps back."""
        return self._open(self.document_ids.move_id)

    def _open(self, records):
        """:return: the action that shows records: the form of one, a list of many"""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Kept back"),
            "res_model": records._name,
        }
        if len(records) == 1:
            return {**action, "res_id": records.id, "views": [(False, "form")]}
        views = [(False, "list"), (False, "form")]
        return {**action, "domain": [("id", "in", records.ids)], "views": views}
