"""The wkhtmltopdf with which Odoo makes a PDF of a document.

Debian's is built without wkhtmltopdf's own changes to Qt. It leaves out the header and
the footer of a page, and writes no outline, by which Odoo would split a PDF of several
documents: Odoo refuses to print more than one at a time with it.

Odoo hands it the page as a file. Style sheets and pictures come over HTTP from
``report.url``, else ``web.base.url``. Where nothing listens there, as beside an Odoo
that stops after its start, it prints without them: Odoo logs a warning ("Exit with code
1 due to network error") and has its PDF. In tests of Odoo, ``allow_pdf_render`` lets
those requests in; without it they would wait for the test, and the test for them.
"""

from .program import Program

WKHTMLTOPDF = Program(
    title="wkhtmltopdf",
    workspace="wkhtmltopdf",
    names=("wkhtmltopdf",),
    packages=("wkhtmltopdf", "fonts-dejavu-core"),
    executable="usr/bin/wkhtmltopdf",
    # Its version it tells without Qt's plugins too; only a page shows that it has them.
    trial=("--quiet", "-", "-"),
    trial_output="%PDF",
    settings={"QT_QPA_PLATFORM": "offscreen"},  # there may be no screen
)
