"""``segmentation_fine.nii.gz``: what the commands write, accept, and no longer believe once the outline was corrected."""

from dataclasses import replace

import numpy as np
import pytest
from support.outlined_hips import thick_hip

from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.imaging.masks.fine import fine_labels, on_image, recropped


@pytest.fixture
def files(tmp_path):
    """The image, its outlines on its own voxels and on finer ones, as ``onfh segment`` leaves them."""
    image, fine = thick_hip()
    fine = recropped(fine, image)
    out = tmp_path / "case"
    return (
        write_image(image, tmp_path / "mr.nii.gz"),
        write_image(on_image(fine, image), out / "segmentation.nii.gz"),
        write_image(fine, out / "segmentation_fine.nii.gz"),
    )


def ml_of(path, value):
    labels = read_image(path)
    return (labels.array == value).sum() * labels.voxel_volume_ml


def test_the_finer_outlines_are_measured_given_or_beside_their_share(onfh_json, files):
    image, outlines, fine = files
    (given,), (beside,) = (onfh_json("measure", image, path)["hips"] for path in (fine, outlines))
    assert given["necrosis_ml"] == pytest.approx(ml_of(fine, NECROSIS["L"]))
    assert beside == given
    assert abs(ml_of(outlines, NECROSIS["L"]) - given["necrosis_ml"]) > 0.01  # the two can be told apart


def test_a_corrected_outline_counts_and_the_finer_one_beside_it_no_more(onfh_json, files):
    image, outlines, _fine = files
    labels = read_image(outlines)
    array = labels.array.copy()
    array[array == NECROSIS["L"]] = HEAD["L"]
    write_image(labels.like(array), outlines)
    (found,) = onfh_json("measure", image, outlines)["hips"]
    assert found["necrosis_ml"] == 0
    assert found["head_ml"] == pytest.approx((array > 0).sum() * labels.voxel_volume_ml)


def test_a_damaged_finer_outline_beside_a_whole_one_stops_nothing(onfh_json, files):
    image, outlines, fine = files
    fine.write_bytes(b"nothing")
    (found,) = onfh_json("measure", image, outlines)["hips"]
    assert found["necrosis_ml"] == pytest.approx(ml_of(outlines, NECROSIS["L"]))


def test_features_are_of_the_share(onfh_json, files):
    image, outlines, fine = files
    found = [
        onfh_json("extract", image, mask, "--preset", "dlr-mri", "--label", HEAD["L"])["features"]
        for mask in (outlines, fine)
    ]
    assert found[0] == found[1]


def test_finer_voxels_of_another_place_are_refused_in_the_same_words(onfh, files, tmp_path):
    image, _, fine = files
    labels = read_image(fine)
    moved = write_image(
        replace(labels, origin=tuple(labels.index_to_point((0.4, 0, 0)))), tmp_path / "m.nii.gz"
    )
    for arguments in (
        ("measure", image, moved),
        ("extract", image, moved, "--preset", "dlr-mri", "--label", 2),
    ):
        code, out, err = onfh(*arguments)
        assert (code, out) == (2, "")
        assert "another grid" in err
        assert "resample" in err


def test_a_finer_outline_on_the_wrong_side_is_refused(onfh, files):
    image, _, fine = files
    labels = read_image(fine)
    write_image(labels.like(np.where(labels.array > 0, labels.array - 1, 0)), fine)  # left becomes right
    code, out, err = onfh("measure", image, fine)
    assert (code, out) == (2, "")
    assert "to the patient's left of the midline" in err


def test_segment_writes_both_outlines_and_says_the_volumes_of_the_finer_one(onfh_json, tmp_path):
    pytest.importorskip("torch")
    path = resource_path("SampleData", "onfh-right-stage2-t2fs.nrrd")
    found = onfh_json("segment", path, "--out", tmp_path)
    assert found["segmentation_fine"] == str(tmp_path / "segmentation_fine.nii.gz")
    image, labels, fine = (
        read_image(one) for one in (path, found["segmentation"], found["segmentation_fine"])
    )
    assert labels.same_grid(image)
    assert max(fine.spacing) <= 1.25
    assert np.array_equal(on_image(fine_labels(fine, image), image).array, labels.array)
    for head in found["heads"]:
        parts = ml_of(found["segmentation_fine"], NECROSIS[head["side"]])
        assert head["necrosis_ml"] == pytest.approx(parts, rel=1e-5)
        whole = parts + ml_of(found["segmentation_fine"], HEAD[head["side"]])
        assert head["head_ml"] == pytest.approx(whole, rel=1e-5)
    right, _left = onfh_json("measure", path, found["segmentation"])["hips"]
    assert right["necrosis_ml"] == pytest.approx(found["heads"][0]["necrosis_ml"], rel=1e-5)
    centre = ("--centre", *found["heads"][0]["centre"], "--radius", found["heads"][0]["radius"])
    by_sphere = onfh_json("segment", path, "--out", tmp_path, *centre)
    assert by_sphere["segmentation_fine"] is None
    assert not (tmp_path / "segmentation_fine.nii.gz").exists()
