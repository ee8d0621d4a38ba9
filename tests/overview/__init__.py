from . import (
    test_figures,
    test_first_steps,
)
