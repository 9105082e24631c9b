"""What staging says of one hip; light, so that whoever only reads answers imports no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STAGES = ("0", "I", "II")  # modified Ficat-Arlet
I_OR_II = "I or II"  # necrosis, whose stage MRI alone does not tell
ANSWERS = (*STAGES, I_OR_II)
NECROTIC = ("I", "II", I_OR_II)
DEFAULT_CERTAINTY = 0.8  # of bundles that state none


@dataclass(frozen=True)
class HeatFacts:
    """The region of a heatmap at or above 0.5, and where the heat lies.

    Attributes:
        volume_ml: of the region.
        surface_mm2: of its mesh.
        peak: LPS mm of the hottest voxel; None without heat.
        overlap: Dice coefficient of region and necrosis outline; None without an outline.
        necrosis_covered: share of the outline inside the region; None without an outline.
        mass_in_head: share of all heat inside the head's ball (or outline); None where neither is known.
        peak_to_necrosis_mm: distance of the peak from the outline, 0 inside; None without an outline.
    """

    volume_ml: float
    surface_mm2: float
    peak: tuple[float, float, float] | None
    overlap: float | None = None
    necrosis_covered: float | None = None
    mass_in_head: float | None = None
    peak_to_necrosis_mm: float | None = None


@dataclass(frozen=True)
class StageAnswer:
    """The stage of one hip.

    Attributes:
        stage: "0", "I", "II" or "I or II" (:func:`stage_of`).
        probabilities: of "0", "I" and "II".
        uncertainty: standard deviation over the networks of the answer's :attr:`probability`; None with one network.
        distance: from the training hips, in units of the scope's threshold (above 1: unlike them).
        heatmap: file of the heat (0..1 on the input's voxels); None where none was made or kept.
        heat: what the heatmap measures; None without one.
    """

    stage: str
    probabilities: Mapping[str, float]
    uncertainty: float | None
    distance: float
    heatmap: str | None = None
    heat: HeatFacts | None = None

    @property
    def probability(self) -> float:
        """Of the answer; of "I or II" that of both together."""
        return probability_of(self.stage, self.probabilities)


def stage_of(probabilities: Mapping[str, float], certainty: float = DEFAULT_CERTAINTY) -> str:
    """The stage that probabilities of "0", "I" and "II" answer.

    "0" where it is at least as probable as I and II together. Else there is necrosis, and its stage is the likelier of I
    and II where that has at least ``certainty`` of their common probability, "I or II" where it has less: what parts them
    is defined on the radiograph (Docs/stage.md).

    Args:
        certainty: 0.5 (always one stage) to 1.
    """
    first, second = float(probabilities["I"]), float(probabilities["II"])
    if float(probabilities["0"]) >= first + second:
        return "0"
    if max(first, second) < certainty * (first + second):
        return I_OR_II
    return "I" if first >= second else "II"


def probability_of(stage: str, probabilities: Mapping[str, float]) -> float:
    """Of an answer, from the probabilities of "0", "I" and "II"."""
    if stage == I_OR_II:
        return float(probabilities["I"]) + float(probabilities["II"])
    return float(probabilities[stage])
