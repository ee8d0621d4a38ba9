from odoo import models

from ... import mappers, xero_api


class XeroDocument(models.Model):
    """What is to be sent may be in Xero since before a backup was restored.

    What says the same there is taken for this row's, without a call; where it says
    something else, a person decides.
    """

    _inherit = "xero.document"

    # EXTENDS 'xero.binding'
    def _before_send(self):
        """What was asked about is compared anew: it may say the same by now."""
        asked = self.filtered(lambda row: row.doubt and row.doubt.get("restored"))
        asked.doubt = False
        return super()._before_send()

    # EXTENDS 'xero.document'
    def _new_invoices(self):
        """One that Xero has is no new one, and takes no draft of its order over."""
        return super()._new_invoices().filtered(lambda row: not row._is_found())

    def _is_found(self):
        """Whether it surely was made before a backup was restored."""
        sent = self.connection_id.restored_from and self._would_send()
        return bool(sent) and self.env["xero.found"]._candidate(self, sent)[2]

    # EXTENDS 'xero.binding'
    def _is_there(self, text, digest):
        if self.xero_id or not self.connection_id.restored_from:
            return super()._is_there(text, digest)
        [sent] = xero_api.sent_elements(self._xero_endpoint(), text)
        found, element, is_sure = self.env["xero.found"]._candidate(self, sent)
        if is_sure:
            self._take_for_own(sent, digest, element)
            found.unlink()
        elif found:
            self._set_doubtful(sent, element, restored=True)
        return bool(found) or super()._is_there(text, digest)

    def _take_for_own(self, sent, digest, element):
        """Xero holds what would be sent: take it for the answer.

        :param sent: as in a request's body
        :param digest: of it
        :param element: ``xero_api.Element`` without errors
        """
        self.write({"payload_digest": digest, "left_as": False})
        self._clear_issues()
        self._read_answers({self.id: xero_api.compared(sent, element)})
        if xero_api.is_to_be_told(sent, element, self._xero_endpoint()):
            # Entered again it has another id, a number by now, or another day
            self.payload_digest = False
            self._set_pending()

    # EXTENDS 'xero.document'
    def _is_settled_there(self, element):
        """It is what Odoo would send now.

        A person put it right there, or it was sent after the backup was made.
        """
        sent = self._would_send()
        if not (sent and self._says_the_same(sent, element)):
            return super()._is_settled_there(element)
        self._take_for_own(sent, self._digest(dict(sent)), element)
        return True

    def _would_send(self):
        """What would be sent now, as in a request's body; None where something lacks.

        :return: dict
        """
        if self._is_unwanted():
            return None
        try:
            model = self._prepare()
        except (mappers.MappingError, ValueError):
            return None
        if model is None:
            return None
        endpoint = self._xero_endpoint()
        text = xero_api.serialise(endpoint, [model])
        return xero_api.sent_elements(endpoint, text)[0]

    def _says_the_same(self, sent, element):
        """:param sent: dict of :meth:`_would_send`
        :param element: ``xero_api.Element`` without errors
        """
        endpoint = self._xero_endpoint()
        number = sent.get(xero_api.const.NUMBER_KEYS[endpoint])
        status = self._without_payment(element.status)
        return (
            sent.get("Status", "AUTHORISED") == status
            and sent["Contact"].get("ContactID") == element.contact_id
            and number in (None, element.number)
            and xero_api.same_content(sent, element, endpoint)
            and self._has_odoos_amounts(element)
        )

    # EXTENDS 'xero.document'
    def _give_away(self, invoice):
        """What became an invoice after the backup, is no draft to be overwritten."""
        unsure = self.changed_in_xero and self.connection_id.restored_from
        left_as = self.left_as
        taken = super()._give_away(invoice)
        if unsure:
            self.write({"changed_in_xero": False, "left_as": False})
            taken.update(changed_in_xero=True, left_as=left_as)
        return taken

    # EXTENDS 'xero.document'
    def _link_to_element(self, element):
        self._end_search_for(element)
        return super()._link_to_element(element)

    def _end_search_for(self, element):
        """A document in Xero has found the one of Odoo's that it is.

        :param element: ``xero_api.Element``
        """
        self.env["xero.found"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("xero_id", "=", element.xero_id),
            ]
        ).unlink()


class XeroAllocation(models.Model):
    """What was set off after the backup, is not set off once more."""

    _inherit = "xero.allocation"

    # EXTENDS 'xero.allocation'
    def _create_once(self, vals_list):
        for vals in vals_list:
            connection = self.env["xero.connection"].browse(vals["connection_id"])
            vals["look_up"] = bool(vals["look_up"] or connection.restored_from)
        return super()._create_once(vals_list)

    # EXTENDS 'xero.allocation'
    def _settle_one(self, found):
        credit = found.get(self.document_id.xero_id)
        if not (credit and self.connection_id.restored_from):
            return super()._settle_one(found)
        matched = self._matched_now()
        there = [
            each
            for each in credit.allocations
            if each.invoice_id == self.credited_document_id.xero_id
            and self.currency_id.compare_amounts(float(each.amount or 0), matched) == 0
            and not self._rows_read([each.xero_id])
        ]
        if not there or self._is_unwanted():
            return super()._settle_one(found)
        self.write(
            {
                "look_up": False,
                "message": False,
                "xero_id": there[0].xero_id,
                "amount": matched,
                "matched_amount": matched,
                "state": "synced",
            }
        )
        self._clear_issues()
        return None
