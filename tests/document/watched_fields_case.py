from contextlib import suppress

from odoo.exceptions import UserError

SIMPLE = ("char", "text", "html", "boolean", "integer", "float", "selection")


class WatchedFieldsMixin:
    """Changes fields one at a time, and undoes it.

    Set ``self.mapped``, a function that gives what would be sent.
    """

    def changed_by(self, record, values):
        """Whether what would be sent is something else then; no if Odoo refuses it."""
        before, changed = self.mapped(), False
        with suppress(UserError), self.env.cr.savepoint() as savepoint:
            record.write(values)
            self.env.flush_all()
            changed = self.mapped() != before
            savepoint.rollback()
        self.env.invalidate_all()
        return changed

    def other_value(self, record, name):
        """A value of the field that is not the present one; None for none."""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return not value
        if field.type in ("integer", "float"):
            return value + 1
        if field.type == "selection":
            keys = [key for key in field.get_values(self.env) if key != value]
            return keys[0] if keys else None
        if field.type == "many2one":
            others = self.env[field.comodel_name].search([("id", "!=", value.id)])
            return others[-1:].id or None
        return f"x{value or '@example.com'}"

    def changing_others(self, record, watched):
        """Names of fields outside the list whose change would have to go out."""
        tried, found = [], []
        for name, field in record._fields.items():
            kept = field.store or field.company_dependent
            known = field.type in (*SIMPLE, "many2one")
            if name in watched or field.readonly or not (kept and known):
                continue
            value = self.other_value(record, name)
            if value is not None:
                tried.append(name)
                found += [name] if self.changed_by(record, {name: value}) else []
        self.assertGreater(len(tried), 5)
        return found
