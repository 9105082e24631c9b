"""The heat of a stage as a parametric map: 32-bit numbers from 0 to 1 on the slices of the source."""

from __future__ import annotations

import highdicom as hd
import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from ...core.errors import InputError
from ...imaging.image import Image
from .. import codes
from ..equipment import Identifiers, coding_scheme
from ..source import Source


def heat_name(side: str) -> str:
    """Of the object of one hip."""
    return f"HEAT-{side}"


def heat_map(heat: Image, side: str, source: Source, identifiers: Identifiers) -> hd.pm.ParametricMap:
    """The heat of one hip; slices without any heat before the first and after the last with some are left out.

    Raises:
        InputError: a heatmap on other voxels than the image's.
    """
    source.image.require_same_grid(heat, "the image", f"The heatmap of hip {side}")
    array = np.asarray(heat.array, np.float32)
    if not np.isfinite(array).all():
        raise InputError(f"The heatmap of hip {side} holds values that are no numbers; stage the case again.")
    hot = np.flatnonzero(array.any(axis=(1, 2)))
    start, stop = (int(hot[0]), int(hot[-1]) + 1) if hot.size else (0, 1)
    headers = list(source.headers) if source.is_multiframe else list(source.headers[start:stop])
    mapping = hd.pm.RealWorldValueMapping(
        lut_label="HEAT",
        lut_explanation="Heat of the stage, 0 to 1",
        unit=codes.RATIO,
        value_range=(0.0, 1.0),
        slope=1.0,
        intercept=0.0,
        quantity_definition=codes.ours("heat"),
    )
    result = hd.pm.ParametricMap(
        source_images=headers,
        pixel_array=array[start:stop],
        contains_recognizable_visual_features=False,
        real_world_value_mappings=[mapping],
        voi_lut_transformations=[hd.VOILUTTransformation(window_center=0.5, window_width=1.0)],
        content_label=f"HEAT_{side}",
        content_description=f"Heat of the stage, {'right' if side == 'R' else 'left'} hip",
        coding_schemes=[coding_scheme()],
        **source.planes.part(start, stop).arguments(),
        **identifiers.common("HEAT", heat_name(side), 1 if side == "R" else 2),
    )
    anatomy, region = Dataset(), hd.sr.CodedConcept.from_code(codes.FEMORAL_HEAD)
    anatomy.FrameLaterality = side
    anatomy.AnatomicRegionSequence = Sequence([region])
    result.SharedFunctionalGroupsSequence[0].FrameAnatomySequence = Sequence([anatomy])
    return result
