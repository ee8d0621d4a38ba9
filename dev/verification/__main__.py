"""Makes the experiments; started by ``dev/verify``."""

import sys

from environment.processes import guarded

from .command import parse
from .run import main

if __name__ == "__main__":
    sys.exit(guarded(lambda: main(parse())))
