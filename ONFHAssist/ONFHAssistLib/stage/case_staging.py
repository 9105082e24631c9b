"""The hips of a case staged: answers, what speaks against them, and their heatmaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..core.progress import Progress
from ..core.provenance import provenance
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from ..imaging.labels import NECROSIS, head_mask
from .answer import StageAnswer
from .heatmaps import measure_heat
from .stager import StagedHip, Stager, stage_hips

KeepHeat = Callable[[str, Image], str]  # side and heatmap -> the file that it was written to


@dataclass(frozen=True)
class CaseStaging:
    """Both hips.

    Attributes:
        answers: side to answer. problems: side to why a hip was not staged.
        out_of_scope: sentences; empty where the image is like those of the training.
        warnings: what the reader should know.
        statement: what the stager learned from.
        provenance: input, bundle, software, time.
    """

    answers: Mapping[str, StageAnswer]
    problems: Mapping[str, str]
    out_of_scope: tuple[str, ...]
    warnings: tuple[str, ...]
    statement: str
    provenance: Mapping[str, str]


def stage_case(
    image: Image,
    heads: Iterable[FemoralHead],
    stager: Stager,
    keep_heat: KeepHeat,
    labels: Image | None = None,
    progress: Progress | None = None,
) -> CaseStaging:
    """Stage these heads.

    Args:
        image: MR volume.
        keep_heat: writes a heatmap and names its file.
        labels: segmentation on the image's grid, with whose necrosis the heat is compared.

    Raises:
        InputError: not a volume, or no head.
    """
    staging = stage_hips(image, heads, stager, progress=progress)
    results = {
        hip.head.side: _answer(hip, labels, keep_heat) for hip in staging.hips if hip.stage is not None
    }
    problems = {hip.head.side: hip.problem for hip in staging.hips if hip.problem}
    warnings = tuple(text for text in staging.warnings if text not in problems.values())
    return CaseStaging(
        results,
        problems,
        tuple(staging.out_of_scope),
        warnings,
        stager.statement,
        staging_provenance(image, stager),
    )


def _answer(hip: StagedHip, labels: Image | None, keep_heat: KeepHeat) -> StageAnswer:
    side, path, facts = hip.head.side, None, None
    if hip.heatmap is not None:
        path = keep_heat(side, hip.heatmap)
        masks = () if labels is None else (head_mask(labels.array, side), labels.array == NECROSIS[side])
        facts = measure_heat(hip.heatmap, *masks)
    assert hip.stage is not None and hip.probabilities is not None and hip.distance is not None
    return StageAnswer(hip.stage, dict(hip.probabilities), hip.uncertainty, hip.distance, path, facts)


def staging_provenance(image: Image, stager: Stager) -> dict[str, str]:
    """Provenance of a staging."""
    bundle = stager.bundle
    named = {"bundle": f"{bundle.name} {bundle.version}", "bundle_sha256": bundle.sha256} if bundle else {}
    return dict(provenance(image, ("torch", "monai"), **named))
