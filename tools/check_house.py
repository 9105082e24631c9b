"""Rules of the house that neither ruff nor import-linter knows; part of ``make lint``. Standard library only.

No two files import each other, not even for their types; no room has more than 16 files at one level; one file writes
files that appear only when they are whole; one type says how far work is; what is out of scope is said in sentences,
never by a bool; the modules of Slicer import nothing of the laboratory. What breaks a rule is printed, one a line.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "ONFHAssist"
PACKAGES = ("ONFHAssistLib", "ONFHAssistLab")
LABORATORY = PACKAGES[1]
MOST_FILES = 16
ATOMIC = "ONFHAssistLib.core.atomic_files"
PROGRESS = "ONFHAssistLib.core.progress"
LOOKED_AT = (
    ast.AnnAssign, ast.Assign, ast.Call, ast.ClassDef, ast.Dict, ast.FunctionDef, ast.Import, ast.ImportFrom,
    ast.arg, ast.keyword,
)  # fmt: skip


class SourceFile:
    """A Python file of the tree.

    Attributes:
        path: relative to the folder of the packages.
        module: its name as Python imports it.
        package: the package against which its relative imports are read.
        nodes: of its syntax tree, those that a rule looks at.
    """

    def __init__(self, folder: Path, file: Path) -> None:
        self.path = file.relative_to(folder)
        parts = self.path.with_suffix("").parts
        is_package = parts[-1] == "__init__"
        self.module = ".".join(parts[:-1] if is_package else parts)
        self.package = self.module if is_package else ".".join(parts[:-1])
        tree = ast.parse(file.read_text(encoding="utf-8"), str(self.path))
        self.nodes = [node for node in ast.walk(tree) if isinstance(node, LOOKED_AT)]


def read_files(folder: Path) -> list[SourceFile]:
    """All files of both packages, and the modules of Slicer beside them."""
    files = [*folder.glob("*.py"), *(file for name in PACKAGES for file in (folder / name).rglob("*.py"))]
    return [SourceFile(folder, file) for file in sorted(files)]


def broken_rules(folder: Path = FOLDER) -> list[str]:
    """A sentence for everything in the tree that breaks a rule of the house; empty where all is well."""
    files = read_files(folder)
    return [
        *import_cycles(files),
        *crowded_rooms(files),
        *second_atomic_writers(files),
        *second_progress_types(files),
        *scopes_that_are_bool(files),
        *laboratory_in_modules(files),
    ]


# Imports ------------------------------------------------------------------------------------------------------------


def imports(file: SourceFile, known: set[str]) -> Iterator[tuple[str, int]]:
    """(module, line) of everything that a file imports, inside functions and for type checking too."""
    for node in file.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = file.package.split(".")
                base = ".".join([*parents[: len(parents) - node.level + 1], *filter(None, [base])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield (inner if inner in known else base), node.lineno


def import_cycles(files: list[SourceFile]) -> Iterator[str]:
    """Groups of files each of which reaches the others by imports."""
    known = {file.module for file in files}
    arrows = {file.module: {name for name, _ in imports(file, known) if name in known} for file in files}
    reach = {module: _reachable(module, arrows) for module in arrows}
    seen: set[str] = set()
    for module in sorted(arrows):
        group = {other for other in reach[module] if module in reach[other]}
        if group and module not in seen:
            seen |= group
            names = ", ".join(sorted(group | {module}))
            yield f"These files import each other: {names}. Move what they share to a file below them."


def _reachable(start: str, arrows: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(arrows[start])
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += arrows[module]
    return found


def laboratory_in_modules(files: list[SourceFile]) -> Iterator[str]:
    """Slicer's own modules that import the laboratory: it is loaded when *Train* is pressed, not before."""
    for file in files:
        if len(file.path.parts) > 1:
            continue
        for name, line in imports(file, set()):
            if name.split(".")[0] == LABORATORY:
                yield f"{file.path}:{line}: a module of Slicer imports {name}; only a worker may, when it trains."


