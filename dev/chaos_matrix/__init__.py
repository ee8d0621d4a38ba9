"""The fault matrix: every kind of document × everything that can go wrong.

``kinds.py`` has the rows, ``faults.py`` and ``served.py`` the columns. A cell makes a
record, lets the fault strike while it is sent, lets time and the scheduler go on until
nothing waits, and asks the local Xero and Odoo what is there. Some columns need running
Odoo servers, the others fork a scheduler that can be stopped at an exact step.
"""
