"""What staging says of one hip; light, so that whoever only reads answers imports no network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STAGES = ("0", "I", "II")  # modified Ficat-Arlet


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
        stage: "0", "I" or "II".
        probabilities: stage to probability.
        uncertainty: standard deviation over the networks of the probability of that stage; None with one network.
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
