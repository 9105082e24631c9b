"""The common weights of a federated training as a candidate of one hospital, judged on its own patients held back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress, no_progress, part_of

from .candidate import Candidate, write_candidate
from .cohort import part_by_patient, read_own_cohort
from .federated import load_weights
from .training import LESSONS, OwnPlan, OwnTraining, cautions, compare_all, judged, usable
from .unseen import contents, mark_images, require_unseen

_KEYS = ("model", "state_dict")  # under which carriers put the weights


def judge_common_weights(
    cohort: str | Path, weights: str | Path, out: str | Path, plan: OwnPlan, progress: Progress | None = None
) -> OwnTraining:
    """Judge the start and the common weights on the hospital's patients held back, and write the candidate.

    Args:
        cohort: the hospital's own, as it was in the federated training. weights: file of :func:`read_weights`.
        out: folder of the candidate.
        plan: model, start, share and seed of the federated training; how long it was is not asked for.

    Raises:
        InputError: a cohort or weights that cannot be used, a start that has learned from one of the patients held back.
    """
    report = progress or no_progress
    own = read_own_cohort(cohort, plan.stages)
    parted = part_by_patient(usable(own, plan.model), plan.held_share, plan.seed)
    marks = mark_images((*parted.learned, *parted.held), part_of(report, 0.0, 0.1))
    lesson = LESSONS[plan.model](plan.start, parted.learned, part_of(report, 0.1, 0.2))
    require_unseen(lesson.bundle, parted, marks)
    networks = lesson.networks()
    if len(networks) != 1:
        raise InputError(f"The {plan.model} is several networks, which are not trained between hospitals.")
    before = judged(lesson, networks, parted.held, part_of(report, 0.2, 0.6))
    load_weights(networks[0], read_weights(weights))
    after = judged(lesson, networks, parted.held, part_of(report, 0.6, 0.95))
    comparisons = compare_all(before, after, plan.seed)
    warnings = cautions(comparisons, lesson.judged_by_outlines)
    learned = tuple(sorted({scan.patient for scan in parted.learned}))
    images = contents(parted.learned, marks)
    command = (
        f"onfh train own {plan.model} --cohort COHORT --weights {Path(weights).name} --held {plan.held_share:.3g} "
        f"--seed {plan.seed} --out CANDIDATE"
    )
    bundle = write_candidate(
        out,
        lesson.bundle,
        lesson.state(networks),
        Candidate(plan.model, learned, images, lesson.hips, comparisons, warnings, None, command),
    )
    held = len({one.patient for one in parted.held})
    return OwnTraining(
        plan.model, str(bundle.path), lesson.bundle.sha256, len(learned), held, lesson.hips, 0, 0.0, comparisons,
        warnings, images, contents(parted.held, marks),
    )  # fmt: skip


def read_weights(path: str | Path) -> Mapping[str, Any]:
    """Tensors by name from a file that torch wrote, by themselves or under "model" as NVIDIA FLARE keeps them.

    Raises:
        InputError: no such file, or one that holds something else; nothing in it is run.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path} does not exist; give the file of the common weights.")
    try:
        stored = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises whatever a damaged file makes it stumble over
        raise InputError(f"{path} holds no weights that can be read safely.") from error
    for key in _KEYS:
        if isinstance(stored, dict) and isinstance(stored.get(key), dict):
            stored = stored[key]
    if not isinstance(stored, dict) or not all(isinstance(value, torch.Tensor) for value in stored.values()):
        raise InputError(f"{path} holds no weights of a network, which are tensors by name.")
    return stored
