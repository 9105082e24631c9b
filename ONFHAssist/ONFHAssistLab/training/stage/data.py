"""Hips for training and judging the stager: crops of a cohort's heads, and of further simulated patients.

Crops are cut a quarter wider than the network's input, so that training can shift, turn and scale them, and kept in a
work folder, one compressed file a scan, so that an interrupted run goes on. Nothing of the scanner that is kept for
testing is ever used for training.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.core.atomic_files import atomic_file
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.stage.head_crop import MARGIN_MM, SHAPE, crop_grid, crop_head

STAGES = ("0", "I", "II")
UNDECIDED = 3  # "I or II": what was painted into a real hip has no stage
WIDEN = 1.25
SCANS_PER_PATIENT = 3  # of each further simulated patient
HELD_OUT_SCANNER = "signa"
SPLITS = ("train", "validation", "test", "external")
COLUMNS = (
    "case",
    "side",
    "split",
    "ficat_arlet_stage",
    "image",
    "centre_x",
    "centre_y",
    "centre_z",
    "head_radius_mm",
)


@dataclass(frozen=True)
class StageHips:
    """Crops and what is known of them.

    Attributes:
        crops: (n, 40, 140, 80) int16, grey values as scanned; axes as in :mod:`.head_crop`.
        labels: the same shape, uint8: 1 head, 2 necrosis, 0 elsewhere.
        outlined: (n,) whether ``labels`` are known.
        stages: (n,) 0, 1, 2 or :data:`UNDECIDED`.
        patients: (n,) text; both hips of a patient share it.
        sides: (n,) "R" or "L".
        splits: (n,) "train", "validation", "test", "external".
        scanners: (n,) text.
        heads: the n :class:`FemoralHead`.
        images: (n,) text, path of the scan; empty where it was not kept.
        sequences: (n,) text, "T2" or "T2 FS" (a cohort's: its column ``sequence``, T2 where it has none).
    """

    crops: np.ndarray
    labels: np.ndarray
    outlined: np.ndarray
    stages: np.ndarray
    patients: np.ndarray
    sides: np.ndarray
    splits: np.ndarray
    scanners: np.ndarray
    heads: tuple[FemoralHead, ...]
    images: np.ndarray
    sequences: np.ndarray

    def __len__(self) -> int:
        return len(self.stages)

    def where(self, chosen: np.ndarray) -> StageHips:
        """The hips at ``chosen`` (indices or booleans)."""
        rows = np.flatnonzero(chosen) if np.asarray(chosen).dtype == bool else np.asarray(chosen)
        arrays: dict[str, Any] = {
            name: value[rows] if isinstance(value, np.ndarray) else tuple(value[i] for i in rows)
            for name, value in vars(self).items()
        }
        return StageHips(**arrays)


def concatenate_hips(parts: Iterable[StageHips]) -> StageHips:
    """Several sets of hips as one."""
    parts = list(parts)
    fields: dict[str, Any] = {}
    for name, value in vars(parts[0]).items():
        pieces = [getattr(part, name) for part in parts]
        fields[name] = np.concatenate(pieces) if isinstance(value, np.ndarray) else sum(pieces, ())
    return StageHips(**fields)


# a cohort on disk ---------------------------------------------------------------------------------------


def read_rows(cohort: str | Path) -> list[dict[str, str]]:
    """Rows of a cohort's table that can be staged: included, stages 0, I, II, with a head.

    Args:
        cohort: the folder of ``cohort.csv``, or the table itself.

    Raises:
        InputError: no table, a column is missing, or a stage or split is unknown.
    """
    path = Path(cohort)
    path = path / "cohort.csv" if path.is_dir() else path
    if not path.is_file():
        raise InputError(f"{path} does not exist; give the folder of a cohort with its cohort.csv.")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise InputError(f"{path} lacks the column '{missing[0]}'; columns needed: {', '.join(COLUMNS)}.")
        rows = [row for row in reader if row.get("included", "1") in ("1", "")]
    kept = []
    for number, row in enumerate(rows, 2):
        if row["split"] not in SPLITS:
            raise InputError(
                f"{path} has split '{row['split']}' for {row['case']}; {', '.join(SPLITS)} are known."
            )
        if row["ficat_arlet_stage"] not in STAGES:
            raise InputError(
                f"{path} has stage '{row['ficat_arlet_stage']}' for {row['case']} {row['side']} (row {number}); "
                "0, I and II are staged, leave others out by the column 'included'."
            )
        kept.append(row)
    if not kept:
        raise InputError(f"{path} has no hip that can be staged.")
    return kept


def head_of(row: dict[str, str]) -> FemoralHead:
    """The head of a row of the cohort's table."""
    try:
        centre = as_point(float(row[f"centre_{axis}"]) for axis in "xyz")
        return FemoralHead(row["side"], centre, float(row["head_radius_mm"]))
    except ValueError as error:
        raise InputError(
            f"Case {row['case']} {row['side']} has no centre and radius of the head (centre_x, centre_y, centre_z, "
            "head_radius_mm in LPS mm); fill them in, or run the detector first."
        ) from error


def load_cohort(
    cohort: str | Path,
    work: str | Path,
    column: str = "image",
    splits: Sequence[str] = SPLITS,
    progress: Progress | None = None,
) -> StageHips:
    """Crops of a cohort, kept in ``work`` between runs.

    Args:
        column: "image", "image_t1" or "image_unseen_scanner"; rows without it are left out.
        splits: which to read.
    """
    rows = [row for row in read_rows(cohort) if row["split"] in splits and row.get(column)]
    if not rows:
        raise InputError(f"The cohort {cohort} has no image in column '{column}' for {', '.join(splits)}.")
    folder = Path(cohort) if Path(cohort).is_dir() else Path(cohort).parent
    work = Path(work) / "crops"
    work.mkdir(parents=True, exist_ok=True)
    by_image: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_image.setdefault(row[column], []).append(row)
    parts = []
    for done, (name, sharing) in enumerate(by_image.items()):
        if progress:
            progress(done / len(by_image), f"Crops of {sharing[0]['case']}")
        file = work / f"{column}-{sharing[0]['case']}.npz"
        if not file.is_file():
            _write_crops(file, folder / name, sharing, folder)
        parts.append(_read_crops(file, sharing, column, str(folder / name)))
    return concatenate_hips(parts)


def _write_crops(file: Path, image_path: Path, rows: list[dict[str, str]], folder: Path) -> None:
    image = read_image(image_path).require_volume(str(image_path))
    outline = folder / rows[0]["segmentation"] if rows[0].get("segmentation") else None
    labels = read_mask(outline) if outline is not None and outline.is_file() else None
    cut = [crop_hip(image, labels, head_of(row)) for row in rows]
    save_arrays(
        file,
        crops=np.stack([crop for crop, _ in cut]),
        labels=np.stack([label for _, label in cut]),
        outlined=np.array([labels is not None] * len(rows)),
    )


def _read_crops(file: Path, rows: list[dict[str, str]], column: str, image: str) -> StageHips:
    with np.load(file, allow_pickle=False) as stored:
        crops, labels, outlined = stored["crops"], stored["labels"], stored["outlined"]
    scanner = HELD_OUT_SCANNER if column == "image_unseen_scanner" else rows[0].get("scanner", "")
    return StageHips(
        crops, labels, outlined,
        np.array([STAGES.index(row["ficat_arlet_stage"]) for row in rows]),
        np.array([row["case"] for row in rows]),
        np.array([row["side"] for row in rows]),
        np.array([row["split"] for row in rows]),
        np.array([scanner] * len(rows)),
        tuple(head_of(row) for row in rows),
        np.array([image] * len(rows)),
        np.array([row.get("sequence") or "T2" for row in rows]),
    )  # fmt: skip


def crop_hip(image: Image, labels: Image | None, head: FemoralHead) -> tuple[np.ndarray, np.ndarray]:
    """Wide crop (int16) and its labels (uint8: 1 head, 2 necrosis) of one hip."""
    grid = crop_grid(head, MARGIN_MM, SHAPE, WIDEN)
    crop = np.clip(np.round(crop_head(image, grid).array), -32768, 32767).astype(np.int16)
    marked = np.zeros(crop.shape, np.uint8)
    if labels is not None:
        found = crop_head(labels, grid, "nearest").array
        marked[found == HEAD[head.side]] = 1
        marked[found == NECROSIS[head.side]] = 2
    return crop, marked


def save_arrays(file: Path, **arrays: np.ndarray) -> None:
    """Write a compressed .npz that appears only when it is whole."""
    content: dict[str, Any] = dict(arrays)
    with atomic_file(file) as part:
        np.savez_compressed(part, **content)


# further simulated patients -----------------------------------------------------------------------------


def simulate_hips(
    patients: int,
    seed: int,
    work: str | Path,
    scans: int = SCANS_PER_PATIENT,
    workers: int = 1,
    progress: Progress | None = None,
) -> StageHips:
    """Both hips of further simulated patients in several T2 scans each (some fat-suppressed), all with split "train".

    Scanners are the study's two with their settings varied by chance (times, resolution, slices, noise, shading), never
    the one that is kept for testing. Patients of other seeds than any cohort's.
    """
    folder = Path(work) / "simulated"
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"patient-{seed}-{scans}-{number:04d}.npz" for number in range(patients)]
    missing = [(seed, number, scans, str(file)) for number, file in enumerate(files) if not file.is_file()]
    if workers > 1 and len(missing) > 1:
        with ProcessPoolExecutor(workers) as pool:
            for done, _ in enumerate(pool.map(write_patient, missing)):
                if progress:
                    progress((done + 1) / len(missing), f"Patient {done + 1} of {len(missing)}")
    else:
        for done, job in enumerate(missing):
            if progress:
                progress(done / len(missing), f"Patient {done + 1} of {len(missing)}")
            write_patient(job)
    return concatenate_hips(_read_patient(file) for file in files)


