"""What an older version sent line by line goes so on, until an accountant says else.

A posted invoice that is paid in Xero would be refused with other lines.
"""


def migrate(cr, version):
    cr.execute("UPDATE xero_connection SET collapse_sections = FALSE")
