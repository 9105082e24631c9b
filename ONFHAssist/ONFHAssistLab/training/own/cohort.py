"""A hospital's own patients for training: their scans, outlines and stages, read and parted by patient.

Three sources: a CSV table with ``case`` (the patient), ``image``, ``segmentation`` and, where known, ``side`` or
``sides`` and ``ficat_arlet_stage``; a folder with such a table as ``cohort.csv``; or the folder of a cohort that readers
looked through, of which the outlines count that they accepted or corrected. Stages of the last come from ``stages.csv``
in it (``case``, of the cohort, or its patient where he has one examination; ``side``, ``ficat_arlet_stage``).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ONFHAssistLib.cohort.review.folder import CASES, open_folder
from ONFHAssistLib.cohort.review.state import ReviewState
from ONFHAssistLib.cohort.review.training_rows import training_rows
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import sha256_of_file
from ONFHAssistLib.imaging.labels import SIDES

TABLE, STAGES_TABLE = "cohort.csv", "stages.csv"
NEEDED = ("case", "image", "segmentation")
STAGE = "ficat_arlet_stage"
STAGES = ("0", "I", "II")
FEWEST_HELD = 6  # with fewer pairs no signed-rank test reaches p < 0.05: 2 / 2**5 is 0.06
SPLIT_SEED = 53


@dataclass(frozen=True)
class OwnScan:
    """One image with its outlines.

    Attributes:
        patient: whose it is; all scans of a patient are on the same side of the split.
        image, segmentation: files; label values of :mod:`ONFHAssistLib.imaging.labels`.
        sides: which of the outlined hips count.
        stages: side to "0", "I" or "II", where it is known.
    """

    patient: str
    image: Path
    segmentation: Path
    sides: tuple[str, ...]
    stages: Mapping[str, str] = field(default_factory=dict)


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
            cohort of which nothing was accepted or corrected.
    """
    path = Path(path)
    table = path / TABLE if path.is_dir() and not (path / CASES).is_dir() else path
    if table.is_dir():
        rows = [dict(row) for row in training_rows(open_folder(table), ReviewState(table))]
        stages = stages or (table / STAGES_TABLE if (table / STAGES_TABLE).is_file() else None)
        places, folder = [f"{path.name}, case {row['case']}" for row in rows], table
    else:
        rows = _table(table, NEEDED)
        places, folder = [f"{table.name}, line {number}" for number in range(2, len(rows) + 2)], table.parent
    known = _Stages(None if stages is None else Path(stages), rows)
    scans: dict[tuple[str, str, str], OwnScan] = {}
    for row, place in zip(rows, places, strict=True):
        scan = _scan(row, place, folder, known)
        key = (scan.patient, str(scan.image), str(scan.segmentation))
        before = scans.get(key)
        if before is not None:  # a table by hip: the other hip of the same scan
            scan = OwnScan(*key[:1], scan.image, scan.segmentation,
                           tuple(side for side in SIDES if side in {*before.sides, *scan.sides}),
                           {**before.stages, **scan.stages})  # fmt: skip
        scans[key] = scan
    known.require_all_used()
    _require_one_patient_an_image(scans.values())
    return OwnCohort(path.name, tuple(scans.values()), _digest(scans.values()))


def part_by_patient(cohort: OwnCohort, held_share: float, seed: int) -> Parted:
    """Some patients are held back, by chance but the same for a seed; never hips of one patient apart.

    Whether a patient is, follows from his id: in a cohort that grows, those who were learned from stay so, but where it
    reaches three times :data:`FEWEST_HELD` patients and more have to be held back.

    Args:
        held_share: of the patients about, 0..1; at least :data:`FEWEST_HELD` of three times as many patients.

    Raises:
        InputError: fewer than four patients, or a share that leaves nobody on one side.
    """
    names = cohort.patients
    if len(names) < 4:
        raise InputError(
            f"{cohort.name} has {len(names)} patients with outlines that count; at least 4 are needed, two to learn from "
            "and two to judge on."
        )
    if not 0 < held_share < 1:
        raise InputError(
            f"The share of patients held back is {held_share:g}; a number between 0 and 1 is needed."
        )
    fewest = FEWEST_HELD if len(names) >= 3 * FEWEST_HELD else 2
    places = {name: _place(name, seed) for name in names}
    below = sum(place < held_share for place in places.values())
    wanted = min(max(below, fewest), len(names) - 2)
    held = set(sorted(names, key=places.__getitem__)[:wanted])
    return Parted(
        tuple(scan for scan in cohort.scans if scan.patient not in held),
        tuple(scan for scan in cohort.scans if scan.patient in held),
    )


def _place(patient: str, seed: int) -> float:
    """A number in 0..1 that is drawn for a patient."""
    text = f"{seed} {SPLIT_SEED} {patient.casefold()}"
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def _patient(text: str) -> str:
    """An id as the bundles' lists of patients read it: 12.0 is 12."""
    name = text.strip()
    return name[:-2] if name.endswith(".0") and name[:-2].isdigit() else name


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