def write_patient(job: tuple[int, int, int, str]) -> None:
    """Simulate patient ``number`` and write the crops; ``job`` is seed, number, scans, file."""
    from ...simulate.acquisition.mri import acquire, truth_labels

    seed, number, scans, name = job
    rng = np.random.default_rng([seed, number, 31])
    patient = draw_stage_patient(rng)
    content: dict[str, list[Any]] = {
        n: [] for n in ("crops", "labels", "stages", "sides", "scanners", "centres")
    }
    for _ in range(scans):
        protocol = random_protocol(rng)
        image = acquire(patient, protocol, seed=int(rng.integers(2**31)))
        labels = truth_labels(patient, image)
        for side in ("R", "L"):
            truth = patient.truth[side]
            head = FemoralHead(side, as_point(truth["centre"]), float(truth["radius"]))
            crop, marked = crop_hip(image, labels, head)
            for key, value in (
                ("crops", crop), ("labels", marked), ("stages", STAGES.index(truth["stage"])), ("sides", side),
                ("scanners", protocol.name), ("centres", (*head.centre, head.radius)),
            ):  # fmt: skip
                content[key].append(value)
    save_arrays(Path(name), **{key: np.array(values) for key, values in content.items()})


def draw_stage_patient(rng: np.random.Generator) -> Any:
    """A patient whose hips have stages 0, I or II."""
    from ...simulate.anatomy.patient import build_patient, draw_patient

    while True:  # a lesion of the drawn size does not fit every head
        right, left = (str(kind) for kind in rng.choice(STAGES, 2, p=(0.32, 0.38, 0.30)))
        try:
            return build_patient(draw_patient(int(2**30 + rng.integers(2**30)), right=right, left=left))
        except InputError:
            continue


