"""A simulated patient: tissue map, labels and exact truth from a handful of parameters.

The order of painting is the order of the body from outside in: skin and fat, muscles, pelvic organs and vessels, bones,
joints, then disease. Frames: the patient frame of the shapes has its origin half-way between the femoral heads; images
are LPS mm with the table position added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD

from .abdomen import TOP_MM, paint_abdomen
from .bones import HipFrame, hip_frame
from .joint import paint_hip, paint_prosthesis
from .lesion import paint_disease
from .parameters import HipParameters, PatientParameters, draw_patient, with_hip
from .shapes import Canvas, Textures
from .soft_tissue import body_half_size, paint_soft_tissue

__all__ = ["HipParameters", "Patient", "PatientParameters", "build_patient", "draw_patient", "with_hip"]

SPACING = (0.6, 2.0)
ABOVE_MM = (TOP_MM, 260.0)
ABDOMEN_MM = 30.0  # at least so much more than the pelvis, or there is no abdomen


@dataclass(frozen=True)
class Patient:
    """A patient made of voxels.

    Attributes:
        parameters: what it was built from.
        tissue: uint8 map of :class:`.tissues.Tissue`, LPS.
        partner: the second tissue of every voxel, on the same grid.
        share: 255 times the share of ``tissue`` in the voxel, on the same grid.
        labels: segmentation labels (:mod:`.labels`) on the same grid.
        truth: per side "R" and "L" a dict with ``centre`` (LPS mm), ``radius``, ``stage``, ``arco``, ``head_ml``,
            ``necrosis_ml``, ``necrotic_share``, ``arc_a``, ``arc_b``, ``combined_necrotic_angle``, ``jic_type``,
            ``oedema`` (bool), ``oedema_extent``, ``collapse_mm``,
            ``effusion_mm``, ``acetabular_edge`` and ``teardrop`` (LPS mm), ``prosthesis``,
            ``look_alike``; after a course (:class:`.course.Course`) also ``growth_ml`` and, where there are
            any, ``tracks``: entry and tip of each, six numbers. A replaced hip has no centre.
        femurs: per side the box (z, y, x slices) of the femur on the fine grid and its boolean mask there.
    """

    parameters: PatientParameters
    tissue: Image
    partner: Image
    share: Image
    labels: Image
    truth: dict[str, dict[str, Any]] = field(default_factory=dict)
    femurs: dict[str, tuple[tuple[slice, slice, slice], np.ndarray]] = field(default_factory=dict)

    @property
    def midline_x(self) -> float:
        """LPS x of the midline in mm."""
        return self.parameters.table_position_mm[0]


def build_patient(
    parameters: PatientParameters, spacing: float = 1.0, soft_tissue: bool = True, above_mm: float = TOP_MM
) -> Patient:
    """Build a patient.

    Args:
        parameters: see :class:`PatientParameters`, :func:`draw_patient`.
        soft_tissue: False leaves out everything but bones and joints (truth and labels stay the same, half the time).
        above_mm: how far above the hips the map reaches, 112 to 260; from 142 on with abdomen and lumbar spine.
        spacing: of the cubic voxels in mm, 0.6 to 2; truth is exact to its stated tolerances at 1 mm or finer.

    Returns:
        The tissue map of the whole pelvis with exact truth.

    Raises:
        InputError: the spacing is out of range, or necrosis targets contradict each other.
    """
    if not SPACING[0] <= spacing <= SPACING[1]:
        raise InputError(f"spacing is {spacing:g} mm; it must be from {SPACING[0]} to {SPACING[1]} mm.")
    if not ABOVE_MM[0] <= above_mm <= ABOVE_MM[1]:
        raise InputError(
            f"above_mm is {above_mm:g} mm; it must be from {ABOVE_MM[0]:g} to {ABOVE_MM[1]:g} mm."
        )
    half = body_half_size(parameters)
    canvas = Canvas(np.array([-half[0], -half[1], -132.0]), np.array([half[0], half[1], above_mm]), spacing)
    textures = Textures.draw(parameters.seed, spacing)
    frames = [hip_frame(parameters, side) for side in ("R", "L")]
    if soft_tissue:
        paint_soft_tissue(canvas, frames, parameters, textures)
        if above_mm >= TOP_MM + ABDOMEN_MM:
            paint_abdomen(canvas, frames[0].scale, parameters, textures)
    labels = np.zeros(canvas.shape, np.uint8)
    truth: dict[str, dict[str, Any]] = {}
    femurs = {}
    for frame in frames:
        hip = parameters.hip(frame.side)
        rng = np.random.default_rng([parameters.seed, 41, "RL".index(frame.side)])
        bones = paint_hip(canvas, frame, hip, parameters, textures)
        if hip.prosthesis:
            paint_prosthesis(canvas, frame)
            truth[frame.side] = _truth(frame, hip, parameters) | {"centre": None, "radius": None}
            continue
        femurs[frame.side] = (bones.box, bones.femur <= 0)
        np.copyto(labels[bones.box], np.uint8(HEAD[frame.side]), where=bones.head)
        measured = paint_disease(canvas, labels, bones, frame, hip, textures, rng)
        truth[frame.side] = _truth(frame, hip, parameters) | _placed(measured, parameters)
    offset = np.asarray(parameters.table_position_mm, float)
    image = Image(canvas.tissue, (spacing,) * 3, tuple(canvas.low + offset))
    return Patient(
        parameters,
        image,
        image.like(canvas.partner),
        image.like(canvas.share),
        image.like(labels),
        truth,
        femurs,
    )


def _truth(frame: HipFrame, hip: HipParameters, parameters: PatientParameters) -> dict[str, Any]:
    """What is known of a hip before anything is measured."""
    offset = np.asarray(parameters.table_position_mm, float)

    def lps(point: np.ndarray) -> tuple[float, ...]:
        return tuple(float(v) for v in point + offset)

    return {
        "centre": lps(frame.centre),
        "radius": float(frame.radius),
        "stage": hip.stage,
        "arco": hip.arco,
        "head_ml": 0.0,
        "necrosis_ml": 0.0,
        "necrotic_share": 0.0,
        "arc_a": 0.0,
        "arc_b": 0.0,
        "combined_necrotic_angle": 0.0,
        "jic_type": None,
        "oedema": hip.oedema > 0,
        "oedema_extent": float(hip.oedema),
        "collapse_mm": float(hip.collapse_mm + (hip.course.sunk_mm if hip.course else 0.0)),
        "effusion_mm": float(hip.effusion_mm),
        "acetabular_edge": lps(frame.edge),
        "teardrop": lps(frame.teardrop),
        "prosthesis": hip.prosthesis,
        "look_alike": hip.look_alike,
    }


def _placed(measured: dict[str, Any], parameters: PatientParameters) -> dict[str, Any]:
    """With drill tracks in LPS mm."""
    offset = np.tile(parameters.table_position_mm, 2)
    if "tracks" not in measured:
        return measured
    return measured | {"tracks": [(np.array(one) + offset).round(2).tolist() for one in measured["tracks"]]}
