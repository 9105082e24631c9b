"""The shipped detector and outliner on a simulated patient that they never saw, and on a real hip where it is at hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation
from support.shared_data import shared_data

torch = pytest.importorskip("torch")

from ONFHAssistLab.simulate.acquisition.mri import acquire, truth_labels  # noqa: E402
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.files import read_image  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask  # noqa: E402
from ONFHAssistLib.segment.outliner import outline  # noqa: E402
from ONFHAssistLib.segment.pipeline import segment_hips, segmentation_provenance  # noqa: E402

CENTRE, RADIUS = np.array([-89.1, 24.2, -743.8]), 25.1  # the README's sphere of the real hip


@pytest.fixture(scope="module")
def scan():
    right = {"arco": "II", "jic_type": "C1", "combined_angle_deg": 210.0, "content": "mixed"}
    patient = build_patient(draw_patient(700_000_001, right=right, left="0"))
    image = acquire(patient, "dlr_t1", seed=5)
    return patient, image, truth_labels(patient, image)


@pytest.fixture(scope="module")
def found(scan):
    return segment_hips(scan[1]).segmentation


def dice(a, b):
    return 2 * (a & b).sum() / (a.sum() + b.sum())


@pytest.mark.parametrize("side", ["R", "L"])
def test_heads_are_found_on_their_sides(scan, found, side):
    patient = scan[0]
    head = next(h for h in found.heads if h.side == side)
    assert np.linalg.norm(np.array(head.centre) - patient.truth[side]["centre"]) < 3.0
    assert head.radius == pytest.approx(patient.truth[side]["radius"], abs=2.0)


@pytest.mark.parametrize("side", ["R", "L"])
def test_heads_are_outlined_as_they_are(scan, found, side):
    assert dice(head_mask(found.labels.array, side), head_mask(scan[2].array, side)) > 0.92


def test_necrosis_is_outlined_on_its_side_only(scan, found):
    truth = scan[2]
    assert dice(necrosis_mask(found.labels.array, "R"), necrosis_mask(truth.array, "R")) > 0.7
    assert not necrosis_mask(found.labels.array, "L").any()


def test_a_second_look_sees_the_same_necrosis(scan, found):
    head = next(h for h in found.heads if h.side == "R")
    drawn = outline(scan[1], "R", np.array(head.centre), twice=True)
    assert drawn.necrosis.sum() * drawn.grid.voxel_volume_ml == pytest.approx(head.necrosis_ml, rel=0.1)


def test_a_mirrored_header_swaps_the_sides(scan):
    image = scan[1]
    flip = np.diag([-1.0, 1.0, 1.0])
    direction = (flip @ np.asarray(image.direction).reshape(3, 3)).ravel()
    mirrored = Image(
        image.array, image.spacing, tuple(flip @ np.asarray(image.origin)), tuple(direction), image.metadata
    )
    sick = {h.side: h.necrosis_ml for h in segment_hips(mirrored).segmentation.heads}
    assert sick["L"] > 1.0
    assert sick["R"] == 0.0


def stored_otherwise(image, order, flips, middle=None, body=None, spacing=(1.6, 2.1, 4.2)):
    """The same body on voxels that are turned about all three axes, and stored in another order and direction.

    A box of ``body`` mm (x, y, z of the patient) about ``middle``; the whole image where they are not given.
    """
    turn = Rotation.from_euler("xyz", [11.0, -9.0, 14.0], degrees=True).as_matrix()
    direction = (turn @ np.diag(flips))[:, order]
    if body is None:
        middle = image.index_to_point(0.5 * (np.array(image.size) - 1))
        extent = np.array(image.size) * np.array(image.spacing)
        body = np.abs(np.asarray(image.direction).reshape(3, 3)) @ extent
    size = np.ceil(np.abs(direction).T @ np.asarray(body) / np.array(spacing)).astype(int)
    origin = middle - direction @ (0.5 * (size - 1) * np.array(spacing))
    grid = Image(np.zeros(size[::-1], np.float32), spacing, tuple(origin), tuple(direction.ravel()))
    return image.resampled_to(grid)


@pytest.mark.parametrize(
    ("order", "flips"),
    [([0, 1, 2], (1, 1, 1)), ([2, 0, 1], (-1, 1, -1))],
    ids=["oblique", "oblique, flipped and stored in another order"],
)
def test_sides_and_necrosis_stay_with_the_patient_on_oblique_anisotropic_voxels(scan, order, flips):
    patient, image, truth = scan
    other = stored_otherwise(image, order, flips)
    assert other.metadata.get("laterality") is None  # nothing but the geometry tells the side
    found = segment_hips(other).segmentation
    assert [head.side for head in found.heads] == ["R", "L"]
    for head in found.heads:
        assert np.linalg.norm(np.array(head.centre) - patient.truth[head.side]["centre"]) < 4.0
    sick = {head.side: head.necrosis_ml for head in found.heads}
    drawn = {side: necrosis_mask(truth.array, side).sum() * truth.voxel_volume_ml for side in "RL"}
    assert sick["R"] == pytest.approx(drawn["R"], rel=0.5)
    assert sick["L"] == 0.0
    back = found.labels.resampled_to(truth, "nearest").array
    assert dice(head_mask(back, "R"), head_mask(truth.array, "R")) > 0.8


@pytest.mark.parametrize("side", ["R", "L"])
def test_a_hip_alone_on_oblique_flipped_voxels_has_its_side_from_its_place(scan, side):
    patient, image, _ = scan
    centre = np.array(patient.truth[side]["centre"])
    alone = stored_otherwise(image, [2, 0, 1], (-1, 1, -1), centre, (110.0, 100.0, 110.0))
    (head,) = segment_hips(alone).segmentation.heads
    assert head.side == side
    assert np.linalg.norm(np.array(head.centre) - centre) < 4.0
    assert (head.necrosis_ml > 1.0) == (side == "R")


def test_record_names_both_bundles_with_their_hashes(scan):
    record = segmentation_provenance(scan[1])
    assert len(record["detector_sha256"]) == len(record["outliner_sha256"]) == 64
    assert record["reader"] == "automatic"


def test_noise_and_a_head_of_a_person_make_nothing():
    rng = np.random.default_rng(3)
    with pytest.raises(InputError, match="No femoral head"):
        segment_hips(Image(rng.gamma(2.0, 50.0, (40, 90, 90)).astype(np.float32), (2.0, 2.0, 4.0)))
    points = Image(np.zeros((45, 90, 80), np.uint8), (2.0, 2.0, 4.0)).points() - np.array([79.0, 89.0, 88.0])
    brain = np.linalg.norm(points / [62.0, 78.0, 60.0], axis=-1)
    layers = np.select([brain < 0.85, brain < 0.92, brain < 1.0], [400.0, 30.0, 800.0], 5.0)
    layers += 80 * np.sin(points[..., 0] / 7) * np.sin(points[..., 1] / 6) * (brain < 0.85)
    with pytest.raises(InputError, match="No femoral head"):
        segment_hips(Image(rng.normal(layers, 15).astype(np.float32), (2.0, 2.0, 4.0)))


def test_the_real_hip_is_found_right_and_healthy():
    image = read_image(shared_data("real_hip_t1", "hip_right_t1.nii.gz"))
    segmentation = segment_hips(image).segmentation
    assert [h.side for h in segmentation.heads] == ["R"]
    head = segmentation.heads[0]
    assert np.linalg.norm(np.array(head.centre) - CENTRE) < 3.0
    assert head.radius == pytest.approx(RADIUS, abs=2.5)
    sphere = np.linalg.norm(image.points() - CENTRE, axis=-1) <= RADIUS
    assert dice(head_mask(segmentation.labels.array, "R"), sphere) >= 0.90
    assert head.necrosis_ml <= 0.5


def test_the_phantom_of_a_few_voxels_is_refused():
    with pytest.raises(InputError, match="mm thick"):
        segment_hips(read_image(shared_data("ibsi_digital_phantom", "phantom.nii.gz")))
