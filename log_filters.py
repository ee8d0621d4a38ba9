"""What Odoo's own loggers would tell of our secrets, and must not."""

import logging
import re

# Names in a query or call that mean that its values, or the row it fails on, hold one
_SECRET = re.compile(
    r'xero_token|client_secret|webhook_key|oauth_nonce|"xero_connection".*Failing row',
    re.DOTALL,
)
# The code and state with which Xero sends the browser back; Odoo's login page has that
# address in its own while the session has ended
_CALLBACK = re.compile(
    r"((?:/|%2F)xero_sync(?:/|%2F)oauth(?:/|%2F)callback(?:\?|%3F))[^\s\"]*",
    re.IGNORECASE,
)


class Secrets(logging.Filter):
    """Odoo logs a query that failed with its values; at DEBUG all queries and calls.

    An update of a token that meets another one fails like that in daily life.
    """

    def filter(self, record):
        if _SECRET.search(record.getMessage()):
            errors = [type(a).__name__ for a in record.args if isinstance(a, Exception)]
            record.msg = "something with Xero's secrets, not shown %s"
            record.args = (" ".join(errors),)
        return True


class CallbackAddresses(logging.Filter):
    """The web server logs each address with its query."""

    def filter(self, record):
        message = record.getMessage()
        if _CALLBACK.search(message):
            record.msg, record.args = "%s", (_CALLBACK.sub(r"\1…", message),)
        return True


def install():
    """Put the filters in place, once in a process."""
    for name, kind in (
        ("odoo.sql_db", Secrets),
        ("odoo.service.model", Secrets),
        ("werkzeug", CallbackAddresses),
        # Of the process for live connections, which answers whatever reaches its port
        ("longpolling", CallbackAddresses),
    ):
        logger = logging.getLogger(name)
        if not any(isinstance(found, kind) for found in logger.filters):
            logger.addFilter(kind())
