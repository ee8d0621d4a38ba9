from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

# Records read at once when all of them are gone through
CHUNK = 2000
# More of one key (an address that everybody has) tell nothing
CANDIDATES = 20


class XeroMatching(models.AbstractModel):
    """Finding the contact or item of Xero's that an Odoo record already is.

    The rules and keys are in ``mappers/match_keys.py``. One sure match is linked by
    itself; everything else is for a person.
    """

    _name = "xero.matching"
    _description = "Matching with Xero"

    _match_fields = {}  # a key's name → the field of the binding that holds it

    # === HOOKS OF EACH KIND === #

    def _match_keys(self):
        """What this row of Xero's is compared by."""
        raise NotImplementedError

    @api.model
    def _record_keys(self, id_, *texts):
        """What an Odoo record is compared by, from the texts of its columns."""
        raise NotImplementedError

    def _rule_words(self):
        """Dict of rule → why the two may be the same, in words."""
        raise NotImplementedError

    # === BEFORE CREATING === #

    def _drop_needless(self):
        """Forget those not made yet whose record needs none of its own any more.

        While they waited it was deleted, linked, or made part of another record.

        :return: the other rows
        """
        needless = self.filtered(
            lambda row: (
                not row.xero_id and not row._record()._xero_needs_own(row.connection_id)
            )
        )
        documents = needless.waiting_document_ids
        needless.unlink()
        documents._stop_waiting()
        return self - needless

    # === STEPS === #

    @api.model
    def _by_key(self, connection, keys):
        """Rows of the organisation that have one of these keys, in one query.

        :param keys: iterable of keys, as of :meth:`_record_keys`
        :return: dict of (key's name, value) → rows, at most ``CANDIDATES``
        """
        wanted = set().union(*(each.told() for each in keys))
        values = defaultdict(list)
        for name, value in wanted:
            values[self._match_fields[name]].append(value)
        rows = self.search(
            Domain("connection_id", "=", connection.id)
            & Domain("xero_id", "!=", False)
            & Domain.OR(Domain(name, "in", each) for name, each in values.items()),
            order="id",
        )
        ids = defaultdict(list)
        for row in rows:
            for key in row._match_keys().told() & wanted:
                ids[key].append(row.id)
        return {key: self.browse(each[:CANDIDATES]) for key, each in ids.items()}

    def _records_with_keys(self, records, domain, columns):
        """Odoo's records that have a key in common with one of these rows.

        Goes through all of them, a chunk at a time and past the ORM's cache.

        :param records: empty recordset of their model, in the company that counts
        :param columns: stored fields whose texts make the keys
        """
        wanted = set().union(*(row._match_keys().told() for row in self))
        last, found = 0, []
        while True:
            query = records._search(
                domain & Domain("id", ">", last), order="id", limit=CHUNK
            )
            chunk = self.env.execute_query(
                query.select(
                    *(
                        records._field_to_sql(query.table, name, query)
                        for name in ("id", *columns)
                    )
                )
            )
            found += [
                row[0] for row in chunk if self._record_keys(*row).told() & wanted
            ]
            if len(chunk) < CHUNK:
                return records.browse(found)
            last = chunk[-1][0]

    def _reason(self, pair):
        """Why two may be the same, and what speaks against it, in words."""
        rule = self._rule_words()[pair.rule]
        if not pair.doubts:
            return rule
        return self.env._(
            "%(reason)s, but %(doubts)s", reason=rule, doubts=", ".join(pair.doubts)
        )