# Rooms and doubles --------------------------------------------------------------------------------------------------


def crowded_rooms(files: list[SourceFile]) -> Iterator[str]:
    """Folders of the packages with more files at one level than a reader takes in."""
    rooms: dict[Path, int] = {}
    for file in files:
        rooms[file.path.parent] = rooms.get(file.path.parent, 0) + 1
    for room, count in rooms.items():
        if count > MOST_FILES:
            yield f"{room.as_posix()} has {count} files at one level, {MOST_FILES} at most; divide it."


def second_atomic_writers(files: list[SourceFile]) -> Iterator[str]:
    """Places beside :mod:`core.atomic_files` that put a temporary file in the place of another."""
    for file in files:
        if file.module == ATOMIC:
            continue
        for node in file.nodes:
            if isinstance(node, ast.Call) and _takes_place(node):
                yield f"{file.path.as_posix()}:{node.lineno}: writes whole files by itself; use {ATOMIC}."


def _takes_place(call: ast.Call) -> bool:
    """Whether a call is ``os.replace``, ``os.rename``, ``os.fsync``, ``mkstemp`` or ``path.replace(target)``."""
    function = call.func
    if isinstance(function, ast.Name):
        return function.id in {"mkstemp", "fsync"}
    if not isinstance(function, ast.Attribute):
        return False
    owner = function.value.id if isinstance(function.value, ast.Name) else ""
    if function.attr in {"mkstemp", "fsync"} or (owner == "os" and function.attr in {"replace", "rename"}):
        return True
    # str.replace takes two arguments; dataclasses.replace and a table's take keywords or a dict.
    one = len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Dict)
    return function.attr == "replace" and one


def second_progress_types(files: list[SourceFile]) -> Iterator[str]:
    """Definitions of ``Progress`` beside the one of :mod:`core.progress`."""
    for file in files:
        if file.module == PROGRESS:
            continue
        for node in file.nodes:
            if "Progress" in _defined(node):
                yield f"{file.path.as_posix()}:{_line(node)}: defines Progress again; import it from {PROGRESS}."


def _defined(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def scopes_that_are_bool(files: list[SourceFile]) -> Iterator[str]:
    """Places where ``out_of_scope`` is true or false instead of the sentences that say why."""
    for file in files:
        for node in file.nodes:
            if any(_is_bool(value) for value in _scopes(node)):
                yield (
                    f"{file.path.as_posix()}:{_line(node)}: out_of_scope is a bool; it is a tuple of sentences, "
                    "empty where the image is within scope."
                )


def _scopes(node: ast.AST) -> Iterator[ast.expr | None]:
    """Types and values that a node gives to the name ``out_of_scope``."""
    if isinstance(node, ast.AnnAssign) and _is_scope(node.target):
        yield from (node.annotation, node.value)
    elif isinstance(node, ast.Assign) and any(_is_scope(target) for target in node.targets):
        yield node.value
    elif isinstance(node, (ast.arg, ast.keyword)) and node.arg == "out_of_scope":
        yield node.annotation if isinstance(node, ast.arg) else node.value
    elif isinstance(node, ast.Dict):
        yield from (value for key, value in zip(node.keys, node.values, strict=True) if _is_scope(key))
    elif isinstance(node, ast.FunctionDef) and node.name == "out_of_scope":
        yield node.returns


def _is_scope(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Subscript):
        return _is_scope(node.slice)
    if isinstance(node, ast.Constant):
        return node.value == "out_of_scope"
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name == "out_of_scope"


def _is_bool(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in {"bool", "any", "all"}
    if isinstance(node, ast.BoolOp):
        return any(_is_bool(value) for value in node.values)
    return (
        (isinstance(node, ast.Constant) and isinstance(node.value, bool))
        or (isinstance(node, ast.Name) and node.id == "bool")
        or isinstance(node, ast.Compare)
        or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))
    )


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


if __name__ == "__main__":
    found = broken_rules()
    print("\n".join(found) or "The house is in order.")
    sys.exit(bool(found))