def random_protocol(rng: np.random.Generator) -> Any:
    """A T2 protocol, fat-suppressed or not, of one of the study's two scanners with its settings varied."""
    from ...simulate.acquisition.protocols import get_protocol

    scanner = str(rng.choice(["prisma", "ingenia"]))
    plane = str(rng.choice(["coronal", "axial", "sagittal"], p=(0.55, 0.25, 0.20)))
    base = get_protocol(f"{scanner}_{rng.choice(['t2', 't2fs'], p=(0.65, 0.35))}_{plane}")
    around: dict[str, Any] = {
        name: round(float(getattr(base, name) * np.exp(rng.normal(0, spread))), 3)
        for name, spread in (
            ("repetition_time_ms", 0.12), ("echo_time_ms", 0.15), ("pixel_mm", 0.12), ("acquired_mm", 0.12),
            ("bandwidth_hz", 0.2), ("snr", 0.25), ("bias", 0.3), ("scale", 0.5),
        )
    }  # fmt: skip
    return replace(
        base,
        **around,
        slice_mm=round(float(rng.uniform(3.0, 5.5)), 2),
        gap_mm=round(float(rng.uniform(0, 1.2)), 2),
    )


def _read_patient(file: Path) -> StageHips:
    with np.load(file, allow_pickle=False) as stored:
        data = {name: stored[name] for name in stored.files}
    n = len(data["stages"])
    heads = tuple(
        FemoralHead(str(side), as_point(c[:3]), float(c[3]))
        for side, c in zip(data["sides"], data["centres"], strict=True)
    )
    return StageHips(
        data["crops"], data["labels"], np.ones(n, bool), data["stages"], np.array([file.stem] * n), data["sides"],
        np.array(["train"] * n), data["scanners"], heads, np.array([""] * n),
        np.array(["T2 FS" if "t2fs" in str(name) else "T2" for name in data["scanners"]]),
    )  # fmt: skip
