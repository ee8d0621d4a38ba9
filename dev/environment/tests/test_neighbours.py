"""What dev/neighbours makes of the logs of Odoo's own tests."""

from unittest.mock import Mock

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
    assert suites.both_counts({PLACE: (5, 9)}, {}) == {PLACE: (5, 9)}
    assert suites.both_counts({}, {PLACE: (12, 9)}) == {PLACE: (9, 12)}


def test_the_classes_of_what_failed_are_run_again():
    names = [
        "TestX.test_y",
        "TestX.test_w",
        "Subtest TestZ.test_z (kind='a.b')",
        "setUpClass (odoo.addons.sale.tests.test_b.TestB)",
    ]
    assert suites.classes_of(names) == ["TestB", "TestX", "TestZ"]


def test_parts_of_a_suite_are_all_its_files(tmp_path, monkeypatch):
    tests = tmp_path / "account" / "tests"
    tests.mkdir(parents=True)
    for number in range(7):
        (tests / f"test_{number}.py").write_text("    def test_it(self):\n")
    (tests / "test_6.py").write_text("assertQueryCount")
    monkeypatch.setattr(
        suites.odoo_source,
        "addons_directories",
        lambda home: [tmp_path / "no", tmp_path],
    )
    parts = suites.parts_of(Mock(), "account")
    assert [str(part) for part in parts][:2] == ["account 1/5", "account 2/5"]
    assert {path.name for part in parts for path in part.files} == {
        f"test_{number}.py" for number in range(7)
    }
    budgets = [each for part in parts for each in part.with_budgets()]
    assert budgets == ["/account/tests/test_6.py"]


def test_the_table_tells_new_failures_and_the_most_queries():
    suite = {
        "passed": 40,
        "failed": 2,
        "skipped": 0,
        "failed_without": 1,
        "problems": ["FAIL: TestX.test_y"],
        "queries": {"a": [9, 12], "b": [7, 6]},
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
        "of",
        "9",
        "at",
        "most",
        "61",
        "s",
    ]
