"""A real T1 hip with the sphere of its README: the preset of the DLR study end to end."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from support.regions import real_hip, skip_without

from ONFHAssistLib.extract.radiomics import ENGINES, extract_radiomics

BY_CLASS = {
    "firstorder": 234, "glcm": 286, "glrlm": 208, "glszm": 208, "gldm": 182, "ngtdm": 65, "shape": 14,
}  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_dlr_preset_gives_1197_finite_numbers_with_the_counts_of_the_study(engine: str) -> None:
    skip_without(engine)
    result = extract_radiomics(*real_hip(), "dlr-mri", engine=engine)
    assert len(result.features) == 1197
    assert Counter(name.split("_")[1] for name in result.features) == BY_CLASS
    assert np.isfinite(list(result.features.values())).all()
    # A sphere of radius 25.1 mm: 66.2 ml, and nearly round.
    assert result.features["original_shape_MeshVolume"] == pytest.approx(66_240, rel=0.02)
    # The slices are 3.3 mm thick, so the rim of the sphere has steps that stand out by up to one slice.
    assert 50.2 < result.features["original_shape_Maximum3DDiameter"] < 50.2 + 2 * 3.27
    assert result.provenance["region_voxels"] == 21_230
    assert result.preset_sha256 == result.provenance["preset_sha256"]
