"""The update that ends a document in Xero."""

from xero_python.accounting import CreditNote, Invoice, PurchaseOrder


def to_remove(endpoint: str, xero_id: str, status: str, number: str | None = None):
    """Build the update that deletes or voids a document; nothing brings it back.

    A quote is ended by ``quote_step``.

    :param endpoint: as in ``xero_api.const.ID_KEYS``
    :param status: ``DELETED`` or ``VOIDED``
    :param number: of a purchase order, which lets the old one go
    :return: a model of the SDK
    """
    if endpoint == "Invoices":
        return Invoice(invoice_id=xero_id, status=status)
    if endpoint == "CreditNotes":
        return CreditNote(credit_note_id=xero_id, status=status)
    # A deleted order keeps its number, so it is renamed in the same call
    return PurchaseOrder(
        purchase_order_id=xero_id, status=status, purchase_order_number=number
    )
