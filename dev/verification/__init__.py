"""``dev/verify``: experiments that show how Xero really answers."""
