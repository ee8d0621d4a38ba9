from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ACCOUNTANT = "xero_sync.xero_sync_group_accountant"
# States in which a document is kept back, or is not what Odoo wants
UNSOLVED = ("failed", "mismatch", "skipped")
# An issue keeps back thousands; what can be done about the first can be told of all
MANY = 20


class XeroDocument(models.Model):
    """What a person decides about a document that was refused or changed in Xero."""

    _inherit = "xero.document"

    offered = fields.Char(
        compute="_compute_offered",
        help="What this user may do about it now: names of buttons, with commas.",
    )

    @api.depends("state", "xero_id", "changed_in_xero")
    @api.depends_context("uid")
    def _compute_offered(self):
        is_accountant = self.env.user.has_group(ACCOUNTANT)
        for document in self:
            # sudo: who sees the row need not see the order or invoice behind it
            choices = document.sudo()._choices()
            names = choices if is_accountant else choices & {"try_again"}
            document.offered = ",".join(sorted(names))

    def _choices(self):
        """What can be done about this document as things are.

        :return: set of ``try_again``, ``replace``, ``send_as_new``, ``link``, ``skip``
        """
        unsolved = self.state in UNSOLVED
        wanted = bool(self._record()) and not self._is_unwanted()
        choices = {
            "try_again": unsolved or self.state == "held",
            "replace": unsolved and wanted and self._is_replaceable(),
            "send_as_new": unsolved and wanted and bool(self.xero_id),
            "link": wanted and self.state in (*UNSOLVED, "synced"),
            "skip": self.state not in ("sending", "skipped"),
        }
        return {name for name, possible in choices.items() if possible}

    def _choices_of_all(self):
        """:return: set of what can be done about at least one of these"""
        return set().union(*(document._choices() for document in self[:MANY]))

    def action_replace(self):
        """Have what people changed of these in Xero replaced by what Odoo holds.

        It is read once more before; what was changed again since is asked about anew.
        The chatter keeps what was there.

        :raise odoo.exceptions.UserError: one of them was not changed there
        """
        rows = self._check_decision()
        if not all(row._is_replaceable() for row in rows):
            raise UserError(
                self.env._(
                    "Only what was changed in Xero can be replaced there. Try again to"
                    " send the others."
                )
            )
        rows.write(
            {"requested_by": self.env.uid, "requested_at": fields.Datetime.now()}
        )
        rows._note_in_chatter(lambda document: document._replaced_note())
        # Of another change nothing is decided about what is approved later
        approved = rows.filtered(lambda row: row._is_approved_there(row.xero_status))
        approved.replaces_approved = True
        rows.write({"changed_in_xero": False, "payload_digest": False})
        rows._set_pending()
        rows.connection_id._run_after_commit()
        return True

    def _is_replaceable(self):
        """Whether it stands in Xero as a person changed it there."""
        return bool(self.changed_in_xero and self.xero_id)

    def action_skip(self, reason=None):
        """Leave these documents to a person; they go again only when asked for.

        :param reason: why, in the person's words
        """
        rows = self._check_decision()
        for row in rows.filtered("took_over"):
            # The person finishes the order's draft: it is this part of the order
            quantities = row.move_id._xero_order_quantities(row.connection_id)
            row.write({"took_over": False, "order_quantities": quantities})
        rows._end_wait()
        rows.write({"state": "skipped", "skip_reason": reason, "message": reason})
        rows._clear_issues()
        rows._note_in_chatter(lambda document: document._skipped_note())
        rows.connection_id._wake()
        return True

    def action_send_as_new(self):
        """Leave Xero's document as it is there, and send this one as another."""
        rows = self._check_decision()
        for row in rows.filtered("xero_id"):
            row._forget_allocations()
            row.write({**row._values_when_left(), "xero_status": False})
        rows.write({"took_over": False, "skip_reason": False, "changed_in_xero": False})
        rows._set_pending()
        rows.connection_id._run_after_commit()
        return True

    def action_link(self, number_or_id):
        """Link this document to another one in Xero, which is then brought up to date.

        :param number_or_id: of the Xero document, as a person sees it there
        """
        self.ensure_one()
        row = self._check_decision()
        row.write({"link_to": number_or_id.strip(), "look_up": "link"})
        row._set_pending()
        row.connection_id._run_after_commit()
        return True

    def _check_decision(self):
        """An accountant decides, and not while the document is on its way.

        :return: the rows as superuser
        :raise odoo.exceptions.AccessError: for anybody else
        """
        self.check_access("read")
        if not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(self.env._("Only a Xero accountant may decide this."))
        # sudo: rows are read-only for people; they change them with these buttons
        rows = self.sudo()
        under_way = rows.filtered(lambda row: row.state == "sending")
        if under_way:
            raise UserError(
                self.env._(
                    "%(document)s is being sent just now. Try again in a moment.",
                    document=under_way[0].record_name,
                )
            )
        return rows
