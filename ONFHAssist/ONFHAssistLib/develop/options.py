"""Options of a development as a command line, a panel or a script gives them, checked alike for every study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..core.errors import InputError

Limits = Mapping[str, tuple[int, int, int]]


def whole_numbers(arguments: Mapping[str, Any], limits: Limits) -> dict[str, int]:
    """The options of ``limits`` (name -> usual, lowest, highest); one that is absent or None keeps its usual value.

    Raises:
        InputError: one out of its limits.
    """
    chosen = {}
    for name, (usual, low, high) in limits.items():
        value = usual if arguments.get(name) is None else int(arguments[name])
        if not low <= value <= high:
            raise InputError(f"The option {name} is {value}; {low} to {high} is accepted.")
        chosen[name] = value
    return chosen


def one_of(arguments: Mapping[str, Any], name: str, known: Sequence[str]) -> str | None:
    """An option that is one of a few words; None where it is absent.

    Raises:
        InputError: another word.
    """
    value = arguments.get(name)
    if value is not None and value not in known:
        raise InputError(f"The option {name} is '{value}'; {' or '.join(known)} is accepted.")
    return value


def number_or_share(arguments: Mapping[str, Any], name: str) -> float | None:
    """An option that is a whole number from 1, or a share between 0 and 1; None where it is absent.

    Raises:
        InputError: anything else.
    """
    given = arguments.get(name)
    if given is None:
        return None
    try:
        value = float(given)
    except (TypeError, ValueError):
        value = 0.0
    if not (0 < value < 1 or (value >= 1 and value == int(value))):
        raise InputError(
            f"The option {name} is '{given}'; a whole number such as 32, or a share such as 0.95, is accepted."
        )
    return value if value < 1 else int(value)


def report_folder(path: str | Path) -> Path:
    """The folder of a report; refused where a file is in its place.

    Raises:
        InputError: so.
    """
    out = Path(path)
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; choose a folder for the report.")
    return out
