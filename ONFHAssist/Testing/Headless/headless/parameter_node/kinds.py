"""How typed values are checked and kept on a ``vtkMRMLScriptedModuleNode``.

Texts on the node are those of Slicer's ``parameterNodeWrapper``, so that a scene saved here opens there: numbers and
booleans by ``str``, an Enum by its name, a list as ``name.len``, ``name.0``, ..., a node by a reference of that role.
"""

from __future__ import annotations

import enum
import typing
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import slicer

from .validators import IsInstance, NotNone, Validator, split_annotations

_PATHS = (Path, PurePath, PurePosixPath, PureWindowsPath, type(Path()))


class Kind:
    """How one type is checked, written, read and removed. ``node`` is the parameter node, ``name`` the parameter."""

    def __init__(self, validators: list[Validator]) -> None:
        self.validators = validators

    def default(self) -> Any:
        return None

    def check(self, value: Any) -> None:
        for validator in self.validators:
            validator.validate(value)

    def stored(self, node: Any, name: str) -> bool:
        return bool(node.HasParameter(name))

    def write(self, node: Any, name: str, value: Any) -> None:
        raise NotImplementedError

    def read(self, node: Any, name: str) -> Any:
        raise NotImplementedError

    def remove(self, node: Any, name: str) -> None:
        node.UnsetParameter(name)


class TextKind(Kind):
    """What is one text on the node."""

    def __init__(
        self,
        accepted: type | tuple[type, ...],
        default: Any,
        decode: Callable[[str], Any],
        validators: list[Validator],
        encode: Callable[[Any], str] = str,
    ) -> None:
        super().__init__([NotNone(), IsInstance(accepted), *validators])
        self._default, self._encode, self._decode = default, encode, decode

    def default(self) -> Any:
        return self._default

    def write(self, node: Any, name: str, value: Any) -> None:
        self.check(value)
        node.SetParameter(name, self._encode(value))

    def read(self, node: Any, name: str) -> Any:
        return self._decode(node.GetParameter(name))


class NodeKind(Kind):
    """An MRML node, kept as a reference."""

    def write(self, node: Any, name: str, value: Any) -> None:
        self.check(value)
        node.SetParameter(name, "")
        node.SetNodeReferenceID(name, value.GetID() if value is not None else None)

    def read(self, node: Any, name: str) -> Any:
        return node.GetNodeReference(name)

    def remove(self, node: Any, name: str) -> None:
        super().remove(node, name)
        node.RemoveNodeReferenceIDs(name)


class OptionalKind(Kind):
    """``Optional[A]``: the value as ``name.0``, None as ``name.1``."""

    def __init__(self, kind: Kind, validators: list[Validator]) -> None:
        super().__init__(validators)
        self.kind = kind

    def check(self, value: Any) -> None:
        super().check(value)
        if value is not None:
            self.kind.check(value)

    def stored(self, node: Any, name: str) -> bool:
        return self.kind.stored(node, f"{name}.0") or bool(node.HasParameter(f"{name}.1"))

    def write(self, node: Any, name: str, value: Any) -> None:
        self.check(value)
        with slicer.util.NodeModify(node):
            self.remove(node, name)
            if value is None:
                node.SetParameter(f"{name}.1", "True")
            else:
                self.kind.write(node, f"{name}.0", value)

    def read(self, node: Any, name: str) -> Any:
        return self.kind.read(node, f"{name}.0") if self.kind.stored(node, f"{name}.0") else None

    def remove(self, node: Any, name: str) -> None:
        self.kind.remove(node, f"{name}.0")
        node.UnsetParameter(f"{name}.1")


class ObservedList(MutableSequence[Any]):
    """A list on a parameter node: every change is written through."""

    def __init__(self, items: list[Any], save: Callable[[list[Any]], None]) -> None:
        self._items, self._save = items, save

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: Any) -> Any:
        return self._items[index]

    def _change(self, items: list[Any]) -> None:
        self._save(items)
        self._items = items

    def __setitem__(self, index: Any, item: Any) -> None:
        items = list(self._items)
        items[index] = item
        self._change(items)

    def __delitem__(self, index: Any) -> None:
        items = list(self._items)
        del items[index]
        self._change(items)

    def insert(self, index: int, item: Any) -> None:
        self._change([*self._items[:index], item, *self._items[index:]])

    def __eq__(self, other: object) -> bool:
        return self._items == (other._items if isinstance(other, ObservedList) else other)

    __hash__ = None  # type: ignore[assignment]


