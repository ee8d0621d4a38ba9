"""What dev/neighbours makes of the logs of Odoo's own tests."""

from neighbourhood import report, suites

PLACE = "test_it at sale/tests/test_x.py:7"
LESS = (
    "INFO db odoo.addons.sale: Query count less than expected for user admin: 5 < 9 in"
)
MORE = "AssertionError: Query count more than expected for user admin: 12 > 9 in"


def test_failures_are_read_of_tests_subtests_and_classes(tmp_path):
    log = tmp_path / "odoo.log"
    names = ["TestX.test_y", "Subtest TestX.test_z (kind='a')", "setUpClass (a.TestB)"]
    lines = [
        f"7 ERROR db odoo.addons.sale.tests.test_x: FAIL: {name}" for name in names
    ]
    log.write_text("\n".join([*lines, "7 INFO db odoo.tests.suite: FAIL: not so"]))
    assert suites.failed_tests(log) == set(names)


def test_queries_are_read_where_odoo_expected_another_number(tmp_path):
    log = tmp_path / "odoo.log"
    log.write_text(f"{LESS} {PLACE}\n{MORE} other at a.py:1\n")
    assert suites.queries(log) == {PLACE: (5, 9), "other at a.py:1": (12, 9)}


def test_a_place_that_is_not_named_needed_what_odoo_expects():
    assert suites.more_queries({PLACE: (5, 9)}, {}) == {PLACE: 4}
    assert suites.more_queries({}, {PLACE: (12, 9)}) == {PLACE: 3}


def test_places_with_as_many_queries_are_not_told():
    assert suites.more_queries({PLACE: (5, 9)}, {PLACE: (5, 9)}) == {}


def test_the_table_tells_new_failures_and_the_most_queries():
    suite = {
        "passed": 40,
        "failed": 2,
        "skipped": 0,
        "failed_without": 1,
        "problems": ["FAIL: TestX.test_y"],
        "more_queries": {"a": 3, "b": -1},
        "took": "61 s",
    }
    _head, row = report.table({"purchase": suite}).splitlines()
    assert row.split() == [
        "purchase",
        "40",
        "2",
        "1",
        "1",
        "+3",
        "at",
        "most",
        "61",
        "s",
    ]
