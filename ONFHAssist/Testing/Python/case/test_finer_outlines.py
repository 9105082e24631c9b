"""Outlines on finer voxels: measured in full, taken to the image by share, dropped when the image's were corrected."""

import json
from dataclasses import replace

import numpy as np
import pytest
from support.outlined_hips import thick_hip

from ONFHAssistLib.case.case import Case
from ONFHAssistLib.case.pipeline import run_case
from ONFHAssistLib.case.result import CaseResult
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS, head_mask
from ONFHAssistLib.imaging.masks.fine import on_image, recropped


@pytest.mark.parametrize("side", ["R", "L"])
def test_volumes_are_the_finer_ones_and_features_get_the_share(side, tmp_path):
    image, fine = thick_hip(side)
    case = Case(image, "hip", fine)
    assert case.labels.same_grid(image)
    assert np.array_equal(case.labels.array, on_image(recropped(fine, image), image).array)
    assert case.sides == (side,)
    measured = run_case(case, tmp_path, ["measure"]).hip(side).findings.measurement
    head, dead = head_mask(fine.array, side).sum(), (fine.array == NECROSIS[side]).sum()
    assert measured.head_ml == pytest.approx(head * fine.voxel_volume_ml)
    assert measured.necrosis_ml == pytest.approx(dead * fine.voxel_volume_ml)
    assert measured.radius == pytest.approx(24.0, abs=0.2)
    assert np.linalg.norm(np.subtract(measured.centre, (80.0 if side == "L" else -80.0, 5.0, -30.0))) < 0.3
    exact = 2 * np.degrees(np.arccos(np.cos(np.radians(65)) / np.cos(np.radians(45))))
    assert measured.arc_a == pytest.approx(exact, abs=2.0)
    coarse = run_case(Case(image, "hip", case.labels), tmp_path, ["measure"]).hip(side).findings.measurement
    assert coarse.head_ml == pytest.approx((case.labels.array > 0).sum() * image.voxel_volume_ml)


def test_finer_outlines_are_dropped_when_those_of_the_image_were_corrected():
    image, fine = thick_hip()
    found = Case(image, "hip", fine)
    assert Case(image, "hip", found.labels, fine=fine).outlines_sha256 == found.outlines_sha256
    corrected = found.labels.array.copy()
    corrected[tuple(np.argwhere(corrected == NECROSIS["L"])[0])] = HEAD["L"]
    case = Case(image, "hip", found.labels.like(corrected), fine=fine)
    assert case.fine is None
    assert np.array_equal(case.outlines_in_full.array, corrected)
    assert case.outlines_sha256 != found.outlines_sha256
    assert replace(found, labels=None).fine is None


def test_a_finer_correction_changes_the_hashes_though_the_share_stays():
    image, fine = thick_hip()
    array = recropped(fine, image).array.copy()
    at = np.argwhere(array == HEAD["L"])[0]
    array[tuple(at)] = 0
    first, second = Case(image, "hip", fine), Case(image, "hip", recropped(fine, image).like(array))
    assert np.array_equal(first.labels.array, second.labels.array)
    for name in ("outlines_sha256", "content_sha256", "hip_outlines", "hip_content"):
        assert getattr(first, name) != getattr(second, name), name


def test_a_place_is_part_of_the_hash():
    image, fine = thick_hip()
    moved = replace(fine, origin=tuple(fine.index_to_point((1, 0, 0))))
    assert Case(image, "hip", fine).outlines_sha256 != Case(image, "hip", moved).outlines_sha256


def test_another_grid_is_refused_in_the_same_words():
    image, fine = thick_hip()
    other = replace(fine, origin=tuple(fine.index_to_point((0.4, 0, 0))))
    with pytest.raises(
        InputError, match=r"The segmentation has another grid than hip .* resample it to hip first"
    ):
        Case(image, "hip", other)


def test_a_result_of_before_the_finer_outlines_still_opens(tmp_path):
    image, fine = thick_hip()
    content = json.loads(run_case(Case(image, "hip", fine), tmp_path, ["measure"]).to_json())
    del content["segmentation_fine"]
    assert CaseResult.from_json(json.dumps(content)).segmentation_fine is None


def test_the_file_of_the_finer_outlines_moves_with_its_folder(tmp_path):
    image, fine = thick_hip()
    result = run_case(Case(image, "hip", fine), tmp_path, ["measure"])
    result = replace(result, segmentation_fine=str(tmp_path / "segmentation_fine.nii.gz"))
    result.save(tmp_path)
    content = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert content["segmentation_fine"] == "segmentation_fine.nii.gz"
    assert result.without_files().segmentation_fine is None
