from odoo import models
from odoo.tools import SQL

# Types of fields of which a value can be compared with what is in the database
COMPARED = ("boolean", "char", "text", "float", "monetary", "many2one", "selection")


class XeroDocumentMixin(models.AbstractModel):
    """What Odoo computes of a document, by whatever it depends on, is a change too.

    Odoo writes it past ``write``, when it is flushed: before the commit, or earlier.
    """

    _inherit = "xero.document.mixin"

    # Stored fields that Odoo computes, whose change goes out
    _xero_computed_fields = frozenset(["amount_total", "amount_tax"])

    # EXTENDS 'base'
    def _write_multi(self, vals_list):
        names = self._xero_computed_fields
        written = _with_any(names, self, vals_list)._xero_documents()
        unnoted = self.env["xero.document"]._without_noted(written)
        changed = _with_other_values(names, self, vals_list, unnoted)
        result = super()._write_multi(vals_list)
        changed._xero_request(new=False)
        return result


class XeroDocumentLineMixin(models.AbstractModel):
    """Its lines likewise: texts, prices and taxes follow what Odoo computes."""

    _inherit = "xero.document.line.mixin"

    # EXTENDS 'base'
    def _write_multi(self, vals_list):
        names = self._xero_computed_names()
        written = _with_any(names, self, vals_list)
        documents = written._xero_documents()
        unnoted = self.env["xero.document"]._without_noted(documents)
        field = self._xero_document_field
        lines = written.filtered(lambda line: line[field] in unnoted)
        changed = _with_other_values(names, self, vals_list, lines)
        result = super()._write_multi(vals_list)
        changed[field]._xero_request(new=False)
        return result

    def _xero_computed_names(self):
        """Of the watched fields those that Odoo may compute, and keeps in a column."""
        return {
            name
            for name in self._xero_watched_fields
            if self._fields[name].compute and self._fields[name].type in COMPARED
        }


def _with_any(names, records, vals_list):
    """Those of the records of which one of these fields is written.

    :param vals_list: for each record, dict of names of fields to values of columns
    """
    pairs = zip(records, vals_list, strict=True)
    return records.browse(
        record.id for record, vals in pairs if not names.isdisjoint(vals)
    )


def _with_other_values(names, records, vals_list, among):
    """Those of which a field is about to become another in the database.

    Odoo also writes what it computed to be the same.

    :param names: set of the fields that count
    :param records, vals_list: see :func:`_with_any`
    :param among: those of the records that are looked at
    """
    if not among:
        return among
    written = dict(zip(records.ids, vals_list, strict=True))
    columns = sorted(names & set().union(*(written[id_] for id_ in among.ids)))
    rows = among.env.execute_query_dict(
        SQL(
            "SELECT id, %s FROM %s WHERE id IN %s",
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL.identifier(among._table),
            tuple(among.ids),
        )
    )
    return among.browse(
        row["id"]
        for row in rows
        if any(
            name in written[row["id"]]
            and _is_other(among._fields[name], written[row["id"]][name], row[name])
            for name in columns
        )
    )


def _is_other(field, value, before):
    """Whether a value of a column is not what is in the database.

    :param field: of Odoo's model
    :param before: as read from the database
    """
    if field.type in ("float", "monetary"):
        return float(value or 0) != float(before or 0)
    return (value or None) != (before or None)
