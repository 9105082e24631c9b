"""The pages of the API reference, one a room, in the order of the layers; written when Sphinx builds Docs."""

import ast
import shutil
from functools import cache
from pathlib import Path

from rooms import LABORATORY, LIBRARY, SOURCES, read_layers, read_left_out

TITLES = {LIBRARY: "The product", LABORATORY: "The laboratory"}
INTRODUCTION = """# Reference

Every public class and function, room by room, lowest layer first. How the rooms stand to each other:
[the house](../developer/architecture.md). Where nothing else is said, lengths are in mm, volumes in ml, angles in
degrees, coordinates LPS, sides "R" and "L", and arrays have the axes (z, y, x).

What a script meets first, each with an example that the tests run:
"""
MET_FIRST = (
    *("Image", "Bundle", "Segmentation", "HipMeasurement", "Preset", "RadiomicsResult", "LinearModel"),
    *("ClinicalInput", "CoxModel", "Estimate"),
)


def rooms_in_order() -> list[tuple[str, str]]:
    """(package, room) of every room that has files, lowest first; rooms that stand in no layer come last."""
    found = []
    for package, layers in read_layers().items():
        there = {path.stem for path in (SOURCES / package).glob("*") if _is_room(path)}
        listed = [name for layer in layers for name in layer if name in there]
        found += [(package, name) for name in [*listed, *sorted(there - set(listed))]]
    return found


def _is_room(path: Path) -> bool:
    if path.stem in read_left_out():
        return False
    return (path / "__init__.py").is_file() if path.is_dir() else path.suffix == ".py"


@cache
def modules_of(package: str, room: str) -> dict[str, ast.Module]:
    """Dotted name to syntax tree of a room's files, the room itself first; names that start with _ are left out."""
    folder = SOURCES / package / room
    files = folder.rglob("*.py") if folder.is_dir() else [folder.with_suffix(".py")]
    found = {}
    for path in files:
        parts = path.relative_to(SOURCES).with_suffix("").parts
        if not any(part.startswith("_") and part != "__init__" for part in parts):
            name = ".".join(part for part in parts if part != "__init__")
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


def first_sentence(tree: ast.Module) -> str:
    """The first sentence of a file's docstring on one line, without its full stop."""
    paragraph = (ast.get_docstring(tree) or "").split("\n\n", maxsplit=1)[0]
    return " ".join(paragraph.split()).split(". ", maxsplit=1)[0].removesuffix(".")


def room_page(package: str, room: str) -> str:
    """The page of one room, in reStructuredText: a list of its files, then each with all that is public."""
    modules, own = modules_of(package, room), f"{package}.{room}"
    text = f"{room}\n{'=' * len(room)}\n\n"
    if own in modules:
        text += f".. automodule:: {own}\n\n"
    for name, tree in modules.items():
        if name != own:
            text += f"- :py:mod:`{name.removeprefix(own + '.')} <{name}>`: {first_sentence(tree)}\n"
    for name in modules:
        if name != own:
            heading = name.removeprefix(package + ".")
            text += f"\n{heading}\n{'-' * len(heading)}\n\n.. automodule:: {name}\n"
    return text


def links_to_first() -> str:
    """Links to the classes of :data:`MET_FIRST`, wherever they are defined."""
    places: dict[str, str] = {}
    for package, room in rooms_in_order():
        for name, tree in modules_of(package, room).items():
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and node.name in MET_FIRST:
                    places.setdefault(node.name, f"{name}.{node.name}")
    links = [f"{{py:class}}`{name} <{places[name]}>`" for name in MET_FIRST if name in places]
    return ",\n".join(links) + ".\n"


def write(folder: Path) -> None:
    """All pages into ``folder``, which is emptied before."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = INTRODUCTION + links_to_first()
    for package, title in TITLES.items():
        names = [room for p, room in rooms_in_order() if p == package]
        if names:
            listed = "".join(f"{package}-{name}\n" for name in names)
            text += f"\n```{{toctree}}\n:caption: {title}\n:maxdepth: 1\n\n{listed}```\n"
        for name in names:
            page = folder / f"{package}-{name}.rst"
            page.write_text(room_page(package, name), encoding="utf-8", newline="\n")
    (folder / "index.md").write_text(text, encoding="utf-8", newline="\n")
