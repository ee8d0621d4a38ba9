"""Out to Xero: pure Python, no ORM; no record ever crosses this door."""

from . import const
from .answers import (
    Account,
    Address,
    BrandingTheme,
    Contact,
    Currency,
    Element,
    Item,
    Organisation,
    Page,
    PaymentTerm,
    Person,
    Phone,
    TaxRate,
    TrackingCategory,
    TrackingOption,
)
from .body import serialise
from .client import Budget, XeroClient, where_equals
from .errors import (
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
    XeroError,
)
from .links import deep_link
from .oauth import (
    OAuthApp,
    TenantConnection,
    TokenSet,
    connections,
    disconnect,
    missing_scopes,
)
from .pairing import is_same, pair, sent_elements
