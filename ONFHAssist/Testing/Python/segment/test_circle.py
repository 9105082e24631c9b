"""The circle tool on radiographs: exact on any pixel spacing and orientation, on the patient's side."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD
from ONFHAssistLib.imaging.radiograph import corrected_for_magnification, is_radiograph
from ONFHAssistLib.segment.sphere_tool import outline_circle, segment_spheres

FACING = (1, 0, 0, 0, 0, 1, 0, -1, 0)  # rows to the feet, columns to the patient's left
MIRRORED = (-1, 0, 0, 0, 0, -1, 0, -1, 0)  # columns to the patient's right
TURNED = (0, 1, 0, 0, 0, 1, -1, 0, 0)  # a film hung on its side: columns to the feet, rows to the left


def film(size=(400, 300), spacing=(1.0, 1.0), direction=FACING, modality="DX", **facts) -> Image:
    """An empty radiograph, (columns, rows), first pixel at 0, 0, 0."""
    array = np.full((1, size[1], size[0]), 500, np.uint16)
    return Image(array, (*spacing, 1.0), (0, 0, 0), direction, {"modality": modality, **facts})


def pelvis(direction=FACING) -> Image:
    """A body 340 mm wide in the middle of a film of 400 mm, air around it."""
    image = film(size=(400, 300) if direction != TURNED else (300, 400), direction=direction)
    x = image.points()[..., 0]
    middle = 0.5 * (x.min() + x.max())
    return image.like(np.where(np.abs(x - middle) < 170, 900, 0).astype(np.uint16))


@settings(max_examples=30, deadline=None)
@given(
    st.floats(0.2, 1.5),
    st.floats(0.2, 1.5),
    st.floats(15.0, 30.0),
    st.sampled_from([FACING, MIRRORED, TURNED]),
    st.floats(-500, 500),
)
def test_the_circle_has_its_area_and_place_on_any_film(column_mm, row_mm, radius, direction, depth):
    image = film((round(120 / column_mm), round(110 / row_mm)), (column_mm, row_mm), direction)
    middle = image.index_to_point(np.array([*(0.5 * (np.array(image.size[:2]) - 1)), 0.0]))
    across = np.asarray(direction).reshape(3, 3)[:, 2]
    mask = outline_circle(image, middle + depth * across, radius)
    area = mask.sum() * column_mm * row_mm
    assert area == pytest.approx(np.pi * radius**2, rel=0.05)
    points = image.points()[mask]
    assert np.allclose(points.mean(axis=0), middle, atol=0.5 * max(column_mm, row_mm))
    assert np.linalg.norm(points - middle, axis=1).max() <= radius + 1e-6


@pytest.mark.parametrize("direction", [FACING, MIRRORED, TURNED])
def test_the_side_follows_the_patient_however_the_film_hangs(direction):
    image = pelvis(direction)
    x = image.points()[..., 0]
    middle = 0.5 * (x.min() + x.max())
    z = float(image.points()[..., 2].mean())
    found = segment_spheres(image, [((middle + 90, 0, z), 24.0), ((middle - 90, 0, z), 23.0)])
    assert [head.side for head in found.heads] == ["R", "L"]
    assert [head.radius for head in found.heads] == [23.0, 24.0]
    for head in found.heads:
        where = image.points()[found.labels.array == HEAD[head.side]].mean(axis=0)
        assert where[0] - middle == pytest.approx(-90 if head.side == "R" else 90, abs=0.6)
        assert np.isnan(head.head_ml)  # a shadow has no volume
        assert np.isnan(head.necrosis_ml)
    assert found.warnings == ()


def test_a_film_of_one_hip_believes_its_header_and_doubts_a_guess():
    image = film((220, 220))
    circle = [((60.0, 0.0, -110.0), 22.0)]
    stated = segment_spheres(replace(image, metadata={"modality": "CR", "laterality": "L"}), circle)
    assert (stated.heads[0].side, stated.warnings) == ("L", ())
    guessed = segment_spheres(image, circle)
    assert guessed.heads[0].side == "R"
    assert "states no side" in guessed.warnings[0]


def test_what_the_header_leaves_open_is_said():
    image = film((220, 220), laterality="R", orientation="assumed", pixel_spacing="detector")
    orientation, spacing = segment_spheres(image, [((60.0, 0.0, -110.0), 22.0)]).warnings
    assert "no patient orientation" in orientation
    assert "detector's" in spacing


def test_magnification_shrinks_the_detectors_pixels_once():
    image = film(spacing=(0.2, 0.1), pixel_spacing="detector")
    corrected = corrected_for_magnification(image, 1.25)
    assert corrected.spacing == pytest.approx((0.16, 0.08, 1.0))
    with pytest.raises(InputError, match="corrected twice"):
        corrected_for_magnification(corrected, 1.25)
    with pytest.raises(InputError, match="corrected twice"):
        corrected_for_magnification(film(pixel_spacing="calibrated"), 1.25)
    with pytest.raises(InputError, match=r"magnification of 0\.8 is given; 1 to 2"):
        corrected_for_magnification(image, 0.8)
    with pytest.raises(InputError, match="belongs to a radiograph"):
        corrected_for_magnification(Image(np.zeros((1, 9, 9), np.int16)), 1.2)


def test_only_a_stated_radiograph_is_one():
    assert is_radiograph(film(modality="CR"))
    assert not is_radiograph(film(modality="MR"))
    assert not is_radiograph(Image(np.zeros((1, 9, 9), np.int16)))
    assert not is_radiograph(Image(np.zeros((3, 9, 9), np.int16), metadata={"modality": "DX"}))
    with pytest.raises(InputError, match="single slice"):
        segment_spheres(film(modality="MR"), [((60.0, 0.0, -110.0), 22.0)])


def test_a_circle_beside_the_film_is_refused():
    with pytest.raises(InputError, match="first pixel of a DICOM radiograph is at 0, 0, 0"):
        outline_circle(film(), (600.0, 0.0, -100.0), 22.0)
    with pytest.raises(InputError, match="no femoral head; 10 to 40 mm"):
        outline_circle(film(), (100.0, 0.0, -100.0), 60.0)
    with pytest.raises(InputError, match="this image has 3 slices"):
        outline_circle(Image(np.zeros((3, 9, 9), np.int16)), (0, 0, 0), 22.0)
