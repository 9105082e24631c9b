"""How typed values are checked and kept on a ``vtkMRMLScriptedModuleNode``.

Texts on the node are those of Slicer's ``parameterNodeWrapper``, so that a scene saved here opens there: numbers and
booleans by ``str``, an Enum by its name, a list as ``name.len``, ``name.0``, ..., a node by a reference of that role.
"""

from __future__ import annotations

import enum
import typing
from collections.abc import Callable, Iterable, Iterator, MutableMapping, MutableSequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import slicer

from .validators import IsInstance, NotNone, Validator, split_annotations

_PATHS = (Path, PurePath, PurePosixPath, PureWindowsPath, type(Path()))


class Kind:
    """How one type is checked, written, read and removed."""

    cached = True

    def __init__(self, validators: list[Validator]) -> None:
        self.validators = validators

    def default(self) -> object:
        raise NotImplementedError

    def check(self, value: object) -> None:
        for validator in self.validators:
            validator.validate(value)

    def key(self, name: str) -> str:
        return name

    def stored(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> bool:
        return bool(node.HasParameter(self.key(name)))

    def write(self, node: slicer.vtkMRMLScriptedModuleNode, name: str, value: object) -> None:
        raise NotImplementedError

    def read(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> object:
        raise NotImplementedError

    def remove(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> None:
        node.UnsetParameter(self.key(name))


class TextKind(Kind):
    """What is one text on the node."""

    def __init__(
        self, accepted: type | tuple, default: object, encode: Callable, decode: Callable, validators: list
    ) -> None:
        super().__init__([NotNone(), IsInstance(accepted), *validators])
        self._default, self._encode, self._decode = default, encode, decode

    def default(self) -> object:
        return self._default

    def write(self, node: slicer.vtkMRMLScriptedModuleNode, name: str, value: object) -> None:
        self.check(value)
        node.SetParameter(name, self._encode(value))

    def read(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> object:
        return self._decode(node.GetParameter(name))


class NodeKind(Kind):
    """An MRML node, kept as a reference."""

    def default(self) -> None:
        return None

    def write(
        self, node: slicer.vtkMRMLScriptedModuleNode, name: str, value: slicer.vtkMRMLNode | None
    ) -> None:
        self.check(value)
        node.SetParameter(name, "")
        node.SetNodeReferenceID(name, value.GetID() if value is not None else None)

    def read(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> slicer.vtkMRMLNode | None:
        return node.GetNodeReference(name)

    def remove(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> None:
        super().remove(node, name)
        node.RemoveNodeReferenceIDs(name)


class ObservedList(MutableSequence):
    """A list on a parameter node: every change is written through."""

    def __init__(self, items: list, save: Callable[[list], None]) -> None:
        self._items, self._save = items, save

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int | slice) -> object:
        return self._items[index]

    def _change(self, items: list) -> None:
        self._save(items)
        self._items = items

    def __setitem__(self, index: int | slice, item: object) -> None:
        items = list(self._items)
        items[index] = item
        self._change(items)

    def __delitem__(self, index: int | slice) -> None:
        items = list(self._items)
        del items[index]
        self._change(items)

    def insert(self, index: int, item: object) -> None:
        self._change([*self._items[:index], item, *self._items[index:]])

    def __eq__(self, other: object) -> bool:
        return self._items == (other._items if isinstance(other, ObservedList) else other)

    __hash__ = None

    def __repr__(self) -> str:
        return f"ObservedList({self._items})"


class ObservedDict(MutableMapping):
    """A dict on a parameter node: every change is written through."""

    def __init__(self, items: dict, save: Callable[[dict], None]) -> None:
        self._items, self._save = items, save

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator:
        return iter(self._items)

    def __getitem__(self, key: object) -> object:
        return self._items[key]

    def __setitem__(self, key: object, value: object) -> None:
        items = {**self._items, key: value}
        self._save(items)
        self._items = items

    def __delitem__(self, key: object) -> None:
        items = {k: v for k, v in self._items.items() if k != key}
        if len(items) == len(self._items):
            raise KeyError(key)
        self._save(items)
        self._items = items

    def __repr__(self) -> str:
        return f"ObservedDict({self._items})"


class TupleKind(Kind):
    def __init__(self, elements: list[Kind], validators: list) -> None:
        super().__init__([NotNone(), *validators])
        self.elements = elements
        self.cached = all(element.cached for element in elements)

    def default(self) -> tuple:
        return tuple(element.default() for element in self.elements)

    def key(self, name: str) -> str:
        return self.elements[0].key(f"{name}.0")

    def check(self, value: object) -> None:
        super().check(value)
        if len(tuple(value)) != len(self.elements):
            raise ValueError(f"Value must have {len(self.elements)} elements, is {value}")
        for element, part in zip(self.elements, value, strict=True):
            element.check(part)

    def write(self, node: slicer.vtkMRMLScriptedModuleNode, name: str, value: tuple) -> None:
        self.check(value)
        for index, (element, part) in enumerate(zip(self.elements, value, strict=True)):
            element.write(node, f"{name}.{index}", part)

    def read(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> tuple:
        return tuple(element.read(node, f"{name}.{i}") for i, element in enumerate(self.elements))

    def remove(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> None:
        for index, element in enumerate(self.elements):
            element.remove(node, f"{name}.{index}")


class ListKind(Kind):
    def __init__(self, element: Kind, validators: list) -> None:
        super().__init__([NotNone(), *validators])
        self.element, self.cached = element, element.cached

    def default(self) -> list:
        return []

    def key(self, name: str) -> str:
        return f"{name}.len"

    def check(self, value: object) -> None:
        super().check(value)
        for item in value:
            self.element.check(item)

    def _length(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> int:
        return int(node.GetParameter(self.key(name)) or 0)

    def write(self, node: slicer.vtkMRMLScriptedModuleNode, name: str, value: Iterable) -> None:
        items = list(value)
        self.check(items)
        with slicer.util.NodeModify(node):
            for index in range(len(items), self._length(node, name)):
                self.element.remove(node, f"{name}.{index}")
            for index, item in enumerate(items):
                self.element.write(node, f"{name}.{index}", item)
            node.SetParameter(self.key(name), str(len(items)))

    def items(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> list:
        return [self.element.read(node, f"{name}.{i}") for i in range(self._length(node, name))]

    def read(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> ObservedList:
        return ObservedList(self.items(node, name), lambda items: self.write(node, name, items))

    def remove(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> None:
        for index in range(self._length(node, name)):
            self.element.remove(node, f"{name}.{index}")
        super().remove(node, name)


class DictKind(ListKind):
    """A dict, kept as a list of its items in their order."""

    def __init__(self, key: Kind, value: Kind, validators: list) -> None:
        super().__init__(TupleKind([key, value], []), validators)

    def default(self) -> dict:
        return {}

    def check(self, value: object) -> None:
        super().check(list(value.items()) if hasattr(value, "items") else value)

    def write(self, node: slicer.vtkMRMLScriptedModuleNode, name: str, value: dict) -> None:
        super().write(node, name, value.items())

    def read(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> ObservedDict:
        return ObservedDict(dict(self.items(node, name)), lambda items: self.write(node, name, items))


class UnionKind(Kind):
    """``Union[A, B]`` and ``Optional[A]``: each alternative under its own number."""

    def __init__(self, kinds: list[Kind | None], validators: list) -> None:
        super().__init__(validators)
        self.kinds = kinds
        self.cached = all(kind.cached for kind in kinds if kind)

    def default(self) -> object:
        return None if len(self.kinds) == 2 and self.kinds[1] is None else self.kinds[0].default()

    def _names(self, name: str) -> Iterator[tuple[Kind | None, str]]:
        return ((kind, f"{name}.{index}") for index, kind in enumerate(self.kinds))

    def stored(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> bool:
        return any(node.HasParameter(k.key(n) if k else n) for k, n in self._names(name))

    def write(self, node: slicer.vtkMRMLScriptedModuleNode, name: str, value: object) -> None:
        self.check(value)
        chosen = self._choose(name, value)
        with slicer.util.NodeModify(node):
            self.remove(node, name)
            kind, key = chosen
            if kind is None:
                node.SetParameter(key, "True")
            else:
                kind.write(node, key, value)

    def _choose(self, name: str, value: object) -> tuple[Kind | None, str]:
        problem: Exception | None = None
        for kind, key in self._names(name):
            if kind is None or value is None:
                if kind is None and value is None:
                    return kind, key
                continue
            try:
                kind.check(value)
            except (TypeError, ValueError) as error:
                problem = problem or error
            else:
                return kind, key
        raise problem or TypeError(f"Unable to write value '{value}' of type '{type(value)}'")

    def read(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> object:
        for kind, key in self._names(name):
            if kind is not None and kind.stored(node, key):
                return kind.read(node, key)
        return None

    def remove(self, node: slicer.vtkMRMLScriptedModuleNode, name: str) -> None:
        for kind, key in self._names(name):
            if kind is None:
                node.UnsetParameter(key)
            else:
                kind.remove(node, key)


def make_kind(hint: object) -> Kind:
    """The kind of a type hint.

    Raises:
        TypeError: for a type that Slicer's parameter nodes cannot hold either.
    """
    base, annotations = split_annotations(hint)
    validators = [a for a in annotations if isinstance(a, Validator)]
    arguments, origin = typing.get_args(base), typing.get_origin(base)
    if hasattr(base, "_make_kind"):
        return base._make_kind(validators)
    if origin in {list, tuple, dict}:
        parts = [make_kind(argument) for argument in arguments]
        if origin is tuple:
            return TupleKind(parts, validators)
        return ListKind(*parts, validators) if origin is list else DictKind(*parts, validators)
    if origin is typing.Union:
        return UnionKind([None if a is type(None) else make_kind(a) for a in arguments], validators)
    if isinstance(base, type):
        return _plain_kind(base, validators)
    raise TypeError(
        f"a parameter node cannot hold {base}; write list[...], dict[..., ...] or typing.Optional[...]"
    )


def _plain_kind(base: type, validators: list) -> Kind:
    if base is bool:
        return TextKind(bool, False, lambda v: "True" if v else "False", "True".__eq__, validators)
    if base is int:
        return TextKind(int, 0, str, int, validators)
    if base is float:
        return TextKind((int, float), 0.0, str, float, validators)
    if base is str:
        return TextKind(str, "", str, str, validators)
    if base in _PATHS:
        return TextKind(base, base(), str, base, validators)
    if issubclass(base, enum.Enum):
        return TextKind(base, next(iter(base)), lambda v: v.name, lambda text: base[text], validators)
    if issubclass(base, slicer.vtkMRMLNode):
        return NodeKind([IsInstance(base), *validators])
    raise TypeError(f"a parameter node cannot hold {base}")
