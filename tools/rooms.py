"""The rooms of the house and who imports whom, read from the code. Standard library only.

A room is a package or a file directly below ``ONFHAssistLib`` or ``ONFHAssistLab``. The order of the rooms is that of the
contracts in ``pyproject.toml`` (``[tool.importlinter]``), so that the picture and the check cannot tell two stories.
"""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "ONFHAssist"
LIBRARY, LABORATORY = "ONFHAssistLib", "ONFHAssistLab"
MODULES = "modules"  # the module files that Slicer loads; no room, but they import the rooms
SLICER_NAMES = {"slicer", "qt", "ctk"}
NOT_ROOMS = {"__init__", "__main__"}  # and what a contract leaves out by exhaustive_ignores
# Lowest first; used only where pyproject.toml has no contract of layers.
DEFAULT_LAYERS = {
    LIBRARY: (
        *(("core",), ("imaging", "evaluate"), ("bundles",), ("segment",), ("measure",), ("readers",)),
        *(("extract",), ("tabular",), ("early", "stage", "survival"), ("case",), ("report",), ("develop",)),
        *(("worker",), ("scene",), ("ui", "cli")),
    ),
    LABORATORY: (("simulate",), ("training",), ("studies",), ("demo",), ("cli",)),
}
Layers = tuple[tuple[str, ...], ...]


@dataclass
class House:
    """What the files say.

    Attributes:
        layers: package to its layers, lowest first; each a tuple of rooms.
        files: full name of a room ("ONFHAssistLib.core") to its number of files.
        imports: (importing room, imported room) to the number of import statements; within a room too.
        slicer: rooms of which a file imports slicer, qt or ctk.
    """

    layers: dict[str, Layers]
    files: Counter = field(default_factory=Counter)
    imports: Counter = field(default_factory=Counter)
    slicer: set[str] = field(default_factory=set)

    def rooms(self, package: str) -> list[str]:
        """Full names of a package's rooms, lowest first."""
        return [f"{package}.{room}" for layer in self.layers[package] for room in layer]

    def level(self, room: str) -> int:
        """Number of the layer that a room stands in; the laboratory above the library, the modules at the top of it."""
        if room == MODULES:
            return len(self.layers[LIBRARY])
        package, _, name = room.partition(".")
        above = len(self.layers[LIBRARY]) + 1 if package == LABORATORY else 0
        return above + next(k for k, layer in enumerate(self.layers[package]) if name in layer)

    def allowed(self, importing: str, imported: str) -> bool:
        """Whether the layers let one room import another (rooms of one layer stand beside each other)."""
        return self.level(importing) > self.level(imported) or importing == imported


def read_layers(pyproject: Path = ROOT / "pyproject.toml") -> dict[str, Layers]:
    """Layers of both packages by the contracts of import-linter, lowest first; the defaults where there is none."""
    found = dict(DEFAULT_LAYERS)
    for contract in _contracts(pyproject):
        for container in contract.get("containers", [""]) if contract.get("type") == "layers" else ():
            layers = [_siblings(line, container) for line in contract["layers"]]
            packages = {name.rpartition(".")[0] for layer in layers for name in layer}
            if len(packages) == 1 and packages <= set(found):  # not the contract inside one room
                found[packages.pop()] = tuple(
                    tuple(name.rpartition(".")[2] for name in layer) for layer in reversed(layers)
                )
    return found


def read_left_out(pyproject: Path = ROOT / "pyproject.toml") -> set[str]:
    """Files below a package that are no rooms: the start of a command, old names that hand on new ones."""
    contracts = _contracts(pyproject)
    return NOT_ROOMS.union(*(contract.get("exhaustive_ignores", ()) for contract in contracts))


def _contracts(pyproject: Path) -> list[dict[str, Any]]:
    content = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    return content.get("tool", {}).get("importlinter", {}).get("contracts", [])


def _siblings(line: str, container: str) -> list[str]:
    names = [part.strip().strip("()").strip() for part in line.replace("|", ":").split(":")]
    return [f"{container}.{name}" if container else name for name in names]


def read_house(sources: Path = SOURCES, layers: dict[str, Layers] | None = None) -> House:
    """Parse every file of both packages and the module files.

    Raises:
        ValueError: a room stands in no layer; each is named.
    """
    house, left_out = House(layers or read_layers()), read_left_out()
    for path in sorted(sources.glob("*.py")):
        _read_file(house, path, MODULES, path.stem)
    for package in house.layers:
        for path in sorted((sources / package).rglob("*.py")):
            parts = path.relative_to(sources).with_suffix("").parts
            if parts[1] in left_out:
                continue
            _read_file(house, path, ".".join(parts[:2]), ".".join(parts))
    known = {MODULES, *(room for package in house.layers for room in house.rooms(package))}
    strangers = sorted(set(house.files) - known)
    if strangers:
        raise ValueError(f"These rooms stand in no layer of pyproject.toml: {', '.join(strangers)}.")
    for pair in [pair for pair in house.imports if pair[1] not in house.files]:
        del house.imports[pair]  # "from .. import __version__": a name of the package itself
    return house


def _read_file(house: House, path: Path, room: str, module: str) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    house.files[room] += 1
    for name in imported_names(tree, module, is_package=path.name == "__init__.py"):
        parts = name.split(".")
        if parts[0] in SLICER_NAMES:
            house.slicer.add(room)
        elif parts[0] in house.layers and len(parts) > 1 and parts[1] not in NOT_ROOMS:
            house.imports[room, ".".join(parts[:2])] += 1


def imported_names(tree: ast.Module, module: str, is_package: bool) -> Iterator[str]:
    """Full name of what each import statement of a file asks for, relative ones resolved."""
    package = module.removesuffix(".__init__").split(".")
    if not is_package:
        package = package[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = [*start, *(node.module.split(".") if node.module else ())]
            if len(base) < 2 and base[:1] and base[0] in (LIBRARY, LABORATORY):
                yield from (".".join([*base, alias.name]) for alias in node.names)  # "from .. import errors"
            else:
                yield ".".join(base)
