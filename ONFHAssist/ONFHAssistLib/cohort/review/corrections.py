"""A reader's corrected outlines of a case: written whole or not at all, compared with the first ones, and recorded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...case.result import CaseResult
from ...core.errors import InputError
from ...core.provenance import sha256_of_file
from ...imaging.files import read_mask, write_image
from ...imaging.image import Image
from ...imaging.labels import SIDES, head_mask, necrosis_mask
from ...segment.outline_sides import check_sides
from .decisions import ACCEPT, CORRECTED, Decision, utc_now
from .folder import ReviewCase, ReviewFolder
from .state import Correction, ReviewState

FOLDER = "corrections"  # in that of the case
STRUCTURES = {"head": head_mask, "necrosis": necrosis_mask}
_FINE = "_fine"
_SAME = 1e-12
# Away from the head's centre along the patient's axes (LPS); outward differs by side.
_WORDS = {0: ("medial", "lateral"), 1: ("front", "back"), 2: ("below", "above")}


@dataclass(frozen=True)
class Confirmed:
    """What a confirmation wrote.

    Attributes:
        path: of the corrected outlines; None where nothing was changed.
        changes: one for each structure of each hip that was changed.
    """

    path: Path | None
    changes: tuple[Correction, ...]


def reader_file(reader: str) -> str:
    """A reader's name as the name of a file: letters and digits, apart from names that become the same."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", reader.strip()).strip("-")[:40]
    if plain and plain == reader.strip():
        return plain
    return f"{plain or 'reader'}-{hashlib.sha256(reader.strip().encode()).hexdigest()[:6]}"


def correction_path(case: ReviewCase, reader: str) -> Path:
    """Where a reader's corrected outlines of a case lie, or would."""
    return case.folder / FOLDER / f"{reader_file(reader)}.nii.gz"


def fine_path(path: Path) -> Path:
    """Where the same outlines lie on finer voxels, if the reader worked on those."""
    return path.with_name(path.name.removesuffix(".nii.gz") + _FINE + ".nii.gz")


def corrected_result(case: ReviewCase, reader: str) -> CaseResult | None:
    """What was computed from a reader's corrected outlines; None where nothing was yet.

    Raises:
        InputError: a damaged file.
    """
    path = result_path(case, reader)
    if not path.is_file():
        return None
    return CaseResult.from_json(path.read_text(encoding="utf-8"), path.parent)


def result_path(case: ReviewCase, reader: str) -> Path:
    """Where the result of a reader's corrected outlines lies, or would."""
    path = correction_path(case, reader)
    return path.with_name(path.name.removesuffix(".nii.gz") + ".json")


def read_correction(case: ReviewCase, reader: str, image: Image) -> Image | None:
    """A reader's corrected outlines, as fine as they are; None where there are none."""
    from ...imaging.masks.fine import belonging

    path = correction_path(case, reader)
    if not path.is_file():
        return None
    labels, finer = read_mask(path), fine_path(path)
    return (belonging(read_mask(finer), labels, image) if finer.is_file() else None) or labels


def confirm(
    folder: ReviewFolder,
    state: ReviewState,
    case: ReviewCase,
    side: str,
    reader: str,
    labels: Image,
    fine: Image | None = None,
    comment: str = "",
) -> Confirmed:
    """Record that ``reader`` confirms the outlines of one hip as they are now.

    What differs from the first outlines, on the other hip too, is a correction: the outlines are written and each changed
    hip is recorded as corrected. A hip that was not changed is accepted.

    Args:
        labels: outlines on the voxels of the case's image. fine: the finer ones of which they are the share.

    Raises:
        InputError: another grid, a side that the place contradicts, the head of ``side`` is empty, or the database cannot
            be written; then nothing is recorded.
    """
    first = case.labels()
    first.require_same_grid(labels, f"the first outlines of {case.key}", "The corrected outlines")
    if not head_mask(labels.array, side).any():
        raise InputError(f"The head {side} of {case.key} is empty now; outline it, or reject the hip.")
    check_sides(labels, None, f"the corrected outlines of {case.key}")
    labels = first.like(labels.array.astype(np.uint8))  # to the digit where the first ones lie
    time, outlines = utc_now(), case.outlines_sha256
    changed = _changed_sides(first, labels)
    rows = [
        Decision(case.key, one, reader, CORRECTED, outlines.get(one, ""), time, comment) for one in changed
    ]
    if side not in changed:
        rows.append(Decision(case.key, side, reader, ACCEPT, outlines.get(side, ""), time, comment))
    if not changed:
        state.add(rows)
        return Confirmed(None, ())
    path = correction_path(case, reader)
    path.parent.mkdir(parents=True, exist_ok=True)
    finer = fine_path(path)
    if fine is None:
        finer.unlink(missing_ok=True)
    else:
        write_image(fine, finer)
    write_image(labels, path)
    place, digest = path.relative_to(folder.path).as_posix(), sha256_of_file(path)
    changes = tuple(
        Correction(case.key, one, reader, name, place, digest, *figures, time)
        for one in changed
        for name, figures in _figures(first, labels, one)
    )
    state.add(rows, changes)
    return Confirmed(path, changes)


def _changed_sides(first: Image, second: Image) -> list[str]:
    return [
        side
        for side in SIDES
        if any(
            not np.array_equal(mask(first.array, side), mask(second.array, side))
            for mask in STRUCTURES.values()
        )
    ]


def _figures(
    first: Image, second: Image, side: str
) -> list[tuple[str, tuple[float, float, float, float, float, str]]]:
    """Structure to Dice, volumes in ml before, after, added and removed, and the region, of those that changed."""
    found = []
    ml = first.voxel_volume_ml
    centre = _centre(first, second, side)
    for name, mask in STRUCTURES.items():
        before, after = mask(first.array, side), mask(second.array, side)
        apart = before ^ after
        if not apart.any():
            continue
        counts = int(before.sum()), int(after.sum())
        dice = 2.0 * int((before & after).sum()) / sum(counts)
        added, removed = int((after & ~before).sum()) * ml, int((before & ~after).sum()) * ml
        region = _region(first, apart, centre, side)
        found.append((name, (dice, counts[0] * ml, counts[1] * ml, added, removed, region)))
    return found


def _centre(first: Image, second: Image, side: str) -> np.ndarray:
    mask = head_mask(first.array, side)
    mask = mask if mask.any() else head_mask(second.array, side)
    return first.index_to_point(np.argwhere(mask).mean(axis=0)[::-1])


def _region(grid: Image, apart: np.ndarray, centre: np.ndarray, side: str) -> str:
    """Where from the middle of the head most of the change lies, in the patient's directions."""
    away = grid.index_to_point(np.argwhere(apart)[:, ::-1]) - centre
    if side == "R":  # outward is to the patient's right, -x of LPS
        away = away * np.array([-1.0, 1.0, 1.0])
    middle = away.mean(axis=0)
    axis = int(np.argmax(np.abs(middle)))
    if abs(middle[axis]) < 0.15 * float(np.linalg.norm(away, axis=1).mean()) + _SAME:
        return "all around"
    return _WORDS[axis][int(middle[axis] > 0)]


def latest(corrections: Sequence[Correction]) -> dict[tuple[str, str, str], list[Correction]]:
    """(case, side, reader) to the changes of the last confirmation."""
    found: dict[tuple[str, str, str], list[Correction]] = {}
    for one in corrections:
        key = (one.case, one.side, one.reader)
        if found.get(key) and found[key][0].time != one.time:
            found[key] = []
        found.setdefault(key, []).append(one)
    return found
