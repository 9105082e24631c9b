"""``onfh deep``: features and a picture of the real slice, and what it refuses."""

import csv
import math

import pytest
from support.shared_data import shared_data

from ONFHAssistLib.imaging.files import read_image


@pytest.fixture
def hip(onfh_json, tmp_path):
    """The real hip and its sphere's outline."""
    image = shared_data("real_hip_t1", "hip_right_t1.nii.gz")
    sphere = ("--centre", -89.1, 24.2, -743.8, "--radius", 25.1)
    return image, onfh_json("segment", image, "--out", tmp_path / "case", *sphere)["segmentation"]


def test_features_and_picture_of_the_real_hip(onfh_json, hip, tmp_path):
    result = onfh_json("deep", *hip, "--out", tmp_path / "deep.csv", "--picture", tmp_path / "heat.png")
    assert list(result["features"]) == [f"DL_{i}" for i in range(512)]
    assert all(math.isfinite(value) for value in result["features"].values())
    assert result["backbone"].startswith("backbone-resnet18")
    with (tmp_path / "deep.csv").open() as file:
        (row,) = csv.DictReader(file)
    assert float(row["DL_17"]) == result["features"]["DL_17"]
    assert (tmp_path / "heat.png").read_bytes().startswith(b"\x89PNG")


def test_an_absent_label_and_a_wrong_suffix_are_refused(onfh, hip, tmp_path):
    code, out, err = onfh("deep", *hip, "--label", 9)
    assert (code, out) == (2, "")
    assert "Label 9" in err
    code, _out, err = onfh("deep", *hip, "--picture", tmp_path / "heat.jpg")
    assert code == 2
    assert "should end in .png" in err
    assert read_image(hip[1]).array.any()