def _scan(row: Mapping[str, str], place: str, folder: Path, known: _Stages) -> OwnScan:
    for name in NEEDED:
        if not (row.get(name) or "").strip():
            raise InputError(f"{place}: the column '{name}' is empty.")
    patient = _patient(row["case"])
    sides = tuple((row.get("side") or row.get("sides") or "").split()) or SIDES
    if not set(sides) <= set(SIDES):
        raise InputError(f"{place}: the side is '{' '.join(sides)}'; R, L or both are accepted.")
    own = (row.get(STAGE) or "").strip()
    if own and len(sides) != 1:
        raise InputError(f"{place}: a stage is of one hip; say which in the column 'side'.")
    stages = {side: known.of(row, side) or own for side in sides}
    stages = {side: stage for side, stage in stages.items() if stage}
    unknown = set(stages.values()) - set(STAGES)
    if unknown:
        raise InputError(
            f"{place}: the stage is '{min(unknown)}'; {', '.join(STAGES)} or an empty cell are accepted."
        )
    image, segmentation = (folder / row[name].strip() for name in ("image", "segmentation"))
    if not image.exists():
        raise InputError(f"{place}: {image} does not exist; paths are relative to the table.")
    if not segmentation.is_file():
        raise InputError(f"{place}: {segmentation} is no file; paths are relative to the table.")
    return OwnScan(patient, image, segmentation, sides, stages)


class _Stages:
    """A table of stages, hip by hip, beside the rows of a cohort.

    Args:
        path: with ``case``, ``side`` and ``ficat_arlet_stage``; None where there is none.
        rows: of the cohort; ``examination`` is the case of a cohort, whose ``case`` is the patient.

    Raises:
        InputError: a cell is empty or unknown, or two lines of one hip contradict each other.
    """

    def __init__(self, path: Path | None, rows: Iterable[Mapping[str, str]]) -> None:
        self._name = "" if path is None else path.name
        self._lines: dict[tuple[str, str], tuple[str, int]] = {}
        examinations: dict[str, set[str]] = {}
        for row in rows:
            patient = _patient(row.get("case") or "")
            examinations.setdefault(patient, set()).add(row.get("examination") or patient)
        self._single = {patient for patient, found in examinations.items() if len(found) == 1}
        self._used: set[tuple[str, str]] = set()
        for number, row in enumerate([] if path is None else _table(path, ("case", "side", STAGE)), 2):
            self._take(row, number)

    def _take(self, row: Mapping[str, str], number: int) -> None:
        case, side, stage = ((row[name] or "").strip() for name in ("case", "side", STAGE))
        place = f"{self._name}, line {number}"
        if not case:
            raise InputError(f"{place}: the column 'case' is empty.")
        if side not in SIDES:
            raise InputError(f"{place}: the side is '{side}'; R or L is accepted.")
        if stage not in ("", *STAGES):
            raise InputError(
                f"{place}: the stage is '{stage}'; {', '.join(STAGES)} or an empty cell are accepted."
            )
        known = self._lines.setdefault((_patient(case), side), (stage, number))
        if known[0] != stage:
            raise InputError(
                f"{place}: hip {side} of {case} has another stage in line {known[1]}; keep one of them."
            )

    def of(self, row: Mapping[str, str], side: str) -> str:
        """The stage of a hip, "" where nobody says."""
        patient = _patient(row.get("case") or "")
        keys = [row.get("examination") or patient, *([patient] if patient in self._single else [])]
        for key in keys:
            if (key, side) in self._lines:
                self._used.add((key, side))
                return self._lines[key, side][0]
        return ""

    def require_all_used(self) -> None:
        """Refuse a table of which no line is of a hip of the cohort.

        Raises:
            InputError: as said.
        """
        if self._lines and not self._used:
            case, _side = next(iter(self._lines))
            raise InputError(
                f"{self._name}: no line is of a hip that counts here, such as {case}; the column 'case' holds the cases "
                "of the cohort, or its patients where each has one examination."
            )


def _table(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    if not path.is_file():
        raise InputError(
            f"{path} does not exist; give a table, a folder with {TABLE}, or the folder of a cohort."
        )
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"{path} is not a readable CSV file; save it as comma-separated UTF-8 text."
        ) from error
    lacking = [name for name in columns if not rows or name not in rows[0]]
    if lacking:
        raise InputError(
            f"{path.name} has no rows, or lacks the column '{lacking[0]}'; needed: {', '.join(columns)}."
        )
    return rows


def _digest(scans: Iterable[OwnScan]) -> str:
    """Of patients, sides, stages and outlines: what is learned from, wherever it lies."""
    known = [
        (scan.patient, scan.sides, sorted(scan.stages.items()), sha256_of_file(scan.segmentation))
        for scan in scans
    ]
    return hashlib.sha256(repr(sorted(known)).encode()).hexdigest()[:8]
