"""The benchmarks still work: their smallest sizes, without their targets of time."""

from benchmarks import calls, clicks, contacts_import, real_time, throughput
from benchmarks.workbench import Workbench


def test_import_of_contacts(installation):
    [size] = contacts_import.SMOKE
    with Workbench(installation).shop("smoke") as shop:
        measured = contacts_import.measure(shop, size)
    assert measured.pages == 1
    assert measured.importing.count == measured.floor.count > size / 2
    assert contacts_import.report([measured]).text()


def test_calls(installation):
    result = calls.run(Workbench(installation), calls.SMOKE)
    assert result.good, result.text()


def test_clicks(installation):
    with Workbench(installation).shop("smoke") as shop:
        with_hooks, without = clicks.measure(shop, 1, repeats=1)
    assert with_hooks.keys() == without.keys()
    for action, measured in with_hooks.items():
        assert measured[0].queries > without[action][0].queries, action


def test_real_time(installation):
    result = real_time.run(Workbench(installation), real_time.SMOKE)
    assert len(result.figures) == 2


def test_throughput(installation):
    drained = throughput.measure(Workbench(installation), *throughput.SMOKE)
    assert throughput.report([drained]).text()
