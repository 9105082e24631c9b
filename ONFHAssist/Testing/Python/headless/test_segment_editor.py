"""The Segment Editor edits as Slicer's does: segments are disjoint unless overlap is allowed, and masks hold."""

import headless
import numpy as np
import pytest

SHAPE = (12, 14, 16)  # slices, rows, columns of 2 mm


@pytest.fixture
def volume(scene):
    import slicer

    z, _, _ = np.indices(SHAPE)
    node = slicer.util.addVolumeFromArray(np.where(z < 6, 50.0, 150.0))
    node.SetSpacing(2, 2, 2)
    return node


@pytest.fixture
def segmentation(scene, volume):
    """A block "bone" with a smaller block "hole" cut out of it."""
    import slicer

    node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode")
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    bone, hole = np.zeros(SHAPE, np.uint8), np.zeros(SHAPE, np.uint8)
    bone[2:10, 2:12, 2:14] = 1
    hole[4:8, 4:8, 4:8] = 1
    for name, array in (("bone", bone & ~hole), ("hole", hole)):
        node.GetSegmentation().AddEmptySegment(name, name)
        slicer.util.updateSegmentBinaryLabelmapFromArray(array, node, name, volume)
    return node


@pytest.fixture
def editor(scene, segmentation):
    import slicer

    widget = slicer.qMRMLSegmentEditorWidget()
    widget.setMRMLScene(scene)
    widget.setMRMLSegmentEditorNode(scene.AddNewNodeByClass("vtkMRMLSegmentEditorNode"))
    widget.setSegmentationNode(segmentation)
    widget.setCurrentSegmentID("hole")
    return widget


@pytest.fixture
def voxels(segmentation, volume):
    """``voxels("bone")`` is what the segment holds."""
    import slicer

    return lambda name: slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, name, volume).astype(bool)


def ball(radius, *centres):
    """The voxels within ``radius`` mm of the centres, given by slice, row and column."""
    at = np.indices(SHAPE) * 2.0
    return np.any(
        [np.linalg.norm(at - np.reshape(c, (3, 1, 1, 1)) * 2.0, axis=0) <= radius for c in centres], axis=0
    )


def drag(editor, effect, radius, *centres):
    """Paint or erase at centres given by slice, row and column."""
    editor.setActiveEffectByName(effect)
    return headless.stroke(editor, [(2.0 * k, 2.0 * j, 2.0 * i) for i, j, k in centres], radius)


def test_choices_are_kept_on_the_node(scene, volume, segmentation):
    import slicer

    widget = slicer.qMRMLSegmentEditorWidget()
    widget.setMRMLScene(scene)
    node = scene.AddNewNodeByClass("vtkMRMLSegmentEditorNode")
    widget.setMRMLSegmentEditorNode(node)
    assert {"Paint", "Erase", "Scissors", "Draw", "Fill between slices", "Grow from seeds", "Hollow"} <= set(
        widget.availableEffectNames()
    )
    heard = []
    widget.connect("currentSegmentIDChanged(QString)", heard.append)
    widget.setSegmentationNode(segmentation)
    assert widget.sourceVolumeNode() is volume  # on whose geometry the segmentation is
    assert widget.currentSegmentID() == "bone"  # the first
    widget.setCurrentSegmentID("hole")
    widget.setActiveEffectByName("Paint")
    assert node.GetSegmentationNode() is segmentation
    assert (node.GetSelectedSegmentID(), node.GetActiveEffectName()) == ("hole", "Paint")
    assert heard == ["bone", "hole"]
    widget.setActiveEffectByName("NoSuchEffect")
    assert widget.activeEffect().name == "Paint"
    widget.setActiveEffect(None)
    assert widget.activeEffect() is None


def test_a_volume_before_a_segmentation_is_refused_with_a_line_on_the_console(scene, volume, capfd):
    import slicer

    widget = slicer.qMRMLSegmentEditorWidget()
    widget.setMRMLScene(scene)
    widget.setMRMLSegmentEditorNode(scene.AddNewNodeByClass("vtkMRMLSegmentEditorNode"))
    widget.setSourceVolumeNode(volume)
    assert widget.sourceVolumeNode() is None
    assert "need to set segment editor and segmentation nodes first" in capfd.readouterr().err


