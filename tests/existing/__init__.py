from . import test_existing_run
