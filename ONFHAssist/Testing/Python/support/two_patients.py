"""Two patients whose every figure tells whose it is, and a worker that answers by the image that it is given."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from support.run_all_worker import Worker

from ONFHAssistLib.case.result import PROBABILITY, SEGMENT, STAGE, HipResult, StepRecord
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.segment.sphere_tool import describe_head


@dataclass(frozen=True)
class Patient:
    """Two balls of marrow.

    Attributes:
        marrow: grey value, also the mean that the features say.
        radius: of the heads, mm. place: of the pelvis, mm to the head. necrotic: the right head.
        probability: of early osteonecrosis, right and left. stage: of both hips.
    """

    name: str
    marrow: float
    radius: float
    place: float
    necrotic: bool
    probability: tuple[float, float]
    stage: str

    def image(self) -> tuple[Image, Image]:
        """The MRI and its outlines."""
        grid = Image(np.zeros((20, 20, 76), np.float32), (2.5,) * 3, (-94.0, -24.0, -24.0 + self.place))
        values, labels = np.full(grid.array.shape, 300.0), np.zeros(grid.array.shape, np.uint8)
        for side in "RL":
            offset = grid.points() - np.array(self.centre(side))
            distance = np.linalg.norm(offset, axis=-1)
            head = distance <= self.radius
            values[head] = self.marrow
            labels[head] = 1 if side == "R" else 2
            if side == "R" and self.necrotic:
                labels[head & (offset[..., 2] > 0.5 * np.maximum(distance, 1e-6)) & (distance > 6)] = 3
        return grid.like(values.astype(np.float32)), grid.like(labels)

    def centre(self, side: str) -> tuple[float, float, float]:
        """Of a head, LPS mm."""
        return (-70.0 if side == "R" else 70.0, 0.0, self.place)


HEALTHY = Patient("healthy", 700.0, 16.0, 5.0, False, (0.06, 0.13), "0")
NECROTIC = Patient("necrotic", 800.0, 20.0, 0.0, True, (0.93, 0.27), "II")
PATIENTS = (HEALTHY, NECROTIC)


def patient_of(image: Image) -> Patient:
    """Whose image it is, by its grey values."""
    return next(one for one in PATIENTS if np.isclose(image.array.max(), one.marrow))


class WorkerOfTwo(Worker):
    """Answers as the networks would on the patient whose image it gets."""

    def result(self, arguments):
        from ONFHAssistLib.imaging.files import read_image

        self.patient = patient_of(read_image(arguments["image"]["path"]))
        return super().result(arguments)

    def outlines(self):
        return self.patient.image()[1]

    def features(self):
        return {"original_firstorder_Mean": self.patient.marrow}

    def _segmented(self, result, image, labels):
        for side, codes in (("R", (1, 3)), ("L", (2, 4))):
            mask, patient = np.isin(labels.array, codes), self.patient
            head = describe_head(image, mask, side, patient.centre(side), patient.radius, 0.9)
            result = result.with_hip(HipResult(side, head=head))
        warning = f"Outlined on the {self.patient.name} one."
        return result.with_step(SEGMENT, StepRecord(warnings=(warning,), provenance={"bundle": "o"}))

    def _predicted(self, result, labels, out):
        result = super()._predicted(result, labels, out)
        for side, probability in zip("RL", self.patient.probability, strict=True):
            reading = "likely" if probability > 0.5 else "unlikely"
            answer = replace(result.hip(side).probability, probability=probability, reading=reading)
            result = result.with_hip(replace(result.hip(side), probability=answer))
        return result.with_step(PROBABILITY, result.steps[PROBABILITY])

    def _staged(self, result, labels, out):
        result = super()._staged(result, labels, out)
        stage = self.patient.stage
        others = [one for one in ("0", "I", "II") if one != stage]
        for side in "RL":
            probabilities = {stage: 0.7, others[0]: 0.2, others[1]: 0.1}
            answer = replace(result.hip(side).stage, stage=stage, probabilities=probabilities)
            result = result.with_hip(replace(result.hip(side), stage=answer))
        return result.with_step(STAGE, result.steps[STAGE])
