"""The manual: ``README.rst`` and the pages of ``doc``."""

from .paths import ROOT

README = ROOT / "README.rst"
DOC = ROOT / "doc"
# In the order in which they are read
PAGES = (
    README,
    DOC / "selling_and_buying.rst",
    DOC / "contacts_and_items.rst",
    DOC / "accounting.rst",
    DOC / "administration.rst",
    DOC / "change_policy.rst",
)
