"""What Xero holds now: readings, and what was changed there."""

from . import test_reading
