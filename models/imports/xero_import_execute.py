import logging

import psycopg2

from odoo import models
from odoo.exceptions import UserError

from ... import mappers

_logger = logging.getLogger(__name__)


class XeroImportLine(models.Model):
    """What is done with a line once the import runs."""

    _inherit = "xero.import.line"

    def _settle_what_stays(self):
        """Lines that ask for nothing get their result at once."""
        waiting = self.filtered(lambda line: not line.result)
        waiting.filtered(lambda line: line.action == "linked").result = "same"
        waiting.filtered(lambda line: line.action == "skip").result = "skipped"
        waiting.filtered(lambda line: line.action == "decide").write(
            {"result": "skipped", "message": self.env._("Nobody decided.")}
        )

    def _do(self):
        """Link and create what these lines say; what fails stops no other.

        The caller commits: the results and the records stand in one transaction.
        """
        self._note_linked_meanwhile()
        waiting = self.filtered(lambda line: not line.result)
        waiting.filtered(lambda line: line.action == "link")._in_halves("_link_records")
        waiting.filtered(lambda line: line.action == "create")._in_halves(
            "_create_records"
        )

    def _note_linked_meanwhile(self):
        """Another import, or a person, was first: then there is nothing to do."""
        rows = self[self._kind().row_field]
        linked = self.import_id._linked_records(rows)
        for line in self:
            record = linked.get(line._row().id)
            if record:
                line.write(
                    {
                        "result": "same",
                        self._kind().record_field: record.id,
                        "message": self.env._("It was linked meanwhile."),
                    }
                )

    def _in_halves(self, method):
        """Do a step for these lines together; the broken ones are found by halving.

        :param method: name of the step, all or nothing
        """
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                getattr(self, method)()
        except psycopg2.OperationalError:
            raise  # another transaction got in between: the whole batch is done anew
        except Exception as error:
            if len(self) == 1:
                self._set_failed(error)
                return
            middle = len(self) // 2
            self[:middle]._in_halves(method)
            self[middle:]._in_halves(method)

    def _set_failed(self, error):
        """Say in words why this one could not be imported."""
        if isinstance(error, mappers.MappingError):
            words = "\n".join(problem.title for problem in error.problems)
        elif isinstance(error, UserError):
            words = str(error)
        else:
            _logger.warning("import line %s failed", self.id, exc_info=error)
            words = self.env._("Odoo could not import it; the server's log says more.")
        self.write({"result": "failed", "message": words})

    # === LINKING === #

    def _link_records(self):
        for line in self:
            record = line._target()
            record[line._kind().link_field] = line._row()
            line.write({"result": "linked", line._kind().record_field: record.id})

    def _target(self):
        """The record to link, when it may be linked.

        :raise UserError: it is gone, or linked to something else
        """
        record = self._record().with_company(self.company_id)
        if self.kind == "contacts":
            record = record.commercial_partner_id
        if not record:
            raise UserError(
                self.env._("What it was to be linked to was deleted. Choose another.")
            )
        connection = self.import_id.connection_id
        link = mappers.own(record[self._kind().link_field], connection)
        if link and link != self._row():
            raise UserError(
                self.env._(
                    "“%(record)s” is linked to “%(other)s” already.",
                    record=record.display_name,
                    other=link.display_name,
                )
            )
        return record

    # === CREATING === #

    def _create_records(self):
        """Create the partners or products of these lines, all at once."""
        connection = self.import_id.connection_id
        missing = mappers.Lookups(connection).missing_terms(self.contact_id)
        if missing:
            # sudo: importing is the accountant's right
            self.env["account.payment.term"].sudo().create(missing)
        lookups = mappers.Lookups(connection)
        prepared = [line._values_to_create(lookups) for line in self]
        records = self._creator().create([vals for vals, _notes in prepared])
        for line, record, (vals, notes) in zip(self, records, prepared, strict=True):
            if line.contact_id:
                parts = mappers.imported_parts(line.contact_id, vals)
                line.contact_id.sent_parts = parts
            line.write(
                {
                    "result": "created",
                    line._kind().record_field: record.id,
                    "message": self._left_out(notes),
                }
            )

    def _left_out(self, notes):
        """What of Xero's could not come along, in words; False when all did."""
        if not notes:
            return False
        return self.env._("Not imported: %s", "; ".join(notes))

    def _creator(self):
        """The empty model, on behalf of the person who asked for the import."""
        each = self.import_id
        records = self.env[each._kind().record_model].with_company(each.company_id)
        # sudo: importing is the accountant's right, whoever may create partners
        records = records.with_user(each.create_uid).sudo()
        return records.with_context(
            tracking_disable=True,
            # As Odoo's own import of files: a partner's children are made complete
            # here, instead of each being written several times over
            _partners_skip_fields_sync=True,
        )

    def _values_to_create(self, lookups):
        """:return: (values, notes on what could not come along)"""
        row = self._row()
        to_values = getattr(mappers, self._kind().values_function)
        vals, notes = to_values(row, lookups)
        if self.kind == "contacts":
            self._complete_children(vals)
        return {**vals, self._kind().link_field: row.id}, notes

    def _complete_children(self, vals):
        """Give contact persons and addresses what Odoo keeps the same as the parent's.

        :param vals: of a partner, with ``child_ids``; its children are changed
        """
        partners = self.env["res.partner"]
        shared = {name: vals.get(name) for name in partners._commercial_fields()}
        address = {name: vals.get(name) for name in partners._address_fields()}
        shared["lang"] = partners.default_get(["lang"]).get("lang") or self.env.lang
        for _command, _id, child in vals.get("child_ids", ()):
            child.update({name: value for name, value in shared.items() if value})
            if child.get("type") == "contact":
                child.update({name: value for name, value in address.items() if value})
