"""The commands on good input: the objects that DESIGN promises, and the real hip from end to end."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from support.shared_data import shared_data

from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.image import Image

PAIRS = {
    ("I", "no", 180.0): (0.9070, 0.7693),
    ("II", "no", 210.5): (0.7905, 0.5315),
    ("I", "yes", 180.0): (0.8123, 0.5720),
    ("IIIA", "no", 180.0): (0.8131, 0.5735),
    ("IIIA", "yes", 210.4): (0.6436, 0.3060),
    ("IIIA", "no", 228.0): (0.6074, 0.2619),
    ("II", "yes", 228.0): (0.6060, 0.2602),
    ("IIIA", "yes", 228.0): (0.3458, 0.0576),
}


@pytest.mark.parametrize(("findings", "expected"), PAIRS.items())
def test_survival_gives_the_eight_pairs_with_their_intervals(onfh_json, findings, expected):
    arco, oedema, angle = findings
    result = onfh_json("survival", "clinical", "--arco", arco, "--oedema", oedema, "--angle", angle)
    assert result["months"] == [36.0, 60.0]
    assert result["survival"] == pytest.approx(expected, abs=0.0005)
    for low, value, high in zip(result["low"], result["survival"], result["high"], strict=True):
        assert 0 < low < value < high < 1


def test_several_months_after_one_flag(onfh_json):
    result = onfh_json(
        "survival", "clinical", "--months", 12, 36, 60, "--arco", "I", "--oedema", "no", "--angle", 90
    )
    assert result["months"] == [12.0, 36.0, 60.0]
    assert result["survival"][0] > result["survival"][1] > result["survival"][2]


def test_the_real_hip_goes_from_sphere_to_1197_features(onfh_json, tmp_path):
    image = shared_data("real_hip_t1", "hip_right_t1.nii.gz")
    sphere = ("--centre", -89.1, 24.2, -743.8, "--radius", 25.1)
    found = onfh_json("segment", image, "--out", tmp_path / "case", *sphere)
    assert [head["side"] for head in found["heads"]] == ["R"]
    assert found["heads"][0]["head_ml"] == pytest.approx(63.5, abs=3)
    assert found["heads"][0]["necrosis_ml"] == 0
    assert np.allclose(found["heads"][0]["box"][0], [-114.2, -0.9, -768.9])
    labels = read_image(found["segmentation"])
    assert labels.same_grid(read_image(image))
    table = tmp_path / "features.csv"
    result = onfh_json("extract", image, found["segmentation"], "--preset", "dlr-mri", "--out", table)
    assert len(result["features"]) == 1197
    assert all(math.isfinite(value) for value in result["features"].values())
    with table.open(encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    assert (row["case"], row["side"]) == ("hip_right_t1", "R")
    assert {name: float(row[name]) for name in result["features"]} == result["features"]
    assert Path(f"{table}.provenance.json").is_file()


def test_prediction_says_what_drove_it_and_what_it_is_not(onfh_json, tmp_path):
    image = shared_data("real_hip_t1", "hip_right_t1.nii.gz")
    sphere = ("--centre", -89.1, 24.2, -743.8, "--radius", 25.1)
    result = onfh_json("predict", image, "--out", tmp_path / "out", *sphere)
    hip = result["hips"][0]
    log_odds = hip["intercept"] + sum(row["contribution"] for row in hip["contributions"])
    assert hip["dlr_probability"] == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=1e-12)
    assert hip["dlr_probability"] < hip["dlr_threshold"]  # a healthy hip
    assert result["provenance"]["model_part"] == "bright marrow (T1, T2)"
    assert hip["stage"] == "0"
    assert sum(hip["probabilities"].values()) == pytest.approx(1.0, abs=1e-6)
    assert any("T1-weighted (T1) was read from the image" in text for text in result["warnings"])
    assert (result["out_of_scope"], result["withheld"]) == ([], [])
    assert "simulated" in result["statement"]
    files = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert files == [
        "contributions_R.png",
        "deep.csv",
        "heatmap_R.nii.gz",
        "prediction.json",
        "radiomics.csv",
    ]
    assert result["provenance"]["bundle"].startswith("dlr-mri ")  # as Run all and ONFHPredict


def test_a_t1_image_that_is_said_to_be_fat_suppressed_has_its_numbers_under_withheld_alone(
    onfh_json, tmp_path
):
    image = shared_data("real_hip_t1", "hip_right_t1.nii.gz")
    sphere = ("--centre", -89.1, 24.2, -743.8, "--radius", 25.1)
    result = onfh_json(
        "predict", image, "--out", tmp_path, "--sequence", "T2 FS", "--stager", "none", *sphere
    )
    (hip,) = result["hips"]
    held = hip.pop("withheld")["probability"]
    assert held["reasons"] == ["The image states T2 FS but looks T1-weighted; check which series it is."]
    assert 0 <= held["probability"] <= 1
    assert all(value in (None, []) for name, value in hip.items() if name != "side"), hip


def test_measurements_of_the_real_hip_fit_the_sphere(onfh_json, tmp_path):
    image = shared_data("real_hip_t1", "hip_right_t1.nii.gz")
    sphere = ("--centre", -89.1, 24.2, -743.8, "--radius", 25.1)
    found = onfh_json("segment", image, "--out", tmp_path, *sphere)
    (hip,) = onfh_json("measure", image, found["segmentation"])["hips"]
    assert hip["side"] == "R"
    assert hip["radius"] == pytest.approx(25.1, abs=1.0)
    assert hip["combined_necrotic_angle"] == 0


def test_bundles_are_listed_and_verified(onfh_json):
    rows = onfh_json("bundles", "list")["bundles"]
    assert "rad-dlr-mri" in [row["name"] for row in rows]
    assert all(row["valid"] for row in rows)
    assert onfh_json("bundles", "verify", "rad-dlr-mri")["bundles"][0]["valid"]


def test_the_label_of_a_parameter_file_is_measured_unless_another_is_asked_for(onfh_json, tmp_path):
    z, y, x = np.mgrid[0:10, 0:24, 0:24]
    labels = np.zeros((10, 24, 24), np.uint8)
    labels[3:7, 4:12, 4:12], labels[3:7, 14:20, 14:20] = 1, 2
    image = Image((x * 10 + y * 3 + z).astype(np.int16))
    files = [
        write_image(image, tmp_path / "image.nrrd"),
        write_image(image.like(labels), tmp_path / "mask.nrrd"),
    ]
    preset = tmp_path / "params.yaml"
    preset.write_text(
        "imageType: {Original: {}}\nfeatureClass: {shape: [VoxelVolume], firstorder: [Mean]}\nsetting: {label: 2}\n",
        encoding="utf-8",
    )
    out = tmp_path / "features.csv"
    found = onfh_json("extract", *files, "--preset", preset, "--out", out)
    assert found["features"] == {"original_shape_VoxelVolume": 144.0, "original_firstorder_Mean": 219.0}
    assert json.loads(Path(f"{out}.provenance.json").read_text(encoding="utf-8"))["labels"] == [2]
    other = onfh_json("extract", *files, "--preset", preset, "--label", 1)
    assert other["features"] == {"original_shape_VoxelVolume": 256.0, "original_firstorder_Mean": 102.0}
