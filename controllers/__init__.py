from . import oauth, online_invoice, webhook
