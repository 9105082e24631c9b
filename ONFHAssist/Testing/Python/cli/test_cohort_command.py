"""``onfh cohort extract`` and ``onfh extract --compare``: what they print and what they leave."""

import csv
from pathlib import Path

import numpy as np
import pytest

from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image


@pytest.fixture
def cohort(tmp_path):
    """Two good hips and one empty mask in a table with relative paths."""
    grid = Image(np.zeros((20, 24, 24), np.float32), (2, 2, 2), (-93.0, -23.0, -19.0))
    inside = np.linalg.norm(grid.points() - [-70, 0, 0], axis=-1) < 15
    rows = []
    for number in range(3):
        values = np.random.default_rng(number).normal(500, 60, inside.shape).astype(np.float32)
        write_image(grid.like(values), tmp_path / f"image{number}.nii.gz")
        write_image(grid.like((inside & (number < 2)).astype(np.uint8)), tmp_path / f"mask{number}.nii.gz")
        rows.append(
            {
                "case": f"P{number}",
                "image": f"image{number}.nii.gz",
                "mask": f"mask{number}.nii.gz",
                "side": "R",
            }
        )
    with (tmp_path / "cohort.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return tmp_path


def test_a_bad_case_is_listed_and_the_rest_goes_on(onfh_json, cohort):
    result = onfh_json(
        "cohort", "extract", cohort / "cohort.csv", "--preset", "ibsi", "--out", cohort / "out"
    )
    assert (result["done"], result["failed"]) == (2, 1)
    with Path(result["table"]).open() as file:
        assert [row["case"] for row in csv.DictReader(file)] == ["P0", "P1"]
    with Path(result["failures"]).open() as file:
        (failure,) = csv.DictReader(file)
    assert failure["case"] == "P2"
    assert "empty" in failure["reason"]
    again = onfh_json("cohort", "extract", cohort / "cohort.csv", "--preset", "ibsi", "--out", cohort / "out")
    assert again["resumed"] == 2


def test_a_table_without_a_column_is_refused(onfh, cohort):
    (cohort / "bad.csv").write_text("case,image\nP0,image0.nii.gz\n")
    code, out, err = onfh(
        "cohort", "extract", cohort / "bad.csv", "--preset", "ibsi", "--out", cohort / "out"
    )
    assert (code, out) == (2, "")
    assert "lacks the column 'mask'" in err
    assert not (cohort / "out").exists()


def test_both_engines_are_compared(onfh_json, cohort):
    pytest.importorskip("radiomics")
    result = onfh_json(
        "extract", cohort / "image0.nii.gz", cohort / "mask0.nii.gz", "--preset", "ibsi", "--compare"
    )
    assert result["largest_difference"] < 1e-9
    assert list(result["features"]["native"]) == list(result["features"]["pyradiomics"])
