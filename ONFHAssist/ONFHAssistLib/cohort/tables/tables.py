"""The tables of a cohort as files: CSV, and Parquet where pyarrow is installed, with a schema and where they come from.

Rows stand in the order of the cases. The bytes depend on the results alone: neither on the number of workers, nor on
interruptions, nor on the time of day, which stands in ``provenance.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ...core.atomic_files import atomic_file, write_json
from ...core.provenance import provenance
from .columns import COLUMNS, FEATURE_KEYS, FEATURES, NUMBER, TEXT, TRUTH, WHOLE, Column
from .rows import Row, Rows

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = "onfh-cohort-tables/1"
_DTYPES = {TEXT: "string", NUMBER: "float64", WHOLE: "Int64", TRUTH: "boolean"}


@dataclass(frozen=True)
class FeatureRow:
    """The features of one hip: names, and as many numbers; an array, since a cohort has millions of them."""

    case: str
    patient: str
    side: str
    names: tuple[str, ...]
    numbers: npt.NDArray[np.float64]


def frame_of(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    """Rows as a typed table with these columns."""
    import pandas as pd

    return pd.DataFrame(
        {one.name: pd.array([row.get(one.name) for row in rows], dtype=_DTYPES[one.type]) for one in columns}
        if rows
        else {one.name: pd.array([], dtype=_DTYPES[one.type]) for one in columns}
    )


def feature_frame(rows: Sequence[FeatureRow]) -> pd.DataFrame:
    """Radiomics and deep features, a row a hip; a column is every name that any hip has, in the order of the first."""
    import pandas as pd

    names = list(dict.fromkeys(name for own in dict.fromkeys(row.names for row in rows) for name in own))
    place = {name: number for number, name in enumerate(names)}
    values = np.full((len(rows), len(names)), np.nan)
    orders: dict[tuple[str, ...], np.ndarray] = {}
    for number, row in enumerate(rows):
        if row.names not in orders:
            orders[row.names] = np.array([place[name] for name in row.names], int)
        values[number, orders[row.names]] = row.numbers
    keys = [{"case": row.case, "patient": row.patient, "side": row.side} for row in rows]
    return pd.concat([frame_of(keys, FEATURE_KEYS), pd.DataFrame(values, columns=names)], axis=1)


def write_tables(
    folder: Path, cases: Iterable[Rows], features: Sequence[FeatureRow], facts: Mapping[str, Any]
) -> dict[str, Path]:
    """Write all tables, ``schema.json`` and ``provenance.json``.

    Args:
        cases: rows of each case, in the order of the cases.
        features: of each hip; none for a run without them.
        facts: what the run says of itself: plan, cases done, times.

    Returns:
        Name of each table to its CSV file.
    """
    rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for one in cases:
        for name, found in one.items():
            rows[name] += found
    frames = {name: frame_of(found, COLUMNS[name]) for name, found in rows.items()}
    columns: dict[str, Sequence[Column]] = dict(COLUMNS)
    if features:
        frames[FEATURES] = feature_frame(features)
        said = "Radiomics (PyRadiomics' name) or deep feature (DL_) of the whole femoral head."
        columns[FEATURES] = (
            *FEATURE_KEYS,
            *(Column(str(name), NUMBER, "", said) for name in frames[FEATURES].columns[len(FEATURE_KEYS) :]),
        )
    else:
        for suffix in (".csv", ".parquet"):
            (folder / f"{FEATURES}{suffix}").unlink(missing_ok=True)
    hashes: dict[str, str] = {}
    for name, frame in frames.items():
        for path in _write(folder / name, frame):
            hashes[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    described = {
        name: {"rows": len(frames[name]), "columns": [vars(one) for one in columns[name]]} for name in frames
    }
    write_json(folder / "schema.json", {"schema": SCHEMA, "tables": described})
    write_json(
        folder / "provenance.json", {**provenance(packages=("pandas", "pyarrow")), **facts, "sha256": hashes}
    )
    return {name: folder / f"{name}.csv" for name in frames}


def _write(path: Path, frame: pd.DataFrame) -> list[Path]:
    written = [path.with_suffix(".csv")]
    with atomic_file(written[0]) as part:
        _write_csv(part, frame)
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return written
    written.append(path.with_suffix(".parquet"))
    with atomic_file(written[1]) as part:
        frame.to_parquet(part, index=False, engine="pyarrow", compression="zstd")
    return written


def _write_csv(part: Path, frame: pd.DataFrame) -> None:
    """Numbers keep all their digits; an empty cell is what is not known."""
    frame.to_csv(part, index=False, lineterminator="\n", encoding="utf-8")


def features_in(
    case: str, patient: str, text: str, known: dict[tuple[str, ...], tuple[str, ...]]
) -> list[FeatureRow]:
    """The features in a ``result.json``, read without the rest of it.

    Args:
        known: names of earlier hips, so that the same names are kept once.
    """
    found = []
    for hip in json.loads(text)["hips"]:
        values: dict[str, float] = {}
        for part in ("radiomics", "deep"):
            if hip.get(part):
                values.update(hip[part]["features"])
        if values:
            names = tuple(values)
            array = np.array(list(values.values()), np.float64)  # None, which JSON has for NaN, becomes NaN
            found.append(FeatureRow(case, patient, hip["side"], known.setdefault(names, names), array))
    return found
