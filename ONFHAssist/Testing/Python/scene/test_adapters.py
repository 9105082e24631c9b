"""Between Image and scene nothing moves: RAS and LPS, oblique and flipped grids, left and right."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from support.geometry import directions, grids, origins, spacings

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image

IN_SCENE = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@IN_SCENE
@given(grids())
def test_a_volume_keeps_voxels_and_places(scene, image):
    import slicer
    import vtk

    from ONFHAssistLib.scene.volumes import image_from_volume, volume_from_image

    node = volume_from_image(image, "hip")
    back = image_from_volume(node)
    assert np.array_equal(back.array, image.array)
    assert back.same_grid(image)
    matrix = vtk.vtkMatrix4x4()
    node.GetIJKToRASMatrix(matrix)
    corner = matrix.MultiplyPoint((2, 1, 0, 1))[:3]
    assert np.allclose(corner, image.index_to_point([2, 1, 0]) * [-1, -1, 1], atol=1e-6)
    slicer.mrmlScene.RemoveNode(node)


def test_a_linear_transform_moves_the_image_with_the_volume(scene):
    import slicer
    import vtk

    from ONFHAssistLib.scene.volumes import image_from_volume, volume_from_image

    image = Image(np.arange(60, dtype=np.int16).reshape(3, 4, 5), (1, 2, 3), (10, 20, 30))
    node = volume_from_image(image, "hip")
    transform = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLLinearTransformNode")
    matrix = vtk.vtkMatrix4x4()
    matrix.SetElement(0, 3, 7.0)  # 7 mm to the patient's right in RAS
    transform.SetMatrixTransformToParent(matrix)
    node.SetAndObserveTransformNodeID(transform.GetID())
    assert np.allclose(image_from_volume(node).origin, (3, 20, 30))


def test_facts_travel_as_attributes(scene):
    from ONFHAssistLib.scene.volumes import image_from_volume, volume_from_image

    facts = {"modality": "MR", "sequence": "T2 FS", "laterality": "L"}
    node = volume_from_image(Image(np.zeros((3, 4, 5), np.int16), metadata=facts), "hip")
    assert {name: image_from_volume(node).metadata[name] for name in facts} == facts


def test_no_or_empty_volume_is_refused(scene):
    import slicer

    from ONFHAssistLib.scene.volumes import image_from_volume

    with pytest.raises(InputError, match="No volume is chosen"):
        image_from_volume(None)
    empty = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "nothing")
    with pytest.raises(InputError, match="'nothing' holds no voxels"):
        image_from_volume(empty)


@IN_SCENE
@given(spacings, origins, directions())
def test_segments_come_back_voxel_by_voxel_on_any_geometry(scene, spacing, origin, direction):
    import slicer

    from ONFHAssistLib.scene.segmentations import labels_from_segmentation, segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    labels = np.zeros((6, 7, 8), np.uint8)
    labels[1:3, 1:4, 1:3], labels[3:5, 2:5, 5:7], labels[2, 2, 2] = 1, 2, 3
    image = Image(labels, spacing, origin, direction)
    volume = volume_from_image(image.like(labels.astype(np.int16)), "hip")
    node = segmentation_from_labels(image, volume, "AB", {})
    assert np.array_equal(labels_from_segmentation(node, volume).array, labels)
    for extra in (node, volume):
        slicer.mrmlScene.RemoveNode(extra)


def test_segments_carry_names_sides_codes_and_reader(scene):
    from ONFHAssistLib.scene.segmentations import READER, segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    labels = Image(np.arange(125, dtype=np.uint8).reshape(5, 5, 5) % 5)
    volume = volume_from_image(labels, "T2")
    node = segmentation_from_labels(labels, volume, "AB", {"created": "now"})
    segmentation = node.GetSegmentation()
    found = {}
    for index in range(segmentation.GetNumberOfSegments()):
        segment = segmentation.GetNthSegment(index)
        found[segment.GetName()] = segment.GetTerminology()
    assert node.GetName() == "T2 ONFH"
    assert node.GetAttribute(READER) == "AB"
    assert list(found) == ["Femoral head R", "Femoral head L", "Necrosis R", "Necrosis L"]
    assert "2812003^Head of femur~SCT^24028007^Right" in found["Femoral head R"]
    assert "6574001^Necrosis" in found["Necrosis L"]
    assert found["Necrosis L"].endswith("SCT^2812003^Head of femur~SCT^7771000^Left")


def test_a_segmentation_without_our_segments_is_refused(scene):
    import slicer

    from ONFHAssistLib.scene.segmentations import labels_from_segmentation
    from ONFHAssistLib.scene.volumes import volume_from_image

    volume = volume_from_image(Image(np.zeros((3, 4, 5), np.int16)), "hip")
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", "other")
    node.GetSegmentation().AddEmptySegment("tumour", "tumour")
    with pytest.raises(InputError, match="'other' has no filled segment named 'Femoral head R'"):
        labels_from_segmentation(node, volume)


def test_tables_are_numeric_with_units(scene):
    from ONFHAssistLib.scene.tables import columns_of, rows_where, table_from_columns

    columns = {"side": ["R", "L"], "radius": [24.1, None], "slices": [3, 4]}
    node = table_from_columns(
        "sizes", columns, role="measurements", provenance={"created": "now"}, units={"radius": "mm"}
    )
    table = node.GetTable()
    assert [table.GetColumn(i).GetClassName() for i in range(3)] == [
        "vtkStringArray",
        "vtkDoubleArray",
        "vtkTypeInt64Array",
    ]
    assert node.GetColumnUnitLabel("radius") == "mm"
    assert columns_of(node)["radius"][0] == 24.1
    assert np.isnan(columns_of(node)["radius"][1])
    other = scene.AddNewNodeByClass("vtkMRMLTableNode")
    assert columns_of(rows_where(node, "side", {"L"}, other))["slices"] == [4]
    assert node.GetAttribute("ONFHAssist.provenance.created") == "now"


def test_exact_digits_come_back_and_a_changed_cell_stays(scene):
    from ONFHAssistLib.scene.tables import columns_of, table_from_columns

    node = table_from_columns("t", {"a": [1 / 3, 2 / 3, np.nan]}, role="x", provenance={})
    column = node.GetTable().GetColumnByName("a")
    column.SetValue(0, 0.333333)  # what a saved table holds
    column.SetValue(1, 0.666667)
    assert columns_of(node)["a"][:2] == [1 / 3, 2 / 3]
    column.SetValue(1, 0.7)  # what a user typed
    assert columns_of(node)["a"][:2] == [1 / 3, 0.7]


def test_a_box_lies_where_the_head_is(scene):
    from ONFHAssistLib.imaging.head import FemoralHead
    from ONFHAssistLib.scene.case import box_of_head
    from ONFHAssistLib.scene.images.ownership import set_image

    head = FemoralHead(
        "L", (80.0, 10.0, -5.0), 20.0, ((60.0, -10.0, -25.0), (100.0, 30.0, 15.0)), 1.0, 30.0, 0.0
    )
    volume, other = (scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", name) for name in "AB")
    node = box_of_head(head, volume, {})
    set_image(node, volume)
    assert np.allclose(node.GetCenter(), (-80, -10, -5))
    assert np.allclose(node.GetSize(), (40, 40, 40))
    assert node.GetName() == "Femoral head L box"
    assert box_of_head(head, volume, {}) is node
    assert box_of_head(head, other, {}).GetName() == "Femoral head L box (B)"  # another image's is left alone


def test_results_lie_in_one_folder_and_leave_with_it(scene):
    import slicer

    from ONFHAssistLib.scene.case import move_to_case_folder
    from ONFHAssistLib.scene.tables import table_from_columns
    from ONFHAssistLib.scene.volumes import volume_from_image

    volume = volume_from_image(Image(np.zeros((3, 4, 5), np.int16)), "hip")
    table = table_from_columns("t", {"a": [1.0]}, role="x", provenance={})
    folder = move_to_case_folder(volume, [table])
    assert move_to_case_folder(volume, [table]) == folder
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
    assert hierarchy.GetItemName(folder) == "hip ONFH results"
    assert hierarchy.GetItemParent(hierarchy.GetItemByDataNode(table)) == folder
    hierarchy.RemoveItem(folder)
    assert table.GetScene() is None
    assert volume.GetScene() is scene
