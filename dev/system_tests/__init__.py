"""Tests with real processes, a real PostgreSQL and real HTTP to the local Xero.

Each file works on a database and a local Xero of its own. What Odoo does, it does in
processes forked from the one that runs pytest, which only loads the registry: they can
run side by side, and be killed.
"""
