from odoo import fields, models
from odoo.tools import SQL

from ... import mappers
from ..document.xero_document_send import COMING
from .xero_existing_read import document_kind

# So many are built at a time: what is built stays in memory until they are noted
BUILD_BATCH = 200


class XeroExisting(models.Model):
    """What sending would make of documents: built as they would go, and not sent."""

    _inherit = "xero.existing"

    def _foresee(self, sides):
        """What would become of these, if they were sent.

        :param sides: list of ``Side`` of one model
        :return: list of values of ``xero.existing.line``, for each of them
        """
        foreseen = []
        for start in range(0, len(sides), BUILD_BATCH):
            foreseen += self._foresee_some(sides[start : start + BUILD_BATCH])
        return foreseen

    def _foresee_some(self, sides):
        if not sides:
            return []
        records = sides[0].record.union(*(side.record for side in sides))
        previews = {
            (each.record.id, each.kind): each for each in records._xero_preview()
        }
        own = [previews.get((s.record.id, document_kind(s))) for s in sides]
        pairs = [*zip(sides, own, strict=True)]
        problems = [self._problems_of(side, preview) for side, preview in pairs]
        rows = self.env["xero.existing.problem"]._of(self, sum(problems, []))
        self._note_products(own)
        return [
            {
                **self._contact_of(side, preview),
                "is_kept_back": bool(kept_back),
                "problem_ids": [
                    fields.Command.set([rows[each.key].id for each in kept_back])
                ],
            }
            for (side, preview), kept_back in zip(pairs, problems, strict=True)
        ]

    def _problems_of(self, side, preview):
        """What would keep it back (list of ``mappers.Problem``).

        A credit note whose invoice comes along is not asked about.
        """
        invoice = side.record._name == "account.move" and side.record.reversed_entry_id
        comes_along = bool(invoice) and self._is_in_period(invoice._xero_day())
        return [
            problem
            for problem in (preview.problems if preview else ())
            if not (comes_along and problem.key.startswith("older_invoice:"))
        ]

    def _contact_of(self, side, preview):
        """Values of a line that tell whose it is, in Odoo and in Xero."""
        connection = self.connection_id
        partner = side.record._xero_partner(document_kind(side))
        partner = partner.with_company(connection.company_id)
        contact = mappers.own(partner.xero_contact_id, connection)
        coming = preview and preview.contact
        if contact.xero_id:
            fate = "linked"
        elif not coming or coming.problem:
            fate = "decide"
        else:
            fate = "link" if coming.contact.xero_id else "create"
            contact = coming.contact
        known = contact if fate in ("linked", "link") else contact.browse()
        return {
            "partner_id": partner.id,
            "contact_id": known.id,
            "contact_xero_id": known.xero_id,
            "contact_fate": fate,
        }

    # By SQL: the ORM reads all that is there to add to it

    def _note_products(self, previews):
        """Keep of which products items would be linked or made in Xero."""
        rows = [each.row for each in previews if each and each.row]
        products = {id_ for row in rows for id_ in row.env.context[COMING]["items"]}
        self.env.cr.execute(
            SQL(
                "INSERT INTO xero_existing_product_rel (existing_id, product_id)"
                " SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING",
                self.id,
                list(products),
            )
        )

    def _count_problems(self):
        """Count what each cause keeps back of what would be sent."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE xero_existing_problem problem
                SET count = (
                    SELECT count(*) FROM xero_existing_line_problem_rel pair
                    JOIN xero_existing_line line ON line.id = pair.line_id
                    WHERE pair.problem_id = problem.id AND line.action = 'send'
                )
                WHERE problem.existing_id = %s
                """,
                self.id,
            )
        )
        self.env.invalidate_all()
