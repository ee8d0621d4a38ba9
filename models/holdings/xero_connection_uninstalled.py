import json
from collections import defaultdict

from odoo import api, fields, models

from ... import xero_api
from ..document.xero_document import ENDPOINTS, RECORD_FIELDS

# What stays when the addon is uninstalled: organisation → since when it has Odoo's
MADE_SINCE = "xero_sync.made_since"


class XeroConnection(models.Model):
    """After the addon was uninstalled, and installed again.

    Uninstalling takes all links along. It leaves a note of since when there are
    documents of Odoo's in an organisation. Once that is connected again, they are read
    as after a restored backup, and what says the same in Odoo is linked again.
    """

    _inherit = "xero.connection"

    installed_again = fields.Boolean(readonly=True, copy=False)

    @api.model
    def _leave_note(self):
        """Note, in the place of all that goes, since when Xero has our documents."""
        groups = self.env["xero.document"]._read_group(
            [("xero_id", "!=", False)], ["connection_id"], ["create_date:min"]
        )
        since = self._notes_left()
        for connection, moment in groups:
            first = fields.Datetime.to_string(moment.replace(microsecond=0))
            before = since.get(connection.tenant_id, first)
            since[connection.tenant_id] = min(before, first)
        self._keep_notes(since)

    @api.model
    def _notes_left(self):
        # sudo: no secret, and nobody's to write
        note = self.env["ir.config_parameter"].sudo().get_param(MADE_SINCE)
        return json.loads(note or "{}")

    @api.model
    def _keep_notes(self, since):
        """:param since: dict of Xero's id of an organisation → UTC time as text"""
        # sudo: as above
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(MADE_SINCE, json.dumps(since) if since else False)

    # EXTENDS 'xero.connection'
    def _adopt_organisation(self, tenant):
        result = super()._adopt_organisation(tenant)
        since = self._notes_left().get(self.tenant_id)
        if since and not self._is_used():
            values = dict.fromkeys(("unknown_since", "restored_from"), since)
            self.write({**values, "installed_again": True})
        return result

    # EXTENDS 'xero.connection'
    def _end_catch_up(self):
        result = super()._end_catch_up()
        since = self._notes_left()
        if self.installed_again and since.pop(self.tenant_id, None):
            self._keep_notes(since)
            self._link_again()
        return result

    def _link_again(self):
        """Have looked at, and so linked, what in Xero leads to a record of ours."""
        documents = self.env["xero.document"]
        ids = defaultdict(list)
        for found in self.env["xero.found"].search([("connection_id", "=", self.id)]):
            place = xero_api.leads_to(xero_api.kept(found.content))
            if place:
                ids[place[0], found.endpoint].append(place[1])
        for field in set(RECORD_FIELDS.values()):
            model = documents._fields[field].comodel_name
            for endpoint in set(ENDPOINTS.values()):
                records = self.env[model].browse(ids[model, endpoint]).exists()
                documents._request([(self._still(records, endpoint), True)], True)

    def _still(self, records, endpoint):
        """Those of this connection that still belong into a collection of Xero's."""
        companies = records.company_id.filtered(
            lambda company: company._xero_connection() == self
        )
        return records.filtered(
            lambda record: (
                record.company_id in companies
                and ENDPOINTS.get(record._xero_kind_now()) == endpoint
            )
        )

    # EXTENDS 'xero.connection'
    def _values_to_read_anew(self):
        """What is told of a backup has nothing to do with an installation before it."""
        still = self.tenant_id in self._notes_left()
        return {**super()._values_to_read_anew(), "installed_again": still}

    # EXTENDS 'xero.connection'
    def _caught_up_text(self, found):
        if not self.installed_again:
            return super()._caught_up_text(found)
        return self.env._(
            "Xero Sync was installed again. Xero was read: Odoo had made %(count)s"
            " documents there before. What says the same in Odoo is linked again; where"
            " it says something else, an accountant is asked.",
            count=len(found),
        )
