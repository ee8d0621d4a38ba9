# Odoo runs the modules test_… that it finds here: those of each room.
from .connection import *
from .contact import *
from .document import *
from .existing import *
from .holdings import *
from .imports import *
from .issue import *
from .item import *
from .mapping import *
from .money import *
from .neighbours import *
from .outbox import *
from .overview import *
from .security import *
from .xero_api import *
