"""Numbers and words of a DICOM header, whatever an anonymiser, an old scanner or a broken transfer made of them.

A fact that nothing depends on is absent where it is no number (``1.5T``, ``4,0``, two values for one), and
:func:`bad_numbers` says so. A number without which an image would be wrong ends the reading with the file's name.
"""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from pydicom import config
from pydicom.datadict import dictionary_description
from pydicom.dataset import Dataset
from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.multival import MultiValue
from pydicom.tag import BaseTag, Tag

from ...core.errors import InputError

# What pydicom raises, at reading or later when a value is asked for, about bytes that are not what they should be.
UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BytesLengthException,
    EOFError,
    InvalidDicomError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
_SHOWN = 24  # characters of a bad value


@contextmanager
def tolerant() -> Iterator[None]:
    """pydicom without its own opinion of values: what is no number is judged here, and said in our words."""
    with config.disable_value_validation(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def value_of(dataset: Dataset, keyword: str) -> Any:
    """The value as pydicom has it, or the text in its place where that cannot be converted; None if absent."""
    try:
        element = dataset.get(_tag(keyword))
        return None if element is None else element.value
    except UNREADABLE:
        return _raw_text(dataset, keyword)


def states(dataset: Dataset, keyword: str) -> bool:
    """Whether the header has the element, whatever it holds."""
    return _tag(keyword) in dataset


def words(dataset: Dataset, keyword: str) -> str:
    """The value as text, several joined by a backslash as in the file; "" where there is none."""
    value = value_of(dataset, keyword)
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value).strip(" \0")
    parts = value if isinstance(value, MultiValue | list | tuple) else [value]
    try:
        return "\\".join(str(part) for part in parts).strip(" \0")
    except UNREADABLE:
        return ""


def number(dataset: Dataset, keyword: str) -> float | None:
    """One finite number, or None where the header states none: absent, empty, text, several."""
    found = _numbers(value_of(dataset, keyword))
    return found[0] if found is not None and len(found) == 1 else None


def numbers(dataset: Dataset, keyword: str) -> list[float] | None:
    """All numbers of a value, or None where the header states none or one of them is no finite number."""
    return _numbers(value_of(dataset, keyword))


def items(dataset: Dataset, keyword: str) -> list[Dataset]:
    """The items of a sequence; none where it is absent, or no sequence."""
    value = value_of(dataset, keyword)
    many = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    return [item for item in value if isinstance(item, Dataset)] if many else []


def bad_numbers(dataset: Dataset, keywords: Iterable[str]) -> list[str]:
    """Those of the facts that the header states as something that is no number, such as "Echo Time 'Anonymous'"."""
    return [
        f"{name_of(keyword)} '{_shown(dataset, keyword)}'"
        for keyword in keywords
        if number(dataset, keyword) is None and words(dataset, keyword)
    ]


def needed_numbers(sources: Sequence[Dataset], keyword: str, count: int, file: Path) -> list[float]:
    """``count`` finite numbers of the first of ``sources`` that states them.

    Raises:
        InputError: nobody states them, or as something else.
    """
    stated = next((one for one in sources if states(one, keyword)), None)
    found = None if stated is None else _numbers(value_of(stated, keyword))
    if found is None or len(found) != count:
        wanted = "a number is needed" if count == 1 else f"{count} numbers are needed"
        is_now = "is missing" if stated is None else f"is '{_shown(stated, keyword)}'"
        raise InputError(
            f"{file}: {name_of(keyword)} {is_now}; {wanted}. Export the series again, without changes to its header."
        )
    return found


def needed_number(
    sources: Sequence[Dataset], keyword: str, file: Path, default: float | None = None
) -> float:
    """One finite number of the first of ``sources`` that states it; ``default`` where none does or it is empty.

    Raises:
        InputError: it is something else, or missing without a default.
    """
    stating = [one for one in sources if states(one, keyword) and words(one, keyword)]
    if default is not None and not stating:
        return default
    return needed_numbers(stating, keyword, 1, file)[0]


def needed_count(dataset: Dataset, keyword: str, file: Path, default: int | None = None) -> int:
    """One whole number of at least 1.

    Raises:
        InputError: it is something else, or missing without a default.
    """
    value = value_of(dataset, keyword)
    if type(value) is int and value >= 1:  # nearly always
        return value
    found = needed_number([dataset], keyword, file, default)
    if found < 1 or found != int(found):
        raise InputError(f"{file}: {name_of(keyword)} is {found:g}; a whole number of at least 1 is needed.")
    return int(found)


def items_of(group: Dataset) -> Iterator[Dataset]:
    """The first item of each sequence in ``group``; what cannot be read is passed over."""
    for tag in list(group.keys()) if isinstance(group, Dataset) else ():
        try:
            element = group[tag]
            if element.VR == "SQ" and element.value:
                yield element.value[0]
        except UNREADABLE:
            continue


def name_of(keyword: str) -> str:
    """The name that the standard gives a keyword: "Image Position (Patient)"."""
    return dictionary_description(keyword)


@cache
def _tag(keyword: str) -> BaseTag:
    return Tag(keyword)


def _numbers(value: Any) -> list[float] | None:
    if value is None or isinstance(value, Dataset | bytes):
        return None
    parts = value if isinstance(value, MultiValue | list | tuple) else [value]
    try:
        found = [float(part) for part in parts]
    except UNREADABLE:
        return None
    return found if found and all(math.isfinite(one) for one in found) else None


def _raw_text(dataset: Dataset, keyword: str) -> str:
    try:
        value = getattr(dataset.get_item(keyword), "value", None)
        text = value.decode("latin-1") if isinstance(value, bytes) else str(value or "")
    except UNREADABLE:
        return "?"
    return text.strip(" \0") or "?"


def _shown(dataset: Dataset, keyword: str) -> str:
    text = "".join(c if c.isprintable() else "?" for c in words(dataset, keyword))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