class ObservedDict(MutableMapping[Any, Any]):
    """A dict on a parameter node: every change is written through."""

    def __init__(self, items: dict[Any, Any], save: Callable[[dict[Any, Any]], None]) -> None:
        self._items, self._save = items, save

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __getitem__(self, key: Any) -> Any:
        return self._items[key]

    def _change(self, items: dict[Any, Any]) -> None:
        self._save(items)
        self._items = items

    def __setitem__(self, key: Any, value: Any) -> None:
        self._change({**self._items, key: value})

    def __delitem__(self, key: Any) -> None:
        del (items := dict(self._items))[key]
        self._change(items)


class ListKind(Kind):
    """A list: its length as ``name.len``, its items as ``name.0``, ``name.1``, ..."""

    def __init__(self, element: Kind, validators: list[Validator]) -> None:
        super().__init__([NotNone(), *validators])
        self.element = element

    def default(self) -> Any:
        return []

    def check(self, value: Any) -> None:
        super().check(value)
        for item in value:
            self.element.check(item)

    def stored(self, node: Any, name: str) -> bool:
        return super().stored(node, f"{name}.len")

    def _length(self, node: Any, name: str) -> int:
        return int(node.GetParameter(f"{name}.len") or 0)

    def write(self, node: Any, name: str, value: Any) -> None:
        self.check(value)
        self._write_items(node, name, list(value))

    def _write_items(self, node: Any, name: str, items: list[Any]) -> None:
        with slicer.util.NodeModify(node):
            for index in range(len(items), self._length(node, name)):
                self.element.remove(node, f"{name}.{index}")
            for index, item in enumerate(items):
                self.element.write(node, f"{name}.{index}", item)
            node.SetParameter(f"{name}.len", str(len(items)))

    def _items(self, node: Any, name: str) -> list[Any]:
        return [self.element.read(node, f"{name}.{i}") for i in range(self._length(node, name))]

    def read(self, node: Any, name: str) -> Any:
        return ObservedList(self._items(node, name), lambda items: self.write(node, name, items))

    def remove(self, node: Any, name: str) -> None:
        self._write_items(node, name, [])
        super().remove(node, f"{name}.len")


class PairKind(Kind):
    """Key and value of a dict's item, as ``name.0`` and ``name.1``."""

    def __init__(self, key: Kind, value: Kind) -> None:
        super().__init__([])
        self.parts = (key, value)

    def check(self, value: Any) -> None:
        for kind, part in zip(self.parts, value, strict=True):
            kind.check(part)

    def write(self, node: Any, name: str, value: Any) -> None:
        for index, kind in enumerate(self.parts):
            kind.write(node, f"{name}.{index}", value[index])

    def read(self, node: Any, name: str) -> Any:
        return tuple(kind.read(node, f"{name}.{index}") for index, kind in enumerate(self.parts))

    def remove(self, node: Any, name: str) -> None:
        for index, kind in enumerate(self.parts):
            kind.remove(node, f"{name}.{index}")


class DictKind(ListKind):
    """A dict, kept as a list of its items in their order."""

    def default(self) -> Any:
        return {}

    def check(self, value: Any) -> None:
        super().check(value.items() if hasattr(value, "items") else value)

    def write(self, node: Any, name: str, value: Any) -> None:
        self.check(value)
        self._write_items(node, name, list(value.items()))

    def read(self, node: Any, name: str) -> Any:
        return ObservedDict(dict(self._items(node, name)), lambda items: self.write(node, name, items))


def make_kind(hint: Any) -> Kind:
    """The kind of a type hint.

    Raises:
        TypeError: for a type that is not here.
    """
    base, annotations = split_annotations(hint)
    validators = [a for a in annotations if isinstance(a, Validator)]
    arguments, origin = typing.get_args(base), typing.get_origin(base)
    if origin is list:
        return ListKind(make_kind(arguments[0]), validators)
    if origin is dict:
        return DictKind(PairKind(*(make_kind(argument) for argument in arguments)), validators)
    if origin is typing.Union and len(arguments) == 2 and arguments[1] is type(None):
        return OptionalKind(make_kind(arguments[0]), validators)
    if isinstance(base, type):
        return _plain_kind(base, validators)
    raise TypeError(
        f"headless Slicer's parameter nodes cannot hold {base}; write list, dict or Optional of a type"
    )


def _plain_kind(base: type, validators: list[Validator]) -> Kind:
    if base is bool:
        return TextKind(bool, False, "True".__eq__, validators)
    if base is int:
        return TextKind(int, 0, int, validators)
    if base is float:
        return TextKind((int, float), 0.0, float, validators)
    if base is str:
        return TextKind(str, "", str, validators)
    if base in _PATHS:
        return TextKind(base, base(), base, validators)
    if issubclass(base, enum.Enum):
        return TextKind(base, next(iter(base)), lambda text: base[text], validators, lambda value: value.name)
    if issubclass(base, slicer.vtkMRMLNode):
        return NodeKind([IsInstance(base), *validators])
    raise TypeError(f"headless Slicer's parameter nodes cannot hold {base}")
