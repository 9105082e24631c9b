"""Hips of every contrast for the stager: random volumes of simulated patients, and real hips with painted disease.

A stager that knows the sequences of two scanners reads the third one's by chance. Here it sees each simulated hip in many
contrasts, spin echoes of every kind and some that no scanner makes, and real T1 hips beside them, so that it is blind to
the sequence. What is painted into a real hip is necrosis without a stage: whether I or II is not told by what is painted,
so that only their sum is learned from (:data:`.data.UNDECIDED`). Heads are cut where an outline would put them, not where
they exactly are.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS

from ...simulate.acquisition.domain import Domain
from ...simulate.hybrid.lesions import draw_kind, draw_plan
from ...simulate.hybrid.paint import paint_head, paste
from ...simulate.hybrid.real_hips import RealHead, digest_of
from .data import STAGES, UNDECIDED, StageHips, concatenate_hips, crop_hip, save_arrays

VARIED = "varied"  # the sequence of a hip that is a random contrast
DOMAIN = Domain(
    size=(88,) * 3, spacing_mm=(0.95, 1.08), around="head", wander_mm=1.0, rotation_deg=8.0, thick_mm=(1.0, 6.0),
    in_plane_mm=(0.5, 1.4), warp_mm=0.6, physics=0.75, mirror=0.3, tight=0.15, tightest=0.12, masses=0.2,
)  # fmt: skip
OUTLINE_ERROR_MM, OUTLINE_ERROR = 0.8, 0.025  # of the centre, and of the radius as a share
KINDS = ("0", "I", "II", "IIIA", "transient osteoporosis", "insufficiency fracture", "subchondral cyst")
KIND_SHARES = (0.28, 0.26, 0.21, 0.05, 0.08, 0.06, 0.06)
GREY = 1000.0  # of the brightest in a random volume, as whole numbers
SPACING_MM = 1.25  # of the simulated patients


def varied_hips(
    patients: int, views: int, seed: int, work: str | Path, workers: int = 1, progress: Progress | None = None
) -> StageHips:
    """Both hips of simulated patients in ``views`` random contrasts each; kept in ``work`` between runs."""
    folder = Path(work) / VARIED
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"patient-{seed}-{views}-{number:04d}.npz" for number in range(patients)]
    jobs = [(seed, number, views, str(file)) for number, file in enumerate(files) if not file.is_file()]
    _work_off(_write_patient, jobs, workers, progress)
    return concatenate_hips(_read(file, VARIED) for file in files)


def hybrid_hips(
    heads: Sequence[RealHead], views: int, seed: int, work: str | Path, progress: Progress | None = None
) -> StageHips:
    """Real heads, each ``views`` times with other disease or none painted in; kept in ``work`` between runs."""
    folder = Path(work) / "real"
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for number, head in enumerate(heads):
        file = folder / f"{head.patient}-{head.side}-{digest_of([head])}-{seed}-{views}.npz"
        if progress:
            progress(number / len(heads), f"Painting {head.patient}, side {head.side}")
        if not file.is_file():
            _write_head(file, head, views, np.random.default_rng([seed, number, 91]))
        parts.append(_read(file, head.sequence, head.patient))
    return concatenate_hips(parts)


def _work_off(task: Any, jobs: list[tuple], workers: int, progress: Progress | None) -> None:
    def told(done: int) -> None:
        if progress:
            progress(done / max(len(jobs), 1), f"Patient {done} of {len(jobs)}")

    if workers > 1 and len(jobs) > 1:
        with ProcessPoolExecutor(workers) as pool:
            for done, _ in enumerate(pool.map(task, jobs), 1):
                told(done)
        return
    for done, job in enumerate(jobs, 1):
        task(job)
        told(done)


def _write_patient(job: tuple[int, int, int, str]) -> None:
    from ...simulate.acquisition.randomise import PatientBank, random_volumes

    seed, number, views, name = job
    rng = np.random.default_rng([seed, number, 89])
    bank = PatientBank([_draw_patient(rng)])
    volumes = random_volumes(bank, int(rng.integers(2**31)), DOMAIN)
    rows: list[dict[str, Any]] = []
    while len(rows) < 2 * views:
        sample = next(volumes)
        middle = sample.image.index_to_point(0.5 * (np.array(sample.image.size) - 1))
        joint = min(sample.joints, key=lambda j: float(np.linalg.norm(j.centre - middle)))
        if joint.replaced or not np.isin(sample.labels.array, (HEAD[joint.side], NECROSIS[joint.side])).any():
            continue
        image = sample.image.like(np.asarray(sample.image.array * np.float32(GREY)))
        rows.append(
            _row(image, sample.labels, joint.side, joint.centre, joint.radius, STAGES.index(joint.stage), rng)
        )
    _save(Path(name), rows)


def _draw_patient(rng: np.random.Generator) -> Any:
    """A patient with the case mix of :data:`KINDS`; a lesion of the drawn size does not fit every head."""
    from ...simulate.anatomy.patient import build_patient, draw_patient

    while True:
        right, left = (str(kind) for kind in rng.choice(KINDS, 2, p=KIND_SHARES))
        try:
            drawn = draw_patient(int(2**30 + rng.integers(2**30)), right=right, left=left)
            return build_patient(drawn, SPACING_MM)
        except InputError:
            continue


def _write_head(file: Path, head: RealHead, views: int, rng: np.random.Generator) -> None:
    rows = []
    for _ in range(views):
        kind = draw_kind(rng)
        painted = paint_head(
            head.image, head.side, head.centre, head.radius, draw_plan(rng, kind), rng, head.sequence
        )
        labels = np.zeros(head.image.array.shape, np.uint8)
        part = Image(painted.labels, painted.image.spacing, painted.image.origin, painted.image.direction)
        where = tuple(slice(c, c + n) for c, n in zip(painted.corner[::-1], part.array.shape, strict=True))
        labels[where] = np.array([0, HEAD[head.side], NECROSIS[head.side]], np.uint8)[part.array]
        stage = UNDECIDED if kind == "necrosis" else 0
        image = paste(head.image, painted)
        rows.append(_row(image, head.image.like(labels), head.side, head.centre, head.radius, stage, rng))
    _save(file, rows)


def _row(
    image: Image,
    labels: Image,
    side: str,
    centre: np.ndarray,
    radius: float,
    stage: int,
    rng: np.random.Generator,
) -> dict[str, Any]:
    centre = np.asarray(centre, float) + rng.normal(0, OUTLINE_ERROR_MM, 3)
    radius = float(radius * np.exp(rng.normal(0, OUTLINE_ERROR)))
    crop, marked = crop_hip(image, labels, FemoralHead(side, as_point(centre), radius))
    return {"crops": crop, "labels": marked, "stages": stage, "sides": side, "heads": (*centre, radius)}


def _save(file: Path, rows: list[dict[str, Any]]) -> None:
    save_arrays(file, **{name: np.array([row[name] for row in rows]) for name in rows[0]})


def _read(file: Path, sequence: str, patient: str = "") -> StageHips:
    with np.load(file, allow_pickle=False) as stored:
        data = {name: stored[name] for name in stored.files}
    count = len(data["stages"])
    heads = tuple(
        FemoralHead(str(side), as_point(row[:3]), float(row[3]))
        for side, row in zip(data["sides"], data["heads"], strict=True)
    )
    return StageHips(
        data["crops"], data["labels"], np.ones(count, bool), data["stages"],
        np.array([patient or file.stem] * count), data["sides"], np.array(["train"] * count),
        np.array([VARIED] * count), heads, np.array([""] * count),
        data["sequences"] if "sequences" in data else np.array([sequence] * count),
    )  # fmt: skip


# named protocols, for tests only --------------------------------------------------------------------------


def protocol_hips(
    patients: int, seed: int, work: str | Path, workers: int = 1, progress: Progress | None = None
) -> StageHips:
    """Both hips of simulated patients, each scanned by three protocols of named scanners; kept in ``work``."""
    folder = Path(work) / "protocols"
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"patient-{seed}-{number:04d}.npz" for number in range(patients)]
    jobs = [(seed, number, str(file)) for number, file in enumerate(files) if not file.is_file()]
    _work_off(_write_scans, jobs, workers, progress)
    return concatenate_hips(_read(file, "") for file in files)


def _write_scans(job: tuple[int, int, str]) -> None:
    from ...simulate.acquisition.mri import acquire, truth_labels
    from ...simulate.acquisition.protocols import PROTOCOLS

    seed, number, name = job
    rng = np.random.default_rng([seed, number, 87])
    patient = _draw_patient(rng)
    rows = []
    for protocol in rng.choice(sorted(PROTOCOLS), 3, replace=False):
        image = acquire(patient, str(protocol), seed=int(rng.integers(2**31)))
        labels = truth_labels(patient, image)
        for side in ("R", "L"):
            truth = patient.truth[side]
            stage = STAGES.index(truth["stage"])
            row = _row(image, labels, side, np.array(truth["centre"]), float(truth["radius"]), stage, rng)
            rows.append(row | {"sequences": PROTOCOLS[str(protocol)].sequence})
    _save(Path(name), rows)
