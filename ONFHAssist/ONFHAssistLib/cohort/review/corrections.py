"""A reader's corrected outlines of a case: written whole or not at all, compared with the first ones, and recorded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
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
from .decisions import ACCEPT, COMMENT, CORRECTED, REJECT, UNDO, Decision, Judgement, by_reader, utc_now
from .folder import ReviewCase, ReviewFolder
from .state import Correction, ReviewState

FOLDER = "corrections"  # in that of the case
STRUCTURES = {"head": head_mask, "necrosis": necrosis_mask}
_FINE = "_fine"
_SAME = 1e-12
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")  # by Windows
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
    """A reader's name as the name of a file: letters and digits, apart from names that become the same.

    Systems that do not tell "AB" from "ab" apart, and names that Windows keeps for itself, are thought of.
    """
    name = reader.strip()
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-")[:40]
    if plain and plain == name and plain == plain.lower() and not _RESERVED.fullmatch(plain):
        return plain
    return f"{plain or 'reader'}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def fine_path(path: Path) -> Path:
    """Where the same outlines lie on finer voxels, if the reader worked on those."""
    return path.with_name(path.name.removesuffix(".nii.gz") + _FINE + ".nii.gz")


def result_path(case: ReviewCase, reader: str) -> Path:
    """Where the result of a reader's corrected outlines lies, or would."""
    return case.folder / FOLDER / f"{reader_file(reader)}.json"


def corrected_result(case: ReviewCase, reader: str) -> CaseResult | None:
    """What was computed from a reader's corrected outlines; None where nothing was yet.

    Raises:
        InputError: a damaged file.
    """
    path = result_path(case, reader)
    if not path.is_file():
        return None
    return CaseResult.from_json(path.read_text(encoding="utf-8"), path.parent)


def corrected_digest(side: str) -> str:
    """Under which name such a result states, in its segmentation step, the file that the outlines of a hip are of."""
    return f"correction_{side}"


def standing(state: ReviewState, case: ReviewCase, reader: str) -> dict[str, list[Correction]]:
    """Side to the reader's changes, of hips that he last judged as corrected and whose first outlines are the same."""
    outlines = {(case.key, side): digest for side, digest in case.outlines_sha256.items()}
    rows = [row for row in state.rows() if (row.case, row.reader) == (case.key, reader)]
    judged = by_reader(rows, outlines).get(reader, {})
    held = {reader: {hip: one for hip, one in judged.items() if not one.outdated}}
    return {
        side: changes
        for (_key, side, _reader), changes in standing_changes(state.corrections(), held).items()
    }


def read_correction(folder: ReviewFolder, case: ReviewCase, reader: str, image: Image) -> Image | None:
    """A reader's outlines where his correction stands, the first elsewhere, as fine as they are; None without any."""
    stands = standing(ReviewState(folder.path), case, reader)
    held = _files(folder, stands)
    for side in stands.keys() - held.keys():
        raise InputError(
            f"The corrected outlines {folder.path / stands[side][0].path} are not there any more; take the correction of "
            f"{case.key} {side} back, or bring the file back."
        )
    if not held:
        return None
    first = case.labels()
    labels = _joined(first, {side: read_mask(path) for side, path in held.items()})
    return _fine(case, first, held, labels, image) or labels


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

    What differs from the first outlines is a correction: the outlines are written and the hip is recorded as corrected;
    a hip that was not changed is accepted. The other hip is recorded where it differs from what the reader last
    confirmed of it, unless he rejected it or took his decision back since.

    Args:
        labels: outlines on the voxels of the case's image. fine: the finer ones of which they are the share.
        comment: on the hip ``side``.

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
    held = _files(folder, standing(state, case, reader))
    before = _joined(first, {one: read_mask(path) for one, path in held.items()})
    changed = [
        one
        for one in SIDES
        if _differ(first if one == side else before, labels, one)
        and (one == side or not _withdrawn(state, case, one, reader))
    ]
    rows = [
        Decision(
            case.key, one, reader, CORRECTED, outlines.get(one, ""), time, comment if one == side else ""
        )
        for one in changed
    ]
    if side not in changed:
        rows.append(Decision(case.key, side, reader, ACCEPT, outlines.get(side, ""), time, comment))
    if not changed:
        state.add(rows)
        return Confirmed(None, ())
    whole = _joined(before, dict.fromkeys({side, *changed}, labels))
    if fine is not None and not np.array_equal(whole.array, labels.array):
        fine = _refitted(case, first, held, fine, whole, {side, *changed})
    path, written = _write(case, reader, whole, fine)
    place, digest = path.relative_to(folder.path).as_posix(), sha256_of_file(path)
    changes = tuple(
        Correction(case.key, one, reader, name, place, digest, *figures, time)
        for one in changed
        for name, figures in _figures(first, whole, one)
    )
    try:
        state.add(rows, changes)
    except BaseException:
        for one_file in written:
            one_file.unlink(missing_ok=True)
        raise
    result_path(case, reader).unlink(missing_ok=True)
    return Confirmed(path, changes)


