import functools
import hashlib
import json

from odoo import api, fields, models

from ... import xero_api


class XeroBinding(models.AbstractModel):
    """What every record with a place in Xero has in common: link, outbox and status.

    A binding is one row per connection and Odoo record. Hooks on Odoo's records only
    ever call :meth:`_mark_changed`; the outbox (``xero.outbox``) moves the row on::

                    hook                 claim                 answer, equal
        (new row) ───────▶ pending ───────────────▶ sending ─────────────────▶ synced
                              ▲  ▲                   │ │ │     answer, not equal
               hook, cured    │  │  surely not sent  │ │ └───────────────────▶ mismatch
               or "Try again" │  └───────────────────┘ │ refused
                              ├──────────────────── failed ◀── cannot be built
                              ├──────────────────── held    waits for its contact
                              └──────────────────── skipped a person said so

    What a hook may not write, because the row is being sent or another transaction has
    it, it notes beside the row (``xero.change``). Of a row in ``sending`` this becomes
    ``changed_while_sending``: the answer then leads back to ``pending``. A row whose
    answer never came stays in ``sending`` until the outbox has found out what became of
    it.
    """

    _name = "xero.binding"
    _inherit = ["xero.mirror"]
    _description = "Xero binding"
    _check_company_auto = True

    connection_id = fields.Many2one(
        "xero.connection", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    state = fields.Selection(
        [
            # In the order in which things happen, as the status bar shows them
            ("pending", "Waiting to be sent"),
            ("held", "On hold"),
            ("sending", "Being sent"),
            ("failed", "To fix"),
            ("mismatch", "Amounts differ"),
            ("synced", "In Xero"),
            ("skipped", "Skipped"),
        ],
        default="pending",
        required=True,
        readonly=True,
    )
    xero_id = fields.Char("Xero ID", readonly=True, copy=False)
    urgent = fields.Boolean(
        readonly=True, help="Goes before what was asked for in great numbers."
    )
    changed_while_sending = fields.Boolean(readonly=True)
    send_alone = fields.Boolean(
        readonly=True,
        help="Xero refused a whole request this row was part of: it goes by itself.",
    )
    unanswered = fields.Integer(
        readonly=True, help="How often Xero never answered about this row, in a row"
    )
    payload_digest = fields.Char(
        readonly=True, help="Digest of what Xero confirmed last; the same is not resent"
    )
    request_id = fields.Many2one("xero.request", readonly=True, index="btree_not_null")
    issue_ids = fields.Many2many(
        "xero.issue",
        string="Issues",
        readonly=True,
        groups="xero_sync.xero_sync_group_accountant",
    )
    message = fields.Text(readonly=True, help="What happened last, in words")
    requested_by = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self._default_requested_by()
    )
    requested_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    synced_at = fields.Datetime(readonly=True)

    @api.model
    def _default_requested_by(self):
        return self.env.user

    # === HOOKS OF EACH KIND === #

    def _xero_endpoint(self):
        """Name of the Xero collection this binding lives in, e.g. ``Invoices``."""
        raise NotImplementedError

    def _xero_method(self):
        """``PUT`` creates, ``POST`` updates, ``DELETE`` takes away."""
        return "POST" if self.xero_id else "PUT"

    def _xero_parent_id(self):
        """Xero's id of the object this one is a part of, None for most."""
        return None

    def _batch_key(self):
        """Rows with the same key may go in one call."""
        return (self._xero_endpoint(), self._xero_method())

    def _read_ahead(self, answered=False):
        """Read at once what preparing these bindings one by one needs.

        :param answered: what taking over Xero's answers needs instead
        """

    def _prepare(self):
        """Build what Xero should hold for this binding, from Odoo's record as it is.

        :return: a model of the SDK, or None when Xero needs to hold nothing and does
            not hold anything
        :raise odoo.addons.xero_sync.mappers.MappingError: when something is missing
        """
        raise NotImplementedError

    def _digest(self, content):
        """Digest of an element's content: a create and an update of the same are equal.

        :param content: dict, as it stands in the request's body; changed here
        """
        if self._repeats(content):
            return self.payload_digest
        content.pop(xero_api.const.ID_KEYS[self._xero_endpoint()], None)
        self._leave_out_known(content)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def _leave_out_known(self, content):
        """Take out what is sent but says nothing new; its change alone is no call.

        :param content: dict, as it stands in the request's body
        """

    def _repeats(self, content):
        """Whether all that is sent is there already, so that its digest tells nothing.

        :param content: dict, as it stands in the request's body
        """
        return False

    def _says_more(self, content):
        """Whether it is sent even though its digest is that of what Xero holds.

        :param content: dict, as it stands in the request's body
        """
        return False

    def _complete(self, element, known):
        """Add what Xero would lose if it were left out, and take out what it has.

        :param element: as made by :meth:`_prepare`, with something new in it
        :param known: whether only :meth:`_says_more` found it new
        :return: what is sent, a model of the SDK; None when the element goes as it is
        """

    def _nothing_to_send(self):
        """Xero needs to hold nothing more for this row."""
        if self.xero_id:
            self._set_unchanged()
        else:
            self.unlink()

    # EXTENDS 'base'
    def unlink(self):
        issues = self.issue_ids
        result = super().unlink()
        issues._solve_if_free()
        return result

    def _check_news(self, element):
        """Last look at what Xero does not hold yet.

        :param element: as made by :meth:`_prepare`
        :raise odoo.addons.xero_sync.mappers.MappingError: Xero would refuse it
        """

    def _must_look_first(self):
        """Whether Xero is to be read before this row is sent; it then waits."""
        return False

    def _is_there(self, text, digest):
        """Whether what is to be made may be in Xero, made before a backup was restored.

        It is settled then: taken for this row's, or a person is asked.

        :param text: what would be sent, as a request's body
        :param digest: of it
        """
        return False

    def _before_send(self):
        """Bring about what these bindings need before they can be sent.

        :return: the bindings which can be prepared now
        """
        return self

    def _values_from_answer(self, element):
        """Values to write on this binding for Xero's answer about it.

        :param element: ``xero_api.Element`` without errors
        """
        self.ensure_one()
        return {
            "xero_id": element.xero_id,
            "message": "\n".join(element.warnings) or False,
        }

    def _synced_state(self):
        """``synced``, or ``mismatch`` when Xero holds something else than Odoo."""
        return "synced"

    def _after_synced(self):
        """Called once for each batch of bindings which Xero has just confirmed."""

    def _twins(self, xero_ids):
        """Rows merely read from Xero that already stand for some of these objects.

        There are some when Xero's list was read while our own answer was lost.

        :param xero_ids: what Xero's answer about these rows names
        """
        return self.browse()

    def _give_way_to(self, twin, reason=None):
        """Let another row take this one's place; for kinds that have ``_twins``.

        :param reason: why it is the same, in words
        """
        raise NotImplementedError

    def _after_failed(self):
        """Called when this binding has just been kept out of the queue."""

    def _cure_refusal(self, code):
        """Last chance to cure a refusal without a person.

        :param code: of ``xero_refusals``
        :return: whether the binding may simply be tried again
        """
        return False

    def _record(self):
        """The Odoo record that feeds this binding; empty when it was deleted."""
        raise NotImplementedError

    # === STATE === #

    @api.model
    def _sent_domain(self):
        """Rows that were ever sent: what Odoo made, not what it merely read of Xero.

        Their requests are removed after some time, the confirmation stays.
        """
        return ["|", ("request_id", "!=", False), ("synced_at", "!=", False)]

    @api.model
    def _retry_failed(self, field, records):
        """A record that feeds refused rows was changed: maybe that cures them.

        They are looked for once before the commit: Odoo writes some records several
        times over, a new partner with its children among them.

        :param field: the rows' field that names the record
        :param records: the changed records
        """
        precommit = self.env.cr.precommit
        noted = precommit.data.setdefault(f"xero_sync.retry.{self._name}", set())
        if records and not noted:
            precommit.add(functools.partial(self._retry_noted, field, noted))
        noted.update(records.ids)

    @api.model
    def _retry_noted(self, field, noted):
        """:param noted: set of ids of the changed records; emptied here"""
        # sudo: bindings are read-only for users
        rows = self.sudo().search(
            [(field, "in", list(noted)), ("state", "=", "failed")]
        )
        noted.clear()
        rows._set_pending()
        rows.connection_id._wake()

    def _set_pending(self):
        """Put the rows in the queue; why they were kept back holds no longer."""
        kept_back = self.filtered(
            lambda row: row.state in ("failed", "held", "skipped")
        )
        kept_back.filtered("message").message = False
        if self:
            self.filtered("changed_while_sending").changed_while_sending = False
            self.write({"state": "pending", "waits_until": False})

    def _set_unchanged(self):
        """Xero already holds exactly this: no call is needed."""
        self._clear_issues()
        self.filtered("waits_until").waits_until = False
        self.state = self._synced_state()

    def _read_answers(self, answers):
        """Take over what Xero says about these rows.

        :param answers: dict of id → ``xero_api.Element`` for each row
        """

        self._read_ahead(answered=True)

        def read(rows):
            rows = rows._make_way(answers)
            confirmed = rows.filtered(lambda row: row._read_answer(answers[row.id]))
            confirmed._after_synced()

        for row in self._apart(read):
            # What it is in Xero must not be made a second time
            xero_id = answers[row.id].xero_id
            if xero_id and not row._rows_read([xero_id]):
                row.xero_id = xero_id

    def _make_way(self, answers):
        """Let those go whose object has a row already.

        :param answers: dict of id → ``xero_api.Element`` for each row
        :return: the others
        """
        made = {row: answers[row.id].xero_id for row in self if answers[row.id].ok}
        twins = {twin.xero_id: twin for twin in self._twins(list(made.values()))}
        needless = self.filtered(lambda row: made.get(row) in twins)
        for row in needless:
            row._give_way_to(twins[made[row]])
        return self - needless

    def _read_answer(self, element):
        """Take over what Xero says about this row.

        :param element: ``xero_api.Element``
        :return: whether Xero confirmed it
        """
        self.ensure_one()
        if not element.ok and not element.errors:
            self._set_refused([self.env._("Xero gave it no ID.")])
            return False
        if element.errors:
            self._set_refused(list(element.errors))
            return False
        values = self._values_from_answer(element)
        # Of most nearly all is as it was
        self._write_changes(
            {
                **values,
                "send_alone": False,
                "unanswered": 0,
                "synced_at": fields.Datetime.now(),
            }
        )
        if self.changed_while_sending:
            self.write({"state": "pending", "changed_while_sending": False})
        else:
            self.state = self._synced_state()
        return True

    def _rows_read(self, xero_ids):
        """The other rows that already stand for these objects of Xero's."""
        return self.search(
            [
                ("connection_id", "in", self.connection_id.ids),
                ("xero_id", "in", xero_ids),
                ("id", "not in", self.ids),
            ]
        )

    def _doubtful_ids(self, xero_ids):
        """Ids that Xero cannot have given to what these rows just made.

        :param xero_ids: those that it says it made, as often as it says so
        :return: set; empty for kinds that have ``_twins``, which give way to those
        """
        twice = {each for each in xero_ids if xero_ids.count(each) > 1}
        return twice | set(self._rows_read(xero_ids).mapped("xero_id"))

    # === ACTIONS === #

    def action_send_again(self):
        """Button "Try again": the rows are queued and sent right after the commit."""
        self.check_access("read")
        # sudo: users read bindings and may ask for another try; only the outbox writes
        again = ("failed", "held", "mismatch", "skipped")
        rows = self.sudo().filtered(lambda row: row.state in again)
        rows = rows._lock_unchanged()  # the others somebody else asks for just now
        rows.write(
            {
                "requested_by": self.env.uid,
                "requested_at": fields.Datetime.now(),
                "payload_digest": False,
            }
        )
        rows._set_pending()
        rows.connection_id._run_after_commit()
        return True
