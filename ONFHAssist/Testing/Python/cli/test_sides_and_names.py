"""Every command checks the side from the place, reads what hospitals have, and names a case in full."""

import csv
import json

import numpy as np
import pytest
from PIL import Image as Picture
from support.dicom_files import slice_datasets, write_shuffled
from support.named_files import dicom_seg, nifti, rtstruct, seg_nrrd

from ONFHAssistLib.core.names import case_name
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

SWAP = np.array([0, 2, 1, 4, 3], np.uint8)
PRESET = "imageType:\n  Original: {}\nfeatureClass:\n  firstorder: ['Mean']\nsetting:\n  binWidth: 25\n"


@pytest.fixture(scope="module")
def pelvis(tmp_path_factory):
    """Folder with ``image.nii.gz`` of both hips, ``right.nii.gz`` and ``swapped.nii.gz``, and a small preset."""
    folder = tmp_path_factory.mktemp("pelvis")
    grid = Image(np.zeros((20, 40, 170), np.int16), (2.0, 2.0, 4.0), (-170, -40, -40))
    x, y, z = np.moveaxis(grid.points(), -1, 0)
    labels = np.zeros(grid.array.shape, np.uint8)
    for label, middle in ((1, -88), (2, 88)):
        labels[(x - middle) ** 2 + y**2 + z**2 < 24**2] = label
    labels[(labels == 1) & (z > 10)] = 3
    noise = np.random.default_rng(1).normal(0, 20, labels.shape)
    write_image(grid.like((np.where(labels > 0, 800, 250) + noise).astype(np.int16)), folder / "image.nii.gz")
    write_image(grid.like(labels), folder / "right.nii.gz")
    write_image(grid.like(SWAP[labels]), folder / "swapped.nii.gz")
    write_image(grid.like(np.where(labels > 0, 1, 0).astype(np.uint8)), folder / "one.nii.gz")
    write_image(
        grid.like(np.where(labels == 2, 75, np.where(labels > 0, 76, 0)).astype(np.uint8)),
        folder / "total.nii.gz",
    )
    (folder / "p.yaml").write_text(PRESET)
    return folder


def refused(result, *words):
    code, out, err = result
    assert (code, out, err.count("\n")) == (2, "", 1)
    for word in words:
        assert word in err


