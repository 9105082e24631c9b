"""The built patient: truth measured from the masks is the truth that was set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ONFHAssistLab.simulate.anatomy import lesion
from ONFHAssistLab.simulate.anatomy.patient import (
    HipParameters,
    PatientParameters,
    build_patient,
    draw_patient,
    with_hip,
)
from ONFHAssistLab.simulate.anatomy.tissues import Tissue
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS, head_mask, necrosis_mask
from ONFHAssistLib.measure.hip import measure_hip


def check(patient):
    """Every hip of a patient against its parameters, to the figures of the issue."""
    for side in "RL":
        hip, truth = patient.parameters.hip(side), patient.truth[side]
        if hip.prosthesis:
            continue
        found = measure_hip(patient.labels, side, truth["acetabular_edge"], patient.midline_x)
        assert found.radius == pytest.approx(hip.head_radius_mm, abs=0.2)
        assert np.linalg.norm(np.subtract(found.centre, truth["centre"])) < 0.3
        assert found.head_ml == pytest.approx(truth["head_ml"], rel=1e-6)
        if hip.necrotic:
            assert found.combined_necrotic_angle == pytest.approx(hip.combined_angle_deg, abs=1.0)
            assert found.necrotic_share == pytest.approx(
                hip.necrotic_share or truth["necrotic_share"], rel=0.01
            )
            assert found.jic_type == hip.jic_type == truth["jic_type"]
        else:
            assert found.necrosis_ml == 0.0


@pytest.mark.parametrize("seed", range(2))
def test_measured_truth_is_set_truth(seed):
    patient = build_patient(draw_patient(seed, right="II", left="I"), soft_tissue=False)
    check(patient)
    share = round(0.96 * patient.truth["R"]["necrotic_share"], 4)
    hip = replace(patient.parameters.right, necrotic_share=share)
    again = build_patient(with_hip(patient.parameters, "R", hip), soft_tissue=False)
    check(again)
    assert again.truth["R"]["necrotic_share"] == pytest.approx(share, rel=0.01)


@pytest.mark.parametrize(("jic", "angle"), [("A", 110.0), ("B", 150.0), ("C1", 190.0), ("C2", 250.0)])
def test_every_jic_type_can_be_set(jic, angle):
    right = {"arco": "I", "jic_type": jic, "combined_angle_deg": angle}
    check(build_patient(draw_patient(77, right=right, left="prosthesis"), soft_tissue=False))


def test_the_whole_patient_has_the_same_truth_as_bones_alone(patient):
    check(patient)
    bare = build_patient(patient.parameters, soft_tissue=False)
    assert np.array_equal(bare.labels.array, patient.labels.array)
    assert bare.truth == patient.truth


def test_same_seed_same_bytes(patient):
    again = build_patient(patient.parameters)
    for name in ("tissue", "partner", "share", "labels"):
        assert np.array_equal(getattr(again, name).array, getattr(patient, name).array), name


def test_sides_and_geometry_are_the_patients(patient):
    # The patient's right lies at smaller x (LPS).
    right, left = (np.array(patient.truth[s]["centre"]) for s in "RL")
    assert right[0] < patient.midline_x < left[0]
    for side, centre in (("R", right), ("L", left)):
        x, y, z = np.round(patient.tissue.point_to_index(centre)).astype(int)
        assert patient.labels.array[z, y, x] == HEAD[side]
        points = patient.labels.index_to_point(np.argwhere(head_mask(patient.labels.array, side))[:, ::-1])
        assert np.abs(points.mean(axis=0) - centre).max() < 6.0


def test_anatomy_lies_where_it_should(patient):
    """Tissues on the way out from the head centre, and organs between the hips."""
    tissue, grid = patient.tissue.array, patient.tissue

    def at(point):
        x, y, z = np.round(grid.point_to_index(np.array(point))).astype(int)
        return Tissue(tissue[z, y, x])

    def both(point):
        x, y, z = np.round(grid.point_to_index(np.array(point))).astype(int)
        return {Tissue(tissue[z, y, x]), Tissue(patient.partner.array[z, y, x])}

    centre, radius = np.array(patient.truth["L"]["centre"]), patient.truth["L"]["radius"]
    up = np.array([0.0, 0.0, 1.0])
    assert at(centre) == Tissue.YELLOW_MARROW
    # Plates are thinner than a voxel: they may be the smaller share of the voxels that they cross.
    way = [both(centre + up * (radius + d)) for d in np.arange(-2.5, 6.0, 0.5)]
    seen = {t: [i for i, pair in enumerate(way) if t in pair] for t in (Tissue.CORTEX, Tissue.CARTILAGE)}
    assert (
        seen[Tissue.CORTEX][0]
        < seen[Tissue.CARTILAGE][0]
        < seen[Tissue.CARTILAGE][-1]
        < seen[Tissue.CORTEX][-1]
    )
    assert at(centre + up * (radius + 11)) in (Tissue.YELLOW_MARROW, Tissue.RED_MARROW)
    counts = np.bincount(tissue.ravel(), minlength=len(Tissue)) / 1000.0
    assert 60 < counts[Tissue.URINE] + counts[Tissue.ORGAN] < 1200
    assert 2000 < counts[Tissue.MUSCLE] < 9000
    assert (
        counts[[Tissue.ARTERY, Tissue.VEIN, Tissue.NERVE, Tissue.LABRUM, Tissue.FIBROUS, Tissue.SKIN]].min()
        > 0.5
    )
    assert tissue[0].any()
    assert not tissue[:, 0].any()  # air in front of the skin


def test_left_and_right_are_the_same_size_when_set_so():
    hip = HipParameters(head_radius_mm=24.0)
    patient = build_patient(PatientParameters(seed=5, right=hip, left=hip), soft_tissue=False)
    right, left = patient.truth["R"]["head_ml"], patient.truth["L"]["head_ml"]
    assert right == pytest.approx(left, rel=0.015)
    # A ball of that radius without the cap beyond the neck cut at 0.7 radii, 6.1 % of it.
    assert right == pytest.approx(4 / 3 * np.pi * 24.0**3 * (1 - 0.0608) / 1000, rel=0.02)


def test_necrosis_is_subchondral_and_anterosuperior(patient):
    points = patient.labels.index_to_point(np.argwhere(necrosis_mask(patient.labels.array, "R"))[:, ::-1])
    offset = points - patient.truth["R"]["centre"]
    assert offset[:, 2].mean() > 4.0
    assert offset[:, 1].mean() < -2.0
    assert np.linalg.norm(offset, axis=1).max() > patient.truth["R"]["radius"] - 1.5
    assert patient.labels.array.max() <= NECROSIS["L"]


def test_prosthesis_has_metal_and_no_labels(replaced):
    assert replaced.truth["R"]["centre"] is None
    assert replaced.truth["R"]["prosthesis"]
    assert np.count_nonzero(replaced.tissue.array == Tissue.METAL) > 5000
    assert not head_mask(replaced.labels.array, "R").any()
    assert replaced.truth["L"]["arco"] == "IIIA"
    assert np.count_nonzero(replaced.tissue.array == Tissue.CRESCENT) > 20


def test_cartilage_fills_the_depression_of_a_collapsed_head(replaced):
    truth, labels = replaced.truth["L"], replaced.labels
    assert truth["collapse_mm"] == 1.9
    deep = labels.distances(truth["centre"]) < truth["radius"] - 0.8
    dome = labels.points()[..., 2] - truth["centre"][2] > 0.6 * truth["radius"]
    gap = replaced.tissue.array[deep & dome & ~head_mask(labels.array, "L")]
    assert len(gap) > 20 and set(gap.tolist()) == {Tissue.CARTILAGE}


@pytest.mark.parametrize("kind", ["transient osteoporosis", "insufficiency fracture", "subchondral cyst"])
def test_look_alikes_change_marrow_without_necrosis(kind):
    patient = build_patient(draw_patient(6, right=kind, left="0"), spacing=1.5, soft_tissue=False)
    assert patient.truth["R"]["look_alike"] == kind
    assert not necrosis_mask(patient.labels.array, "R").any()
    head = head_mask(patient.labels.array, "R")
    tissue, partner = patient.tissue.array[head], patient.partner.array[head]
    wanted = Tissue.FLUID if kind == "subchondral cyst" else Tissue.OEDEMA
    assert np.count_nonzero((tissue == wanted) | (partner == wanted)) > 25
    other = head_mask(patient.labels.array, "L")
    assert np.count_nonzero(patient.tissue.array[other] == Tissue.OEDEMA) == 0


def test_impossible_lesions_and_grids_are_refused(monkeypatch):
    # No lesion of a few fits any more than one of all that are tried; the others take ten seconds.
    monkeypatch.setattr(lesion, "BORDERS", lesion.BORDERS[:2])
    monkeypatch.setattr(lesion, "TILTS", lesion.TILTS[:3])
    right = {"arco": "II", "jic_type": "A", "combined_angle_deg": 330.0}
    with pytest.raises(InputError, match="combined_angle_deg 330, jic_type A do not fit"):
        build_patient(draw_patient(1, right=right, left="0"), spacing=2.0, soft_tissue=False)
    hip = {"arco": "II", "jic_type": "C2", "combined_angle_deg": 120.0, "necrotic_share": 0.7}
    with pytest.raises(InputError, match=r"necrotic_share 0\.7"):
        build_patient(draw_patient(1, right=hip, left="0"), spacing=2.0, soft_tissue=False)
    with pytest.raises(InputError, match="spacing is 5 mm"):
        build_patient(PatientParameters(), spacing=5.0)
