"""Hips for the models of early osteonecrosis: simulated, real, and real with painted disease, read at outlined heads.

A patient's head is not known to a hospital's computer: it is what the outliner draws. So every hip here has the features
of the head that the shipped networks find and outline, never of the true one. A simulated patient of the DLR plan
(:func:`...simulate.plans.plan_case`: faint stage I, look-alikes among the healthy) is scanned twice, by fat-suppressed T2
and by one of the other sequences; every sixth by a scanner that no training sees. Scans and features stay in the work
folder, the features by the networks that outlined them, so that new networks read the same scans anew. The networks are
the same for all patients: of those that they learned from, they may outline the heads better than a stranger's.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.atomic_files import atomic_file, write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.parallel import map_unordered
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.imaging.image import Image

from ...simulate.acquisition.protocols import PLANES, PROTOCOLS
from ...simulate.hybrid.real_hips import RealHead, digest_of, patients_of, read_real_heads
from ...simulate.plans import DLR_SCANNERS, FAINTNESS, LOOK_ALIKE_SHARE, STUDY_SIZES, plan_case

PRESET = "dlr-mri"
SIMULATED, REAL, PAINTED = "simulated", "real", "painted"
UNSEEN = "signa"  # the scanner of every sixth simulated patient, whom no model learns from
EVERY = 6
OTHERS = {"T1": 0.4, "T2": 0.2, "STIR": 0.2, "PD FS": 0.2}  # of the second scan
PLANE_SHARES = (0.7, 0.2, 0.1)  # coronal, axial, sagittal
NEAR = 0.5  # radii between a true head and the outlined one that is taken for it


@dataclass(frozen=True)
class Scan:
    """An image, and what is known of the hips in it: one mapping a hip, with ``side``, ``centre`` and ``radius``."""

    name: str
    image: Image
    hips: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Source:
    """One patient whose scans can be made: a simulated one by number, or a real one, as is (copy 0) or painted."""

    kind: str
    number: int
    copy: int
    seed: int
    folder: str
    name: str


def sources(folder: str | Path, patients: int, painted: int, seed: int) -> list[Source]:
    """The patients of a cohort; a smaller one is the beginning of a larger one.

    Args:
        folder: of the real hips. patients: simulated. painted: images with disease of every real patient.
    """
    heads = _heads(str(folder))
    hardness = f"{LOOK_ALIKE_SHARE:g}-{FAINTNESS:g}"
    found = [
        Source(SIMULATED, number, 0, seed, "", f"simulated-{seed}-{hardness}-{number:04d}")
        for number in range(patients)
    ]
    for number, name in enumerate(patients_of(heads)):
        own = digest_of([head for head in heads if head.patient == name])
        for copy in range(painted + 1):
            kind = PAINTED if copy else REAL
            tag = f"{kind}-{name}-{own}" + (f"-{seed}-{copy:03d}" if copy else "")
            found.append(Source(kind, number, copy, seed, str(folder), tag))
    return sorted(found, key=lambda one: (one.kind == SIMULATED, one.copy))


def outlined_hips(
    chosen: Sequence[Source], work: str | Path, workers: int = 1, progress: Progress | None = None
) -> pd.DataFrame:
    """The hips of these patients, each a row: what is known of it, ``found`` and its features.

    Args:
        work: keeps scans and features. workers: processes.

    Returns:
        Columns ``case``, ``side``, ``patient``, ``kind``, ``sequence``, ``scanner``, ``plane``, ``early_onfh``,
        ``stage``, ``shows`` (a look-alike, or ""), ``necrosis_ml``, ``found``, and the features, which are missing
        where the head was not found.
    """
    work = Path(work)
    folder = work / f"features-{_networks_digest()}"
    folder.mkdir(parents=True, exist_ok=True)
    waiting = [one for one in chosen if not (folder / f"{one.name}.json").is_file()]
    with map_unordered(_write_features, waiting, (str(work), str(folder)), workers, None) as done:
        for number, (_source, problem) in enumerate(done, 1):
            if problem:
                raise InputError(problem)
            if progress:
                progress(number / len(waiting), f"Patient {number} of {len(waiting)}")
    rows = []
    for one in chosen:
        rows += json.loads((folder / f"{one.name}.json").read_text(encoding="utf-8"))
    return pd.DataFrame(rows)


def _networks_digest() -> str:
    """Eight digits of what reads a head: detector, outliner, preset and backbone."""
    import hashlib

    from ONFHAssistLib.extract.deep import load_backbone
    from ONFHAssistLib.extract.presets import load_preset
    from ONFHAssistLib.segment.detector import load_detector
    from ONFHAssistLib.segment.outliner import load_outliner

    parts = [bundle_of(load_detector()).sha256, bundle_of(load_outliner()).sha256]
    parts += [load_preset(PRESET).sha256, load_backbone().sha256]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:8]


def _write_features(source: Source, work: str, folder: str) -> str:
    """Scan, outline and read a patient; the sentence of what is wrong, or ""."""
    import torch

    torch.set_num_threads(1)
    path = Path(work) / "scans" / f"{source.name}.npz"
    try:
        if not path.is_file():
            write_scans(path, scans_of(source))
        rows = [row for scan in read_scans(path) for row in read_hips(scan)]
    except InputError as error:
        return f"{source.name}: {error}"
    write_text(Path(folder) / f"{source.name}.json", json.dumps(rows))
    return ""


def read_hips(scan: Scan) -> list[dict[str, Any]]:
    """Outline the heads of a scan as the product does, and read each known hip at the outline that lies where it is."""
    from ONFHAssistLib.case.features import deep_features, extract_hips
    from ONFHAssistLib.segment.pipeline import segment_hips

    try:
        found = segment_hips(scan.image).segmentation
    except InputError:  # no head is seen at all
        return [_known(hip) | {"case": scan.name, "found": False} for hip in scan.hips]
    failures: dict[str, str] = {}
    radiomics = extract_hips(scan.image, found.labels, PRESET, failures=failures)
    deep = deep_features(scan.image, found.labels, tuple(radiomics))
    rows = []
    for hip in scan.hips:
        near = [
            head
            for head in found.heads
            if head.side == hip["side"]
            and np.linalg.norm(np.subtract(head.centre, hip["centre"])) < NEAR * hip["radius"]
        ]
        row = _known(hip) | {"case": scan.name, "found": bool(near) and hip["side"] in radiomics}
        if row["found"]:
            row |= {**radiomics[hip["side"]].features, **deep[hip["side"]].features}
        rows.append(row)
    return rows


def _known(hip: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in hip.items() if name not in ("centre", "radius")}


# scans ----------------------------------------------------------------------------------------------------------


def scans_of(source: Source) -> list[Scan]:
    """The scans of a patient."""
    return _simulated(source) if source.kind == SIMULATED else [_on_real(source)]


@lru_cache(maxsize=1)
def _heads(folder: str) -> tuple[RealHead, ...]:
    return read_real_heads(folder)


def _on_real(source: Source) -> Scan:
    from ...simulate.hybrid.lesions import LOOK_ALIKES
    from ...simulate.hybrid.patients import paint_patient

    heads = _heads(source.folder)
    name = patients_of(heads)[source.number]
    mine = [head for head in heads if head.patient == name]
    paths = sorted({head.path for head in mine})
    mine = [head for head in mine if head.path == paths[source.copy % len(paths)]]
    base = {"patient": name, "kind": source.kind, "sequence": mine[0].sequence, "scanner": REAL, "plane": ""}
    image, hips = mine[0].image, []
    if source.kind == PAINTED:
        image, painted = paint_patient(
            mine, np.random.default_rng([source.seed, source.number, source.copy, 61])
        )
        for head, one in painted:
            dead = int((one.fields.labels() == 2).sum()) * one.fields.grid.voxel_volume_ml
            shows = one.plan.kind if one.plan.kind in LOOK_ALIKES else ""
            hips.append((head, {"early_onfh": int(dead > 0), "shows": shows, "necrosis_ml": round(dead, 3)}))
    else:
        hips = [(head, {"early_onfh": 0, "shows": "", "necrosis_ml": 0.0}) for head in mine]
    rows = [
        {
            "side": head.side,
            "centre": head.centre.tolist(),
            "radius": head.radius,
            "stage": "",
            **base,
            **facts,
        }
        for head, facts in hips
    ]
    return Scan(source.name, image, tuple(rows))


def _simulated(source: Source) -> list[Scan]:
    from ...simulate.acquisition.mri import acquire
    from ...simulate.cohort import build_planned

    size = STUDY_SIZES["dlr"]
    seed = source.seed + source.number // size  # a cohort larger than the study's is several of them
    plan = plan_case("dlr", source.number % size, size, seed)
    patient = build_planned(plan, "dlr", seed)
    rng = np.random.default_rng([seed, plan.number, 62])
    scanner = str(rng.choice(list(DLR_SCANNERS), p=list(DLR_SCANNERS.values())))
    scanner = UNSEEN if source.number % EVERY == EVERY - 1 else scanner
    other = str(rng.choice(list(OTHERS), p=list(OTHERS.values())))
    plane = str(rng.choice(PLANES, p=PLANE_SHARES))
    second = scanner if scanner != "dlr" else str(rng.choice(["prisma", "ingenia"]))
    first = plan.images["t2fs"] if scanner != UNSEEN else f"{UNSEEN}_t2fs_coronal"
    names = (first, f"{second}_{other.lower().replace(' ', '')}_{plane}")
    scans = []
    for letter, name in zip("ab", names, strict=True):
        protocol = PROTOCOLS[name]
        facts = {"patient": source.name, "kind": SIMULATED, "sequence": protocol.sequence, "scanner": name.split("_")[0],
                 "plane": protocol.plane}  # fmt: skip
        hips = [
            facts | _truth(patient, side) for side in ("R", "L") if patient.truth[side]["centre"] is not None
        ]
        image = acquire(patient, protocol, int(rng.integers(2**31)))
        scans.append(Scan(f"{source.name}{letter}", image, tuple(hips)))
    return scans


def _truth(patient: Any, side: str) -> dict[str, Any]:
    truth, hip = patient.truth[side], patient.parameters.hip(side)
    return {
        "side": side,
        "centre": list(truth["centre"]),
        "radius": float(truth["radius"]),
        "early_onfh": int(hip.necrotic),
        "stage": hip.stage,
        "shows": "" if hip.necrotic else _shown(hip, patient.parameters.red_marrow),
        "necrosis_ml": round(float(truth.get("necrosis_ml", 0.0)), 3),
    }


def _shown(hip: Any, red_marrow: float) -> str:
    """What a hip without osteonecrosis shows that may be taken for it."""
    if hip.look_alike:
        return str(hip.look_alike)
    for what, there in (
        ("arthrosis", hip.arthrosis),
        ("bone island", hip.bone_islands),
        ("red marrow", red_marrow >= 0.7),
    ):
        if there:
            return what
    return ""


def write_scans(path: Path, scans: Sequence[Scan]) -> None:
    """Keep the scans of a patient, in whole grey values."""
    arrays: dict[str, Any] = {}
    facts = []
    for number, scan in enumerate(scans):
        image = scan.image
        arrays[f"image{number}"] = np.clip(np.rint(image.array), -32768, 32767).astype(np.int16)
        grid = (image.spacing, image.origin, image.direction)
        facts.append({"name": scan.name, "grid": grid, "metadata": dict(image.metadata), "hips": scan.hips})
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_file(path) as part, part.open("wb") as handle:
        np.savez(handle, facts=json.dumps(facts), **arrays)


def read_scans(path: Path) -> list[Scan]:
    """What :func:`write_scans` kept."""
    scans = []
    with np.load(path, allow_pickle=False) as stored:
        facts = json.loads(str(stored["facts"]))
        for number, one in enumerate(facts):
            spacing, origin, direction = (tuple(values) for values in one["grid"])
            array = stored[f"image{number}"].astype(np.float32)
            image = Image(array, spacing, origin, direction, one["metadata"])
            scans.append(Scan(one["name"], image, tuple(one["hips"])))
        return scans
