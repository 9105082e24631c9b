"""Dataclasses to JSON values and back, by their annotations: what one process writes, another reads as the same type.

Only what results are made of: dataclasses, tuples, mappings with text keys, numbers, text, truth values and None. JSON
has no NaN; a number that is NaN is written as null, and read as NaN where the field has to be a number. Unknown fields
are an error, so that nothing is lost in silence. The standard library alone is used, since Slicer's scene reads results
before any package was installed.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .errors import InputError

T = TypeVar("T")


def to_json_value(value: Any) -> Any:
    """``value`` as lists, dicts, numbers, text, truth values and None.

    Raises:
        TypeError: something else is in it.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json_value(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json_value(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [to_json_value(one) for one in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        number = float(value)
        return number if math.isfinite(number) else None
    if hasattr(value, "item") and getattr(value, "shape", None) == ():  # a number of numpy
        return to_json_value(value.item())
    raise TypeError(f"{type(value).__name__} is nothing that JSON knows")


def from_json_value(kind: type[T], value: Any, where: str = "") -> T:
    """``value`` as a ``kind``.

    Args:
        kind: a dataclass, or an annotation of one of the kinds above.
        where: the place in the whole, for messages.

    Raises:
        InputError: a field is missing, unknown or of another kind; it is named.
    """
    read: T = _read(kind, value, where or getattr(kind, "__name__", "value"))
    return read


def _read(kind: Any, value: Any, where: str) -> Any:
    if kind is Any:
        return value
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _read_union(kind, value, where)
    if origin in (tuple, list, Sequence):
        return _read_sequence(kind, value, where)
    if origin in (dict, Mapping):
        _expect(isinstance(value, Mapping), where, "an object", value)
        inner = get_args(kind)[1]
        return {str(key): _read(inner, one, f"{where}.{key}") for key, one in value.items()}
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(kind, value, where)
    return _read_plain(kind, value, where)


def _read_union(kind: Any, value: Any, where: str) -> Any:
    kinds = [one for one in get_args(kind) if one is not type(None)]
    if value is None and len(kinds) < len(get_args(kind)):
        return None
    if len(kinds) == 1:
        return _read(kinds[0], value, where)
    for one in kinds:
        try:
            return _read(one, value, where)
        except InputError:
            continue
    raise InputError(f"{where} is {value!r}, which is none of the kinds that it may have.")


def _read_sequence(kind: Any, value: Any, where: str) -> Any:
    _expect(isinstance(value, list | tuple), where, "a list", value)
    inner = get_args(kind)
    if get_origin(kind) is tuple and Ellipsis not in inner:
        _expect(len(value) == len(inner), where, f"a list of {len(inner)}", value)
        return tuple(_read(k, v, f"{where}[{i}]") for i, (k, v) in enumerate(zip(inner, value, strict=True)))
    make = list if get_origin(kind) is list else tuple
    return make(_read(inner[0], one, f"{where}[{i}]") for i, one in enumerate(value))


def _read_dataclass(kind: Any, value: Any, where: str) -> Any:
    _expect(isinstance(value, Mapping), where, "an object", value)
    hints, fields = _hints(kind), {f.name: f for f in dataclasses.fields(kind)}
    unknown = sorted(set(value) - set(fields))
    if unknown:
        raise InputError(f"{where} has the unknown field '{unknown[0]}'; it was written by another version.")
    for name, field in fields.items():
        has_default = (
            field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        )
        if name not in value and not has_default:
            raise InputError(f"{where} has no field '{name}'; it was written by another version.")
    return kind(**{name: _read(hints[name], one, f"{where}.{name}") for name, one in value.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read_plain(kind: Any, value: Any, where: str) -> Any:
    if kind is float:
        if value is None:
            return math.nan
        _expect(isinstance(value, int | float) and not isinstance(value, bool), where, "a number", value)
        return float(value)
    _expect(
        isinstance(value, kind) and not (kind is int and isinstance(value, bool)), where, kind.__name__, value
    )
    return value


def _expect(holds: bool, where: str, wanted: str, value: Any) -> None:
    if not holds:
        raise InputError(f"{where} is {value!r}; {wanted} is expected.")
