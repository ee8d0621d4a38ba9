# In Odoo's order of definition: what others inherit comes first.
from . import xero_mirror
from . import xero_binding
from . import xero_choice
from . import xero_document_mixin

from . import xero_connection
from . import xero_connection_choices
from . import xero_connection_oauth
from . import xero_outbox
from . import xero_recovery
from . import xero_token

from . import xero_account
from . import xero_branding_theme
from . import xero_contact
from . import xero_currency
from . import xero_document
from . import xero_issue
from . import xero_item
from . import xero_request
from . import xero_tax_rate
from . import xero_tracking

from . import account_account
from . import account_tax
from . import product_product
from . import res_company
from . import res_config_settings
from . import res_partner
from . import sale_order
from . import sale_order_line
