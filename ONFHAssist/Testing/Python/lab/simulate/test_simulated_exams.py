"""Examinations that are simulated: a patient who moves between series, and a folder as a scanner sends it."""

from __future__ import annotations

import json

import numpy as np
import pydicom
import pytest

from ONFHAssistLab.simulate.exam.cohort import simulate_exams
from ONFHAssistLab.simulate.exam.motion import draw_pose, moved
from ONFHAssistLab.simulate.exam.plan import (
    CT,
    HIPS,
    LOCALISER,
    OTHER_DATE,
    OTHER_PART,
    OTHER_PATIENT,
    ExamPlan,
    SeriesPlan,
    plan_exam,
)
from ONFHAssistLab.simulate.exam.study import write_exam
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.exam.study import read_study
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.labels import head_mask


def test_examinations_have_four_to_eight_series_of_every_kind_and_the_same_seed_the_same():
    plans = [plan_exam(n, 5) for n in range(80)]
    counts = [sum(one.kind == HIPS for one in plan.series) for plan in plans]
    assert (min(counts), max(counts)) == (4, 8)
    assert {one.kind for plan in plans for one in plan.series} == {
        HIPS, LOCALISER, CT, OTHER_PATIENT, OTHER_PART, OTHER_DATE,
    }  # fmt: skip
    seen = [one for plan in plans for one in plan.series if one.kind == HIPS]
    assert {one.plane for one in seen} == {"coronal", "axial", "sagittal"}
    assert {one.side for one in seen} == {None, "R", "L"}
    assert any(one.repositioned for one in seen)
    assert any(one.stated for one in seen)
    assert plans[7] == plan_exam(7, 5) != plan_exam(7, 6)


def test_each_hip_of_a_patient_moves_by_its_own_pose(patient):
    rng = np.random.default_rng(3)
    centres = {side: np.array(patient.truth[side]["centre"]) for side in "RL"}
    poses = {side: draw_pose(rng, centre, 5.0, 5.0) for side, centre in centres.items()}
    lying = moved(patient, poses, 1)
    for side, pose in poses.items():
        shift = pose[:3, :3] @ centres[side] + pose[:3, 3] - centres[side]
        assert 0.0 < np.linalg.norm(shift) <= 5.0 and np.allclose(shift, np.rint(shift))
        assert lying.truth[side]["centre"] == pytest.approx(centres[side] + shift)
        # The neck's side of the head turns with it: the whole outline does, not its centre alone.
        before = patient.labels.index_to_point(np.argwhere(head_mask(patient.labels.array, side))[:, ::-1])
        after = lying.labels.index_to_point(np.argwhere(head_mask(lying.labels.array, side))[:, ::-1])
        assert after.mean(axis=0) == pytest.approx(
            (before @ pose[:3, :3].T + pose[:3, 3]).mean(axis=0), abs=0.1
        )
    assert lying.parameters.seed == 1  # its grain does not stay with the scanner


@pytest.fixture(scope="module")
def folder(patient, tmp_path_factory):
    """A localiser, a coronal series, a small field of view after the patient was on the table anew, and a CT."""
    series = (
        SeriesPlan(1, LOCALISER, description="localizer"),
        SeriesPlan(2, HIPS, "t1", "coronal", "t2_tse_fs_cor", stated="T2 FS"),
        SeriesPlan(3, HIPS, "pdfs", "axial", "pd_tse_fs_tra_L", side="L", repositioned=True),
        SeriesPlan(4, CT, description="Becken 3.0"),
    )
    return write_exam(
        patient, ExamPlan(0, "exam_0001", "ingenia", {}, series), 4, tmp_path_factory.mktemp("exam")
    )


def test_a_study_is_read_as_it_was_planned(folder):
    found = {one.number: one for one in read_study(folder / "dicom")}
    assert {n: one.description for n, one in found.items()} == {
        "1": "localizer", "2": "t2_tse_fs_cor", "3": "pd_tse_fs_tra_L", "4": "Becken 3.0",
    }  # fmt: skip
    assert (found["2"].plane, found["3"].plane) == ("coronal", "axial")
    assert found["2"].facts["sequence"] == "T2 FS"  # what its header claims
    assert found["3"].facts["laterality"] == "L"
    assert found["1"].problem == "It is a localiser or calibration scan."
    assert found["4"].problem == "It is a CT."
    frames = [found[n].facts["frame_of_reference_uid"] for n in "123"]
    assert frames[0] == frames[1] != frames[2]
    studies = {
        pydicom.dcmread(file, stop_before_pixels=True).StudyInstanceUID for file in folder.rglob("*.dcm")
    }
    assert len(studies) == 1


def test_the_true_pose_leads_from_the_truth_to_the_series(folder, patient):
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    rows = {row["number"]: row for row in truth["series"]}
    assert rows[2]["poses"]["R"] == np.eye(4).tolist()  # the first of the hips is the patient at rest
    pose = np.array(rows[3]["poses"]["L"])
    image = next(one for one in read_study(folder / "dicom") if one.number == "3").read()
    # Fat is suppressed, so that the fatty head is dark: by its true pose its sphere lies on dark voxels, unlike without.
    ball = np.random.default_rng(0).normal(size=(4000, 3))
    ball *= 0.8 * truth["hips"]["L"]["radius"] / np.abs(ball).max()
    points = ball + np.array(truth["hips"]["L"]["centre"])
    values = [_values(image, p) for p in (points @ pose[:3, :3].T + pose[:3, 3], points)]
    assert values[0] < 0.7 * values[1]
    labels = read_image(folder / "segmentation.nii.gz")
    volume = head_mask(labels.array, "R").sum() * labels.voxel_volume_ml
    assert volume == pytest.approx(truth["hips"]["R"]["head_ml"], rel=0.02)


def _values(image, points):
    x, y, z = np.rint(image.point_to_index(points)).astype(int).T
    index = np.stack([x, y, z], axis=1)
    inside = np.all((index >= 0) & (index < np.array(image.size)), axis=1)
    return float(image.array[z[inside], y[inside], x[inside]].mean())


def test_a_folder_that_holds_something_is_not_written_over(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        simulate_exams(1, 0, tmp_path)
    with pytest.raises(InputError, match="no examinations of seed 0 to resume"):
        simulate_exams(1, 0, tmp_path, resume=True)
    with pytest.raises(InputError, match="cases is 0"):
        simulate_exams(0, 0, tmp_path / "new")
