from .common import XeroCase


class ConnectedCase(XeroCase):
    """A connected company; to connect it takes as long as a test, and is done once.

    Each test finds Odoo and Xero as they were just after.
    """

    # Where it matters in which minute the calls are made that connect it
    connects_anew = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connection = None

    def setUp(self):
        if self.connects_anew:
            super().setUp()
            self.prepare_xero()
            self.connection = self.connect()
            self.prepare_connected()
            return
        if not self.connection:
            self._connect_for_all()
        super().setUp()
        self.xero.recall()

    def _connect_for_all(self):
        """Before the savepoint to which Odoo returns after each test."""
        self.xero.reset()
        self.xero.limits(enabled=False)
        self.prepare_xero()
        type(self).connection = self.connect()
        noted = set(vars(self))
        self.prepare_connected()
        for name in vars(self).keys() - noted:  # what it noted is for all
            setattr(type(self), name, vars(self).pop(name))
        self.env.flush_all()
        self.xero.remember()

    def connected(self, **settings):
        """:return: the connection, with these settings"""
        self.connection.write(settings)
        return self.connection

    def prepare_xero(self):
        """What Xero holds when it is connected, besides its seeds."""

    def prepare_connected(self):
        """What all tests of the class begin with, besides the connection.

        What is set on ``self`` here, each test has; none may change a list or dict.
        """
