"""The addon's tests are dealt out to several Odoos: none is lost, none runs twice."""

from environment import odoo_checks


def write_tests(directory, name, number, base="TransactionCase"):
    """A file of so many tests."""
    tests = [f"    def test_{each}(self):\n        pass\n" for each in range(number)]
    path = directory / f"test_{name}.py"
    path.write_text(f"class TestX({base}):\n" + "".join(tests))
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


def test_files_that_talk_http_to_odoo_are_all_in_the_first_share(tmp_path):
    ours = [write_tests(tmp_path, name, 3, "HttpCase") for name in "ab"]
    others = [write_tests(tmp_path, name, 3) for name in "cd"]
    assert odoo_checks.deal([*others, *ours], 2) == [ours, others]


def test_so_are_those_that_inherit_it_from_a_base_of_ours(tmp_path):
    (tmp_path / "shop_case.py").write_text("class ShopCase(XeroCase, HttpCase):\n")
    ours = [write_tests(tmp_path, "a", 1, "ShopCase")]
    others = [write_tests(tmp_path, name, 1) for name in "bc"]
    assert odoo_checks.deal([*others, *ours], 2)[0][0] == ours[0]


def test_the_first_share_leaves_out_just_what_others_take():
    first, tables, *others = odoo_checks.shares().values()
    taken = [name for share in others for name in share.split(",")[:-1]]
    left_out = [name[1:] for name in first.split(",")[1:]]
    assert left_out == ["xero_many", *taken]
    assert tables == "xero_many/xero_sync"


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
