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
    with Path(result["table"]).open(encoding="utf-8") as file:
        assert [row["case"] for row in csv.DictReader(file)] == ["P0", "P1"]
    with Path(result["failures"]).open(encoding="utf-8") as file:
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


def test_a_run_of_which_nothing_is_left_to_do_prints_its_tables(onfh_json, tmp_path):
    from support.cohort_cases import STEPS, small_plan, write_cohort

    from ONFHAssistLib.cohort.run.folder import new_folder
    from ONFHAssistLib.cohort.run.sources import read_sources
    from ONFHAssistLib.cohort.run.work_case import work_case

    table = write_cohort(tmp_path / "cohort", 2)
    folder = new_folder(tmp_path / "out")
    for source in read_sources(table):
        assert work_case(source, small_plan(), str(folder.path)).end == "done"
    result = onfh_json(
        "cohort", "run", table, "--out", folder.path, "--steps", ",".join(STEPS), "--preset", "ibsi"
    )
    assert (result["done"], result["failed"], result["current"], result["computed"]) == (2, 0, 2, {})
    with Path(result["table"]).open(encoding="utf-8") as file:
        assert [row["case"] + row["side"] for row in csv.DictReader(file)] == ["K0R", "K0L", "K1R", "K1L"]
    assert Path(result["failures"]).read_text(encoding="utf-8") == "case,patient,side,step,reason\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--patient", "4711"), "asked of an archive"),
        (("--steps", "segment,outline"), "There is no step 'outline'"),
        (("--workers", "0"), "number of workers is 0"),
    ],
)
def test_a_run_that_cannot_be_is_refused_in_one_line(onfh, cohort, options, said):
    code, out, err = onfh("cohort", "run", cohort / "cohort.csv", "--out", cohort / "out", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert not (cohort / "out").exists()


def test_the_same_case_twice_is_refused_by_name(onfh, cohort):
    (cohort / "twice.csv").write_text("case,image\nP0,image0.nii.gz\nP0,image1.nii.gz\n")
    code, _out, err = onfh("cohort", "run", cohort / "twice.csv", "--out", cohort / "out")
    assert code == 2
    assert not (cohort / "out").exists()
    assert "twice.csv, line 3: the case 'P0' is there twice, first in line 2" in err
