"""The sphere tool in the scene: only its own side changes, and a failure changes nothing."""

import numpy as np
import pytest

from ONFHAssistLib.core.errors import InputError


def points_at(*places):
    import slicer

    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode")
    for place in places:
        node.AddControlPoint(*place)
    return node


def labels_of(segmentation, volume):
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    return labels_from_segmentation(segmentation, volume).array


def test_a_second_sphere_replaces_the_head_and_keeps_its_necrosis(scene):
    from ONFHAssistLib.imaging.image import Image
    from ONFHAssistLib.scene.results.outlines import sphere_to_scene
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.selftest import ball_phantom
    from ONFHAssistLib.scene.volumes import image_from_volume

    volume, centre, radius = ball_phantom()
    node, head, _ = sphere_to_scene(volume, None, points_at(centre), radius, True, "AB")
    labels = labels_of(node, volume).copy()
    grid: Image = image_from_volume(volume)
    near = np.linalg.norm(grid.points() - np.asarray(head.centre), axis=-1) < 6
    labels[near] = 3
    segmentation_from_labels(grid.like(labels), volume, "AB", {}, node)
    again, smaller, _ = sphere_to_scene(volume, node, points_at(centre), radius - 3, True, "AB")
    assert again is node
    new = labels_of(node, volume)
    assert np.array_equal(new == 3, near)
    assert smaller.head_ml < head.head_ml
    assert (new > 0).sum() < (labels > 0).sum()


def test_a_failed_sphere_leaves_the_scene_as_it_was(scene):
    import slicer

    from ONFHAssistLib.scene.results.outlines import sphere_to_scene
    from ONFHAssistLib.scene.selftest import ball_phantom

    volume, centre, _radius = ball_phantom()
    far = points_at((centre[0] - 400, centre[1], centre[2]))
    before = {slicer.mrmlScene.GetNthNode(i).GetID() for i in range(slicer.mrmlScene.GetNumberOfNodes())}
    with pytest.raises(InputError, match="lies outside the image"):
        sphere_to_scene(volume, None, far, 20.0, True, "AB")
    after = {slicer.mrmlScene.GetNthNode(i).GetID() for i in range(slicer.mrmlScene.GetNumberOfNodes())}
    assert after == before


def test_measurements_are_a_numeric_table_with_units(scene):
    from ONFHAssistLib.scene.results.measurements import measurements_to_scene
    from ONFHAssistLib.scene.results.outlines import sphere_to_scene
    from ONFHAssistLib.scene.selftest import ball_phantom
    from ONFHAssistLib.scene.tables import columns_of

    volume, centre, radius = ball_phantom()
    node, _, _ = sphere_to_scene(volume, None, points_at(centre), radius, True, "AB")
    table = measurements_to_scene(volume, node)
    content = columns_of(table)
    assert content["side"] == ["R"]
    assert content["radius"][0] == pytest.approx(radius, abs=0.5)
    assert content["head_ml"][0] == pytest.approx(4 / 3 * np.pi * radius**3 / 1000, rel=0.03)
    assert table.GetColumnUnitLabel("head_ml") == "ml"
    assert table.GetAttribute("ONFHAssist.provenance.reader") == "AB"
    assert measurements_to_scene(volume, node) is table


def test_outlines_on_the_other_side_than_their_segments_say_are_refused_before_anything_is_asked(scene):
    from ONFHAssistLib.scene.exchange import case_images, case_of
    from ONFHAssistLib.scene.results.outlines import sphere_to_scene
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.selftest import ball_phantom
    from ONFHAssistLib.scene.volumes import image_from_volume

    volume, centre, radius = ball_phantom()  # of a right hip
    node, _, _ = sphere_to_scene(volume, None, points_at(centre), radius, True, "AB")
    case_images(volume, node)
    grid = image_from_volume(volume)
    other = segmentation_from_labels(grid.like(np.where(labels_of(node, volume) > 0, 2, 0)), volume, "AB", {})
    for ask in (case_of, case_images):
        with pytest.raises(
            InputError, match=r"Femoral head L .* lies .* to the patient's right of the midline"
        ):
            ask(volume, other)
