from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import clean_context

from .xero_connection_themes import THEME_FIELDS

# Choices that serve what is not mapped; while one lacks, documents wait
DEFAULT_FIELDS = (
    "default_sale_account_id",
    "default_purchase_account_id",
    "zero_sale_tax_rate_id",
    "zero_purchase_tax_rate_id",
)
# What an accountant may change; the rest is the administrator's
ACCOUNTANT_FIELDS = frozenset(
    [
        *DEFAULT_FIELDS,
        *THEME_FIELDS.values(),
        "start_date",
        "auto_quotation",
        "auto_sale_order",
        "auto_invoice",
        "auto_credit_note",
        "auto_purchase_order",
        "auto_bill",
        "auto_refund",
        "invoice_status",
        "bill_status",
        "purchase_order_status",
        "partial_invoicing",
        "price_credit",
        "zero_documents",
        "number_quotation",
        "number_sale_order",
        "number_invoice",
        "number_credit_note",
        "number_purchase_order",
        "attach_pdf",
        "pdf_online",
        "allow_backorders",
        "collapse_sections",
        "auto_customer",
        "auto_supplier",
        "auto_item",
        "create_contacts",
        "create_items",
        "update_contacts",
        "update_items",
        "compare_monthly",
        "holdings_share",
    ]
)
# What only Xero's own way leads to; set by hand, it would lead past every check there
NOBODYS_FIELDS = frozenset(
    ["caught_up_at", "cron_id", "database", "installed_again", "place"]
    + ["remote_connection_id", "restored_from"]
    + ["state", "tenant_choices", "tenant_id", "unknown_since"]
)
POSTED_STATUSES = [
    ("AUTHORISED", "Awaiting payment"),
    ("SUBMITTED", "Awaiting approval"),
    ("DRAFT", "Draft"),
]
NUMBERS = [("odoo", "Odoo's number"), ("xero", "Xero's own sequence")]


