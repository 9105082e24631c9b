"""``onfh train detector --on FOLDER``: the detector further trained on real images whose heads are known.

From one start a network is trained for every fold of the real patients, without those of the fold, half of its volumes
simulated and half real, most of these in a contrast of :mod:`..contrasts`. Each is judged on the patients of its fold, as
they were scanned and in other contrasts. The bundle holds the mean of the folds' weights, as :mod:`..outliner_on_real`
has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.stats import chi2

from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.progress import Progress, part_of
from ONFHAssistLib.evaluate.clusters.proportions import clustered_share
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.segment.detector import Detector, find_heads, load_detector
from ONFHAssistLib.segment.yolox import Yolox3d

from ...simulate.acquisition.randomise import PatientBank, random_volumes
from ...simulate.hybrid.real_hips import RealHead, digest_of, patients_of, read_real_heads
from .. import network_cards
from ..contrasts import JUDGED, in_contrast, marrow_level
from ..detector import DOMAIN, WIDTH, batch_of, detector_loss, prepare, validate
from ..outliner_on_real import folds_of, mean_network, write_folds
from ..starts import caution_of_start, images_after
from ..volumes import Further, Schedule, half_precision_state, train_on_patients
from .real_volumes import real_volumes

REAL_SHARE = 0.5  # of real volumes
NEAR_MM = 12.0  # a box this near to a head has found it
BATCHES_OF_STATISTICS = 60


@dataclass(frozen=True)
class RealDetection:
    """How much is done.

    Attributes:
        start: bundle that every fold starts from.
        patients: simulated; an eighth of them validates.
        steps: of each fold.
        folds: of the real patients.
        seed: of everything.
        credit: the real images in words with their licence, for the model card.
    """

    start: str = "detector-3dc-yolox"
    patients: int = 80
    steps: int = 500
    folds: int = 3
    seed: int = 2030
    credit: str = ""


def train_detector_on_real(
    out: str | Path,
    folder: str | Path,
    plan: RealDetection | None = None,
    work: str | Path = "out/segment",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train the folds, judge each on its own patients, write the bundle of their mean.

    Args:
        out: folder of the bundle; the folds' are ``work``/folds/K/detector-3dc-yolox.
        folder: of :func:`.read_real_heads`; every head that an image shows must be known, since what is not known is
            learned as none.

    Returns:
        ``bundle`` (path), ``metrics``, ``folds`` (patient to fold), ``steps`` and ``caution``, which is "" or what the
        start puts the figures on real images in doubt with.

    Raises:
        InputError: images, heads or a bundle that cannot be used; a start that has learned from one of the images.
    """
    plan, work = plan or RealDetection(), Path(work)
    report = progress or (lambda _share, _text: None)
    heads = read_real_heads(folder)
    fold = folds_of(patients_of(heads), plan.folds)
    before = load_detector(plan.start)
    caution = caution_of_start(bundle_of(before), heads)
    members: list[torch.nn.Module] = []
    log: list[dict[str, float]] = []
    for number in range(plan.folds):
        mine = [head for head in heads if fold[head.patient] != number]
        network, own_log, held = train_on_patients(
            f"detector-from-{bundle_of(before).sha256[:8]}-on-{digest_of(heads)}-fold{number + 1}-of-{plan.folds}",
            build, DOMAIN, prepare, detector_loss, Schedule(plan.steps, learning_rate=7e-4),
            patients=plan.patients, seed=plan.seed, work=work, start=before.network.state_dict(),
            report=part_of(report, 0.85 * number / plan.folds, 0.85 * (number + 1) / plan.folds),
            further=Further(partial(real_volumes, mine), REAL_SHARE),
        )  # fmt: skip
        members.append(network)
        last = log[-1] if log else {"step": 0, "seconds": 0}
        log += [{**row, **{key: row[key] + last[key] for key in ("step", "seconds")}} for row in own_log]
    report(0.87, "Judging")
    network = mean_network(members, _statistics(heads, held, plan.seed), build)
    thresholds, metrics = validate(network, held, plan.seed)
    own = [[head for head in heads if fold[head.patient] == number] for number in range(plan.folds)]
    metrics |= real_figures(list(zip(members, own, strict=True)), thresholds)
    story = network_cards.TrainingHistory(
        simulated=plan.patients - len(held), command=_command(plan), log=log, started_from=before.bundle,
        real=_words(heads, plan), painted=False, caution=caution, images=images_after(before.bundle, heads),
    )  # fmt: skip
    write_folds(work / "folds", fold)
    for number, member in enumerate(members):
        _save(work / "folds" / str(number + 1) / "detector-3dc-yolox", member, metrics, thresholds, story)
    bundle = _save(Path(out), network, metrics, thresholds, story)
    steps = int(log[-1]["step"])
    return {"bundle": str(bundle.path), "metrics": metrics, "folds": fold, "steps": steps, "caution": caution}


