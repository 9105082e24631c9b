"""Features are extracted once a case: a prediction right after takes them, and only those of the very same case."""

import json

import numpy as np
import pytest

from ONFHAssistLib.case.features import KnownFeatures, case_sha256
from ONFHAssistLib.extract.presets import load_preset
from ONFHAssistLib.extract.radiomics import RadiomicsResult
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.measure.findings import findings, findings_as_json, findings_from_json
from ONFHAssistLib.worker import tasks


def ball(radius=18.0):
    """(image, labels): a ball of noisy marrow with a cap of necrosis on the patient's right."""
    grid = Image(np.zeros((24, 24, 24), np.float32), (2, 2, 2), (-93.0, -23.0, -23.0))
    offset = grid.points() - [-70, 0, 0]
    inside = np.linalg.norm(offset, axis=-1) < radius
    values = np.where(inside, np.random.default_rng(0).normal(500, 60, inside.shape), 100.0)
    labels = inside.astype(np.uint8)
    labels[inside & (offset[..., 2] > 8)] = 3
    return grid.like(values.astype(np.float32)), grid.like(labels)


@pytest.fixture
def known():
    image, labels = ball()
    result = RadiomicsResult({"a": 1.0}, "native", "dlr-mri", load_preset("dlr-mri").sha256, 0.1)
    return KnownFeatures(case_sha256(image, labels), {"R": result}, {"R": {"DL_0": 0.5}}, "b" * 64)


def test_features_fit_their_own_case_only(known):
    image, labels = ball()
    same = case_sha256(*ball())
    assert known.radiomics_of(same, "dlr-mri") == known.radiomics
    assert known.deep_of(same, "b" * 64, ("R",)) == {"R": {"DL_0": 0.5}}
    moved = Image(image.array, image.spacing, (0.0, 0.0, 0.0), image.direction)
    for other in (ball(17.0), (image.like(image.array + 1), labels), (moved, labels)):
        assert known.radiomics_of(case_sha256(*other), "dlr-mri") is None
        assert known.deep_of(case_sha256(*other), "b" * 64, ("R",)) is None


def test_features_of_another_preset_engine_backbone_or_side_do_not_fit(known):
    assert known.radiomics_of(known.case, "full-3d") is None
    assert known.deep_of(known.case, "c" * 64, ("R",)) is None
    assert known.deep_of(known.case, "b" * 64, ("R", "L")) is None
    other = RadiomicsResult({"a": 1.0}, "pyradiomics", "dlr-mri", load_preset("dlr-mri").sha256, 0.1)
    assert KnownFeatures(known.case, {"R": other}).radiomics_of(known.case, "dlr-mri") is None


def test_a_prediction_after_an_extraction_extracts_nothing_and_gives_the_same(tmp_path, monkeypatch):
    from ONFHAssistLib.early import predictor as rad

    def arguments(name, labels):
        image = ball()[0]
        return {
            "image": tasks.image_argument(image, tmp_path / f"{name}.mha"),
            "labels": tasks.image_argument(labels, tmp_path / f"{name}-labels.mha"),
            "preset": "dlr-mri",
            "bundle": "rad-dlr-mri",
        }

    def nothing(*_arguments, **_more):
        raise AssertionError("extracted again")

    def quiet(_fraction, _text):
        pass

    case, other = arguments("case", ball()[1]), arguments("other", ball(16.0)[1])
    monkeypatch.setattr(tasks, "_LAST", [])
    alone = tasks.predict_hips(case, quiet)
    tasks.extract_hips(case, quiet)
    monkeypatch.setattr(rad, "extract_hips", nothing)
    after = tasks.predict_hips(case, quiet)
    assert after["hips"] == alone["hips"]
    with pytest.raises(AssertionError, match="extracted again"):
        tasks.predict_hips(other, quiet)


def test_findings_come_back_from_another_process_as_they_were():
    hips = findings(*ball())
    assert hips[0].measurement.arc_a > 0
    assert findings_from_json(json.loads(json.dumps(findings_as_json(hips)))) == hips
