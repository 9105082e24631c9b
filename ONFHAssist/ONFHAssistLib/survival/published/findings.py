"""The three findings of a hip that the published clinical model asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ONFHAssistLib.core.errors import InputError

STAGES = ("I", "II", "IIIA")
ANGLE_CUT_DEG = 210.5


@dataclass(frozen=True)
class ClinicalInput:
    """What the clinical model asks of one hip.

    Attributes:
        arco: ARCO stage before drilling, one of "I", "II", "IIIA". Stages I and II carry the same risk.
        oedema: whether bone marrow oedema is seen on MRI.
        angle_deg: combined necrotic angle in degrees, the sum of the arcs on the mid-coronal and mid-sagittal
            slice, 0 to 360 (at most 180 each). The model knows only whether it reaches 210.5.

    Raises:
        InputError: a value outside of these.

    Example:
        >>> from ONFHAssistLib.survival.published.clinical import predict_survival
        >>> hip = ClinicalInput(arco="IIIA", oedema=True, angle_deg=228.0)
        >>> hip.findings
        (True, True, True)
        >>> estimate = predict_survival(hip, months=(36, 60))
        >>> [round(share, 3) for share in estimate.survival]
        [0.346, 0.058]
        >>> [round(share, 3) for share in estimate.low], [round(share, 3) for share in estimate.high]
        ([0.16, 0.005], [0.541, 0.22])
    """

    arco: str
    oedema: bool
    angle_deg: float

    def __post_init__(self) -> None:
        if self.arco not in STAGES:
            raise InputError(
                f"The ARCO stage {self.arco!r} is not one of {', '.join(STAGES)}, the stages that the study "
                "drilled; the model does not apply to other stages."
            )
        if not isinstance(self.oedema, bool | np.bool_):
            raise InputError(
                f"Bone marrow oedema is {self.oedema!r}; give True (seen on MRI) or False (not seen)."
            )
        try:
            angle = float(self.angle_deg)
        except (TypeError, ValueError):
            angle = math.nan
        if isinstance(self.angle_deg, bool | np.bool_) or not 0 <= angle <= 360:
            raise InputError(
                f"The combined necrotic angle {self.angle_deg!r} is not between 0 and 360 degrees; "
                "give the sum of the two necrotic arcs, at most 180 degrees each."
            )
        object.__setattr__(self, "oedema", bool(self.oedema))
        object.__setattr__(self, "angle_deg", angle)

    @property
    def findings(self) -> tuple[bool, bool, bool]:
        """(ARCO IIIA, oedema, angle at or above 210.5 degrees), the order of :data:`HAZARD_RATIOS`."""
        return self.arco == "IIIA", self.oedema, self.angle_deg >= ANGLE_CUT_DEG
