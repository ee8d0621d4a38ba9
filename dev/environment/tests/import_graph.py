"""Which file imports which, read from the sources without running them.

Every import counts: inside functions too, and those for type hints only.
"""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

Graph = dict[str, set[str]]  # name of a module → those it imports


def graph_of(folders: dict[str, Path]) -> Graph:
    """The imports among the modules of some folders.

    :param folders: full name of a package, or empty where Python's search path leads
        into the folder → the folder
    """
    paths = {
        _module_name(package, path.relative_to(folder)): path
        for package, folder in folders.items()
        for path in folder.rglob("*.py")
    }
    return {
        name: {each for each in imported(name, path) if each in paths} - {name}
        for name, path in paths.items()
    }


def imported(name: str, path: Path) -> Iterator[str]:
    """Everything that a module's imports may name: modules, and what is in them."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _base(package, node)
            members = [f"{base}.{alias.name}" for alias in node.names]
            # Of a package it is in, a module takes modules, not the face
            inside = f"{package}.".startswith(f"{base}.")
            yield from members if inside else [base, *members]


def circle_in(graph: Graph) -> list[str]:
    """Modules each of which imports the next, and the last the first; maybe none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1][::-1]
    return []


def _module_name(package: str, path: Path) -> str:
    parts = path.with_suffix("").parts
    if parts[-1] == "__init__":
        parts = parts[:-1]
    return ".".join([*filter(None, [package]), *parts])


def _base(package: str, node: ast.ImportFrom) -> str:
    """The full name of what stands between ``from`` and ``import``."""
    if not node.level:
        return node.module
    parts = package.split(".")
    above = parts[: len(parts) - node.level + 1]
    return ".".join([*above, *filter(None, [node.module])])