def test_the_source_volume_is_shown_where_it_was_not(scene, editor, volume):
    import slicer

    shown = slicer.app.layoutManager().sliceWidget("Red").mrmlSliceCompositeNode()
    assert shown.GetBackgroundVolumeID() == volume.GetID()
    other = slicer.util.addVolumeFromArray(np.ones(SHAPE))
    editor.setSourceVolumeNode(other)
    assert shown.GetBackgroundVolumeID() == other.GetID()


def test_another_segmentation_ends_the_effect(scene, editor):
    editor.setActiveEffectByName("Paint")
    editor.setSegmentationNode(scene.AddNewNodeByClass("vtkMRMLSegmentationNode"))
    assert editor.activeEffect() is None


def test_a_removed_segmentation_is_no_longer_edited(scene, editor, segmentation):
    scene.RemoveNode(segmentation)
    assert editor.segmentationNode() is None


def test_erase_leaves_a_hole_that_belongs_to_no_segment(editor, voxels):
    bone, hole = voxels("bone"), voxels("hole")
    reached = ball(5, (5, 5, 5))
    assert drag(editor, "Erase", 5.0, (5, 5, 5)) == reached.sum()
    assert np.array_equal(voxels("hole"), hole & ~reached)
    assert np.array_equal(voxels("bone"), bone)
    assert (bone | hole).sum() - (voxels("bone") | voxels("hole")).sum() == (hole & reached).sum() > 10


def test_erase_inside_one_segment_gives_the_voxels_back_to_it(editor, voxels):
    import slicer

    bone, hole = voxels("bone"), voxels("hole")
    node = editor.mrmlSegmentEditorNode()
    node.SetMaskMode(slicer.vtkMRMLSegmentationNode.EditAllowedInsideSingleSegment)
    node.SetMaskSegmentID("bone")
    drag(editor, "Erase", 5.0, (5, 5, 5))
    assert voxels("hole").sum() < hole.sum()
    assert np.array_equal(voxels("bone") | voxels("hole"), bone | hole)
    assert not (voxels("bone") & voxels("hole")).any()


def test_paint_takes_voxels_from_the_segment_that_had_them(editor, voxels):
    bone, hole = voxels("bone"), voxels("hole")
    reached = ball(5, (5, 8, 8), (5, 9, 9))
    drag(editor, "Paint", 5.0, (5, 8, 8), (5, 9, 9))
    assert np.array_equal(voxels("hole"), hole | reached)
    assert np.array_equal(voxels("bone"), bone & ~reached)


def test_paint_overlaps_where_that_is_allowed(editor, voxels):
    bone = voxels("bone")
    node = editor.mrmlSegmentEditorNode()
    node.SetOverwriteMode(node.OverwriteNone)
    drag(editor, "Paint", 5.0, (5, 8, 8))
    assert np.array_equal(voxels("bone"), bone)
    assert (voxels("hole") & bone).sum() > 10


def test_paint_leaves_hidden_segments_alone_where_only_visible_ones_are_overwritten(
    editor, segmentation, voxels
):
    bone, node = voxels("bone"), editor.mrmlSegmentEditorNode()
    node.SetOverwriteMode(node.OverwriteVisibleSegments)
    segmentation.GetDisplayNode().SetSegmentVisibility("bone", False)
    drag(editor, "Paint", 5.0, (5, 8, 8))
    assert np.array_equal(voxels("bone"), bone)


def test_paint_stays_inside_the_mask(editor, voxels):
    import slicer

    everything = voxels("bone") | voxels("hole")
    editor.mrmlSegmentEditorNode().SetMaskMode(slicer.vtkMRMLSegmentationNode.EditAllowedInsideAllSegments)
    drag(editor, "Paint", 9.0, (2, 5, 5))
    assert (ball(9, (2, 5, 5)) & ~everything).any()
    assert np.array_equal(voxels("bone") | voxels("hole"), everything)


