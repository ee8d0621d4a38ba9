"""The kinds of documents in a comparison, and where each is found."""

# As people count them: what is not booked yet is a kind of its own
KINDS = [
    ("invoice", "Customer invoices"),
    ("credit_note", "Customer credit notes"),
    ("bill", "Vendor bills"),
    ("refund", "Vendor refunds"),
    ("draft", "Draft invoices"),
    ("draft_bill", "Draft bills"),
    ("quotation", "Quotations"),
    ("purchase_order", "Purchase orders"),
]
# Field of a comparison in which a person chooses → kinds
CHOICES = {
    "with_sales": ("invoice", "credit_note"),
    "with_purchases": ("bill", "refund"),
    "with_drafts": ("draft", "draft_bill"),
    "with_quotations": ("quotation",),
    "with_purchase_orders": ("purchase_order",),
}
# Where Xero and Odoo keep them, in the order in which they are read
ENDPOINTS = {
    "Invoices": {"invoice", "bill", "draft", "draft_bill"},
    "CreditNotes": {"credit_note", "refund"},
    "Quotes": {"quotation"},
    "PurchaseOrders": {"purchase_order"},
}
MODELS = {
    "account.move": {"invoice", "credit_note", "bill", "refund", "draft_bill"},
    "sale.order": {"draft", "quotation"},
    "purchase.order": {"purchase_order"},
}


def kind_here(kind, record):
    """The kind in a comparison of an Odoo record that Xero knows as ``kind``.

    :param kind: of ``xero.document``
    """
    if kind == "sale_order":
        return "draft"
    if kind == "bill" and record.state != "posted":
        return "draft_bill"
    return kind


def kind_there(endpoint, element):
    """The kind of a document of which Odoo knows nothing, None when it has none.

    A draft counts in no book. Odoo has no drafts of credit notes in Xero, and a quote
    that was declined is over.

    :param element: ``xero_api.Head``
    """
    if endpoint == "Quotes":
        return "quotation" if element.status != "DECLINED" else None
    if endpoint == "PurchaseOrders":
        return "purchase_order"
    if element.status in ("AUTHORISED", "PAID"):
        return {
            "ACCREC": "invoice",
            "ACCPAY": "bill",
            "ACCRECCREDIT": "credit_note",
            "ACCPAYCREDIT": "refund",
        }.get(element.type)
    return {"ACCREC": "draft", "ACCPAY": "draft_bill"}.get(element.type)


def kinship(kind):
    """What two documents have in common that may be the same one.

    :param kind: in a comparison, or of ``xero.document``
    """
    orders = dict.fromkeys(("sale_order", "draft", "quotation"), "order")
    return {**orders, "draft_bill": "bill"}.get(kind, kind)