class XeroConnection(models.Model):
    """What is sent, and how; the accountant's part of a connection."""

    _inherit = "xero.connection"

    start_date = fields.Date(
        "Start date",
        tracking=True,
        help="What is dated before is not made in Xero automatically, whatever"
        " happens to it in Odoo. “Send to Xero” sends it.",
    )
    auto_quotation = fields.Boolean(
        "Send quotations",
        default=True,
        help="As a quote, as soon as there is a customer and a line.",
    )
    auto_sale_order = fields.Boolean(
        "Send confirmed sales orders",
        default=True,
        help="As a draft invoice, as soon as the order is confirmed.",
    )
    auto_invoice = fields.Boolean(
        "Send posted customer invoices",
        default=True,
        help="The draft of the order becomes the invoice.",
    )
    auto_credit_note = fields.Boolean(
        "Send posted credit notes",
        default=True,
        help="Set off against the invoices that Odoo matches it with.",
    )
    auto_purchase_order = fields.Boolean(
        "Send approved purchase orders", default=True, help="As a purchase order."
    )
    auto_bill = fields.Boolean(
        "Send vendor bills",
        default=True,
        help="As a draft as soon as the bill is created, awaiting payment once posted.",
    )
    auto_refund = fields.Boolean(
        "Send posted vendor refunds",
        default=True,
        help="Set off against the bills that Odoo matches it with.",
    )
    invoice_status = fields.Selection(
        POSTED_STATUSES,
        "Posted invoices are",
        required=True,
        default="AUTHORISED",
        help="In Xero; credit notes too.",
    )
    bill_status = fields.Selection(
        POSTED_STATUSES,
        "Posted bills are",
        required=True,
        default="AUTHORISED",
        help="In Xero; vendor refunds too.",
    )
    purchase_order_status = fields.Selection(
        [
            ("AUTHORISED", "Approved"),
            ("SUBMITTED", "Awaiting approval"),
            ("DRAFT", "Draft"),
        ],
        "Approved purchase orders are",
        required=True,
        default="AUTHORISED",
        help="In Xero.",
    )
    partial_invoicing = fields.Selection(
        [
            ("remainder", "What is left becomes a new draft"),
            ("delete", "No draft is kept for what is left"),
            ("leave", "The draft of the whole order stays"),
        ],
        "Orders invoiced in parts",
        required=True,
        default="remainder",
        help="The first invoice takes the order's draft over. Where the draft stays,"
        " only an invoice for the whole order does.",
    )
    price_credit = fields.Selection(
        [
            ("conceded", "Is a concession: the order's draft does not grow"),
            ("due", "Is invoiced again, as Odoo's order says"),
        ],
        "Credit below the invoiced price",
        required=True,
        default="conceded",
        help="For units that are credited at a lower price than they were invoiced"
        " at. Applies to credit notes that are sent from now on.",
    )
    zero_documents = fields.Selection(
        [("leave_out", "Are left out of Xero"), ("send", "Are sent")],
        "Documents of 0.00",
        required=True,
        default="leave_out",
        help="Free samples, repairs under warranty, orders paid with a coupon:"
        " documents that come to zero on every account.",
    )
    number_quotation = fields.Selection(
        NUMBERS, "Number of quotes", required=True, default="xero"
    )
    number_sale_order = fields.Selection(
        NUMBERS, "Number of drafts of orders", required=True, default="xero"
    )
    number_invoice = fields.Selection(
        NUMBERS, "Number of invoices", required=True, default="odoo"
    )
    number_credit_note = fields.Selection(
        NUMBERS, "Number of credit notes", required=True, default="odoo"
    )
    number_purchase_order = fields.Selection(
        NUMBERS, "Number of purchase orders", required=True, default="xero"
    )
    attach_pdf = fields.Boolean(
        "Attach Odoo's PDF",
        help="To quotes that were sent, approved purchase orders, and what is posted:"
        " one more call for each.",
    )
    pdf_online = fields.Boolean(
        "Show it with the online invoice",
        default=True,
        help="Customers who open an invoice or credit note online see Odoo's PDF.",
    )
    allow_backorders = fields.Boolean(
        "Invoice more than Xero has in stock",
        help="For items whose stock is tracked in Xero, where it then goes below"
        " zero. Without this, Xero refuses such invoices.",
    )
    collapse_sections = fields.Boolean(
        "Sections as Odoo prints them",
        default=True,
        help="Where Odoo prints only the total of a section, Xero gets one line with"
        " it, or one for each tax and account. Without this, Xero gets every line.",
    )
    auto_customer = fields.Boolean(
        "Create new customers", help="In Xero, as soon as they are created in Odoo."
    )
    auto_supplier = fields.Boolean(
        "Create new vendors", help="In Xero, as soon as they are created in Odoo."
    )
    auto_item = fields.Boolean(
        "Create new products",
        help="As items in Xero, as soon as they have an internal reference.",
    )
    create_contacts = fields.Boolean(
        "Create missing contacts",
        default=True,
        help="A customer or vendor without a Xero contact gets one with the first"
        " document.",
    )
    create_items = fields.Boolean(
        "Create missing items",
        help="A product without a Xero item gets one with its first document.",
    )
    update_contacts = fields.Boolean(
        "Keep contacts up to date",
        default=True,
        help="What is changed in Odoo is changed in Xero too.",
    )
    update_items = fields.Boolean(
        "Keep items up to date",
        default=True,
        help="Items that Odoo made follow their product.",
    )
    default_sale_account_id = fields.Many2one(
        "xero.account",
        domain="[('connection_id', '=', id), ('for_documents', '=', True)]",
        help="For sales whose Odoo account has no Xero account of its own.",
    )
    default_purchase_account_id = fields.Many2one(
        "xero.account",
        domain="[('connection_id', '=', id), ('for_documents', '=', True)]",
        help="For purchases whose Odoo account has no Xero account of its own.",
    )
    zero_sale_tax_rate_id = fields.Many2one(
        "xero.tax.rate",
        "Rate for sales without tax",
        domain="[('connection_id', '=', id), ('for_sales', '=', True),"
        " ('effective_rate', '=', 0)]",
    )
    zero_purchase_tax_rate_id = fields.Many2one(
        "xero.tax.rate",
        "Rate for purchases without tax",
        domain="[('connection_id', '=', id), ('for_purchases', '=', True),"
        " ('effective_rate', '=', 0)]",
    )

    @api.constrains(*DEFAULT_FIELDS)
    def _check_own_choices(self):
        for connection in self:
            for field in DEFAULT_FIELDS:
                connection._check_own(connection[field])

    def _check_own(self, choice):
        """:raise ValidationError: a choice of another organisation than this one's"""
        if choice and choice.connection_id != self:
            raise ValidationError(
                self.env._(
                    "“%(choice)s” is not of the Xero organisation “%(organisation)s”."
                    " Choose one of its own.",
                    choice=choice.display_name,
                    organisation=self.display_name,
                )
            )

    # EXTENDS 'xero.connection'
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_may_write(vals)
        # A default in the context would be written unchecked
        clean = self.with_context(clean_context(self.env.context))
        return super(XeroConnection, clean).create(vals_list).with_env(self.env)

    # EXTENDS 'xero.connection'
    def write(self, vals):
        self._check_may_write(vals)
        self._check_required(vals)
        result = super().write(vals)
        if vals.get("create_contacts"):
            self.env["xero.issue"]._solve_kinds("contact")
        for field in set(DEFAULT_FIELDS).intersection(vals):
            self.env["xero.issue"]._solve([f"{field}:{id_}" for id_ in self.ids])
            kinds = ("refused:tax",)
            if "account" in field:
                kinds = ("account", "refused:account")
            self.env["xero.issue"]._solve_kinds(*kinds)
        return result

    def _check_may_write(self, vals):
        """An accountant maps; credentials and the organisation are not theirs."""
        if self.env.su:
            return
        group = "xero_sync.xero_sync_group_administrator"
        if self.env.user.has_group(group):
            allowed = NOBODYS_FIELDS.isdisjoint(vals)
        else:
            allowed = ACCOUNTANT_FIELDS.issuperset(vals)
        if not allowed:
            raise AccessError(
                self.env._("Only a Xero administrator may change the connection.")
            )

    def _check_required(self, vals):
        """PostgreSQL would refuse it and quote the whole row, the secret included.

        Odoo shows what PostgreSQL says in the details of its error message.
        """
        for name, value in vals.items():
            field = self._fields[name]
            if field.required and value in (False, None, ""):
                label = field.get_description(self.env, ["string"])["string"]
                raise ValidationError(
                    self.env._("“%(field)s” cannot be empty.", field=label)
                )
