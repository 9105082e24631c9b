"""Radiographs: lengths, sides, and bone brighter than soft parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.simulated_scans import film

from ONFHAssistLab.simulate.acquisition.radiograph import RadiographProtocol, radiograph
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient, with_hip
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.labels import HEAD


def test_heads_lie_and_measure_as_in_the_patient(patient):
    image, labels = film(patient, 3)
    assert image.array.dtype == np.uint16
    assert image.array.max() <= 4095
    for side in "RL":
        truth = patient.truth[side]
        points = labels.index_to_point(np.argwhere(labels.array == HEAD[side])[:, ::-1])
        # The neck cuts the lower outer edge off; the upper and inner edges are the circle's.
        top, inner = points[:, 2].max(), points[:, 0].max() if side == "R" else points[:, 0].min()
        assert top - truth["centre"][2] == pytest.approx(truth["radius"], abs=1.2)
        assert abs(inner - truth["centre"][0]) == pytest.approx(truth["radius"], abs=1.2)


def test_bone_is_brighter_than_soft_parts_and_air_is_black(patient):
    image, labels = film(patient, 3)
    head = image.array[labels.array > 0].mean()
    centre = np.array(patient.truth["L"]["centre"])
    beside = np.round(image.point_to_index(centre + np.array([62.0, 0, 25.0]))).astype(int)
    soft = image.array[0, beside[1] - 4 : beside[1] + 5, beside[0] - 4 : beside[0] + 5].mean()
    assert head > 1.2 * soft
    assert image.array[0, :, :6].mean() < 0.25 * head


def test_sclerosis_shows_in_stage_two_and_hardly_in_stage_one():
    base = draw_patient(14, right="0", left="0")
    fields = {"jic_type": "C2", "combined_angle_deg": 230.0, "content": "mixed", "lesion_sclerosis": 0.95,
              "lesion_subtlety": 0.0}  # fmt: skip
    contrast = {}
    clean = RadiographProtocol(photons=1e8)
    plain, labels = radiograph(build_patient(base, 1.5), 1, protocol=clean)
    for stage in ("I", "II"):
        hip = replace(base.right, stage=stage, arco=stage, **fields)
        image, _ = radiograph(build_patient(with_hip(base, "R", hip), 1.5), 1, protocol=clean)
        change = image.array.astype(float) - plain.array
        contrast[stage] = np.percentile(np.abs(change[labels.array == HEAD["R"]]), 90)
    assert contrast["II"] > 2.0 * contrast["I"]


def test_frog_leg_turns_the_femur_about_its_head(patient):
    ap, _ = film(patient, 3)
    frog, labels = film(patient, 3, "frog-leg L")
    assert (frog.metadata["laterality"], frog.metadata["view"]) == ("L", "frog-leg L")
    assert set(np.unique(labels.array)) == {0, HEAD["L"]}
    middle = labels.index_to_point(np.argwhere(labels.array)[:, ::-1]).mean(axis=0)
    truth = patient.truth["L"]
    assert np.hypot(middle[0] - truth["centre"][0], middle[2] - truth["centre"][2]) < 6.0
    assert ap.array.shape != frog.array.shape


def test_a_seed_is_a_radiograph(patient):
    first = film(patient, 3)[0].array
    again, other = (radiograph(patient, s)[0].array for s in (3, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_mistakes_are_named(replaced, patient):
    with pytest.raises(InputError, match='view is "PA"'):
        radiograph(patient, 1, "PA")
    with pytest.raises(InputError, match="hip R is replaced"):
        radiograph(replaced, 1, "frog-leg R")
    with pytest.raises(InputError, match=r"pixel_mm is 9; it must be from 0\.1 to 2"):
        RadiographProtocol(pixel_mm=9)
