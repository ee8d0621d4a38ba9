"""Numbers of tests must be read right: they decide whether a change lands."""

import pytest

from environment import tally
from environment.console import Failure
from environment.tally import Tally

START = "2026-11-22 12:50:06,134 9167 INFO db "


@pytest.fixture
def log(tmp_path):
    return tmp_path / "run.log"


def test_odoo_failures_and_errors_are_failed_tests(log):
    log.write_text(
        f"{START}odoo.addons.x.tests.test_y: FAIL: TestY.test_a\n"
        f"{START}odoo.addons.x.tests.test_y: ERROR: TestY.test_b\n"
        f"{START}odoo.tests.result: 1 failed, 1 error(s) of 5 tests when loading\n"
    )
    found = tally.of_odoo(log)
    assert (found.passed, found.failed, found.skipped) == (3, 2, 0)
    assert [problem.split(" (")[0] for problem in found.problems] == [
        "FAIL: TestY.test_a",
        "ERROR: TestY.test_b",
    ]


def test_odoo_skips_are_not_passes(log):
    log.write_text(
        f"{START}odoo.addons.x.tests.test_y: skipped TestY.test_a : no browser\n"
        f"{START}odoo.tests.result: 0 failed, 0 error(s) of 2 tests when loading\n"
    )
    assert tally.of_odoo(log) == Tally(passed=1, skipped=1)


@pytest.mark.parametrize("total", ["", "0 failed, 0 error(s) of 0 tests when loading"])
def test_odoo_without_tests_is_a_failure(log, total):
    log.write_text(f"{START}odoo.tests.result: {total}\n")
    with pytest.raises(Failure):
        tally.of_odoo(log)


def test_an_installation_may_have_no_tests_of_its_own(log):
    log.write_text(f"{START}odoo.tests.result: 0 failed, 0 error(s) of 0 tests when\n")
    assert tally.of_odoo(log, least=0) == Tally()


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("31 passed in 3.21s", (31, 0, 0)),
        ("= 2 failed, 31 passed, 1 skipped in 63.2s (0:01:03) =", (31, 2, 1)),
        ("1 error in 0.12s", (0, 1, 0)),
        ("3 passed, 2 errors in 1.00s", (3, 2, 0)),
        ("2 passed, 8 deselected, 1 warning in 8.64s", (2, 0, 0)),
    ],
)
def test_pytest_closing_line(log, closing, expected):
    log.write_text(f"....\n{closing}\n")
    found = tally.of_pytest(log)
    assert (found.passed, found.failed, found.skipped) == expected


@pytest.mark.parametrize("closing", ["no tests ran in 0.01s", "5 skipped in 0.1s", ""])
def test_pytest_without_tests_is_a_failure(log, closing):
    log.write_text(f"{closing}\n")
    with pytest.raises(Failure):
        tally.of_pytest(log)


def test_the_closing_line_is_the_one_that_ci_reads():
    assert str(Tally(12, 1)) == "12 passed, 1 failed"
    assert str(Tally(12, 0, 3)) == "12 passed, 0 failed, 3 skipped"
