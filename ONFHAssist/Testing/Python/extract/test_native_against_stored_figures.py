"""The native engine against PyRadiomics' numbers from a file; runs where PyRadiomics is not installed."""

from __future__ import annotations

import json

import numpy as np
import pytest
from support.pyradiomics_figures import FIGURES, cases
from support.random_regions import preset_of
from support.regions import ball, skip_without

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract.native.lbp import icosphere
from ONFHAssistLib.extract.radiomics import extract_radiomics

CASES = cases()


@pytest.mark.parametrize("name", list(CASES))
def test_native_engine_gives_the_stored_numbers_of_pyradiomics(name: str) -> None:
    stored = json.loads(FIGURES.read_text(encoding="utf-8"))[name]
    features = extract_radiomics(*CASES[name], engine="native").features
    assert list(features) == list(stored)
    for feature, value in stored.items():
        # The kurtosis on the sphere comes from single-precision samples, and SciPy's versions sum them differently.
        rounding = 2e-5 if feature.startswith("lbp-3D-k_firstorder") else 1e-9
        assert features[feature] == pytest.approx(value, rel=1e-6, abs=rounding), feature


def test_sphere_of_samples_is_even() -> None:
    for subdivisions, corners in ((0, 12), (1, 42), (2, 162)):
        points = icosphere(subdivisions, 1.5)
        assert points.shape == (corners, 3)
        assert np.linalg.norm(points, axis=1) == pytest.approx(1.5)
        assert points.mean(axis=0) == pytest.approx([0, 0, 0], abs=1e-12)


def test_pyradiomics_without_a_filters_package_is_an_error_not_a_gap() -> None:
    skip_without("pyradiomics")
    try:
        import skimage  # noqa: F401
    except ImportError:
        with pytest.raises(InputError, match="leaves out LBP2D"):
            extract_radiomics(*ball(), preset_of({}, {"Original": {}, "LBP2D": {}}), engine="pyradiomics")
    else:
        pytest.skip("scikit-image is installed here")
