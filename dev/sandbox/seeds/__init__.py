"""The organisations a fresh sandbox holds."""

from ..clock import Clock
from ..store import Organisation
from .australia import australian_organisation
from .britain import british_organisation

AU_TENANT = "a0000000-0000-4000-8000-00000000000a"
UK_TENANT = "b0000000-0000-4000-8000-00000000000b"


def fresh_organisations(clock: Clock) -> dict[str, Organisation]:
    """Return the two demo companies, by tenant id."""
    return {
        AU_TENANT: australian_organisation(AU_TENANT, clock),
        UK_TENANT: british_organisation(UK_TENANT, clock),
    }
