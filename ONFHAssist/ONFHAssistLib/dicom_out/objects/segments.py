"""The outlines as a DICOM segmentation: on the frames of the source, and on finer voxels where they were found on such.

Binary, one segment a structure: the whole femoral head, and the necrosis in it, so that the two overlap. Every slice of
the grid has its frame, also where nothing is outlined: the object alone then gives back the whole label image.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import highdicom as hd
import numpy as np
from pydicom.sequence import Sequence

from ...core.errors import InputError
from ...imaging.image import Image
from ...imaging.labels import HEAD, NAMES, NECROSIS, SIDES, head_mask, necrosis_mask
from .. import codes
from ..equipment import Identifiers, segment_algorithm
from ..source import Planes, Source

HEAD_STRUCTURE, NECROSIS_STRUCTURE = "femoral head", "necrosis"
ON_SOURCE, FINER = "SEG", "SEG-fine"  # names of the two objects
_COLOURS = {HEAD_STRUCTURE: (87, 181, 232), NECROSIS_STRUCTURE: (230, 159, 0)}  # those of the report


@dataclass(frozen=True)
class Structure:
    """One segment: number from 1, side and which structure it is."""

    number: int
    side: str
    kind: str

    @property
    def name(self) -> str:
        """As this program calls it everywhere."""
        return NAMES[(HEAD if self.kind == HEAD_STRUCTURE else NECROSIS)[self.side]]

    def mask(self, array: np.ndarray) -> np.ndarray:
        """Of a label image."""
        return (head_mask if self.kind == HEAD_STRUCTURE else necrosis_mask)(array, self.side)


def structures_of(array: np.ndarray) -> tuple[Structure, ...]:
    """The structures that a label image holds: each side's head, then its necrosis.

    Raises:
        InputError: none.
    """
    found: list[Structure] = []
    for side in SIDES:
        for kind in (HEAD_STRUCTURE, NECROSIS_STRUCTURE):
            one = Structure(len(found) + 1, side, kind)
            if one.mask(array).any():
                found.append(one)
    if not found:
        raise InputError("No femoral head is outlined in this case; outline it before the case is exported.")
    return tuple(found)


def tracking_name(side: str, structure: str) -> str:
    """For people: "right hip, necrosis"."""
    return f"{'right' if side == 'R' else 'left'} hip, {structure}"


def segmentation(
    labels: Image,
    source: Source,
    identifiers: Identifiers,
    provenance: Mapping[str, str] | None,
    finer: bool = False,
) -> hd.seg.Segmentation:
    """The outlines as an object.

    Args:
        labels: on the grid of the source, or on finer voxels of it.
        provenance: of the networks that outlined; None where a person or another program did.
        finer: whether the labels are on finer voxels.
    """
    structures = structures_of(labels.array)
    stacked = np.stack([one.mask(labels.array) for one in structures], axis=-1).astype(np.uint8)
    planes = Planes.of(labels) if finer else source.planes
    name = FINER if finer else ON_SOURCE
    return hd.seg.Segmentation(
        source_images=list(source.headers),
        pixel_array=stacked,
        segmentation_type=hd.seg.SegmentationTypeValues.BINARY,
        segment_descriptions=[_description(one, identifiers, provenance) for one in structures],
        content_label="OUTLINES_FINE" if finer else "OUTLINES",
        content_description="Femoral heads and necrosis" + (", finer than the slices" if finer else ""),
        omit_empty_frames=False,
        **planes.arguments(),
        **identifiers.common("SEG", name, 2 if finer else 1),
    )


def _description(
    one: Structure, identifiers: Identifiers, provenance: Mapping[str, str] | None
) -> hd.seg.SegmentDescription:
    is_head = one.kind == HEAD_STRUCTURE
    by_hand = provenance is None
    side = hd.sr.CodedConcept.from_code(codes.LATERALITY[one.side])
    description = hd.seg.SegmentDescription(
        segment_number=one.number,
        segment_label=one.name,
        segmented_property_category=codes.ANATOMICAL if is_head else codes.ABNORMAL,
        segmented_property_type=codes.FEMORAL_HEAD if is_head else codes.NECROSIS,
        algorithm_type="MANUAL" if by_hand else "AUTOMATIC",
        algorithm_identification=None if provenance is None else segment_algorithm(provenance),
        tracking_uid=identifiers.tracking(one.side, one.kind),
        tracking_id=tracking_name(one.side, one.kind),
        anatomic_regions=[codes.FEMORAL_HEAD],
        display_color=hd.color.CIELabColor.from_rgb(*_COLOURS[one.kind]),
    )
    # Right and left: of the head as of the place of the necrosis.
    description.AnatomicRegionSequence[0].AnatomicRegionModifierSequence = Sequence([side])
    if is_head:
        kind = description.SegmentedPropertyTypeCodeSequence[0]
        kind.SegmentedPropertyTypeModifierCodeSequence = Sequence([side])
    return description
