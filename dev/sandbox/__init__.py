"""A faithful Xero on this machine: OAuth, the accounting API, its rules and faults.

Start it with ``PYTHONPATH=dev python -m sandbox --port 8075``; see README.md.
"""
