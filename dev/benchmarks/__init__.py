"""How fast the addon is, measured beside the floor in the same run.

Each file is one benchmark: it takes a workbench and sizes, and gives figures. The local
Xero answers at once, from a process of its own, and has limits in ``limits.py`` only.
"""