def test_paint_keeps_to_the_intensities_that_may_be_edited(editor, voxels):
    hole, node = voxels("hole"), editor.mrmlSegmentEditorNode()
    node.SetSourceVolumeIntensityMask(True)
    node.SetSourceVolumeIntensityMaskRange(100, 200)
    drag(editor, "Paint", 9.0, (6, 9, 9))
    added = voxels("hole") & ~hole
    assert added[6:].any()
    assert not added[:6].any()


def test_undo_and_redo_restore_the_segments(editor, voxels):
    before = voxels("bone"), voxels("hole")
    drag(editor, "Paint", 5.0, (5, 8, 8))
    after = voxels("bone"), voxels("hole")
    editor.undo()
    assert np.array_equal((voxels("bone"), voxels("hole")), before)
    editor.redo()
    assert np.array_equal((voxels("bone"), voxels("hole")), after)


def test_a_script_may_give_a_labelmap_and_pass_the_mask_by(editor, voxels):
    import slicer

    editor.mrmlSegmentEditorNode().SetMaskMode(slicer.vtkMRMLSegmentationNode.EditAllowedOutsideAllSegments)
    editor.setActiveEffectByName("Paint")
    effect, bone = editor.activeEffect(), voxels("bone")
    whole = effect.defaultModifierLabelmap()
    whole.GetPointData().GetScalars().Fill(1)
    effect.modifySelectedSegmentByLabelmap(whole, effect.ModificationModeAdd)
    assert np.array_equal(voxels("bone"), bone)
    assert voxels("hole").sum() == np.prod(SHAPE) - bone.sum()
    effect.modifySelectedSegmentByLabelmap(whole, effect.ModificationModeSet, True)
    assert voxels("hole").all()


def test_a_stroke_off_the_image_and_between_voxels(editor, voxels):
    before = voxels("hole")
    assert drag(editor, "Paint", 3.0, (-40, 5, 5)) == 0
    assert np.array_equal(voxels("hole"), before)
    assert drag(editor, "Paint", 0.1, (3.2, 3.1, 3.0)) == 1
    assert voxels("hole")[3, 3, 3]


def test_a_stroke_needs_a_brush_and_a_segment(editor):
    for effect, segment in (("", "hole"), ("Scissors", "hole"), ("Paint", "")):
        editor.setActiveEffectByName(effect)
        editor.setCurrentSegmentID(segment)
        with pytest.raises(ValueError, match="Paint or Erase"):
            headless.stroke(editor, [(0, 0, 0)], 3.0)


def test_a_stroke_on_an_oblique_image_is_a_ball_in_millimetres(scene):
    import slicer
    import vtk

    directions = np.array([[0.8, -0.6, 0.0], [0.6, 0.8, 0.0], [0.0, 0.0, 1.0]]) * (1.0, 1.0, 4.0)
    matrix = vtk.vtkMatrix4x4()
    for row in range(3):
        for column in range(3):
            matrix.SetElement(row, column, directions[row, column])
    volume = slicer.util.addVolumeFromArray(np.zeros((9, 40, 40)), matrix)
    node = scene.AddNewNodeByClass("vtkMRMLSegmentationNode")
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    node.GetSegmentation().AddEmptySegment("a", "a")
    editor = slicer.qMRMLSegmentEditorWidget()
    editor.setMRMLScene(scene)
    editor.setMRMLSegmentEditorNode(scene.AddNewNodeByClass("vtkMRMLSegmentEditorNode"))
    editor.setSegmentationNode(node)
    editor.setActiveEffectByName("Paint")
    centre = directions @ (20.0, 20.0, 4.0)
    headless.stroke(editor, [centre], 10.0)
    found = np.argwhere(slicer.util.arrayFromSegmentBinaryLabelmap(node, "a", volume))
    away = np.linalg.norm(found[:, ::-1] @ directions.T - centre, axis=1)
    assert away.max() <= 10.0 + 1e-9
    assert len(found) * 4.0 == pytest.approx(4 / 3 * np.pi * 10.0**3, rel=0.05)
