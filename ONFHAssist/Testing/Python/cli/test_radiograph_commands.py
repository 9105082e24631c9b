"""A simulated radiograph through the commands: circle, then the features of the preset dlrc-xray, however it hangs."""

import csv
import math

import numpy as np
import pydicom
import pytest

from ONFHAssistLab.simulate.acquisition.dicom_radiograph import write_dicom_radiograph
from ONFHAssistLab.simulate.acquisition.radiograph import RadiographProtocol, radiograph
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.labels import HEAD


@pytest.fixture(scope="module")
def pelvis(tmp_path_factory):
    """(DICOM file, true centre on the film in LPS mm and radius of each side, projected heads)."""
    patient = build_patient(draw_patient(21, right="II", left="0", bmi=25.0), 1.5)
    image, heads = radiograph(patient, 3, protocol=RadiographProtocol(pixel_mm=0.7))
    path = write_dicom_radiograph(image, tmp_path_factory.mktemp("film") / "pelvis.dcm", "P1")
    corner = image.index_to_point(np.zeros(3))
    truth = {s: (np.array(patient.truth[s]["centre"]) - corner, patient.truth[s]["radius"]) for s in "RL"}
    return path, truth, heads


def rehung(path, out, mirrored, **tags):
    """The film with its columns to the patient's right, pixels mirrored too; ``tags`` are changed or (None) removed."""
    dataset = pydicom.dcmread(path)
    if mirrored:
        dataset.PixelData = np.ascontiguousarray(dataset.pixel_array[:, ::-1]).tobytes()
        dataset.PatientOrientation = ["R", "F"]
    for name, value in tags.items():
        if value is None:
            delattr(dataset, name)
        else:
            setattr(dataset, name, value)
    dataset.save_as(out)
    return out


def circle(centre, radius):
    return ("--centre", *(f"{v:.2f}" for v in centre), "--radius", f"{radius:.2f}")


@pytest.mark.parametrize("side", ["R", "L"])
def test_the_circle_lies_on_the_head_and_its_side_is_right(onfh_json, pelvis, tmp_path, side):
    path, truth, heads = pelvis
    found = onfh_json("segment", path, "--out", tmp_path, *circle(*truth[side]))
    (head,) = found["heads"]
    assert head["side"] == side
    assert head["head_ml"] is None  # a shadow has no volume
    labels = read_image(found["segmentation"])
    assert labels.same_grid(read_image(path))
    drawn, shadow = labels.array == HEAD[side], heads.array == HEAD[side]
    # The shadow of the outlined head holds some neck and lacks nothing of the circle.
    assert (drawn & shadow).sum() / drawn.sum() > 0.9
    assert drawn.sum() * labels.spacing[0] * labels.spacing[1] == pytest.approx(
        math.pi * truth[side][1] ** 2, rel=0.02
    )


def test_features_of_the_right_head_are_the_same_on_the_mirrored_film(onfh_json, pelvis, tmp_path):
    path, truth, _ = pelvis
    mirrored = rehung(path, tmp_path / "mirrored.dcm", True)
    centre, radius = truth["R"]
    width = read_image(path).size[0] - 1
    other = np.array(centre) - [
        width * read_image(path).spacing[0],
        0,
        0,
    ]  # its first pixel is the leftmost of the patient
    rows = {}
    for name, film, where in (("plain", path, centre), ("mirrored", mirrored, other)):
        found = onfh_json("segment", film, "--out", tmp_path / name, *circle(where, radius))
        assert [head["side"] for head in found["heads"]] == ["R"]
        table = tmp_path / f"{name}.csv"
        result = onfh_json("extract", film, found["segmentation"], "--preset", "dlrc-xray", "--out", table)
        assert len(result["features"]) == 1032
        with table.open(encoding="utf-8") as file:
            row = next(csv.DictReader(file))
        assert row["side"] == "R"
        rows[name] = result["features"]
    # Resampled from the other edge, single pixels differ; what many pixels say does not.
    single = ("Minimum", "Maximum", "Range")
    wanted = ("original_firstorder", "original_shape2D")
    symmetric = [n for n in rows["plain"] if n.startswith(wanted) and not n.endswith(single)]
    assert len(symmetric) == 23
    for name in symmetric:
        # A skewness lies about zero, where two per cent of it are nothing.
        little = 0.02 if name.endswith("Skewness") else 1e-3
        assert rows["mirrored"][name] == pytest.approx(rows["plain"][name], rel=0.02, abs=little), name


def test_the_detectors_spacing_is_corrected_when_the_magnification_is_given(
    onfh_json, onfh, pelvis, tmp_path
):
    path, truth, _ = pelvis
    bare = rehung(
        path, tmp_path / "bare.dcm", False, PixelSpacing=None, EstimatedRadiographicMagnificationFactor=None
    )
    true, detector = read_image(path), read_image(bare)
    magnification = detector.spacing[0] / true.spacing[0]
    centre, radius = truth["L"]
    wrong = onfh_json("segment", bare, "--out", tmp_path / "w", *circle(centre * magnification, radius))
    assert "detector's" in wrong["warnings"][0]
    option = ("--magnification", f"{magnification:.6f}")
    found = onfh_json("segment", bare, "--out", tmp_path / "r", *circle(centre, radius), *option)
    assert found["warnings"] == []
    area = {k: (read_image(v["segmentation"]).array > 0).sum() for k, v in (("w", wrong), ("r", found))}
    assert area["r"] / area["w"] == pytest.approx(magnification**2, rel=0.01)
    result = onfh_json("extract", bare, found["segmentation"], "--preset", "dlrc-xray", "--label", 2, *option)
    assert result["features"]["original_shape2D_PixelSurface"] == pytest.approx(math.pi * radius**2, rel=0.03)
    code, _, err = onfh("segment", path, "--out", tmp_path / "no", *circle(centre, radius), *option)
    assert (code, err.count("\n")) == (2, 1)
    assert "corrected twice" in err
    assert not (tmp_path / "no").exists()


def test_the_side_of_a_film_of_one_hip_can_be_given(onfh_json, onfh, pelvis, tmp_path):
    path, truth, _ = pelvis
    dataset = pydicom.dcmread(path)
    pixels = dataset.pixel_array[:, dataset.Columns // 2 :]  # the patient's left half
    dataset.PixelData, dataset.Columns = np.ascontiguousarray(pixels).tobytes(), pixels.shape[1]
    del dataset.ImageLaterality
    dataset.save_as(tmp_path / "half.dcm")
    centre, radius = truth["L"]
    shift = dataset.PixelSpacing[1] * (read_image(path).size[0] // 2)
    where = circle(centre - np.array([shift, 0, 0]), radius)
    guessed = onfh_json("segment", tmp_path / "half.dcm", "--out", tmp_path / "a", *where)
    assert "states no side" in guessed["warnings"][0]
    found = onfh_json("segment", tmp_path / "half.dcm", "--out", tmp_path / "b", *where, "--side", "L")
    assert (found["heads"][0]["side"], found["warnings"]) == ("L", [])
    code, _, err = onfh("segment", tmp_path / "half.dcm", "--out", tmp_path / "c", *where, "--side", "left")
    assert (code, err.count("\n")) == (2, 1)
    assert "'left'; R or L" in err


def test_prediction_still_wants_a_volume(onfh, pelvis, tmp_path):
    path, truth, _ = pelvis
    code, _, err = onfh("predict", path, "--out", tmp_path / "out", *circle(*truth["R"]))
    assert code == 2
    assert "single slice" in err
