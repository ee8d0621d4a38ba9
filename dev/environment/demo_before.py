"""What the demo's company did before it had the addon: invoices, typed into Xero.

Somebody typed two of Odoo's invoices into Xero by hand: one under Odoo's number, one
under a number of Xero's. Whoever connects then meets what most companies do.
"""

from . import demo_contacts, local_xero, rpc

LINE_FIELDS = ("name", "quantity", "price_unit")
TYPED = 2  # of the oldest invoices
ACCOUNT, RATE = "200", "OUTPUT"  # Sales, GST on Income


def type_in(client: rpc.Client, xero_port: int) -> None:
    """Type the first of Odoo's invoices into the local Xero, unless it has some."""
    if local_xero.books(xero_port)["Invoices"]:
        return
    domain = [("move_type", "=", "out_invoice"), ("state", "=", "posted")]
    fields = ["name", "partner_id", "invoice_date", "invoice_date_due"]
    invoices = client.call(
        "account.move",
        "search_read",
        domain,
        fields=fields,
        order="invoice_date, id",
        limit=TYPED,
    )
    typed = [_as_typed(client, invoice) for invoice in invoices]
    for element in typed[1:]:
        del element["InvoiceNumber"]  # Xero gives one of its own
    demo_contacts.seed(xero_port, "Invoices", typed)


def _as_typed(client: rpc.Client, invoice: dict) -> dict:
    """An invoice of Odoo's as a person enters it in Xero."""
    domain = [("move_id", "=", invoice["id"]), ("display_type", "=", "product")]
    lines = client.call("account.move.line", "search_read", domain, fields=LINE_FIELDS)
    return {
        "Type": "ACCREC",
        "Status": "AUTHORISED",
        "InvoiceNumber": invoice["name"],
        "Contact": {"Name": invoice["partner_id"][1]},
        "Date": invoice["invoice_date"],
        "DueDate": invoice["invoice_date_due"],
        "LineAmountTypes": "Exclusive",
        "LineItems": [
            {
                "Description": line["name"],
                "Quantity": line["quantity"],
                "UnitAmount": line["price_unit"],
                "AccountCode": ACCOUNT,
                "TaxType": RATE,
            }
            for line in lines
        ],
    }
