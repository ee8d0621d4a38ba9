# Need more of Odoo: dev/pytest --neighbours and CI have a database of it.
from . import (
    test_delivered_orders,
    test_entries,
    test_flows,
    test_left_property,
    test_received,
    test_till,
    test_what_is_left,
)
