"""The table of real hips: every wrong cell is refused with its row and column before any work begins."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from support.shared_data import ROOT, shared_data

from ONFHAssistLab.studies.real_hips.evaluation import evaluate_real
from ONFHAssistLab.studies.real_hips.judging import prepare
from ONFHAssistLab.studies.real_hips.table import by_image, read_real_hips
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

GOOD = {
    "image": "scans/a.nii.gz", "side": "R", "centre_x": "-88", "centre_y": "3.5", "centre_z": "-5", "radius": "24",
    "truth": "healthy",
}  # fmt: skip
SICK = {**GOOD, "truth": "implanted"}
PELVES = ROOT / "benchmarks" / "real_pelves.py"


@pytest.fixture
def folder(tmp_path):
    """Two images of noise, and outlines of a right head with and without a necrosis, one of them 60 mm off."""
    grid = Image(np.zeros((15, 50, 120), np.float32), (2.0, 2.0, 5.0), (-119.0, -50.0, -40.0))
    noise = grid.like(np.random.default_rng(0).normal(100, 10, grid.array.shape).astype(np.float32))
    for name in ("scans/a.nii.gz", "scans/b.nii.gz"):
        write_image(noise, tmp_path / name)
    inside = np.linalg.norm(grid.points() - [-88, 3.5, -5], axis=-1)
    labels = (inside < 24).astype(np.uint8)
    write_image(grid.like(labels), tmp_path / "head.nii.gz")
    labels[inside < 10] = 3
    write_image(grid.like(labels), tmp_path / "necrosis.nii.gz")
    write_image(grid.like(np.roll(labels, 30, axis=2)), tmp_path / "off.nii.gz")
    return tmp_path


def write(folder, *rows):
    path = folder / "hips.csv"
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_row_is_read_with_all_it_says(folder):
    more = {
        "segmentation": "necrosis.nii.gz", "necrosis_ml": "4.2", "necrotic_share": "0.11", "stage": "II",
        "patient": "007", "sequence": "T1",
    }  # fmt: skip
    first, second = read_real_hips(write(folder, {**SICK, **more}, {**GOOD, "image": "scans/b.nii.gz"}))
    assert (first.side, first.centre, first.radius, first.truth) == (
        "R",
        (-88.0, 3.5, -5.0),
        24.0,
        "implanted",
    )
    assert (first.necrosis_ml, first.necrotic_share, first.stage, first.sequence) == (4.2, 0.11, "II", "T1")
    assert first.image == (folder / "scans/a.nii.gz").resolve()
    assert (first.name, second.name) == ("a.nii.gz", "b.nii.gz")
    assert first.segmentation == (folder / "necrosis.nii.gz").resolve()
    assert (second.segmentation, second.stage, second.sequence) == (None, None, None)
    assert second.patient == str(second.image)


def test_the_centre_may_stand_in_one_column(folder):
    row = {k: v for k, v in GOOD.items() if not k.startswith("centre_")}
    assert read_real_hips(write(folder, {**row, "centre": "-88 3.5 -5"}))[0].centre == (-88.0, 3.5, -5.0)
    assert read_real_hips(write(folder, {**row, "centre": "-88, 3.5, -5"}))[0].centre == (-88.0, 3.5, -5.0)
    with pytest.raises(
        InputError, match=r"hips\.csv, line 2: the column 'centre' is '-88 3\.5'; three coord"
    ):
        read_real_hips(write(folder, {**row, "centre": "-88 3.5"}))


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ({**GOOD, "image": "scans/c.nii.gz"}, "image", "'scans/c.nii.gz'; a file or folder is expected"),
        ({**GOOD, "image": ""}, "image", "empty; a file or folder is expected"),
        ({**GOOD, "side": "right"}, "side", "'right'; R or L is expected"),
        ({**GOOD, "side": ""}, "side", "empty; R or L is expected"),
        ({**GOOD, "centre_y": ""}, "centre_y", "empty; a coordinate in LPS mm is expected"),
        ({**GOOD, "centre_z": "3,5"}, "centre_z", "'3,5'; a coordinate in LPS mm is expected"),
        ({**GOOD, "centre_x": "inf"}, "centre_x", "a coordinate in LPS mm is expected"),
        ({**GOOD, "radius": "48"}, "radius", "'48'; a radius of 10 to 40 mm is expected"),
        ({**GOOD, "radius": "-24"}, "radius", "'-24'; a radius of 10 to 40 mm is expected"),
        ({**GOOD, "truth": "sick"}, "truth", "'sick'; healthy or implanted is expected"),
        ({**SICK, "segmentation": "none.nii.gz"}, "segmentation", "'none.nii.gz'; a file or folder is expected"),
        ({**SICK, "necrosis_ml": "much"}, "necrosis_ml", "'much'; a volume in ml is expected"),
        ({**SICK, "necrotic_share": "11"}, "necrotic_share", "'11'; a share of the head from 0 to 1 is expected"),
        ({**GOOD, "necrosis_ml": "2"}, "necrosis_ml", "'2'; a healthy hip has no necrosis"),
        ({**SICK, "stage": "III"}, "stage", "'III'; 0 or I or II is expected"),
        ({**SICK, "stage": "0"}, "stage", "'0'; I or II is expected of 'implanted'"),
        ({**GOOD, "stage": "I"}, "stage", "'I'; 0 is expected of 'healthy'"),
        ({**GOOD, "sequence": "T1W"}, "sequence", "'T1W'; T1 or T2 or T2 FS"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_refused_by_row_and_column_before_any_work(folder, row, column, said):
    table = write(folder, {**dict.fromkeys(row, ""), **GOOD, "image": "scans/b.nii.gz"}, row)
    with pytest.raises(InputError) as refusal:
        evaluate_real(table, folder / "out")
    assert str(refusal.value).startswith(f"hips.csv, line 3: the column '{column}' is ")
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert not (folder / "out").exists()


@pytest.mark.parametrize("column", ["image", "side", "centre_y", "radius", "truth"])
def test_a_missing_column_is_named(folder, column):
    with pytest.raises(InputError, match=rf"hips\.csv lacks the column '{column}'; it has "):
        read_real_hips(write(folder, {k: v for k, v in GOOD.items() if k != column}))


def test_a_hip_twice_and_an_image_of_two_patients_are_refused(folder):
    with pytest.raises(
        InputError, match=r"line 3: the column 'side' names R of scans/a\.nii\.gz, as line 2 does"
    ):
        read_real_hips(write(folder, GOOD, GOOD))
    left = {**GOOD, "side": "L", "centre_x": "88"}
    with pytest.raises(InputError, match="line 3: the column 'patient' is not that of line 2"):
        read_real_hips(write(folder, {**GOOD, "patient": "a"}, {**left, "patient": "b"}))
    with pytest.raises(InputError, match="line 3: the column 'sequence' is not that of line 2"):
        read_real_hips(write(folder, {**GOOD, "sequence": "T1"}, {**left, "sequence": "T2"}))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**GOOD, "centre_x": "300"}, "line 2: the column 'centre' lies outside a.nii.gz; LPS mm are expected"),
        ({**GOOD, "centre_z": "-300"}, "line 2: the column 'centre' lies outside a.nii.gz; LPS mm are expected"),
        ({**SICK, "segmentation": "head.nii.gz"}, "names head.nii.gz, which has no necrosis R; label 3 is expected"),
        ({**GOOD, "segmentation": "necrosis.nii.gz"}, "names necrosis.nii.gz, which has a necrosis R; a healthy hip"),
        ({**SICK, "segmentation": "off.nii.gz"}, "whose outline R lies 60 mm from the centre of that row"),
        ({**SICK, "segmentation": "hips.csv"}, "names hips.csv, which cannot be used: "),
    ],
)  # fmt: skip
def test_what_does_not_fit_image_or_outlines_is_refused_before_any_work(folder, row, said):
    with pytest.raises(InputError) as refusal:
        evaluate_real(write(folder, row), folder / "out")
    assert said in str(refusal.value)
    assert not (folder / "out").exists()


def test_a_sequence_that_the_header_contradicts_is_refused(folder, monkeypatch):
    from ONFHAssistLab.studies.real_hips import judging

    monkeypatch.setattr(
        judging, "read_image", lambda path: _read(path).like(_read(path).array, modality="MR", sequence="T2")
    )
    (hip,) = read_real_hips(write(folder, {**GOOD, "sequence": "T1"}))
    with pytest.raises(
        InputError, match=r"line 2: the column 'sequence' is 'T1', but the header of a\.nii\.gz says 'T2'"
    ):
        prepare([hip], folder / "work", {}, "hips.csv")


def _read(path):
    from ONFHAssistLib.imaging.files import read_image

    return read_image(path)


def test_results_are_kept_by_image_sequence_and_models(folder):
    def name(models, **more):
        (hip,) = read_real_hips(write(folder, {**GOOD, **more}))
        return prepare([hip], folder / "work", models, "hips.csv").folder.name

    first = name({"m": "1"})
    assert first.startswith("a.nii.gz-")
    assert name({"m": "1"}) == first == name({"m": "1"}, centre_x="-80", stage="0")
    assert (
        len(
            {
                first,
                name({"m": "2"}),
                name({"m": "1"}, sequence="T1"),
                name({"m": "1"}, image="scans/b.nii.gz"),
            }
        )
        == 4
    )


def test_the_table_of_the_pelves_is_what_the_command_reads(tmp_path):
    folder = tmp_path / "pelves"
    folder.mkdir()
    (folder / "p.nii.gz").touch()
    spheres = {
        "p.nii.gz": {"L": {"centre": [90, 1, 2], "radius": 21.5}, "R": {"centre": [-90, 1, 2], "radius": 22}}
    }
    (folder / "spheres.json").write_text(json.dumps(spheres), encoding="utf-8")
    hips = _pelves(folder, tmp_path / "tables" / "pelves.csv")
    assert [(h.side, h.centre, h.radius) for h in hips] == [
        ("R", (-90.0, 1.0, 2.0), 22.0),
        ("L", (90.0, 1.0, 2.0), 21.5),
    ]
    assert {(h.truth, h.stage, h.sequence, h.patient, h.image) for h in hips} == {
        ("healthy", "0", "T1", "p", (folder / "p.nii.gz").resolve())
    }


def test_the_real_pelves_make_a_table_of_22_hips_whose_centres_lie_in_their_images(tmp_path):
    hips = _pelves(shared_data("real_pelvis_t1", "spheres.json").parent, tmp_path / "pelves.csv")
    assert len(hips) == 22
    for rows in by_image(hips).values():
        assert [h.side for h in rows] == ["R", "L"]
        assert rows[0].centre[0] < rows[1].centre[0]
        assert prepare(rows, tmp_path / "work", {}, "pelves.csv").refusal == ""


def _pelves(folder: Path, table: Path):
    done = subprocess.run(
        [sys.executable, str(PELVES), str(folder), "--out", str(table)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert str(table) in done.stdout
    return read_real_hips(table)
