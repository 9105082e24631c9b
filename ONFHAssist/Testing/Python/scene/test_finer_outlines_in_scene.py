"""Outlines on finer voxels in the scene: shown, edited, saved, measured and handed to the worker as fine as they are."""

from dataclasses import replace

import numpy as np
import pytest
from support.outlined_hips import thick_hip

from ONFHAssistLib.case.case import Case
from ONFHAssistLib.case.result import SEGMENT, CaseResult, HipResult, StepRecord
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.imaging.masks.fine import on_image, recropped


@pytest.fixture
def found(scene, tmp_path):
    """(volume node, segmentation node, image, finer outlines) after Find and outline of an oblique left hip."""
    from ONFHAssistLib.scene.results.found_heads import found_in_steps
    from ONFHAssistLib.scene.transaction import run_all_steps
    from ONFHAssistLib.scene.volumes import volume_from_image

    image, fine = thick_hip()
    fine = recropped(fine, image)
    volume = volume_from_image(image, "Hip")
    node, *_ = run_all_steps(found_in_steps(volume, None, outlined(image, fine, tmp_path)))
    return volume, node, image, fine


def outlined(image, fine, folder):
    """What the worker answers."""
    case = Case(image, "Hip", fine)
    return CaseResult(
        "Hip",
        case.input,
        case.content_sha256,
        case.outlines_sha256,
        str(write_image(case.labels, folder / "segmentation.mha")),
        tuple(HipResult(head.side, head=replace(head, box=((0, 0, 0), (9, 9, 9)))) for head in case.heads),
        {SEGMENT: StepRecord()},
        hip_outlines=case.hip_outlines,
        hip_content=case.hip_content,
        segmentation_fine=str(write_image(fine, folder / "segmentation_fine.mha")),
    )


def test_the_segments_have_the_finer_voxels_in_the_same_place(found):
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation, outlines_from_segmentation

    volume, node, image, fine = found
    outlines = outlines_from_segmentation(node, volume)
    assert outlines.spacing == pytest.approx((1.0, 1.0, 0.96))
    assert outlines.same_grid(fine, 1e-3)
    assert np.array_equal(outlines.array, fine.array)
    assert np.array_equal(labels_from_segmentation(node, volume).array, on_image(fine, image).array)
    bounds = [0.0] * 6
    node.GetRASBounds(bounds)
    points = fine.points()[fine.array > 0] * [-1, -1, 1]
    middle = 0.5 * (points.min(axis=0) + points.max(axis=0))
    assert np.allclose([sum(bounds[i : i + 2]) / 2 for i in (0, 2, 4)], middle, atol=1.5)


def test_the_surface_has_no_steps(found):
    """Every point of the head's surface away from the neck lies on the sphere."""
    from vtk.util.numpy_support import vtk_to_numpy

    _volume, node, _image, _fine = found
    surface = node.GetSegmentation().GetSegment("FemoralHeadL").GetRepresentation("Closed surface")
    offset = vtk_to_numpy(surface.GetPoints().GetData()) * [-1, -1, 1] - [80.0, 5.0, -30.0]
    down = offset @ [0.8, 0, -0.6]
    distance = np.linalg.norm(offset, axis=1)[down < 5.0]
    assert len(distance) > 500
    assert np.abs(distance - 24.0).max() < 1.2


def test_what_came_of_the_search_is_current_and_untouched(found):
    from ONFHAssistLib.scene.exchange import case_of
    from ONFHAssistLib.scene.outdated import digest_of
    from ONFHAssistLib.scene.results.found_heads import is_uncorrected

    volume, node, image, fine = found
    assert is_uncorrected(node, volume)
    worker = Case(image, "Hip", fine)
    case = case_of(volume, node)
    assert case.hip_outlines == worker.hip_outlines
    assert digest_of(node, volume) == {**worker.hip_outlines, "both": worker.outlines_sha256}
    assert np.array_equal(case.fine.array, fine.array)


def test_the_worker_gets_the_finer_outlines_and_measures_them(found, tmp_path):
    from ONFHAssistLib.core.progress import no_progress
    from ONFHAssistLib.scene.exchange import case_of, run_arguments
    from ONFHAssistLib.scene.results.measurements import measure_to_scene
    from ONFHAssistLib.worker.tasks import run_case

    volume, node, _image, fine = found
    arguments = run_arguments(case_of(volume, node), ["measure"], tmp_path)
    result = CaseResult.from_json(run_case(arguments, no_progress)["result"])
    measured = result.hip("L").findings.measurement
    assert measured.head_ml == pytest.approx((fine.array > 0).sum() * fine.voxel_volume_ml, rel=1e-5)
    _table, (hip,) = measure_to_scene(volume, node)
    assert hip.measurement.combined_necrotic_angle == pytest.approx(measured.combined_necrotic_angle, abs=0.1)
    assert result.hip_outlines == case_of(volume, node).hip_outlines


