"""What the whole examination says of one hip: numbers with their intervals, one stage, one probability; light types.

The scene, the report and the panel read them; nothing here imports a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..early.answer import ProbabilityAnswer
from ..stage.answer import StageAnswer

# Names of :attr:`ExamHip.numbers`, each with its unit.
UNITS = {
    "head_ml": "ml", "necrosis_ml": "ml", "necrotic_share": "", "arc_a": "degrees", "arc_b": "degrees",
    "combined_necrotic_angle": "degrees", "depth_mm": "mm",
}  # fmt: skip
FLATTENED_MM = 2.0  # parts ARCO IIIA from IIIB (Yoon et al. 2020, J Arthroplasty 35:933-940)


@dataclass(frozen=True)
class ExamNumber:
    """A measurement with what it rests on.

    Attributes:
        value: in the unit of :data:`UNITS`. low, high: between which it lies with 90 % by simulated examinations; equal
            to the value where nothing is known.
        series: numbers of the series that it was read off.
    """

    value: float
    low: float
    high: float
    series: tuple[str, ...]


@dataclass(frozen=True)
class Effusion:
    """Fluid in the joint as a fluid-sensitive series shows it.

    Attributes:
        grade: 0 none, 1 a thin rim, 2 about the head and neck, 3 with a widened capsule (Mitchell et al. 1986,
            AJR 146:1215-1218).
        thickness_mm: of the fluid, its 90th percentile over directions at the head-neck junction.
    """

    grade: int
    thickness_mm: float


@dataclass(frozen=True)
class HeadSurface:
    """The articular surface of the head against its own sphere.

    Attributes:
        flattening_mm: greatest depression, on average over a patch of 8 mm.
        place: LPS mm of it in the reference's frame.
        fracture_line: whether a line under the surface, over a necrosis, looks like a subchondral fracture; None where no
            series can show one.
        fracture_series: that was looked at, or "".
    """

    flattening_mm: float
    place: tuple[float, float, float]
    fracture_line: bool | None = None
    fracture_series: str = ""


@dataclass(frozen=True)
class ExamStage:
    """The stage of a hip by all series that the stager reads.

    Attributes:
        stage: as of one series; "" where no series was read.
        probabilities: of "0", "I" and "II": the series' own, pooled.
        by_series: number to what the stager says of that series alone.
        withheld: number to why a series has no part in the answer.
    """

    stage: str
    probabilities: Mapping[str, float] = field(default_factory=dict)
    by_series: Mapping[str, StageAnswer] = field(default_factory=dict)
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ExamProbability:
    """The probability of early osteonecrosis by all series that the model reads.

    Attributes:
        probability: pooled over the series; None where no series was read.
        threshold: from which on it is likely.
        reading: as of one series; "" where no series was read.
        by_series: number to what the model says of that series alone, without contributions.
        withheld: number to why a series has no part in the answer.
    """

    probability: float | None
    threshold: float = 0.5
    reading: str = ""
    by_series: Mapping[str, ProbabilityAnswer] = field(default_factory=dict)
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
