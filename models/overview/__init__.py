"""The app's start page: the first steps while one is missing, then what goes on."""

from . import (
    xero_connection_figures,
    xero_connection_start,
    xero_connection_steps,
    xero_document_start,
)
