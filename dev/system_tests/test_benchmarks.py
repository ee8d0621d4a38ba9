"""The benchmarks still work: their smallest sizes, without their targets of time."""

from benchmarks import contacts_import
from benchmarks.workbench import Workbench


def test_import_of_contacts(installation):
    [size] = contacts_import.SMOKE
    with Workbench(installation).shop("smoke") as shop:
        measured = contacts_import.measure(shop, size)
    assert measured.pages == 1
    assert measured.importing.count == measured.floor.count > size / 2
    assert contacts_import.report([measured]).text()
