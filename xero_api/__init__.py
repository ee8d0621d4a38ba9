"""Out to Xero: pure Python, no ORM; no record ever crosses this door."""

from . import const
from .answers import (
    Account,
    Address,
    Allocation,
    BrandingTheme,
    Contact,
    Currency,
    Element,
    Head,
    HistoryRecord,
    Item,
    Organisation,
    Page,
    PaymentTerm,
    Person,
    Phone,
    QuoteHead,
    TaxRate,
    TrackingCategory,
    TrackingOption,
)
from .body import joined, serialise
from .budget import Budget, Window, day_limit
from .client import XeroClient, where_equals
from .details import contact_details, item_details, quote_details
from .errors import (
    Denied,
    Forbidden,
    GrantInvalid,
    NotFound,
    NotSent,
    OAuthRefused,
    OutcomeUnknown,
    RateLimited,
    RequestRefused,
    ScopeMissing,
    TokenRejected,
    Unavailable,
    UnreadableAnswer,
    WrongSetting,
    XeroError,
)
from .kept import keep, kept
from .links import deep_link
from .oauth import (
    OAuthApp,
    TenantConnection,
    TokenSet,
    connections,
    disconnect,
    missing_scopes,
)
from .pairing import (
    compared,
    is_like,
    is_ours,
    pair,
    same_content,
    sent_elements,
    sent_lines,
)
from .restored import (
    is_odoos,
    is_same,
    is_to_be_told,
    is_under_its_name,
    leads_to,
    names,
    names_sent,
)
from .transitions import next_status, removal_status
from .webhooks import SIGNATURE_HEADER, events_told, is_signed
from .writer import clean_file_name
