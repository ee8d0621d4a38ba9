"""What test runners say of themselves, added up."""

import re
from dataclasses import dataclass
from pathlib import Path

from .console import Failure
from .paths import display

# "0 failed, 0 error(s) of 30 tests when loading database 'x'"
ODOO_RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
ODOO_SKIPPED = re.compile(r": skipped \w+\.\w+ : ")
ODOO_PROBLEM = re.compile(r"(?:FAIL|ERROR): \w+\.\w+.*")
# "FAILED sandbox/tests/test_x.py::test_y - AssertionError"
PYTEST_PROBLEM = re.compile(r"^(?:FAILED|ERROR) .*", re.MULTILINE)
# "2 failed, 31 passed, 1 skipped in 3.21s"
PYTEST_RESULT = re.compile(r"^=*\s?(\d+ \w+.*) in [\d.]+s", re.MULTILINE)
PYTEST_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


@dataclass(frozen=True)
class Tally:
    """Numbers of tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    problems: tuple[str, ...] = ()  # a line for each test that failed

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.problems + other.problems,
        )

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def of_odoo(log: Path, least: int = 1) -> Tally:
    """Read Odoo's own count from its log.

    :raise Failure: it ran fewer tests
    """
    text = log.read_text(encoding="utf-8", errors="replace")
    results = ODOO_RESULT.findall(text)
    total = sum(int(tests) for _failed, _errors, tests in results)
    if total < least:
        raise Failure(f"Odoo ran no test (log: {display(log)}).")
    failed = sum(int(failed) + int(errors) for failed, errors, _tests in results)
    skipped = len(ODOO_SKIPPED.findall(text))
    names = [f"{each} (in {display(log)})" for each in ODOO_PROBLEM.findall(text)]
    return Tally(total - failed - skipped, failed, skipped, tuple(names))


def of_pytest(log: Path) -> Tally:
    """Read pytest's closing line.

    :raise Failure: it ran no test
    """
    text = log.read_text(encoding="utf-8", errors="replace")
    lines = PYTEST_RESULT.findall(text)
    closing = lines[-1] if lines else ""
    numbers = {word: int(number) for number, word in PYTEST_COUNT.findall(closing)}
    failed = sum(numbers.get(word, 0) for word in ("failed", "error", "errors"))
    passed = numbers.get("passed", 0)
    if not passed + failed:
        raise Failure(f"pytest ran no test (log: {display(log)}).")
    problems = tuple(PYTEST_PROBLEM.findall(text))
    return Tally(passed, failed, numbers.get("skipped", 0), problems)
