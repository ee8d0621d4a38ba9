"""Items: what goes out, matching, making."""

from . import (
    test_item_creation,
    test_item_mapping,
    test_matching_items,
    test_product_mapping,
    test_review_items,
)
