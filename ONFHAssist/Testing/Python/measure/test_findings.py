"""Acetabular edge and marrow oedema on scans of simulated patients whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from ONFHAssistLab.simulate.acquisition.mri import acquire, truth_labels
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.measure.acetabulum import find_acetabular_edge
from ONFHAssistLib.measure.findings import findings
from ONFHAssistLib.measure.hip import with_edge
from ONFHAssistLib.measure.oedema import suggest_oedema


@pytest.fixture(scope="module")
def patient():
    """Necrosis with oedema on the right, a healthy left hip."""
    sick = {"arco": "II", "oedema": 0.7, "combined_angle_deg": 210.0, "jic_type": "C2"}
    return build_patient(draw_patient(4, right=sick, left="0"))


@pytest.fixture(scope="module")
def scans(patient):
    """Preset -> (image, true labels)."""
    made = {}
    for preset in ("dlr_t1", "dlr_t2fs", "signa_t2_axial"):
        image = acquire(patient, preset, 5)
        made[preset] = image, truth_labels(patient, image)
    return made


@pytest.mark.parametrize(("preset", "tolerance"), [("dlr_t1", 3.0), ("signa_t2_axial", 5.0)])
def test_the_edge_is_found_on_both_sides(patient, scans, preset, tolerance):
    image, _labels = scans[preset]
    for side in "RL":
        truth = patient.truth[side]
        edge = find_acetabular_edge(image, side, np.array(truth["centre"]), truth["radius"])
        assert np.linalg.norm(edge - truth["acetabular_edge"]) < tolerance
        assert edge[1] == pytest.approx(truth["centre"][1])


def test_the_edge_is_refused_with_its_reason(patient, scans):
    truth = patient.truth["R"]
    centre = np.array(truth["centre"])
    with pytest.raises(InputError, match="marrow is not brighter than muscle"):
        find_acetabular_edge(scans["dlr_t2fs"][0], "R", centre, truth["radius"])
    image = scans["dlr_t1"][0]
    index = np.round(image.point_to_index(centre)).astype(int)
    low = image.cropped((0, int(index[1]) - 2, 0), image.size)  # rows run downward: the roof is cut away
    with pytest.raises(InputError, match="lies outside the image"):
        find_acetabular_edge(low, "R", centre, truth["radius"])


def test_oedema_is_suggested_where_it_is_and_with_its_extent(patient, scans):
    image, labels = scans["dlr_t2fs"]
    found = {
        side: suggest_oedema(image, labels, side, np.array(t["centre"]), t["radius"])
        for side, t in patient.truth.items()
    }
    assert (found["R"].suggested, found["L"].suggested) == (True, False)
    assert found["R"].extent > 0.4 > 0.1 > found["L"].extent
    assert found["R"].contrast == "fat suppressed"
    assert found["R"].extent_ml > 10 * found["L"].extent_ml
    brighter = image.like(image.array.astype(np.float32) * 37.0)  # no grey scale of its own
    again = suggest_oedema(
        brighter, labels, "R", np.array(patient.truth["R"]["centre"]), patient.truth["R"]["radius"]
    )
    assert again.extent == pytest.approx(found["R"].extent, abs=0.01)


def test_an_unstated_sequence_is_judged_only_where_fat_is_dark(patient, scans):
    truth = patient.truth["R"]
    centre = np.array(truth["centre"])
    for preset, told in (("dlr_t2fs", True), ("dlr_t1", False)):
        image, labels = scans[preset]
        unstated = replace(image, metadata={})
        if told:
            assert suggest_oedema(unstated, labels, "R", centre, truth["radius"]).suggested
        else:
            with pytest.raises(InputError, match="not stated"):
                suggest_oedema(unstated, labels, "R", centre, truth["radius"])


def test_t2_without_fat_suppression_cannot_tell_oedema(patient, scans):
    image, labels = scans["signa_t2_axial"]
    truth = patient.truth["R"]
    with pytest.raises(InputError, match=r"cannot be judged on this sequence \(T2\)"):
        suggest_oedema(image, labels, "R", np.array(truth["centre"]), truth["radius"])


def test_findings_of_both_hips_and_what_could_not_be_told(patient, scans):
    right, left = findings(*scans["dlr_t1"])
    assert (right.measurement.side, right.edge_source, left.edge_source) == ("R", "automatic", "automatic")
    assert right.measurement.jic_type == patient.truth["R"]["jic_type"]
    assert left.measurement.jic_type is None
    marked = findings(*scans["dlr_t1"], edges={"R": np.array(patient.truth["R"]["acetabular_edge"])})[0]
    assert marked.edge_source == "marked"
    assert marked.edge == pytest.approx(patient.truth["R"]["acetabular_edge"])
    without = findings(*scans["dlr_t2fs"])[0]
    assert (without.edge, without.measurement.jic_type) == (None, None)
    assert "mark it by hand" in without.notes[0]
    assert without.oedema.suggested


def test_jic_type_follows_the_edge(scans, patient):
    hip = findings(*scans["dlr_t1"])[0].measurement
    end = hip.arc_a_span[1]
    centre, radius = np.array(hip.centre), hip.radius
    for beyond, expected in ((-5.0, "C2"), (5.0, "C1")):
        angle = np.radians(end + beyond)
        edge = centre + (radius + 4) * np.array([-np.sin(angle), 0.0, np.cos(angle)])
        assert with_edge(hip, edge).jic_type == expected


def test_another_grid_is_refused(scans):
    image = scans["dlr_t1"][0]
    with pytest.raises(InputError, match="another grid"):
        findings(image, Image(np.zeros((5, 5, 5), np.uint8)))
