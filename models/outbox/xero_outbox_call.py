import logging

from odoo import fields, models

from ... import xero_api
from .xero_outbox_denied import is_dispensable

_logger = logging.getLogger(__name__)


class XeroConnection(models.Model):
    """The outbox, second half: one call, and what its answer means."""

    _inherit = "xero.connection"

    def _call(self, request, first_try=True):
        """Make the call of a committed request and close it with its answer.

        :param first_try: an earlier try of the same request may have been processed,
            so only a first one can be known as not sent
        :raise xero_api.XeroError: when no more calls should be made now
        """
        if not request._key_is_alive():
            # This machine slept between the commit and now: somebody else may have
            # recovered the request already, so it is not ours to send any more.
            self._come_back(soon=False)
            return
        try:
            with self._client() as client:
                elements = client.write(
                    request.endpoint,
                    request.method,
                    request.body,
                    request.idempotency_key,
                    parent_id=request.parent_xero_id or None,
                    allow_backorders=self.allow_backorders,
                )
        except xero_api.XeroError as error:
            if not self._close_after_error(request, error, first_try):
                raise
        else:
            self._with_retry(lambda: self._close_answered(request, elements, client))
            self._commit()

    def _close_after_error(self, request, error, first_try):
        """A refused repetition tells nothing about the first try: it stays unknown.

        But no item is made twice, its code is unique in Xero.

        :return: whether Xero said no to this request alone, and others may go
        """
        denied = is_dispensable(error, request.endpoint)
        refused = first_try and _is_refusal(error)
        if denied:
            close = self._close_denied
        elif refused:
            close = self._close_refused
        elif first_try and not isinstance(error, xero_api.OutcomeUnknown):
            close = self._close_not_sent
        else:
            close = self._close_unknown
        goes_on = denied or refused

        def settle():
            close(request, error)
            if goes_on:  # else the connection heeds what the error says
                self._keep_budget(error.budget)

        self._with_retry(settle)
        self._commit()
        return goes_on

    def _close_answered(self, request, elements, client):
        """Read each element's answer into its row."""
        self.env["xero.change"]._take_in(self)
        sent = xero_api.sent_elements(request.endpoint, request.body)
        paired = xero_api.pair(sent, elements, request.endpoint)
        answers = dict(zip(request.binding_ids, paired, strict=True))
        rows = request._unsettled_bindings()
        # An update is paired by the id that was sent
        made = [element.xero_id for element in paired if element and element.ok]
        doubtful = rows._doubtful_ids(made) if request.method == "PUT" else ()
        answered = rows.filtered(
            lambda row: answers[row.id] and answers[row.id].xero_id not in doubtful
        )
        answered._read_answers(answers)
        self._note_budget(client)
        if answered == rows:
            request._close("answered")
        else:
            # It may be in Xero all the same: recovery finds out in a minute
            request._close("unknown", self.env._("Xero's answer lacks some records."))
            self._come_back(soon=False)

    def _close_unknown(self, request, error):
        """Nobody knows whether Xero processed it: the rows stay as they are."""
        request._close("unknown", error.message)
        request._unsettled_bindings().write(
            {
                "message": self.env._(
                    "Xero did not answer; Odoo is checking whether it arrived."
                )
            }
        )

    def _close_not_sent(self, request, error):
        """Surely not processed: the rows wait again, without a penalty."""
        request._close("not_sent", error.message)
        rows = request._unsettled_bindings()
        rows.payload_digest = False
        rows._set_pending()

    def _close_refused(self, request, error):
        """Xero refused the request as a whole: find the culprit by sending singly."""
        request._close("refused", error.message)
        rows = request._unsettled_bindings()
        rows.payload_digest = False
        if request.element_count > 1:
            rows.send_alone = True
            rows._set_pending()
            return
        for row in rows:
            row._apart(lambda row: row._set_refused([error.message]))

    def _handle_call_error(self, error):
        """What an error of any call means for the connection."""
        if error.budget:
            self._keep_budget(error.budget)
        if isinstance(error, xero_api.RateLimited):
            self._pause(
                error.retry_after or self._backoff_seconds(),
                self.env._(
                    "Xero's limit of calls is reached; Odoo continues automatically."
                ),
            )
        elif isinstance(error, xero_api.GrantInvalid | xero_api.OAuthRefused):
            # Whoever spent the token may have sent, too
            self._note_unknown()
            self._break(self._explain_oauth(error))
        elif isinstance(error, xero_api.ScopeMissing):
            self._break(self.env._("A permission is missing: %s", error.message))
        elif isinstance(error, xero_api.Forbidden):
            self._break(self._explain_denied(error))
        elif isinstance(error, xero_api.TokenRejected):
            self._break(self.env._("Xero rejects even a new token."))
        elif isinstance(error, xero_api.WrongSetting):
            self._break(self._explain_setting(error))
        else:
            _logger.info("connection %s: %s", self.id, error)
            self._pause(
                error.retry_after or self._backoff_seconds(),
                self._explain_unreachable(error),
            )

    def _explain_denied(self, error):
        if error.disconnected:
            return self.env._("The application was disconnected in Xero.")
        return self.env._(
            "The connected Xero user may not do this. Check the user's role in Xero."
        )

    def _backoff_seconds(self):
        """Longer from failure to failure: 15 seconds to 5 minutes."""
        recent = self.env["xero.request"].search_count(
            [
                ("connection_id", "=", self.id),
                ("outcome", "in", ("unknown", "not_sent")),
                (
                    "sent_at",
                    ">",
                    fields.Datetime.subtract(fields.Datetime.now(), hours=1),
                ),
            ],
            limit=5,
        )
        return min(15 * 2**recent, 300)


def _is_refusal(error):
    """Whether Xero looked at the request and did not take it.

    A reused key is none: what became of its first use is not known.
    """
    if isinstance(error, xero_api.RequestRefused):
        return error.kind != "IdempotencyKeyReuse"
    return isinstance(error, xero_api.NotFound)
