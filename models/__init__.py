# What others inherit comes first: Odoo defines models in the order of these imports.
# isort: off
from . import connection
from . import mapping
from . import outbox
from . import document
from . import contact
from . import item
from . import imports
from . import issue
from . import holdings
from . import existing
from . import overview
# isort: on

# What is added to Odoo's own records
from . import (
    account_account,
    account_analytic_account,
    account_move,
    account_move_line,
    account_move_online,
    account_move_paid,
    account_move_parts,
    account_move_set_off,
    account_partial_reconcile,
    account_tax,
    product_attribute_value,
    product_category,
    product_product,
    product_template,
    product_template_account,
    purchase_order,
    purchase_order_line,
    res_company,
    res_config_settings,
    res_partner,
    res_partner_matching,
    res_users,
    sale_order,
    sale_order_line,
    sale_order_line_remaining,
    sale_order_remaining,
)
