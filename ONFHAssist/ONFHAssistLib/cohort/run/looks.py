"""An outlined examination as files: what each series showed, so that it can be answered anew and is not outlined again.

Voxels of the series are read from the study again; kept are the outlines of each, exactly, and where each hip lay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ...core.atomic_files import atomic_file
from ...core.serial import from_json_value, to_json_value
from ...core.vectors import as_point
from ...exam.result import ExamResult
from ...exam.study import FoundSeries
from ...exam.table import Look
from ...exam.work import Work, view_of
from ...imaging.head import FemoralHead
from ...imaging.image import Image
from ...segment.sphere_tool import Segmentation

FILE = "steps/series.npz"
_GEOMETRY = ("spacing", "origin", "direction")


def keep_looks(work: Work, folder: Path) -> dict[str, Any]:
    """Write the outlines of the aligned series into a case's folder; what else is to be kept of them, as JSON."""
    arrays: dict[str, np.ndarray] = {}
    heads: dict[str, Any] = {}
    for look in _aligned(work):
        number, seen = look.row.number, look.segmentation
        assert seen is not None
        heads[number] = [to_json_value(head) for head in seen.heads]
        arrays[f"{number} labels"] = seen.labels.array.astype(np.uint8)
        if seen.fine is not None:
            arrays[f"{number} fine"] = seen.fine.array.astype(np.uint8)
            for name in _GEOMETRY:
                arrays[f"{number} {name}"] = np.asarray(getattr(seen.fine, name), np.float64)
    with atomic_file(folder / FILE) as part, part.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return heads


def kept_looks(
    exam: ExamResult, found: Sequence[FoundSeries], heads: Mapping[str, Any], folder: Path
) -> Work:
    """The examination as it was when its outlines were kept: reference, looks, and of each hip the aligned views."""
    by_number = {one.number: one for one in found}
    looks: dict[str, Look] = {}
    with np.load(folder / FILE) as arrays:
        for row in exam.series:
            one = by_number[row.number]
            if row.number not in heads:
                looks[row.number] = Look(row, one)
                continue
            image = one.read()
            labels = image.like(arrays[f"{row.number} labels"])
            known = tuple(from_json_value(FemoralHead, head) for head in heads[row.number])
            looks[row.number] = Look(
                row, one, image, Segmentation(labels, known, (), _fine(arrays, row.number))
            )
    work = Work(
        list(looks.values()), looks[exam.reference], list(exam.alignments), warnings=list(exam.warnings)
    )
    for one_hip in exam.alignments:
        if one_hip.failure:
            continue
        look = looks[one_hip.series]
        view = view_of(look, one_hip.side)
        assert view is not None
        matrix = np.array(one_hip.matrix).reshape(4, 4)
        work.views.setdefault(one_hip.side, []).append((look, view, matrix))
    return work


def _aligned(work: Work) -> list[Look]:
    numbers = {look.row.number for views in work.views.values() for look, _, _ in views}
    return [look for look in work.looks if look.row.number in numbers]


def _fine(arrays: Any, number: str) -> Image | None:
    if f"{number} fine" not in arrays:
        return None
    spacing, origin, direction = (arrays[f"{number} {name}"] for name in _GEOMETRY)
    return Image(
        arrays[f"{number} fine"], as_point(spacing), as_point(origin), tuple(direction.ravel().tolist())
    )
