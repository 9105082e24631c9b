"""The whole chain on a cohort: every scan read, its heads found, staged, and the heat compared with the outlines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.core.provenance import sha256_of_file
from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import NECROSIS, head_mask
from ONFHAssistLib.stage.answer import I_OR_II
from ONFHAssistLib.stage.head_crop import crop_grid, crop_head
from ONFHAssistLib.stage.heatmaps import (
    CASCADE,
    HeatFacts,
    ensemble_heat,
    map_similarity,
    measure_heat,
    randomise_weights,
)
from ONFHAssistLib.stage.stager import STAGES, Stager, as_head, stage_hips
from ONFHAssistLib.stage.stager import network_input as input_of

from .data import HELD_OUT_SCANNER, head_of, read_rows

if TYPE_CHECKING:
    import torch

    from ONFHAssistLib.stage.muldensenet import MulDenseNet

SETS = {  # name -> split, image column
    "internal": ("test", "image"),
    "validation": ("validation", "image"),
    "external": ("external", "image"),
    "unseen scanner": ("external", "image_unseen_scanner"),
}
HEAT_COLUMNS = (
    "volume_ml",
    "surface_mm2",
    "overlap",
    "necrosis_covered",
    "mass_in_head",
    "peak_to_necrosis_mm",
)
NEAR_MM = 5.0


def evaluate_cohort(
    cohort: str | Path,
    stager: Stager,
    sets: Iterable[str] = tuple(SETS),
    detect: bool = True,
    heatmaps: bool = True,
    progress: Progress | None = None,
    *,
    unseen: bool = False,
    work: str | Path | None = None,
) -> pd.DataFrame:
    """One row a hip of each set: truth, answer, distance, heat.

    Args:
        cohort: folder with ``cohort.csv``.
        sets: of :data:`SETS`; sets without hips are left out.
        detect: find the heads with the detector; False takes the table's.
        heatmaps: also make and measure them (needs ``segmentation``).
        unseen: nothing was trained or set on this cohort, so that all its patients but the external ones are internal
            test patients, whatever its column ``split`` says.
        work: folder that keeps found heads and answers, a file a scan, so that a run that was stopped goes on.

    Returns:
        Columns ``set``, ``case``, ``side``, ``scanner``, ``truth``, ``called`` (empty where not staged), ``p_0``,
        ``p_I``, ``p_II``, ``uncertainty``, ``distance``, ``problem``, ``centre_error_mm``,
        ``head_mean``, ``head_relative`` (mean grey value of the outlined head, and that over the image's upper median)
        and those of :data:`HEAT_COLUMNS`.
    """
    rows = read_rows(cohort)
    folder = Path(cohort) if Path(cohort).is_dir() else Path(cohort).parent
    jobs = []
    for name in sets:
        split, column = SETS[name]
        by_image: dict[str, list[dict[str, str]]] = {}
        for row in rows:
            found_in = "test" if unseen and row["split"] != "external" else row["split"]
            if found_in == split and row.get(column):
                by_image.setdefault(row[column], []).append(row)
        jobs += [(name, column, image, sharing) for image, sharing in by_image.items()]
    if not jobs:
        raise InputError(f"The cohort {cohort} has no test, validation or external patients to judge.")
    cache = EvaluationCache(work, cohort, stager, detect)
    found = []
    for done, (name, column, image, sharing) in enumerate(jobs):
        if progress:
            progress(done / len(jobs), f"{name}: {sharing[0]['case']}")
        scanner = HELD_OUT_SCANNER if column == "image_unseen_scanner" else sharing[0].get("scanner", "")
        rows_of_scan = cache.results(
            image,
            partial(_evaluate_scan, folder, image, sharing, stager, cache, heatmaps),
        )
        found += [{"set": name, "scanner": scanner, **row} for row in rows_of_scan]
    return pd.DataFrame(found)


class EvaluationCache:
    """Heads and answers of a cohort's scans, from the folder of an earlier run or computed and put there.

    They hold for one table of the cohort, one detector and one stager; others get folders of their own.
    """

    def __init__(self, work: str | Path | None, cohort: str | Path, stager: Stager, detect: bool) -> None:
        from ONFHAssistLib.segment.detector import load_detector

        self.detector = load_detector() if detect else None
        self.heads_folder = self.results_folder = None
        if work is None or stager.bundle is None:
            return
        table = Path(cohort) / "cohort.csv" if Path(cohort).is_dir() else Path(cohort)
        source = sha256_of_file(table)[:12]
        found_by = self.detector.bundle.sha256[:12] if self.detector and self.detector.bundle else "table"
        self.heads_folder = Path(work) / "heads" / f"{source}-{found_by}"
        self.results_folder = Path(work) / "answers" / f"{source}-{found_by}-{stager.bundle.sha256[:12]}"

    def heads(self, name: str, image: Image) -> list[FemoralHead] | None:
        """Heads that the detector sees; None where the cohort's own are to be taken."""
        if self.detector is None:
            return None
        from ONFHAssistLib.segment.detector import find_heads

        def detect() -> list[dict[str, Any]]:
            heads = (as_head(head) for head in find_heads(image, self.detector).heads)
            return [asdict(head) for head in heads]

        rows = _cached_rows(self.heads_folder, name, detect)
        return [
            FemoralHead(row["side"], as_point(row["centre"]), row["radius"], row["score"]) for row in rows
        ]

    def results(self, name: str, evaluate: Callable[[], Iterable[dict[str, Any]]]) -> list[dict[str, Any]]:
        """Rows of a scan."""
        return _cached_rows(self.results_folder, name, evaluate)


def _cached_rows(
    folder: Path | None, name: str, make: Callable[[], Iterable[dict[str, Any]]]
) -> list[dict[str, Any]]:
    file = None if folder is None else folder / (name.replace("/", "_") + ".json")
    if file is not None and file.is_file():
        return json.loads(file.read_text(encoding="utf-8"))["rows"]
    rows = list(make())
    if file is not None:
        write_json(file, {"rows": rows})
    return rows


def _evaluate_scan(
    folder: Path,
    name: str,
    rows: list[dict[str, str]],
    stager: Stager,
    cache: EvaluationCache,
    heatmaps: bool,
) -> Iterable[dict[str, Any]]:
    image = read_image(folder / name)
    if "sequence" not in image.metadata:
        image = _with_protocol_metadata(image)
    outline = rows[0].get("segmentation")
    labels = read_mask(folder / outline) if outline else None
    if labels is not None and not labels.same_grid(image):  # another scan of the same patient
        labels = labels.resampled_to(image, "nearest")
    true = {row["side"]: head_of(row) for row in rows}
    found = cache.heads(name, image)
    heads = true if found is None else {head.side: head for head in found if head.side in true}
    staging = stage_hips(image, heads.values(), stager, heatmaps) if heads else None
    results = {hip.head.side: hip for hip in staging.hips} if staging else {}
    for row in rows:
        side = row["side"]
        hip = results.get(side)
        result: dict[str, Any] = {
            "case": row["case"], "side": side, "truth": row["ficat_arlet_stage"], "called": "",
            "problem": "The detector found no head." if hip is None else hip.problem or "",
        }  # fmt: skip
        result |= _brightness(image, labels, side)
        if hip is not None and hip.probabilities is not None and hip.distance is not None:
            result |= {
                "called": hip.stage,
                **{f"p_{stage}": hip.probabilities[stage] for stage in STAGES},
                "uncertainty": hip.uncertainty,
                "distance": hip.distance,
                "centre_error_mm": float(np.linalg.norm(np.subtract(hip.head.centre, true[side].centre))),
            }
            if hip.heatmap is not None:
                facts = _heat_facts(hip.heatmap, labels, side)
                result |= {key: getattr(facts, key) for key in HEAT_COLUMNS}
        yield result


def _with_protocol_metadata(image: Image) -> Image:
    """A cohort's NIfTI files do not state what they are; the cohort's protocol does."""
    return image.like(image.array, modality="MR", sequence="T2")


def _brightness(image: Image, labels: Image | None, side: str) -> dict[str, float]:
    if labels is None:
        return {}
    mask = head_mask(labels.array, side)
    if not mask.any():
        return {}
    mean = float(image.array[mask].mean())
    bright = image.array[image.array > np.percentile(image.array, 60)]
    return {"head_mean": mean, "head_relative": mean / max(float(np.median(bright)), 1e-6)}


def _heat_facts(heat: Image, labels: Image | None, side: str) -> HeatFacts:
    if labels is None:
        return measure_heat(heat)
    return measure_heat(heat, head_mask(labels.array, side), labels.array == NECROSIS[side])


def intensity_baseline(table: pd.DataFrame) -> dict[str, float]:
    """Macro AUC of thresholding the head's mean grey value (the better direction for each stage), raw and relative."""
    from ONFHAssistLib.evaluate.binary.discrimination import auc

    result = {}
    for column in ("head_mean", "head_relative"):
        known = table[table[column].notna()]
        areas = []
        for stage in STAGES:
            outcome = (known["truth"] == stage).to_numpy().astype(int)
            if 0 < outcome.sum() < len(outcome):
                area = float(auc(outcome, known[column].to_numpy()))
                areas.append(max(area, 1 - area))
        result[column] = float(np.mean(areas)) if areas else float("nan")
    return result


def heat_summary(table: pd.DataFrame) -> dict[str, float]:
    """Of true-positive hips (rightly staged, or "I or II"): mean mass in the head, share with 70% of it, peaks near."""
    given = (table["called"] == table["truth"]) | (table["called"] == I_OR_II)
    right = table[given & table["truth"].isin(("I", "II"))]
    if "mass_in_head" not in right or right["mass_in_head"].isna().all():
        return {"hips": 0}
    right = right[right["mass_in_head"].notna()]
    return {
        "hips": len(right),
        "mass_in_head": float(right["mass_in_head"].mean()),
        "share_with_70_percent": float((right["mass_in_head"] >= 0.7).mean()),
        "peak_within_5_mm": float((right["peak_to_necrosis_mm"] <= NEAR_MM).mean()),
        "dice": float(right["overlap"].mean()),
        "necrosis_covered": float(right["necrosis_covered"].mean()),
    }


@dataclass(frozen=True)
class Randomisation:
    """Heatmaps of trained and of re-initialised networks on the same hips (Adebayo et al. 2018, NeurIPS).

    Attributes:
        facts: ``hips``, ``ssim`` and ``rank_correlation`` (means against networks with all weights new),
            ``ssim_between_members`` (mean between two trained members, for scale).
        cascade: mean SSIM with the weights from the answer down to each part new (:data:`.heatmaps.CASCADE`).
        examples: (crop, heat, heat of new weights, caption) of the first hips, for the figure.
    """

    facts: dict[str, float]
    cascade: dict[str, float]
    examples: list[tuple[np.ndarray, np.ndarray, np.ndarray, str]]


def randomisation_test(
    cohort: str | Path,
    stager: Stager,
    hips: int = 12,
    seed: int = 0,
    split: str = "validation",
    shown: int = 5,
) -> Randomisation:
    """Compare the heat of hips with osteonecrosis with that of networks whose weights are random.

    Raises:
        InputError: the cohort has no such hip.
    """
    folder = Path(cohort) if Path(cohort).is_dir() else Path(cohort).parent
    rows = [r for r in read_rows(cohort) if r["split"] == split and r["ficat_arlet_stage"] != "0"][:hips]
    if not rows:
        raise InputError(
            f"The cohort {cohort} has no {split} hip with osteonecrosis for the randomisation check."
        )
    members = stager.network.networks
    fresh = {
        part: [randomise_weights(member, seed + number, part) for number, member in enumerate(members)]
        for part in CASCADE
    }
    similarity: dict[str, list[dict[str, float]]] = {part: [] for part in CASCADE}
    between: list[float] = []
    examples: list[Any] = []
    for row in rows:
        x = crop_input(read_image(folder / row["image"]), head_of(row), stager)
        found = randomisation_test_of_hip(
            members, fresh, x, STAGES.index(row["ficat_arlet_stage"]), stager.heat
        )
        for part, facts in found.similarity.items():
            similarity[part].append(facts)
        between.append(found.similarity_of_members)
        if len(examples) < shown:
            caption = f"{row['case']} {row['side']}, stage {row['ficat_arlet_stage']}"
            examples.append((x[0, 0].numpy(), found.heat, found.random_heat, caption))
    whole = similarity["stem"]
    facts = {
        "hips": len(rows),
        "ssim": float(np.mean([a["ssim"] for a in whole])),
        "rank_correlation": float(np.mean([a["rank_correlation"] for a in whole])),
        "ssim_between_members": float(np.mean(between)),
    }
    cascade = {part: float(np.mean([a["ssim"] for a in found])) for part, found in similarity.items()}
    return Randomisation(facts, cascade, examples)


@dataclass(frozen=True)
class HipRandomisation:
    """Of one hip: heat, heat of wholly new weights, likeness a part, SSIM between the first two members (or NaN)."""

    heat: np.ndarray
    random_heat: np.ndarray
    similarity: dict[str, dict[str, float]]
    similarity_of_members: float


def randomisation_test_of_hip(
    members: list[MulDenseNet],
    fresh: Mapping[str, list[MulDenseNet]],
    x: torch.Tensor,
    stage: int,
    heat: tuple[str, str],
) -> HipRandomisation:
    """Compare the heat of one hip, (1, 1, 32, 112, 64), with that of partly and wholly new weights."""
    own = ensemble_heat(members, x, stage, *heat)
    maps = {part: ensemble_heat(networks, x, stage, *heat) for part, networks in fresh.items()}
    between = float("nan")
    if len(members) > 1:
        between = map_similarity(*(ensemble_heat([member], x, stage, *heat) for member in members[:2]))[
            "ssim"
        ]
    similarity = {part: map_similarity(own, other) for part, other in maps.items()}
    return HipRandomisation(own, maps["stem"], similarity, between)


def crop_input(image: Image, head: FemoralHead, stager: Stager) -> Any:
    """A hip as the networks take it, (1, 1, 32, 112, 64)."""
    return input_of(crop_head(image, crop_grid(head, stager.margin)), stager.window)