def _files(folder: ReviewFolder, held: Mapping[str, Sequence[Correction]]) -> dict[str, Path]:
    """Side to the file of the correction that stands, where it is still there."""
    paths = {side: folder.path / changes[0].path for side, changes in held.items()}
    return {side: path for side, path in paths.items() if path.is_file()}


def _joined(base: Image, others: Mapping[str, Image]) -> Image:
    """``base`` with the outlines of each side that is named taken from another image on the same voxels."""
    array = base.array.astype(np.uint8)
    for side, other in others.items():
        if other.array.shape != array.shape:
            continue
        array[head_mask(array, side) | necrosis_mask(array, side)] = 0
        its = head_mask(other.array, side) | necrosis_mask(other.array, side)
        array[its] = other.array[its]
    return base.like(array)


def _fine(
    case: ReviewCase, first: Image, held: Mapping[str, Path], labels: Image, image: Image
) -> Image | None:
    """The finer outlines of which ``labels``, joined from the files that stand, are the share; None without any."""
    from ...imaging.masks.fine import belonging

    finer = {side: read_mask(fine_path(path)) for side, path in held.items() if fine_path(path).is_file()}
    for one in finer.values():
        whole = belonging(one, labels, image)
        if whole is not None:
            return whole
    base = case.fine(first, image)
    if base is None or set(finer) != set(held) or not all(base.same_grid(one) for one in finer.values()):
        return None
    return belonging(_joined(base, finer), labels, image)


def _refitted(
    case: ReviewCase, first: Image, held: Mapping[str, Path], fine: Image, whole: Image, sides: set[str]
) -> Image | None:
    """The finer outlines with the other hip as it stands; None where that cannot be had on the same voxels."""
    from ...imaging.masks.fine import belonging

    image = case.image()
    before = _joined(first, {one: read_mask(path) for one, path in held.items()})
    base = _fine(case, first, held, before, image) or case.fine(first, image)
    if base is None or not base.same_grid(fine):
        return None
    return belonging(_joined(base, dict.fromkeys(sides, fine)), whole, image)


def _withdrawn(state: ReviewState, case: ReviewCase, side: str, reader: str) -> bool:
    """Whether the last that the reader did on a hip was to reject it or to take his decision back."""
    rows = [row for row in state.rows() if (row.case, row.side, row.reader) == (case.key, side, reader)]
    done = [row.kind for row in sorted(rows, key=lambda row: row.time) if row.kind != COMMENT]
    return bool(done) and done[-1] in (REJECT, UNDO)


def _write(case: ReviewCase, reader: str, labels: Image, fine: Image | None) -> tuple[Path, list[Path]]:
    """Write outlines under a name of their own, beside earlier ones, which *Undo* brings back; the file, and those that
    were not there before."""
    text = hashlib.sha256()
    for image in (labels, fine):
        if image is not None:
            text.update(repr((image.array.shape, *map(tuple, (image.origin, image.spacing)))).encode())
            text.update(np.ascontiguousarray(image.array).tobytes())
    path = case.folder / FOLDER / f"{reader_file(reader)}-{text.hexdigest()[:12]}.nii.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    images = {path: labels} if fine is None else {fine_path(path): fine, path: labels}
    new = [one for one in images if not one.exists()]
    for one, image in images.items():
        write_image(image, one)
    return path, new


def _differ(first: Image, second: Image, side: str) -> bool:
    return any(
        not np.array_equal(mask(first.array, side), mask(second.array, side)) for mask in STRUCTURES.values()
    )


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


def standing_changes(
    corrections: Sequence[Correction], judged: Mapping[str, Mapping[tuple[str, str], Judgement]]
) -> dict[tuple[str, str, str], list[Correction]]:
    """(case, side, reader) to the changes of the confirmation that stands, of hips that their reader last judged as
    corrected: where he took a later one back, those of the one before.

    Args:
        judged: reader to hip to judgement.
    """
    made: dict[tuple[str, str, str], dict[str, list[Correction]]] = {}
    for one in corrections:
        made.setdefault((one.case, one.side, one.reader), {}).setdefault(one.time, []).append(one)
    found = {}
    for (case, side, reader), by_time in made.items():
        judgement = judged.get(reader, {}).get((case, side))
        if judgement is None or judgement.decision != CORRECTED:
            continue
        times = [time for time in by_time if time <= judgement.decided]
        if times:
            found[case, side, reader] = by_time[max(times)]
    return found
