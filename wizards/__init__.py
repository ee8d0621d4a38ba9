from . import xero_organisation_choose
