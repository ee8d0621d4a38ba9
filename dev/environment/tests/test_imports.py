"""The house as it is meant: no circle, no room that needs a later one."""

import ast
from pathlib import Path

import pytest

from environment.paths import DEV, MODULE, ROOT

from .import_graph import Graph, circle_in, graph_of, imported

ADDON = f"odoo.addons.{MODULE}"
PRODUCT = ("controllers", "mappers", "models", "wizards", "xero_api")


def product() -> Graph:
    """The addon's modules."""
    return graph_of({f"{ADDON}.{name}": ROOT / name for name in PRODUCT})


def names_in(face: Path) -> list[str]:
    """The modules that an ``__init__.py`` imports of its own package, in order."""
    return [
        node.module if node.module else alias.name
        for node in ast.parse(face.read_text()).body
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for alias in node.names
    ]


def write(folder: Path, **texts: str) -> Graph:
    """Modules of a package ``it``."""
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)
    return graph_of({"it": folder})


# --- how it is read -------------------------------------------------------------------


def test_a_circle_is_found_wherever_the_imports_stand(tmp_path):
    graph = write(
        tmp_path,
        one="def f():\n    from . import two\n",
        two="if TYPE_CHECKING:\n    from it.three import Three\n",
        three="from .one import f\n",
    )
    circle = circle_in(graph)
    assert circle[0] == circle[-1]
    assert set(circle) == {"it.one", "it.two", "it.three"}


def test_modules_that_import_each_other_in_one_direction_are_no_circle(tmp_path):
    graph = write(
        tmp_path, __init__="from . import one, two", one="", two="from . import one"
    )
    assert graph == {"it": {"it.one", "it.two"}, "it.one": set(), "it.two": {"it.one"}}
    assert circle_in(graph) == []


# --- the house ------------------------------------------------------------------------


def test_no_circle_in_the_addon():
    assert circle_in(product()) == []


def test_no_circle_in_the_commands_and_the_local_xero():
    assert circle_in(graph_of({"": DEV})) == []


def test_no_room_of_models_needs_a_later_one():
    rooms = [
        name
        for name in names_in(ROOT / "models" / "__init__.py")
        if (ROOT / "models" / name).is_dir()
    ]
    models = f"{ADDON}.models."
    # Odoo's own records come after all rooms
    place = {f"{models}{room}": number for number, room in enumerate(rooms)}

    def place_of(module: str) -> int:
        room = module.removeprefix(models).partition(".")[0]
        return place.get(f"{models}{room}", len(rooms))

    back = [
        f"{module} → {other}"
        for module, others in product().items()
        if module.startswith(models)
        for other in others
        if other.startswith(models) and place_of(other) > place_of(module)
    ]
    assert len(rooms) > 1
    assert back == []


@pytest.mark.parametrize("name", ["mappers", "xero_api"])
def test_mappers_and_xero_api_know_nothing_but_themselves(name):
    own = f"{ADDON}.{name}"
    foreign = [
        f"{module} → {other}"
        for module, others in product().items()
        if f"{module}.".startswith(f"{own}.")
        for other in others
        if not f"{other}.".startswith(f"{own}.")
    ]
    assert foreign == []


def test_xero_api_knows_nothing_of_odoo():
    paths = sorted((ROOT / "xero_api").glob("*.py"))
    assert paths
    assert [
        path.name
        for path in paths
        if any(name.partition(".")[0] == "odoo" for name in imported("x.y", path))
    ] == []


def test_no_test_of_the_addon_takes_anything_from_another_test():
    tests = graph_of({"tests": ROOT / "tests"})
    assert [
        f"{module} → {other}"
        for module, others in tests.items()
        if module.count(".") > 1  # the rooms' faces name them all
        for other in others
        if ".test_" in other
    ] == []


def test_odoo_finds_every_test_of_the_addon():
    tests = ROOT / "tests"
    rooms = {path.parent for path in tests.rglob("test_*.py")}
    assert tests not in rooms  # Odoo would need them named in tests/__init__.py
    assert sorted(names_in(tests / "__init__.py")) == sorted(
        room.name for room in rooms
    )
    for room in rooms:
        named = {name for name in names_in(room / "__init__.py") if "test_" in name}
        assert named == {path.stem for path in room.glob("test_*.py")}, room.name
