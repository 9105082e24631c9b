"""``onfh robustness``: one case or a cohort, as JSON and as a CSV, and what it refuses."""

import csv

import numpy as np
import pytest

from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

PRESET = """
imageType: {Original: {}}
featureClass: {shape: [MeshVolume], firstorder: [Entropy]}
setting: {binWidth: 25}
"""


@pytest.fixture
def case(tmp_path):
    """``case(name, radii)`` writes a pelvis with heads of these radii in mm (right, left); returns image and labels."""

    def make(name, radii):
        grid = Image(np.zeros((24, 40, 90), np.float32), (1.5, 1.5, 3.0), (-67.0, -30.0, -36.0))
        rng = np.random.default_rng(len(name))
        values, labels = 200.0 + rng.normal(0, 5, grid.array.shape), np.zeros(grid.array.shape, np.uint8)
        for label, x, radius in ((1, -34.0, radii[0]), (2, 34.0, radii[1])):
            inside = np.linalg.norm(grid.points() - (x, 0.0, 0.0), axis=-1) <= radius
            values[inside], labels[inside] = 600.0 + rng.normal(0, 40, inside.sum()), label
        image = write_image(grid.like(values.astype(np.float32)), tmp_path / f"{name}.nii.gz")
        return image, write_image(grid.like(labels), tmp_path / f"{name}-labels.nii.gz")

    return make


@pytest.fixture
def options(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(PRESET, encoding="utf-8")
    return ("--preset", path, "--perturbations", 4, "--seed", 2)


def test_a_case_gives_icc_interval_and_variation_of_every_feature(onfh_json, case, options, tmp_path):
    out = tmp_path / "robust.csv"
    result = onfh_json("robustness", *case("P1", (20, 13)), *options, "--out", out)
    assert list(result["features"]) == ["original_shape_MeshVolume", "original_firstorder_Entropy"]
    volume = result["features"]["original_shape_MeshVolume"]
    assert 0.9 < volume["icc"] <= volume["high"] and volume["low"] <= volume["icc"]
    assert set(volume["variation"]) == {"R", "L"}
    assert result["hips"] == ["R", "L"]
    assert (result["perturbations"], result["perturbation_seed"], result["icc"]) == (4, 2, "1,1")
    assert "original_shape_MeshVolume" in result["surviving"]
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert float(rows[0]["icc"]) == volume["icc"]
    assert rows[0]["survives"] == "yes"
    assert float(rows[0]["variation L"]) == volume["variation"]["L"]


def test_a_cohort_has_one_icc_over_all_its_hips(onfh_json, case, options, tmp_path):
    lines = ["case,image,segmentation"]
    for name, radii in (("P1", (20, 18)), ("P2", (16, 14))):
        lines.append(f"{name},{case(name, radii)[0].name},{name}-labels.nii.gz")
    table = tmp_path / "cohort.csv"
    table.write_text("\n".join(lines), encoding="utf-8")
    result = onfh_json("robustness", "--cohort", table, *options)
    assert result["hips"] == ["P1 R", "P1 L", "P2 R", "P2 L"]
    assert result["features"]["original_shape_MeshVolume"]["icc"] > 0.9


def test_one_hip_has_no_icc_and_the_table_says_so(onfh, onfh_json, case, options, tmp_path):
    image, _labels = case("P1", (20, 0))
    files = (image, tmp_path / "P1-labels.nii.gz")
    result = onfh_json("robustness", *files, *options)
    assert result["features"]["original_firstorder_Entropy"]["icc"] is None
    assert result["surviving"] == []
    code, out, _err = onfh("robustness", *files, *options)
    assert code == 0
    assert "2 features of one hip" in out


def test_a_wrong_call_is_one_sentence(onfh, case, options, tmp_path):
    files = case("P1", (20, 13))
    for call, word in (
        ((), "Give an IMAGE and its SEGMENTATION"),
        (files[:1], "Give an IMAGE and its SEGMENTATION"),
        ((*files, "--cohort", files[0]), "Give an IMAGE and its SEGMENTATION"),
        ((*files, "--perturbations", 1), "is 1; 2 to 200"),
        ((*files, "--growth", 2), "0 to 0.5 is accepted"),
        ((*files, "--out", tmp_path / "robust.txt"), "should end in .csv"),
    ):
        code, out, err = onfh("robustness", *call)
        assert (code, out) == (2, "")
        assert word in err
        assert err.count("\n") == 1
