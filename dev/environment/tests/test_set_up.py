"""A set-up that is interrupted leaves nothing that looks complete."""

import pytest

from environment import odoo_checks, postgres
from environment.console import Failure
from environment.locks import is_held, only_one
from environment.staging import complete_or_absent


def test_interrupted_work_leaves_no_directory(tmp_path):
    with (
        pytest.raises(KeyboardInterrupt),
        complete_or_absent(tmp_path / "odoo") as beside,
    ):
        (beside / "half").touch()
        raise KeyboardInterrupt
    assert not (tmp_path / "odoo").exists()


def test_the_next_attempt_starts_empty_and_takes_the_place(tmp_path):
    target = tmp_path / "odoo"
    (tmp_path / "odoo.incomplete").mkdir()
    (tmp_path / "odoo.incomplete" / "half").touch()
    with complete_or_absent(target) as beside:
        (beside / "whole").touch()
    assert [path.name for path in target.iterdir()] == ["whole"]


def test_a_second_run_of_a_command_is_refused(tmp_path):
    lock = tmp_path / "demo.lock"
    with only_one(lock, "already running"):
        assert is_held(lock)
        with (
            pytest.raises(Failure, match="already running"),
            only_one(lock, "already running"),
        ):
            pass
    assert not is_held(lock)


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_an_install_that_warns_is_not_clean(tmp_path, level):
    log = tmp_path / "log"
    log.write_text(f"2026-11-22 12:00:00,000 1 {level} db odoo.modules: Oh dear\n")
    with pytest.raises(Failure, match="Oh dear"):
        odoo_checks.require_clean(log)


def test_an_install_that_informs_is_clean(tmp_path):
    log = tmp_path / "log"
    log.write_text("2026-11-22 12:00:00,000 1 INFO db odoo.modules: WARNING lights\n")
    odoo_checks.require_clean(log)


def test_a_directory_that_only_its_owner_enters_is_not_open_to_all(tmp_path):
    inside = tmp_path / "private" / "inside"
    inside.mkdir(parents=True)
    (tmp_path / "private").chmod(0o700)
    assert not postgres.is_open_to_all(inside)