def test_a_stroke_in_the_segment_editor_is_one_of_finer_voxels_and_can_be_undone(found):
    import headless
    import slicer

    from ONFHAssistLib.scene.outdated import digest_of
    from ONFHAssistLib.scene.results.found_heads import is_uncorrected
    from ONFHAssistLib.scene.segmentations import outlines_from_segmentation

    volume, node, _image, fine = found
    before = digest_of(node, volume)
    editor = slicer.qMRMLSegmentEditorWidget()
    editor.setMRMLScene(slicer.mrmlScene)
    editor.setMRMLSegmentEditorNode(slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentEditorNode"))
    editor.setSegmentationNode(node)
    editor.setSourceVolumeNode(volume)
    editor.setCurrentSegmentID("NecrosisL")
    editor.setActiveEffectByName("Erase")
    centre = fine.points()[fine.array == NECROSIS["L"]].mean(axis=0)
    radius = 4.0
    editor_node = editor.mrmlSegmentEditorNode()
    editor_node.SetOverwriteMode(editor_node.OverwriteNone)
    headless.stroke(editor, [centre * [-1, -1, 1]], radius)
    after = outlines_from_segmentation(node, volume)
    assert after.same_grid(fine, 1e-3)
    ball = np.linalg.norm(fine.points() - centre, axis=-1) <= radius
    wanted = np.where(ball & (fine.array == NECROSIS["L"]), HEAD["L"], fine.array)
    assert (after.array != wanted).sum() <= 1  # a voxel on the very edge of the ball
    assert (after.array != fine.array).sum() > 200
    assert digest_of(node, volume)["L"] != before["L"]
    assert not is_uncorrected(node, volume)
    editor.undo()
    assert digest_of(node, volume) == before
    assert is_uncorrected(node, volume)
    editor.setActiveEffect(None)


def test_finding_again_refills_the_untouched_outlines(found, tmp_path):
    from ONFHAssistLib.scene.results.found_heads import found_in_steps
    from ONFHAssistLib.scene.segmentations import outlines_from_segmentation
    from ONFHAssistLib.scene.transaction import run_all_steps

    volume, node, image, fine = found
    array = fine.array.copy()
    array[array == NECROSIS["L"]] = HEAD["L"]
    again, *_ = run_all_steps(found_in_steps(volume, node, outlined(image, fine.like(array), tmp_path)))
    assert again is node
    assert np.array_equal(outlines_from_segmentation(node, volume).array, array)


def test_outlines_of_an_earlier_version_on_the_slices_are_refilled_with_finer_ones(scene, tmp_path):
    from ONFHAssistLib.scene.results.found_heads import found_in_steps, is_uncorrected
    from ONFHAssistLib.scene.segmentations import outlines_from_segmentation
    from ONFHAssistLib.scene.transaction import run_all_steps
    from ONFHAssistLib.scene.volumes import volume_from_image

    image, fine = thick_hip()
    fine = recropped(fine, image)
    volume = volume_from_image(image, "Hip")
    result = outlined(image, fine, tmp_path)
    node, *_ = run_all_steps(found_in_steps(volume, None, replace(result, segmentation_fine=None)))
    coarse = outlines_from_segmentation(node, volume)
    assert np.array_equal(coarse.array, on_image(fine, image).array)
    assert is_uncorrected(node, volume)
    again, *_ = run_all_steps(found_in_steps(volume, node, result))
    assert again is node
    assert np.array_equal(outlines_from_segmentation(node, volume).array, fine.array)


def test_a_saved_scene_has_the_same_outlines(found, tmp_path):
    import slicer

    from ONFHAssistLib.scene.outdated import digest_of

    volume, node, _image, _fine = found
    before = digest_of(node, volume)
    path = str(tmp_path / "case.mrb")
    assert slicer.util.saveScene(path)
    slicer.mrmlScene.Clear()
    slicer.util.loadScene(path)
    volume, node = slicer.util.getNode("Hip"), slicer.util.getNode("Hip ONFH")
    assert digest_of(node, volume) == before


def test_under_a_transform_both_move_together(found):
    import slicer
    import vtk

    from ONFHAssistLib.scene.segmentations import outlines_from_segmentation

    volume, node, _image, fine = found
    transform = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLLinearTransformNode")
    moved = vtk.vtkTransform()
    moved.RotateZ(20)
    moved.Translate(5, -3, 8)
    transform.SetMatrixTransformToParent(moved.GetMatrix())
    for one in (volume, node):
        one.SetAndObserveTransformNodeID(transform.GetID())
    outlines = outlines_from_segmentation(node, volume)
    assert np.array_equal(outlines.array, fine.array)
    assert not np.allclose(outlines.origin, fine.origin, atol=1.0)


def test_a_sphere_on_the_other_hip_leaves_the_finer_outlines_of_this_one(scene):
    import slicer

    from ONFHAssistLib.imaging.image import Image
    from ONFHAssistLib.scene.results.outlines import sphere_to_scene
    from ONFHAssistLib.scene.segmentations import outlines_from_segmentation, segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    _thick, fine = thick_hip(turn=(0, 0, 0))
    corner = fine.index_to_point((0, 0, 2)) - [180.0, 0, 0]
    n = fine.size[2] // 5
    wide = Image(np.zeros((n, fine.size[1], fine.size[0] + 200), np.float32), (1, 1, 4.8), tuple(corner))
    values = np.where(np.linalg.norm(wide.points() - [-80.0, 5.0, -30.0], axis=-1) < 22.0, 300.0, 60.0)
    wide = wide.like(values.astype(np.float32))
    volume = volume_from_image(wide, "Pelvis")
    outlines = recropped(fine, wide)
    node = segmentation_from_labels(outlines, volume, "automatic", {})
    points = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode")
    points.AddControlPoint(80.0, -5.0, -30.0)
    sphere_to_scene(volume, node, points, 22.0, False, "AB")
    after = outlines_from_segmentation(node, volume)
    left = np.isin(after.array, (HEAD["L"], NECROSIS["L"]))
    assert np.array_equal(np.unique(after.array), [0, 1, 2, 4])
    assert left.sum() == (outlines.array > 0).sum()
    assert np.allclose(
        after.points()[left].mean(axis=0), outlines.points()[outlines.array > 0].mean(axis=0), atol=0.01
    )
    right = after.points()[after.array == HEAD["R"]]
    assert np.linalg.norm(right.mean(axis=0) - [-80.0, 5.0, -30.0]) < 0.6
