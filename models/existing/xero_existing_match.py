from odoo import models
from odoo.tools import SQL

# Whose contact is not known may be anybody's
SAME_CONTACT = SQL(
    "(line.contact_xero_id IS NULL OR candidate.contact_xero_id = line.contact_xero_id)"
)
# A vendor's number is others' too
NUMBER_COUNTS = SQL("(line.book NOT IN ('ACCPAY', 'ACCPAYCREDIT') OR %s)", SAME_CONTACT)
OWN = tuple(
    SQL("candidate.linked_model = %s AND candidate.linked_id = %s", model, record)
    for model, record in (
        ("account.move", SQL("line.move_id")),
        ("sale.order", SQL("line.sale_order_id")),
        ("purchase.order", SQL("line.purchase_order_id")),
    )
)
IS_OWN = SQL("coalesce(%s, false)", SQL(" OR ").join(OWN))
# Each way in which a document in Xero may be one of Odoo's: by what it is called …
NAMES = (
    SQL("candidate.number_key = line.number_key AND %s", NUMBER_COUNTS),
    SQL("candidate.reference_key = line.number_key AND %s", NUMBER_COUNTS),
    *OWN,
)
# … and by what it says
FIGURES = SQL(
    "candidate.date = line.odoo_date AND candidate.total = line.odoo_total"
    " AND candidate.currency = line.currency AND %s",
    SAME_CONTACT,
)
NAMED = SQL("(is_own OR is_named) AND same_figures")
EXACT = SQL("same_figures AND same_day")
ALL = SQL("true")


class XeroExisting(models.Model):
    """Which document in Xero is which of Odoo's.

    What links back to Odoo's document or has its number, and contact, total and
    currency, is it, where neither has another one. Then: what has the same contact,
    day, total and currency, where neither has another one like it. A person decides
    about all else that may be the same, so that nothing is there twice.

    By SQL: it is one question about all lines, however many they are.
    """

    _inherit = "xero.existing"

    def _match(self):
        """Propose for each line what is done with it."""
        self.env.flush_all()
        for way in NAMES:
            self._note_pairs(way)
        self._link_sure_ones(
            SQL("SELECT * FROM (%s) pair WHERE %s", self._pairs(), NAMED),
            SQL("CASE WHEN sure.is_own THEN 'own' ELSE 'number' END"),
        )
        # Of what is left only: equal documents pair each with each
        self._note_pairs(FIGURES)
        self._forget_taken()
        self._link_sure_ones(self._pairs(), SQL("'figures'"), EXACT)
        self._forget_taken()
        self._ask_about_others()
        self.env.invalidate_all()

    def _note_pairs(self, way):
        """Note which of Xero's each line may be, in one way, of what is not linked.

        :param way: SQL about ``line`` and ``candidate``
        """
        self.env.cr.execute(
            SQL(
                """
                WITH free AS MATERIALIZED (
                    SELECT id, book, number_key, reference_key, linked_model,
                           linked_id, contact_xero_id, date, total, currency
                    FROM xero_existing_candidate candidate
                    WHERE existing_id = %s AND NOT EXISTS (
                        SELECT FROM xero_existing_line line
                        WHERE line.existing_id = candidate.existing_id
                              AND line.action = 'link'
                              AND line.candidate_id = candidate.id
                    )
                )
                INSERT INTO xero_existing_line_candidate_rel (line_id, candidate_id)
                SELECT line.id, candidate.id
                FROM xero_existing_line line
                JOIN free candidate ON candidate.book = line.book
                WHERE line.existing_id = %s AND line.action = 'send' AND %s
                ON CONFLICT DO NOTHING
                """,
                self.id,
                self.id,
                way,
            )
        )

    def _pairs(self):
        """SQL of the lines that are not linked yet, with each that may be theirs."""
        return SQL(
            """
            SELECT line.id AS line_id, candidate.id AS candidate_id, %s AS is_own,
                   line.number_key IN (candidate.number_key, candidate.reference_key)
                       AS is_named,
                   candidate.date = line.odoo_date AS same_day,
                   candidate.contact_xero_id = line.contact_xero_id
                       AND candidate.total = line.odoo_total
                       AND candidate.currency = line.currency
                       AND coalesce(candidate.is_booked, false)
                           = coalesce(line.is_booked, false) AS same_figures
            FROM xero_existing_line_candidate_rel pair
            JOIN xero_existing_line line ON line.id = pair.line_id
            JOIN xero_existing_candidate candidate ON candidate.id = pair.candidate_id
            WHERE line.existing_id = %s AND line.action = 'send'
            """,
            IS_OWN,
            self.id,
        )

    def _link_sure_ones(self, pairs, rule, condition=ALL):
        """Propose to link those of which neither has another one among the pairs.

        :param pairs: SQL of :meth:`_pairs`, or of some of them
        :param rule: SQL about the pair, the reason
        :param condition: SQL about a pair that is left
        """
        self.env.cr.execute(
            SQL(
                """
                UPDATE xero_existing_line line
                SET action = 'link', candidate_id = sure.candidate_id, rule = %s
                FROM (
                    SELECT *, count(*) OVER (PARTITION BY line_id) AS of_line,
                           count(*) OVER (PARTITION BY candidate_id) AS of_candidate
                    FROM (%s) pair
                ) sure
                WHERE line.id = sure.line_id AND sure.of_line = 1
                      AND sure.of_candidate = 1 AND %s
                """,
                rule,
                pairs,
                condition,
            )
        )

    def _forget_taken(self):
        """What is to be linked to one line is nothing that another may be."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM xero_existing_line_candidate_rel pair
                USING xero_existing_line line, xero_existing_line taken
                WHERE pair.line_id = line.id AND line.existing_id = %s
                      AND line.action = 'send'
                      AND taken.existing_id = line.existing_id
                      AND taken.action = 'link'
                      AND taken.candidate_id = pair.candidate_id
                """,
                self.id,
            )
        )

    def _ask_about_others(self):
        """A person decides about those that may be in Xero."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE xero_existing_line line
                SET action = 'decide',
                    rule = CASE WHEN asked.of_line > 1 THEN 'several'
                                WHEN asked.of_candidate > 1 THEN 'shared'
                                ELSE 'differs' END
                FROM (
                    SELECT line_id, max(of_line) AS of_line,
                           max(of_candidate) AS of_candidate
                    FROM (
                        SELECT line_id,
                               count(*) OVER (PARTITION BY line_id) AS of_line,
                               count(*) OVER (PARTITION BY candidate_id)
                                   AS of_candidate
                        FROM (%s) pair
                    ) counted
                    GROUP BY line_id
                ) asked
                WHERE line.id = asked.line_id
                """,
                self._pairs(),
            )
        )
