"""The worker's task on robustness; its module is apart so that only this task pays for pandas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from ..core.progress import Progress
from ..imaging.labels import hip_hashes
from .tasks import image_of

COLUMNS = ("icc", "low", "high")


def feature_robustness(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Features of each outlined hip as they are, and how far they depend on position and outline.

    Args:
        arguments: ``image``, ``labels``, ``preset``, ``engine``, ``perturbations`` and ``seed``; optionally ``outlines``,
            the hashes by side where the outlines are finer than these labels.

    Returns:
        ``radiomics`` (side to the fields of a :class:`.radiomics.RadiomicsResult`), ``failures`` (side to a sentence) and
        ``outlines`` (hash of the outlines); ``robustness``: ``icc``, ``low``, ``high`` (feature to number or None) and
        ``variation`` (side to the same); ``surviving`` (names), ``record`` and ``seconds``.
    """
    from ..extract.radiomics import DEFAULT_ENGINE
    from ..extract.robustness import feature_robustness as repeat

    image, labels = image_of(arguments["image"]), image_of(arguments["labels"])
    found = repeat(
        [("", lambda: (image, labels))],
        arguments["preset"],
        int(arguments["perturbations"]),
        int(arguments.get("seed", 0)),
        engine=arguments.get("engine") or DEFAULT_ENGINE,
        progress=progress,
    )
    return {
        "radiomics": {side: asdict(result) for side, result in found.unperturbed.items()},
        "failures": dict(found.failures),
        "outlines": arguments.get("outlines") or hip_hashes(labels.array),
        "robustness": {
            **{name: _numbers(found.table[name]) for name in COLUMNS},
            "variation": {side: _numbers(found.variation[side]) for side in found.variation.columns},
        },
        "surviving": found.surviving,
        "record": dict(found.record),
        "seconds": found.seconds,
    }


def _numbers(column: Any) -> dict[str, float | None]:
    """JSON has no NaN."""
    return {str(name): float(value) if np.isfinite(value) else None for name, value in column.items()}
