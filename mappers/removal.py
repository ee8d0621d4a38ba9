"""The update that ends a document in Xero."""

from xero_python.accounting import (
    Contact,
    CreditNote,
    Invoice,
    PurchaseOrder,
    Quote,
    QuoteStatusCodes,
)


def to_remove(endpoint: str, xero_id: str, status: str, **extra):
    """Build the update that deletes or voids a document; nothing brings it back.

    :param endpoint: as in ``xero_api.const.ID_KEYS``
    :param status: ``DELETED`` or ``VOIDED``
    :param extra: ``number`` to let go the old one, and for quotes ``contact_id`` and
        ``date``, which Xero wants repeated
    :return: a model of the SDK
    """
    if endpoint == "Invoices":
        return Invoice(invoice_id=xero_id, status=status)
    if endpoint == "CreditNotes":
        return CreditNote(credit_note_id=xero_id, status=status)
    if endpoint == "PurchaseOrders":
        # A deleted order keeps its number, so it is renamed in the same call
        return PurchaseOrder(
            purchase_order_id=xero_id,
            status=status,
            purchase_order_number=extra["number"],
        )
    return Quote(
        quote_id=xero_id,
        status=QuoteStatusCodes(status),
        quote_number=extra["number"],
        contact=Contact(contact_id=extra["contact_id"]),
        date=extra["date"],
    )
