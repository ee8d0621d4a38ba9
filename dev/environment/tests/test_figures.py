"""What ``dev/bench`` prints, and how it is asked."""

import pytest
from benchmarks.command import BENCHMARKS, parse
from benchmarks.figures import Figure, Result


@pytest.mark.parametrize(
    ("value", "limits", "good"),
    [
        (1.5, {"most": 1.5}, True),
        (1.51, {"most": 1.5}, False),
        (10, {"least": 10, "most": 10}, True),
        (9, {"least": 10, "most": 10}, False),
        (99, {}, True),
    ],
)
def test_figure_meets_its_target_or_not(value, limits, good):
    assert Figure("x", value, **limits).good is good


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"most": 1.5}, "at most 1.50"),
        ({"least": 50}, "at least 50"),
        ({"least": 10, "most": 10}, "exactly 10"),
        ({}, ""),
    ],
)
def test_target_is_told_in_words(limits, words):
    assert Figure("x", 1, **limits).target == words


def test_result_shows_table_chart_and_notes():
    figures = [
        Figure("pages", 10, "calls", least=10, most=10),
        Figure("ratio", 2, "×", most=1.5),
    ]
    bars = [("bare", 10.0), ("import", 20.0)]
    result = Result(figures, bars, "s", ["Loaded machine."])
    assert not result.good
    assert result.text().splitlines() == [
        "Figure  Measured  Target",
        "------  --------  ------------  ------",
        "pages   10 calls  exactly 10    ok",
        "ratio        2 ×  at most 1.50  MISSED",
        "",
        "bare    ████████████████████ 10 s",
        "import  ████████████████████████████████████████ 20 s",
        "",
        "Loaded machine.",
    ]


def test_all_benchmarks_are_run_unless_some_are_named():
    assert parse([]).names == list(BENCHMARKS)
    name = next(iter(BENCHMARKS))
    assert parse([name]).names == [name]


def test_unknown_benchmark_is_refused(capsys):
    with pytest.raises(SystemExit):
        parse(["nonsense"])
    assert "no benchmark 'nonsense'" in capsys.readouterr().err
