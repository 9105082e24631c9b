"""The series of an examination as images: the hips in their poses, and what lies beside them: localiser, CT, back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ONFHAssistLib.core.vectors import as_index
from ONFHAssistLib.imaging.image import Image

from ..acquisition.mri import acquire, get_protocol
from ..acquisition.protocols import MrProtocol
from ..anatomy.patient import Patient
from ..anatomy.tissues import column
from .plan import SEQUENCE_NAMES, SeriesPlan

SMALL_MM = {"coronal": (160.0, 90.0, 170.0), "axial": (160.0, 160.0, 100.0), "sagittal": (80.0, 160.0, 170.0)}
SMALL = {"pixel_mm": 0.5, "acquired_mm": 0.65, "slice_mm": 3.0, "gap_mm": 0.3}
BACK_MM = 190.0  # how far above the hips the series of the back is centred
CT_MM, CT_REACH_MM = 3, 75.0
LOCALISER = {"pixel_mm": 1.6, "acquired_mm": 2.2, "slice_mm": 8.0, "gap_mm": 4.0, "snr": 9.0}
WATER = 0.2  # linear attenuation, 1/cm


def scan_hips(patient: Patient, plan: SeriesPlan, scanner: str, seed: int) -> Image:
    """A series of a patient who lies in the pose of that series.

    Args:
        plan: of both hips or one; its plane and weighting name a protocol of the scanner.
        seed: of noise, place of the slices and field of view.
    """
    protocol = get_protocol(f"{scanner}_{plan.weighting}_{plan.plane}")
    rng = np.random.default_rng([seed, 223, plan.number])
    if plan.side is None:
        width = protocol.width_mm if plan.plane == "sagittal" else float(rng.uniform(340.0, 400.0))
        return _stated(acquire(patient, replace(protocol, width_mm=width), seed), plan)
    centre = patient.truth[plan.side]["centre"]
    settings: dict[str, Any] = {**SMALL, "name": f"{protocol.name}_small", "snr": 0.75 * protocol.snr}
    image = acquire(patient, replace(protocol, **settings), seed)
    half = 0.5 * np.array(SMALL_MM[plan.plane])
    image = box_of(image, np.asarray(centre) + rng.normal(0.0, 5.0, 3), half)
    return _stated(image, plan, laterality=plan.side)


def scan_back(patient: Patient, plan: SeriesPlan, scanner: str, seed: int) -> Image:
    """A series of the lumbar spine; the patient's map must reach there."""
    x, y, z = patient.parameters.table_position_mm
    parameters = replace(patient.parameters, table_position_mm=(x, y, z + BACK_MM))
    image = acquire(
        replace(patient, parameters=parameters), get_protocol(f"{scanner}_{plan.weighting}_axial"), seed
    )
    return _stated(image, plan, body_part_examined="LSPINE")


def scan_localiser(patient: Patient, plan: SeriesPlan, scanner: str, seed: int) -> list[Image]:
    """Three slices in each of the three planes: images of one series that are no volume."""
    found = []
    for plane in ("coronal", "axial", "sagittal"):
        base = get_protocol(f"{scanner}_t2_{plane}")
        protocol: MrProtocol = replace(base, name=f"{base.name}_localiser", **LOCALISER)  # type: ignore[arg-type]
        image = acquire(patient, protocol, seed)
        middle = image.size[2] // 2
        image = image.cropped((0, 0, middle - 1), (*image.size[:2], middle + 2))
        found.append(_stated(image, plan, image_type="ORIGINAL\\PRIMARY\\LOCALIZER"))
    return found


def scan_ct(patient: Patient, plan: SeriesPlan, seed: int) -> Image:
    """Axial CT slices of the hips in Hounsfield units, straight from the map, with noise."""
    units = ((column("attenuation") / WATER - 1.0) * 1000.0).astype(np.float32)
    middle = round(float(patient.tissue.point_to_index(np.array(patient.parameters.table_position_mm))[2]))
    reach = int(CT_REACH_MM / patient.tissue.spacing[2])
    rows = np.arange(max(middle - reach, 0), min(middle + reach, patient.tissue.size[2]), CT_MM)
    tissue, partner = patient.tissue.array[rows], patient.partner.array[rows]
    share = patient.share.array[rows].astype(np.float32) / 255.0
    rng = np.random.default_rng([seed, 227])
    values = share * units[tissue] + (1 - share) * units[partner] + rng.normal(0, 15.0, tissue.shape)
    x, y, z = patient.tissue.spacing
    image = Image(
        np.clip(values, -1000, 3000).astype(np.int16),
        (x, y, z * CT_MM),
        tuple(patient.tissue.index_to_point((0, 0, int(rows[0])))),
        metadata={"modality": "CT", "manufacturer": "SIEMENS", "model": "SOMATOM", "slice_thickness_mm": "3"},
    )
    return _stated(image, plan)


def box_of(image: Image, centre: np.ndarray, half: np.ndarray) -> Image:
    """The part of an image whose voxels lie in a box (LPS mm) of half size ``half`` about ``centre``."""
    corners = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]) * half + centre
    index = image.point_to_index(corners)
    return image.cropped(as_index(np.ceil(index.min(axis=0))), as_index(np.floor(index.max(axis=0)) + 1))


def _stated(image: Image, plan: SeriesPlan, **facts: str) -> Image:
    """With what the header is to say."""
    said: Mapping[str, str] = {"series_description": plan.description, **facts}
    if plan.stated:
        other = next(key for key, name in SEQUENCE_NAMES.items() if name == plan.stated)
        protocol = get_protocol(f"ingenia_{other}_{plan.plane}")
        times = (protocol.repetition_time_ms, protocol.echo_time_ms)
        said = {
            **said,
            "sequence": plan.stated,
            "repetition_time_ms": f"{times[0]:g}",
            "echo_time_ms": f"{times[1]:g}",
        }
    return replace(image, metadata={**image.metadata, **said})
