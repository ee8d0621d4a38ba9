"""Run by ``odoo shell``: a company for the addon's tests, its chart of accounts loaded.

Loading the chart takes as long as two tests; ``tests/common.py`` takes this company in
place of one of its own for every class.
"""

country = env.ref("base.au")
company = env["res.company"].create(
    {
        "name": "company_1_data",
        "country_id": country.id,
        "currency_id": country.currency_id.id,
    }
)
env["account.chart.template"].try_loading("au", company, install_demo=False)
company.currency_id = country.currency_id
env["ir.model.data"]._update_xmlids(
    [
        {
            "xml_id": "__xero_tests__.company",
            "record": company,
            "noupdate": True,
        }
    ]
)
env.cr.commit()
