"""Acetabular edge and marrow oedema on scans of simulated patients whose truth is known."""

import json
from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
from scipy.ndimage import gaussian_filter
from scipy.spatial.transform import Rotation
from support.shared_data import shared_data

from ONFHAssistLab.simulate.acquisition.mri import acquire, truth_labels
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD
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


@pytest.mark.parametrize("side", ["R", "L"])
def test_a_cortex_beside_bright_fat_ends_the_marrow_as_one_beside_muscle_does(side):
    """An upright wall of 2 mm that meets the roof at 30 degrees; a wall sought as a whole is found a little inward."""
    grid = Image(np.zeros((70, 1, 120), np.float32), (0.9, 4.0, 0.9), (-54.0, 0.0, -12.0))
    sign = 1.0 if side == "L" else -1.0
    outward, up = grid.points()[..., 0] * sign, grid.points()[..., 2]
    away, beyond = np.hypot(outward, up), outward - 28.0 * np.sin(np.radians(30.0))
    found = []
    for outside in (900.0, 200.0):
        values = np.select([away < 28.0, beyond < -2.0, beyond < 0.0], [100.0, 700.0, 60.0], outside)
        values[(beyond > 12.0) & (away > 28.0)] = 200.0  # muscle beyond the fat
        image = grid.like(gaussian_filter(values, (0.7, 0, 0.7)).astype(np.float32))
        edge = find_acetabular_edge(image, side, np.zeros(3), 24.0)
        found.append(float(np.degrees(np.arctan2(edge[0] * sign, edge[2]))))
    assert found[0] == pytest.approx(found[1], abs=4.0)
    assert all(
        20.0 < angle < 27.0 for angle in found
    )  # 28 where marrow ends, 30 the outer face; a known bias


def test_real_roofs_end_where_both_hips_of_a_patient_say_alike():
    """Eleven pelves, no edge of which is known: it is found on every hip, where adults' lie, and alike on both sides."""
    spheres = json.loads(shared_data("real_pelvis_t1", "spheres.json").read_text(encoding="utf-8"))
    found = {}
    for name, heads in spheres.items():
        image = read_image(shared_data("real_pelvis_t1", name))
        for side, head in heads.items():
            edge = (
                find_acetabular_edge(image, side, np.array(head["centre"]), head["radius"]) - head["centre"]
            )
            outward = edge[0] * (1.0 if side == "L" else -1.0)
            found[name, side] = float(np.degrees(np.arctan2(outward, edge[2])))
    assert len(found) == 22
    assert all(18.0 < angle < 55.0 for angle in found.values()), found
    apart = [abs(found[name, "R"] - found[name, "L"]) for name, side in found if side == "R"]
    assert max(apart) < 10.0
    assert np.mean(apart) < 5.0


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


@pytest.mark.parametrize("side", ["R", "L"])
def test_the_edge_is_where_it_is_in_the_patient_however_the_voxels_lie(patient, scans, side):
    """Stored from the other ends and in another order of axes, or on voxels that are turned and longer than wide."""
    image, truth = scans["dlr_t1"][0], patient.truth[side]
    centre, radius = np.array(truth["centre"]), truth["radius"]
    edge = find_acetabular_edge(image, side, centre, radius)
    stored = Image.from_sitk(sitk.PermuteAxes(image.to_sitk()[::-1, :, ::-1], [2, 0, 1]), image.metadata)
    assert find_acetabular_edge(stored, side, centre, radius) == pytest.approx(edge, abs=1e-3)
    turn = Rotation.from_euler("xyz", (7, -5, 11), degrees=True).as_matrix()
    shape, spacing = (130, 60, 130), np.array([0.9, 1.6, 0.9])
    corner = centre + np.array([0, 0, 12]) - turn @ (0.5 * spacing * (np.array(shape) - 1))
    grid = Image(np.zeros(shape[::-1], np.float32), tuple(spacing), tuple(corner), tuple(turn.ravel()))
    oblique = find_acetabular_edge(image.resampled_to(grid), side, centre, radius)
    assert np.linalg.norm(oblique - edge) < 2.0
    assert (edge[0] - centre[0]) * (1.0 if side == "L" else -1.0) > 5.0  # outward, on its own side


def test_a_header_that_is_wrong_about_fat_suppression_hides_no_edge_and_makes_none(patient, scans):
    for side in "RL":
        truth = patient.truth[side]
        place = np.array(truth["centre"]), truth["radius"]
        image = scans["dlr_t1"][0]
        as_stated = find_acetabular_edge(image, side, *place)
        wrongly = image.like(image.array, sequence="T2 FS")
        assert find_acetabular_edge(wrongly, side, *place) == pytest.approx(as_stated)
        image = scans["dlr_t2fs"][0]
        dark = image.array.copy()
        beside = np.abs(image.points()[..., 0] - place[0][0]) > 24  # cortex, tendon and air are black
        dark[beside & (np.random.default_rng(0).random(dark.shape) < 0.15)] = 0
        with pytest.raises(InputError, match="marrow is not brighter"):
            find_acetabular_edge(image.like(dark), side, *place)


def test_healthy_marrow_of_real_t1_hips_is_never_called_oedematous():
    """Red marrow and trabeculae are darker than the ilium on a tenth to a third of a healthy head and neck."""
    spheres = json.loads(shared_data("real_pelvis_t1", "spheres.json").read_text(encoding="utf-8"))
    for name, heads in list(spheres.items())[:4]:
        image = read_image(shared_data("real_pelvis_t1", name))
        image = image.like(image.array, sequence="T1", modality="MR")
        points = image.points()
        for side, head in heads.items():
            centre = np.array(head["centre"])
            ball = np.linalg.norm(points - centre, axis=-1) < head["radius"]
            labels = image.like(np.where(ball, HEAD[side], 0).astype(np.uint8))
            with pytest.raises(InputError, match=f"oedema {side} cannot be"):
                suggest_oedema(image, labels, side, centre, head["radius"])


def test_on_t1_oedema_of_more_than_half_of_the_marrow_is_suggested(patient, scans):
    image, labels = scans["dlr_t1"]
    truth = patient.truth["L"]  # healthy
    centre, radius = np.array(truth["centre"]), truth["radius"]
    offset = image.points() - centre
    hip = (np.linalg.norm(offset, axis=-1) < radius) | (
        offset[..., 2] < 0
    )  # not the ilium, which it is held against
    dark = image.like(np.where(hip, 0.5, 1.0).astype(np.float32) * image.array)
    found = suggest_oedema(dark, labels, "L", centre, radius)
    assert found.suggested
    assert found.contrast == "T1"
    assert found.extent > 0.5


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
