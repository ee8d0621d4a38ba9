from odoo import models
from odoo.exceptions import AccessError, UserError


class XeroDocument(models.Model):
    """What a person decides about a document that was refused or changed in Xero."""

    _inherit = "xero.document"

    # EXTENDS 'xero.binding'
    def action_send_again(self):
        """Button "Try again"; what a person changed in Xero, an accountant replaces."""
        if any(self.mapped("changed_in_xero")):
            self._check_decision()
        self._decide_to_replace()
        return super().action_send_again()

    def _decide_to_replace(self):
        """An accountant who has these sent again, wants them as they are in Odoo."""
        if self.env.user.has_group("xero_sync.xero_sync_group_accountant"):
            # sudo: rows are read-only for people
            changed = self.sudo().filtered("changed_in_xero")
            approved = changed.filtered(
                lambda row: row._is_approved_there(row.xero_status)
            )
            changed.changed_in_xero = False
            # Of another change nothing is decided about what is approved later
            approved.replaces_approved = True

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
        if not self.env.user.has_group("xero_sync.xero_sync_group_accountant"):
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
