"""The sample data that comes with the extension: whole, small, and what it says it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ONFHAssistLab.simulate.sample_data import CHECKSUMS, STAGE_TWO, check_sample_data
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.measure.hip import measure

FOLDER = Path(__file__).resolve().parents[4] / "Resources" / "SampleData"


def test_sample_data_is_whole_and_under_15_mb():
    images = check_sample_data(FOLDER)
    assert sorted(images) == [
        "healthy-t2fs",
        "onfh-right-stage2-axial",
        "onfh-right-stage2-outlines",
        "onfh-right-stage2-radiograph",
        "onfh-right-stage2-sagittal",
        "onfh-right-stage2-t1",
        "onfh-right-stage2-t2fs",
    ]
    assert sum(p.stat().st_size for p in FOLDER.iterdir()) < 15e6
    assert {p.name for p in FOLDER.iterdir()} == {f"{stem}.nrrd" for stem in images} | {CHECKSUMS}


def test_outlines_lie_on_both_sequences_and_show_the_stated_lesion():
    images = check_sample_data(FOLDER)
    outlines = images["onfh-right-stage2-outlines"]
    assert outlines.same_grid(images["onfh-right-stage2-t1"])
    assert outlines.same_grid(images["onfh-right-stage2-t2fs"])
    right, left = measure(outlines)
    assert right.combined_necrotic_angle == pytest.approx(STAGE_TWO["combined_angle_deg"], abs=8)
    assert left.necrosis_ml == 0.0
    t1 = images["onfh-right-stage2-t1"].array
    inside = necrosis_mask(outlines.array, "R")
    healthy = outlines.array == 2
    assert np.median(t1[inside]) < 0.95 * np.median(t1[healthy])


def test_the_later_series_show_the_same_hips_where_the_patient_had_moved_to():
    images = check_sample_data(FOLDER)
    outlines = images["onfh-right-stage2-outlines"]
    right = outlines.points()[head_mask(outlines.array, "R")].mean(axis=0)
    sagittal, axial = (images[f"onfh-right-stage2-{plane}"] for plane in ("sagittal", "axial"))
    middle = sagittal.index_to_point((np.array(sagittal.size) - 1) / 2)
    assert 0.1 < np.linalg.norm(middle - right) < 12  # it is centred on the right head, which lies elsewhere
    assert right[0] < 0  # LPS: the patient's right
    both = outlines.points()[outlines.array > 0]
    index = axial.point_to_index(both)
    assert (index >= 0).all() and (index <= np.array(axial.size) - 1).all()  # both heads are in it


def test_a_changed_file_is_noticed(tmp_path):
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "healthy-t2fs.nrrd").open("ab") as handle:
        handle.write(b"x")
    with pytest.raises(ValueError, match=r"healthy-t2fs\.nrrd is not the file"):
        check_sample_data(tmp_path)
