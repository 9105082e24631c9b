"""A hospital's own patients for training: their scans, outlines and stages, read and parted by patient.

Three sources: a CSV table with ``case`` (the patient), ``image``, ``segmentation`` and, where known, ``side`` or
``sides``, ``ficat_arlet_stage`` and ``corrected`` (the sides whose outline a reader drew or corrected; all where the
column is missing); a folder with such a table as ``cohort.csv``; or the folder of a cohort that readers looked through,
of which the outlines count that they accepted or corrected. Stages of the last come from ``stages.csv`` in it (``case``,
of the cohort, or its patient where he has one examination; ``side``, ``ficat_arlet_stage``).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ONFHAssistLib.bundles.patients import normal_id
from ONFHAssistLib.cohort.review.folder import CASES, open_folder
from ONFHAssistLib.cohort.review.state import ReviewState
from ONFHAssistLib.cohort.review.training_rows import CORRECTED_SIDES, training_rows
from ONFHAssistLib.core.csv_tables import read_lines, require_filled
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import sha256_of_file
from ONFHAssistLib.imaging.files import read_mask
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS, SIDES

from .stages import STAGE, StageTable, require_stage

TABLE, STAGES_TABLE = "cohort.csv", "stages.csv"
NEEDED = ("case", "image", "segmentation")
FEWEST_HELD = 6  # with fewer pairs no signed-rank test reaches p < 0.05: 2 / 2**5 is 0.06
FEWEST_ON_A_SIDE = 2
SPLIT_SEED = 53


@dataclass(frozen=True)
class OwnScan:
    """One image with its outlines.

    Attributes:
        patient: whose it is; all scans of a patient are on the same side of the split.
        image: file or folder. outlines: side to the file that holds them, of the hips that count; label values of
            :mod:`ONFHAssistLib.imaging.labels`.
        stages: side to "0", "I" or "II", where it is known.
        corrected: sides whose outline a reader drew or corrected; the others a network drew and a reader accepted.
    """

    patient: str
    image: Path
    outlines: Mapping[str, Path]
    stages: Mapping[str, str] = field(default_factory=dict)
    corrected: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[str, ...]:
        """Of the hips that count, right before left."""
        return tuple(side for side in SIDES if side in self.outlines)


@dataclass(frozen=True)
class OwnCohort:
    """All scans that count, and eight digits that change with any of them."""

    name: str
    scans: tuple[OwnScan, ...]
    digest: str

    @property
    def patients(self) -> tuple[str, ...]:
        """Sorted."""
        return tuple(sorted({scan.patient for scan in self.scans}))


@dataclass(frozen=True)
class Parted:
    """Scans to learn from, and those of other patients on whom the network is judged."""

    learned: tuple[OwnScan, ...]
    held: tuple[OwnScan, ...]


def read_own_cohort(path: str | Path, stages: str | Path | None = None) -> OwnCohort:
    """Read which scans there are; no image is opened.

    Args:
        path: see the module.
        stages: table of stages in place of the cohort's own.

    Raises:
        InputError: no such table or folder, a column or file that is missing, an empty cell, an unknown side or stage, a
            hip on which two rows do not agree, a cohort of which nothing was accepted or corrected.
    """
    path = Path(path)
    table = path / TABLE if path.is_dir() and not (path / CASES).is_dir() else path
    if table.is_dir():
        reviewed = open_folder(table)
        rows = [dict(row) for row in training_rows(reviewed, ReviewState(table))]
        stages = stages or (table / STAGES_TABLE if (table / STAGES_TABLE).is_file() else None)
        places, folder = [f"{path.name}, case {row['examination']}" for row in rows], table
        cases = [(case.key, case.patient) for case in reviewed.cases]
    else:
        hint = f"give a table, a folder with {TABLE}, or the folder of a cohort"
        lines = read_lines(table, NEEDED, hint)
        rows, folder = [row for _, row in lines], table.parent
        places = [f"{table.name}, line {number}" for number, _ in lines]
        cases = [(row["case"], row["case"]) for row in rows]
    known = StageTable(None if stages is None else Path(stages), cases)
    scans = _Scans()
    for row, place in zip(rows, places, strict=True):
        scans.take(_scan(row, place, folder, known), place)
    _require_one_patient_an_image(scans.all)
    return OwnCohort(path.name, scans.all, _digest(scans.all))


def read_outlines(scan: OwnScan) -> Image:
    """The outlines of the hips that count, as one label image; of two files, each gives its own sides.

    Raises:
        InputError: an unreadable file, or two on different grids.
    """
    files = {path: read_mask(path) for path in dict.fromkeys(scan.outlines.values())}
    first = next(iter(files))
    labels = np.zeros_like(files[first].array, np.uint8)
    for side, path in scan.outlines.items():
        files[first].require_same_grid(files[path], str(first), str(path))
        for value in (HEAD[side], NECROSIS[side]):
            labels[files[path].array == value] = value
    return files[first].like(labels)


def part_by_patient(cohort: OwnCohort, held_share: float, seed: int) -> Parted:
    """Some patients are held back, by chance but the same for a seed; never hips of one patient apart.

    Whether a patient is, follows from his id and the seed alone: his place, a number drawn for him, lies below the
    share. Where fewer than two do, the two lowest are held back. So nobody who was learned from is held back when
    patients are added, and how many there are decides nothing else.

    Args:
        held_share: of the patients, about; 0..1.

    Raises:
        InputError: fewer than four patients, or a share that leaves fewer than two to learn from.
    """
    names = cohort.patients
    if len(names) < 2 * FEWEST_ON_A_SIDE:
        raise InputError(
            f"{cohort.name} has {len(names)} patients with outlines that count; at least 4 are needed, two to learn from "
            "and two to judge on."
        )
    if not 0 < held_share < 1:
        raise InputError(
            f"The share of patients held back is {held_share:g}; a number between 0 and 1 is needed."
        )
    order = sorted(names, key=lambda name: _place(name, seed))
    below = sum(_place(name, seed) < held_share for name in names)
    held = set(order[: max(below, FEWEST_ON_A_SIDE)])
    if len(names) - len(held) < FEWEST_ON_A_SIDE:
        raise InputError(
            f"By chance {len(held)} of the {len(names)} patients of {cohort.name} would be held back, which leaves too "
            "few to learn from; more patients are needed, or another seed or a smaller share."
        )
    return Parted(
        tuple(scan for scan in cohort.scans if scan.patient not in held),
        tuple(scan for scan in cohort.scans if scan.patient in held),
    )


def _place(patient: str, seed: int) -> float:
    """A number in 0..1 that is drawn for a patient."""
    text = f"{seed} {SPLIT_SEED} {patient.casefold()}"
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


class _Scans:
    """Scans as rows come, of which several may be of one image."""

    def __init__(self) -> None:
        self._scans: dict[tuple[str, Path], OwnScan] = {}
        self._places: dict[
            tuple[str, Path, str], tuple[str, str]
        ] = {}  # hip: where its outline and stage stand

    @property
    def all(self) -> tuple[OwnScan, ...]:
        """As they came."""
        return tuple(self._scans.values())

    def take(self, scan: OwnScan, place: str) -> None:
        """Add a row.

        Raises:
            InputError: another row says something else of one of its hips.
        """
        key = (scan.patient, scan.image)
        before = self._scans.get(key, OwnScan(*key, {}))
        for side in scan.sides:
            outlined, staged = self._places.get((*key, side), (place, place))
            hip = f"hip {side} of {scan.patient} in {scan.image.name}"
            if before.outlines.get(side, scan.outlines[side]) != scan.outlines[side]:
                raise InputError(
                    f"{place}: {hip} has other outlines than in {outlined}; keep one of the two rows."
                )
            stages = [one.stages[side] for one in (before, scan) if side in one.stages]
            if len(set(stages)) > 1:
                raise InputError(
                    f"{place}: {hip} is of stage {stages[1]} here and of stage {stages[0]} in {staged}; keep one of them."
                )
            staged = staged if side in before.stages else place
            self._places[(*key, side)] = (outlined, staged)
        self._scans[key] = OwnScan(
            *key,
            {**before.outlines, **scan.outlines},
            {**before.stages, **scan.stages},
            tuple(side for side in SIDES if side in {*before.corrected, *scan.corrected}),
        )


def _require_one_patient_an_image(scans: Iterable[OwnScan]) -> None:
    """One image under two ids, or one id in two spellings, would be on both sides of the split.

    Raises:
        InputError: there is such a pair.
    """
    images: dict[Path, str] = {}
    spellings: dict[str, str] = {}
    for scan in scans:
        other = images.setdefault(scan.image, scan.patient)
        if other != scan.patient:
            raise InputError(
                f"{scan.image.name} stands under the patients {other} and {scan.patient}; name one."
            )
        other = spellings.setdefault(scan.patient.casefold(), scan.patient)
        if other != scan.patient:
            raise InputError(
                f"The patients {other} and {scan.patient} differ by capitals alone; write one person's id in one way."
            )


def _scan(row: dict[str, str], place: str, folder: Path, known: StageTable) -> OwnScan:
    require_filled(place, row, NEEDED)
    sides = _sides(row.get("side") or row.get("sides") or "", place, "side") or SIDES
    own = row.get(STAGE, "").strip()
    if own and len(sides) != 1:
        raise InputError(f"{place}: a stage is of one hip; say which in the column 'side'.")
    require_stage(own, place)
    patient = normal_id(row["case"])
    stages = {side: known.of(row.get("examination") or patient, patient, side) or own for side in sides}
    image, segmentation = (Path(os.path.normpath(folder / row[name].strip())) for name in NEEDED[1:])
    if not image.exists():
        raise InputError(f"{place}: {image} does not exist; paths are relative to the table.")
    if not segmentation.is_file():
        raise InputError(f"{place}: {segmentation} is no file; paths are relative to the table.")
    drawn = _sides(row[CORRECTED_SIDES], place, CORRECTED_SIDES) if CORRECTED_SIDES in row else sides
    return OwnScan(
        patient,
        image,
        dict.fromkeys(sides, segmentation),
        {side: stage for side, stage in stages.items() if stage},
        tuple(side for side in sides if side in drawn),
    )


def _sides(cell: str, place: str, column: str) -> tuple[str, ...]:
    sides = tuple(cell.split())
    if not set(sides) <= set(SIDES):
        raise InputError(f"{place}: the {column} is '{' '.join(sides)}'; R, L or both are accepted.")
    return sides


def _digest(scans: Iterable[OwnScan]) -> str:
    """Of patients, sides, stages and outlines: what is learned from, wherever it lies."""
    known = [
        (
            scan.patient,
            sorted((side, sha256_of_file(path)) for side, path in scan.outlines.items()),
            sorted(scan.stages.items()),
            scan.corrected,
        )
        for scan in scans
    ]
    return hashlib.sha256(repr(sorted(known)).encode()).hexdigest()[:8]