COMMANDS = {
    "measure": lambda d, seg: ("measure", d / "image.nii.gz", seg),
    "predict": lambda d, seg: (
        "predict",
        d / "image.nii.gz",
        "--out",
        d / "no",
        "--segmentation",
        seg,
        "--sequence",
        "T1",
    ),
    "compare": lambda d, seg: ("compare", d / "right.nii.gz", seg),
    "extract": lambda d, seg: (
        "extract",
        d / "image.nii.gz",
        seg,
        "--preset",
        d / "p.yaml",
        "--out",
        d / "no" / "f.csv",
    ),
    "deep": lambda d, seg: ("deep", d / "image.nii.gz", seg, "--out", d / "no" / "f.csv"),
    "robustness": lambda d, seg: ("robustness", d / "image.nii.gz", seg, "--preset", d / "p.yaml"),
    "run": lambda d, seg: (
        "run",
        d / "image.nii.gz",
        "--out",
        d / "no",
        "--segmentation",
        seg,
        "--sequence",
        "T1",
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_exchanged_sides_and_one_label_for_both_are_refused_by_every_command(onfh, pelvis, command):
    refused(
        onfh(*COMMANDS[command](pelvis, pelvis / "swapped.nii.gz")), "swapped.nii.gz", "sides are exchanged"
    )
    refused(onfh(*COMMANDS[command](pelvis, pelvis / "one.nii.gz")), "one.nii.gz", "two bodies 176 mm apart")
    assert not (pelvis / "no").exists()


@pytest.mark.parametrize("command", ["measure", "predict", "compare", "run"])
def test_labels_that_are_none_of_ours_are_refused_with_what_was_found(onfh, pelvis, command):
    refused(onfh(*COMMANDS[command](pelvis, pelvis / "total.nii.gz")), "holds 75, 76 but no femoral head")


def test_the_features_of_any_label_get_the_side_of_their_place(onfh_json, pelvis, tmp_path):
    out = tmp_path / "f.csv"
    both = ("extract", pelvis / "image.nii.gz", pelvis / "total.nii.gz", "--preset", pelvis / "p.yaml")
    found = onfh_json(*both, "--label", 75, "--out", out)
    assert (found["side"], found["warnings"]) == ("L", [])
    with out.open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["case"], row["side"]) == ("image", "L")


def test_a_cohort_names_the_case_whose_side_is_wrong(onfh_json, pelvis, tmp_path):
    rows = ["case,side,image,segmentation"]
    rows += [f"{case},{side},{pelvis}/image.nii.gz,{pelvis}/{mask}.nii.gz"
             for case, side, mask in (("a", "R", "right"), ("b", "R", "swapped"), ("c", "L", "right"))]  # fmt: skip
    (tmp_path / "cohort.csv").write_text("\n".join(rows))
    found = onfh_json(
        "cohort", "extract", tmp_path / "cohort.csv", "--preset", pelvis / "p.yaml", "--out", tmp_path / "o"
    )
    assert (found["done"], found["failed"]) == (2, 1)
    failures = (tmp_path / "o" / "failures.csv").read_text()
    assert "b,R" in failures
    assert "sides are exchanged" in failures


# what hospitals have ----------------------------------------------------------------------------------------------


@pytest.fixture
def series(tmp_path):
    """(folder of a right hip's series, its grid, head, necrosis)."""
    grid = Image(np.zeros((20, 45, 48), np.int16), (2.0, 2.0, 4.0), (-136, -44, -40))
    distance = np.linalg.norm(grid.points() - [-88, 0, 0], axis=-1)
    head, necrosis = distance < 24, np.linalg.norm(grid.points() - [-88, 0, 12], axis=-1) < 10
    slices = slice_datasets(grid.like(np.where(head, 800, 200).astype(np.int16)))
    write_shuffled(slices, tmp_path / "series")
    return tmp_path / "series", grid, head, necrosis, slices


def test_a_dicom_segmentation_and_contours_are_measured(onfh_json, series, tmp_path):
    folder, grid, head, necrosis, slices = series
    seg = dicom_seg(tmp_path / "seg.dcm", slices, [head, necrosis], ["Femoral head R", "Necrosis R"])
    around = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    circles = {"Femur_Head_R": (0, 24), "Necrosis R": (12, 10)}
    contours = {
        name: [
            np.stack([-88 + cut * np.cos(around), cut * np.sin(around), np.full(240, z)], -1)
            for z in grid.points()[:, 0, 0, 2]
            if (cut := np.sqrt(max(radius**2 - (z - middle) ** 2, 0.0))) > 1
        ]
        for name, (middle, radius) in circles.items()
    }
    for mask in (seg, rtstruct(tmp_path / "rt.dcm", contours)):
        (hip,) = onfh_json("measure", folder, mask, "--no-find-edges")["hips"]
        assert hip["side"] == "R"
        assert hip["radius"] == pytest.approx(24, abs=0.5)
        assert hip["head_ml"] == pytest.approx(head.sum() * 0.016, rel=0.02)
        assert hip["necrosis_ml"] == pytest.approx(necrosis.sum() * 0.016, rel=0.03)


def test_overlapping_segments_are_named_and_one_is_taken_by_label_channel(onfh, onfh_json, series, tmp_path):
    folder, grid, head, necrosis, _ = series
    mask = seg_nrrd(tmp_path / "m.seg.nrrd", [grid.like(head), grid.like(necrosis)], [])
    (tmp_path / "p.yaml").write_text(PRESET)
    (tmp_path / "c.yaml").write_text(PRESET + "  label_channel: 1\n")
    refused(
        onfh("extract", folder, mask, "--preset", tmp_path / "p.yaml"), "m.seg.nrrd overlap", "label_channel"
    )
    out = tmp_path / "f.csv"
    onfh_json("extract", folder, mask, "--preset", tmp_path / "c.yaml", "--out", out)
    assert json.loads((tmp_path / "f.csv.provenance.json").read_text())["region_voxels"] == necrosis.sum()


def test_a_file_without_orientation_is_said_and_nothing_is_searched_in_it(onfh, onfh_json, tmp_path):
    grid = Image(np.zeros((20, 50, 60), np.int16), (2.0, 2.0, 4.0))
    head = np.linalg.norm(grid.points() - [60, 50, 40], axis=-1) < 24
    nifti(tmp_path / "i.nii", np.where(head, 800, 200).astype(np.int16), None, (2, 2, 4))
    nifti(tmp_path / "m.nii", head.astype(np.int16), None, (2, 2, 4))
    found = onfh_json("measure", tmp_path / "i.nii", tmp_path / "m.nii")
    assert any("i.nii states no orientation" in text for text in found["warnings"])
    assert any("i.nii states no orientation" in text for text in found["hips"][0]["notes"])
    refused(onfh("segment", tmp_path / "i.nii", "--out", tmp_path / "no"), "i.nii states no orientation")
    sphere = ("--centre", 60, 50, 40, "--radius", 24)
    refused(
        onfh("segment", tmp_path / "i.nii", "--out", tmp_path / "no", *sphere), "no orientation", "--side"
    )
    assert not (tmp_path / "no").exists()
    given = onfh_json("segment", tmp_path / "i.nii", "--out", tmp_path / "s", *sphere, "--side", "L")
    assert given["heads"][0]["side"] == "L"
    assert any("no orientation" in text for text in given["warnings"])


def test_a_picture_of_a_film_is_outlined_with_its_spacing_and_gives_deep_features_without(
    onfh, onfh_json, tmp_path
):
    rows, columns = np.mgrid[0:400, 0:800]
    disc = (columns - 200) ** 2 + (rows - 200) ** 2 < 50**2
    Picture.fromarray(np.where(disc, 220, 90).astype(np.uint8)).save(tmp_path / "film.png")
    Picture.fromarray(disc.astype(np.uint8)).save(tmp_path / "mask.png")
    circle = ("--centre", 100, 0, -100, "--radius", 25)
    refused(onfh("segment", tmp_path / "film.png", "--out", tmp_path / "no", *circle), "--spacing")
    found = onfh_json("segment", tmp_path / "film.png", "--out", tmp_path / "s", *circle, "--spacing", 0.5)
    assert found["heads"][0]["side"] == "R"
    deep = onfh_json("deep", tmp_path / "film.png", tmp_path / "mask.png", "--out", tmp_path / "d.csv")
    assert len(deep["features"]) == 512
    refused(
        onfh("extract", tmp_path / "film.png", tmp_path / "mask.png", "--preset", "dlrc-xray"), "--spacing"
    )


# names ------------------------------------------------------------------------------------------------------------


def test_a_case_is_named_by_the_whole_name_of_its_file_or_folder(tmp_path):
    (tmp_path / "hip.anna.nii").mkdir()
    assert case_name(tmp_path / "hip.anna.nii", {"study_uid": "1.2", "series_uid": "1.2.3"}) == "hip.anna.nii"
    assert case_name("x/hip.anna.nii.gz") == "hip.anna"
    assert case_name("hip.bert.SEG.NRRD") == "hip.bert"
    assert case_name("IM0001", {"study_uid": "1.2.840.5", "series_uid": "1.2.3"}) == "1.2.840.5"
    assert case_name("IM0001.v2") == "IM0001.v2"
    assert case_name(".nii") == ".nii"


def test_two_patients_never_have_one_name(onfh_json, pelvis, tmp_path):
    names = set()
    for patient in ("hip.anna", "hip.bert"):
        image = tmp_path / f"{patient}.nii.gz"
        image.write_bytes((pelvis / "image.nii.gz").read_bytes())
        out = tmp_path / f"{patient}.csv"
        onfh_json("extract", image, pelvis / "right.nii.gz", "--preset", pelvis / "p.yaml", "--out", out)
        with out.open(encoding="utf-8") as file:
            names |= {row["case"] for row in csv.DictReader(file)}
    assert names == {"hip.anna", "hip.bert"}


def test_a_guessed_side_is_said_where_features_are_written(onfh_json, tmp_path):
    grid = Image(np.zeros((10, 30, 30), np.int16), (2.0, 2.0, 4.0), (-20, -30, -20))
    ball = np.linalg.norm(grid.points() - [8, 0, 0], axis=-1) < 16
    write_image(grid.like(np.where(ball, 800, 200).astype(np.int16)), tmp_path / "i.nii.gz")
    write_image(grid.like(np.where(ball, 7, 0).astype(np.uint8)), tmp_path / "m.nii.gz")
    (tmp_path / "p.yaml").write_text(PRESET)
    both = (tmp_path / "i.nii.gz", tmp_path / "m.nii.gz", "--label", 7)
    found = onfh_json("extract", *both, "--preset", tmp_path / "p.yaml", "--out", tmp_path / "f.csv")
    assert "side L was taken, please check" in found["warnings"][0]
    said = json.loads((tmp_path / "f.csv.provenance.json").read_text(encoding="utf-8"))["warnings"]
    assert said == found["warnings"]
    assert "side L was taken" in onfh_json("deep", *both, "--out", tmp_path / "d.csv")["warnings"][0]