def build() -> torch.nn.Module:
    """The detector's network, untrained."""
    return Yolox3d(WIDTH)


def _statistics(heads: Sequence[RealHead], held: PatientBank, seed: int) -> Iterator[torch.Tensor]:
    """Batches as in training, half of them real, for the normalisation."""
    real, simulated = real_volumes(heads, seed + 7), random_volumes(held, seed + 2, DOMAIN)
    rng = np.random.default_rng([seed, 47])
    for _ in range(BATCHES_OF_STATISTICS):
        batch = [*(prepare(sample) for sample in islice(simulated, 2)), *islice(real, 2)]
        yield batch_of(batch, rng)[0]


def real_figures(
    members: Sequence[tuple[torch.nn.Module, Sequence[RealHead]]], thresholds: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """Share of known heads found and boxes elsewhere, whole images as scanned (``real_``) and in each of
    :data:`..contrasts.JUDGED` (``real_CONTRAST_``); intervals by patient.

    Args:
        members: networks with the heads of patients that they did not learn from.
    """
    figures: dict[str, dict[str, float]] = {}
    for name in ("as scanned", *JUDGED):
        found, patients, wrong = [], [], []
        for network, heads in members:
            detector = Detector(network.eval(), thresholds["threshold"], thresholds["prosthesis_threshold"])
            for path in sorted({str(head.path) for head in heads}):
                mine = [head for head in heads if str(head.path) == path]
                hits, others = _judged(mine, name, detector)
                found += hits
                patients += [head.patient for head in mine]
                wrong.append(others)
        prefix = "real_" if name == "as scanned" else f"real_{name.replace(' ', '_')}_"
        share = clustered_share(np.array(found), np.array(patients))
        figures[f"{prefix}sensitivity"] = {"value": share.value, "low": share.low, "high": share.high}
        low, high = _rate(sum(wrong), len(wrong))
        value = sum(wrong) / len(wrong)
        figures[f"{prefix}false_boxes_per_image"] = {"value": value, "low": low, "high": high}
    return figures


def _rate(events: int, images: int) -> tuple[float, float]:
    """Exact 95% interval of events an image, taken as Poisson's (Garwood 1936, Biometrika 28)."""
    low = 0.5 * chi2.ppf(0.025, 2 * events) if events else 0.0
    return float(low) / images, float(0.5 * chi2.ppf(0.975, 2 * events + 2)) / images


def _judged(heads: Sequence[RealHead], contrast: str, detector: Detector) -> tuple[list[bool], int]:
    """Which heads of one image are found, and how many boxes are none of them."""
    image: Image = heads[0].image
    if contrast in JUDGED:
        image = in_contrast(image, marrow_level(image, [head.centre for head in heads]), JUDGED[contrast])
    boxes = [box.centre for box in find_heads(image, detector).heads]
    near = [[float(np.linalg.norm(box - head.centre)) < NEAR_MM for box in boxes] for head in heads]
    return [any(row) for row in near], sum(not any(column) for column in zip(*near, strict=True))


def _save(
    out: Path,
    network: torch.nn.Module,
    metrics: dict[str, dict[str, float]],
    thresholds: Mapping[str, float],
    story: network_cards.TrainingHistory,
) -> Any:
    return save_bundle(
        out,
        network_cards.detector_metadata(metrics, story),
        network_cards.detector_card(metrics, thresholds, story),
        state_dict=half_precision_state(network),
        inference=network_cards.detector_inference(thresholds, WIDTH),
    )


def _words(heads: Sequence[RealHead], plan: RealDetection) -> str:
    credit = f" ({plan.credit})" if plan.credit else ""
    return f"{len(heads)} heads of {len(patients_of(heads))} real patients without known disease of the hips{credit}"


def _command(plan: RealDetection) -> str:
    return (
        f"onfh train detector --on FOLDER --patients {plan.patients} --steps {plan.steps} --folds {plan.folds} "
        f"--seed {plan.seed} --start {Path(plan.start).name} --out BUNDLE"
    )
