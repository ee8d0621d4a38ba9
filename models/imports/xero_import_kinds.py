"""What differs between importing contacts and importing items."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ImportKind:
    """Names of one kind's models and fields.

    :param row_model: Xero's side, and the line's field for it
    :param record_model: Odoo's side, and the line's field for it
    :param link_field: on Odoo's record, leads to the row
    :param match_method: of the rows, finds Odoo's records for them
    :param match_record: of a match, Odoo's record
    :param candidates_field: of the line, Odoo's records to decide between
    :param values_function: of ``mappers``, values to create Odoo's record with
    :param search_fields: of the row, in which a person's search looks
    """

    row_model: str
    row_field: str
    record_model: str
    record_field: str
    link_field: str
    match_method: str
    match_record: str
    candidates_field: str
    values_function: str
    search_fields: tuple[str, ...]


KINDS = {
    "contacts": ImportKind(
        row_model="xero.contact",
        row_field="contact_id",
        record_model="res.partner",
        record_field="partner_id",
        link_field="xero_contact_id",
        match_method="_partner_matches",
        match_record="partner",
        candidates_field="candidate_ids",
        values_function="partner_values",
        search_fields=("name", "email", "contact_number", "account_number"),
    ),
    "items": ImportKind(
        row_model="xero.item",
        row_field="item_id",
        record_model="product.product",
        record_field="product_id",
        link_field="xero_item_id",
        match_method="_product_matches",
        match_record="product",
        candidates_field="candidate_product_ids",
        values_function="product_values",
        search_fields=("code", "name"),
    ),
}
