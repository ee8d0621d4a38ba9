"""Run by ``odoo shell``: companies for the addon's tests, their charts loaded.

Loading a chart of accounts takes as long as two tests; ``tests/books_case.py`` takes
these companies in place of new ones for every class.
"""

country = env.ref("base.au")
for number in (1, 2):
    company = env["res.company"].create(
        {
            "name": f"Company {number} for tests",
            "country_id": country.id,
            "currency_id": country.currency_id.id,
        }
    )
    env["account.chart.template"].try_loading("au", company, install_demo=False)
    company.currency_id = country.currency_id
    name = f"__xero_tests__.company_{number}"
    env["ir.model.data"]._update_xmlids([{"xml_id": name, "record": company}])
env.cr.commit()
