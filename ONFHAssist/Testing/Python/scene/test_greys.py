"""Every contrast is shown in greys that suit it, and a window that somebody chose stays."""

import numpy as np
import pytest
from support.shared_data import shared_data

from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.exam.shown_window import window_of_body
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS


def sample(name):
    return read_image(resource_path("SampleData", f"onfh-right-stage2-{name}.nrrd"))


def greys(image, values):
    """Values between black (0) and white (1)."""
    low, high = window_of_body(image.array)
    return (np.asarray(values) - low) / (high - low)


def medians(image):
    labels = read_mask(resource_path("SampleData", "onfh-right-stage2-outlines.nrrd")).array
    return {
        "marrow": np.median(image.array[labels == HEAD["L"]]),  # of the sound hip
        "necrosis": np.median(image.array[labels == NECROSIS["R"]]),
    }


def test_marrow_of_t1_is_bright_and_its_necrosis_grey():
    image = sample("t1")
    marrow, necrosis = greys(image, list(medians(image).values()))
    assert 0.7 < marrow < 1.0
    assert 0.25 < necrosis < marrow - 0.2


def test_suppressed_marrow_is_dark_grey_and_not_black():
    image = sample("t2fs")
    found = medians(image)
    marrow, necrosis = greys(image, list(found.values()))
    assert 0.12 < marrow < 0.4
    assert abs(necrosis - marrow) > 0.04
    slicers = found["marrow"] / np.percentile(image.array, 99.9)
    assert marrow > 1.5 * slicers  # whose window reaches up to the bladder


def test_bone_of_a_radiograph_is_bright_and_cortex_is_not_burnt_out():
    image = sample("radiograph")
    median, bright = greys(image, np.percentile(image.array, [50, 99]))
    assert 0.4 < median < 0.8
    assert bright < 1.01


def test_fat_of_real_t1_is_bright_and_muscle_grey():
    image = read_image(shared_data("real_pelvis_t1", "pelvis_03_t1.nii.gz"))
    middle, bright = greys(image, np.percentile(image.array, [50, 95]))
    assert 0.25 < middle < 0.6
    assert 0.7 < bright < 1.05


def test_an_image_without_voxels_that_count_has_a_window():
    assert window_of_body(np.full((3, 4, 5), np.nan)) == (0.0, 1.0)
    low, high = window_of_body(np.zeros((3, 4, 5)))
    assert low < high


def test_a_window_that_somebody_chose_stays(scene):
    import slicer

    from ONFHAssistLib.scene.images.present import present_image
    from ONFHAssistLib.scene.volumes import volume_from_image

    volume = volume_from_image(sample("t2fs"), "MRI")
    volume.CreateDefaultDisplayNodes()
    display = volume.GetDisplayNode()
    slicer.app.processEvents()
    present_image(volume)
    expected = window_of_body(slicer.util.arrayFromVolume(volume))
    assert (display.GetWindowLevelMin(), display.GetWindowLevelMax()) == pytest.approx(expected, rel=0.1)
    display.SetWindowLevelMinMax(5.0, 300.0)  # as a drag of the mouse does
    present_image(volume)
    assert (display.GetWindowLevelMin(), display.GetWindowLevelMax()) == (5.0, 300.0)
