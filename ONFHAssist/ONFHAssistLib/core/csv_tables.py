"""CSV tables that a training reads: own outlines, and stages of hips."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from .errors import InputError

Line = tuple[int, dict[str, str]]  # number of the line, for messages, and its cells by column


def read_lines(path: Path, columns: Sequence[str], hint: str = "") -> list[Line]:
    """Lines of a table, each with its number in the file.

    Args:
        columns: that it needs.
        hint: what to do where there is no such table; "" says which columns it needs.

    Raises:
        InputError: no such file, no readable CSV, no rows, or a column that is missing.
    """
    needed = ", ".join(columns)
    if not path.is_file():
        raise InputError(f"The table {path} does not exist; {hint or f'it needs the columns {needed}'}.")
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            lines = [
                (reader.line_num, {key: cell or "" for key, cell in row.items() if key}) for row in reader
            ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{path} is not a readable CSV file; save it as comma-separated UTF-8 text."
        ) from error
    lacking = [name for name in columns if not lines or name not in lines[0][1]]
    if lacking:
        raise InputError(f"{path.name} lacks the column '{lacking[0]}', or has no rows; it needs {needed}.")
    return lines


def require_filled(place: str, row: dict[str, str], columns: Sequence[str]) -> None:
    """Refuse a row with an empty cell.

    Raises:
        InputError: as said, with ``place``.
    """
    for name in columns:
        if not row.get(name, "").strip():
            raise InputError(f"{place}: the column '{name}' is empty.")
