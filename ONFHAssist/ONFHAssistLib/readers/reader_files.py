"""Readers' files: who outlined and confirmed a segmentation, and the agreement of two readers over a cohort.

What a file of voxels cannot hold lies beside it as ``NAME.readers.json``.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ..core.atomic_files import write_json, write_text
from ..core.errors import InputError
from ..core.progress import Progress
from ..core.provenance import provenance, sha256_of_file
from ..imaging.files import read_mask
from .agreement import bland_altman, compare_segmentations
from .consensus import Consensus

RECORD_SUFFIX = ".readers.json"
COLUMNS = ("case", "first", "second")
MEASURES = {  # name -> (what a person reads, unit)
    "head_ml": ("Head volume", "ml"),
    "necrosis_ml": ("Necrotic volume", "ml"),
    "necrotic_share": ("Necrotic share", ""),
    "combined_necrotic_angle": ("Combined necrotic angle", "deg"),
}


def utc_now() -> str:
    """Present time in UTC to the second, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def record_consensus(path: Path, result: Consensus, sources: list[Path], confirmed_by: str = "") -> Path:
    """Write beside a consensus whose it is, from which files, and who confirmed it when."""
    record: dict[str, Any] = {
        **provenance(result.labels, method=result.method),
        "readers": list(result.readers),
        "sources": {str(source): sha256_of_file(source) for source in sources},
        "performance": result.performance,
        "sha256": sha256_of_file(path),
    }
    if confirmed_by:
        record |= {"confirmed_by": confirmed_by, "confirmed_at": utc_now()}
    return write_json(path.with_name(path.name + RECORD_SUFFIX), record)


def record_confirmation(path: Path, reader: str) -> Path:
    """Record that ``reader`` confirmed the segmentation at ``path`` as it is now; earlier records are kept.

    Raises:
        InputError: no name, or an unreadable record.
    """
    if not reader.strip():
        raise InputError("A confirmation needs the reader's name; say who confirms.")
    read_mask(path)  # nobody confirms what cannot be read
    target = path.with_name(path.name + RECORD_SUFFIX)
    record: dict[str, Any] = {}
    if target.exists():
        try:
            record = json.loads(target.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{target} is not readable JSON; remove it and confirm again.") from error
    if "confirmed_by" in record:
        kept = {key: record.get(key) for key in ("confirmed_by", "confirmed_at", "sha256")}
        record.setdefault("earlier", []).append(kept)
    record |= {"confirmed_by": reader.strip(), "confirmed_at": utc_now(), "sha256": sha256_of_file(path)}
    return write_json(target, record)


def compare_cohort(
    table: Path, out: Path, readers: tuple[str, str], progress: Progress | None = None
) -> dict[str, Any]:
    """Agreement of two readers over a cohort: a row a structure, limits of agreement, and their figures.

    Args:
        table: CSV with ``case``, ``first`` and ``second`` (label images; relative paths start at the table).
        out: folder for ``structures.csv``, ``hips.csv``, ``agreement.json`` and the figures.
        readers: names of the first and the second.

    Returns:
        ``cases``, ``hips``, ``structures`` (structure name without side to medians), ``bland_altman`` (measure to its
        numbers), ``failures`` (case to sentence), ``files``.

    Raises:
        InputError: an unreadable table, a missing column, or no case that could be compared.
    """
    rows = _rows(table)
    structures: list[dict[str, Any]] = []
    hips: list[dict[str, Any]] = []
    failures: dict[str, str] = {}
    for number, row in enumerate(rows):
        if progress:
            progress(number / len(rows), f"Case {row['case']}")
        try:
            result = compare_segmentations(
                *(read_mask(table.parent / row[name]) for name in ("first", "second"))
            )
        except InputError as error:
            failures[row["case"]] = str(error)
            continue
        structures += [{"case": row["case"], **asdict(part)} for part in result.structures]
        hips += [{"case": row["case"], **_pairs(result, hip.side)} for hip in result.hips]
    if not hips:
        reason = next(iter(failures.values()), "no hip was outlined by both")
        raise InputError(f"No case of {table} could be compared: {reason}")
    files = [_write_rows(out / "structures.csv", structures), _write_rows(out / "hips.csv", hips)]
    limits = _limits(hips, out, readers, files)
    answer = {
        "cases": len(rows) - len(failures),
        "hips": len(hips),
        "structures": _medians(structures),
        "bland_altman": limits,
        "failures": failures,
    }
    files.append(write_json(out / "agreement.json", {**provenance(), "readers": readers, **answer}))
    return {**answer, "files": files}


def _rows(table: Path) -> list[dict[str, str]]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{table} cannot be read as a CSV file.") from error
    if not rows:
        raise InputError(f"{table} has no rows; one a case is needed, with {', '.join(COLUMNS)}.")
    missing = [name for name in COLUMNS if not rows[0].get(name)]
    if missing:
        raise InputError(f"{table} lacks the column '{missing[0]}'; {', '.join(COLUMNS)} are needed.")
    return rows


def _pairs(result: Any, side: str) -> dict[str, Any]:
    """First and second value of every measure of one hip."""
    hip = next(h for h in result.hips if h.side == side)
    parts = {part.structure: part for part in result.structures}
    head, necrosis = parts[f"Femoral head {side}"], parts.get(f"Necrosis {side}")
    return {
        "side": side,
        "head_ml_first": head.first_ml,
        "head_ml_second": head.second_ml,
        "necrosis_ml_first": necrosis.first_ml if necrosis else 0.0,
        "necrosis_ml_second": necrosis.second_ml if necrosis else 0.0,
        "necrotic_share_first": hip.first_share,
        "necrotic_share_second": hip.second_share,
        "combined_necrotic_angle_first": hip.first_angle,
        "combined_necrotic_angle_second": hip.second_angle,
    }


def _limits(
    hips: list[dict[str, Any]], out: Path, readers: tuple[str, str], files: list[Path]
) -> dict[str, Any]:
    from ..evaluate.figures.binary import save_figure
    from .agreement_figure import draw_bland_altman

    limits: dict[str, Any] = {}
    for name, (text, unit) in MEASURES.items():
        # Healthy hips agree on a necrosis of nothing; they would narrow the limits of diseased ones.
        rows = (
            hips
            if name == "head_ml"
            else [h for h in hips if h["necrosis_ml_first"] + h["necrosis_ml_second"]]
        )
        if len(rows) < 3:
            continue
        found = bland_altman(*([h[f"{name}_{which}"] for h in rows] for which in ("first", "second")))
        limits[name] = {
            key: value for key, value in asdict(found).items() if not isinstance(value, np.ndarray)
        }
        figure = draw_bland_altman(found, text, unit, readers)
        files.append(save_figure(figure, out / f"bland_altman_{name}.png", dpi=200))
    return limits


def _medians(structures: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Median of each figure over all hips in which both readers outlined the structure."""
    names = dict.fromkeys(row["structure"][:-2] for row in structures)
    keys = ("dice", "hausdorff95_mm", "surface_distance_mm")
    result = {}
    for name in names:
        rows = [
            r for r in structures if r["structure"][:-2] == name and min(r["first_ml"], r["second_ml"]) > 0
        ]
        if rows:
            result[name] = {"n": len(rows)} | {key: float(np.median([r[key] for r in rows])) for key in keys}
    return result


def _write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return write_text(path, stream.getvalue())
