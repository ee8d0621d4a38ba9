{
    "name": "Xero Sync: every new company is connected",
    "summary": "For dev/neighbours: Odoo's own tests with the addon at work",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Xero Sync founders",
    "license": "LGPL-3",
    "depends": ["xero_sync"],
}
