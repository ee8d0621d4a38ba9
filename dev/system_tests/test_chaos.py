"""The fault matrix in short: each fault once, each kind of document at least twice."""

import pytest
from chaos_matrix import matrix, report
from chaos_matrix.stage import Stage


@pytest.fixture(scope="module")
def stage(shop):
    """The stage on this file's company."""
    stage = Stage(shop)
    yield stage
    stage.servers.stop()


def test_every_fault_and_every_kind_ends_with_each_document_once(stage):
    def tell(outcome):
        print(report.line(outcome), flush=True)

    outcomes = matrix.play(stage, matrix.choose_few(), tell)
    text = report.summary(outcomes, sum(each.seconds for each in outcomes))
    print(text)
    assert all(each.verdict == "ok" for each in outcomes), text


def test_short_form_has_each_fault_and_each_kind_twice():
    pairs = matrix.choose_few()
    kinds = [kind for kind, _fault in pairs]
    assert {fault for _kind, fault in pairs} == {
        name for name, fault in matrix.COLUMNS.items() if not fault.is_variant
    }
    assert all(kinds.count(kind) >= matrix.LEAST for kind in matrix.KINDS)
