"""Cells of users' tables that are neither a number nor a category: ">210", "1,5", "210 deg", "unknown" among numbers."""

from __future__ import annotations

import re

import pandas as pd

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
# A number with a sign of comparison, a decimal comma or a unit; "3A" and "II" are names of stages.
_ALMOST = re.compile(
    rf"[<>~=\u2264\u2265\u2248]+\s*{_NUMBER}\s*\S*|[-+]?\d+,\d+|{_NUMBER}\s*[%\u00b0]|{_NUMBER}\s+[A-Za-z]+\.?|"
    rf"{_NUMBER}\s*(?:-|to)\s*{_NUMBER}"
)
_FEW = 8  # different numbers; with more it is a measurement, and a word among them no category


def odd_cell(column: pd.Series) -> tuple[int, str] | None:
    """The first cell that is no number in a column of numbers; None where there is none, or the column is one of words.

    Returns:
        Row, counted from 1, and text of the cell.
    """
    if pd.api.types.is_numeric_dtype(column):
        return None
    texts = column.astype("string").str.strip()
    stated = texts.notna() & texts.ne("")
    numbers = pd.to_numeric(texts, errors="coerce")
    odd = stated & numbers.isna()
    if not odd.any() or numbers.notna().sum() < odd.sum():
        return None
    almost = texts[odd].map(lambda text: _ALMOST.fullmatch(text) is not None)
    if not almost.any() and numbers.nunique() <= _FEW:
        return None
    place = next(iter(texts[odd].index[almost])) if almost.any() else texts[odd].index[0]
    row = int(column.index.get_indexer_for([place])[0])
    return row + 1, str(texts.iloc[row])


def odd_cell_sentence(column: pd.Series, name: object) -> str | None:
    """What is wrong with the first such cell and what to do; None where no cell is odd."""
    found = odd_cell(column)
    if found is None:
        return None
    row, text = found
    return f"Column '{name}' holds '{text}' in row {row}, which is no number; write the number alone, or leave it empty."
