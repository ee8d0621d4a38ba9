"""The addon's tests are dealt out to several Odoos: none is lost, none runs twice."""

import time
from concurrent.futures import ThreadPoolExecutor

from environment import odoo_checks, suite
from environment.tally import Tally


def write_tests(directory, name, number):
    """A file of so many tests."""
    tests = [f"    def test_{each}(self):\n        pass\n" for each in range(number)]
    path = directory / f"test_{name}.py"
    path.write_text("class TestX(TransactionCase):\n" + "".join(tests))
    return path


def test_each_file_is_dealt_once(tmp_path):
    files = [write_tests(tmp_path, name, 1) for name in "abcde"]
    dealt = odoo_checks.deal(files, 2)
    assert sorted(path for share in dealt for path in share) == files


def test_shares_have_about_equally_many_tests(tmp_path):
    sizes = {"a": 8, "b": 5, "c": 4}
    files = [write_tests(tmp_path, name, size) for name, size in sizes.items()]
    one, other = odoo_checks.deal(files, 2)
    assert (one, other) == (files[:1], files[1:])


def test_the_first_share_of_a_kind_leaves_out_just_what_others_take():
    shares = [share.split(",") for share in odoo_checks.shares().values()]
    made = [share for share in shares if "-xero_many" not in share]
    files = [share for share in shares if share not in made]
    for kind, begin, tag in ((made, 1, "xero_many"), (files, 2, "")):
        first, *others = kind
        taken = [name for share in others for name in share if name != "-xero_many"]
        assert first[0] == f"{tag}/xero_sync"
        assert [f"{tag}{name[1:]}" for name in first[begin:]] == taken
        assert all(others)


def test_tests_that_need_other_applications_are_in_no_other_share():
    # Odoo runs none without the tag "standard" unless another of its tags is asked for.
    shares = odoo_checks.shares().values()
    assert not any("neighbours" in share for share in shares)
    case = (odoo_checks.NEIGHBOURS_TESTS / "neighbours_case.py").read_text()
    assert f'"-standard", "{odoo_checks.NEIGHBOURS_TAG}"' in case
    for path in odoo_checks.NEIGHBOURS_TESTS.glob("test_*.py"):
        text = path.read_text()
        assert "NeighboursCase" in text
        assert "@tagged" not in text


def test_what_checks_need_is_done_once_and_waited_for():
    done = []

    def check():
        time.sleep(0.2)
        done.append("installed")
        return True

    install = suite.Once(check)
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _number: (install(), len(done)), range(3)))
    assert found == [(True, 1)] * 3


def test_without_what_they_need_checks_are_not_made():
    checks = suite.Suite()
    suite._check_after(lambda: False, checks, "A share", lambda: Tally(passed=1))
    assert checks.total == Tally()
