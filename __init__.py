from . import controllers, log_filters, models, wizards
from .hooks import uninstall_hook

log_filters.install()
