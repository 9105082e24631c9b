"""Pictures of real views, and scenes that survive being saved and opened in a new process."""

import json
import subprocess
import sys
from pathlib import Path

import headless
import numpy as np
import pytest

HEADLESS = Path(headless.__file__).resolve().parents[1]


def pixels(path):
    """RGB of a picture, shape (height, width, 3)."""
    import qt

    image = qt.QImage(str(path)).convertToFormat(qt.QImage.Format_RGB888)
    rows = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def greenish(picture):
    return (picture[..., 1] > picture[..., 0] + 30) & (picture[..., 1] > picture[..., 2] + 30)


@pytest.fixture
def block(scene):
    """A block of 60 x 80 x 100 mm (x, y, z), brighter in its upper half; at RAS (12, 0, 20) a green sphere
    of radius 15 mm."""
    import slicer
    import vtk

    z, y, x = np.indices((50, 40, 30)) * 2.0
    array = np.full(z.shape, 100.0)
    array[z > 50] = 200.0
    ijk_to_ras = vtk.vtkMatrix4x4()
    for row, (step, origin) in enumerate([(-2, 29), (-2, 39), (2, -49)]):
        ijk_to_ras.SetElement(row, row, step)
        ijk_to_ras.SetElement(row, 3, origin)
    volume = slicer.util.addVolumeFromArray(array, ijk_to_ras, "T1")
    segmentation = scene.AddNewNodeByClass("vtkMRMLSegmentationNode", "T1 segments")
    segmentation.CreateDefaultDisplayNodes()
    segmentation.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    segment = segmentation.GetSegmentation().AddEmptySegment("ball", "Ball", (0, 1, 0))
    sphere = np.linalg.norm(np.stack([29 - x - 12, 39 - y, z - 49 - 20]), axis=0) <= 15
    slicer.util.updateSegmentBinaryLabelmapFromArray(sphere.astype(np.uint8), segmentation, segment, volume)
    slicer.util.setSliceViewerLayers(background=volume)
    return volume, segmentation, int(sphere.sum())


def test_a_layout_brings_a_slice_view_of_its_own(block, tmp_path):
    import slicer

    manager = slicer.app.layoutManager()
    node = manager.layoutLogic().GetLayoutNode()
    view = (
        '<view class="vtkMRMLSliceNode" singletontag="Extra"><property name="orientation" action="default">'
    )
    node.AddLayoutDescription(
        777, f'<layout type="horizontal"><item>{view}Coronal</property></view></item></layout>'
    )
    before = manager.layout
    manager.setLayout(777)
    try:
        widget = manager.sliceWidget("Extra")
        assert "Extra" in manager.sliceViewNames()
        assert widget.mrmlSliceNode().GetOrientation() == "Coronal"
        widget.mrmlSliceCompositeNode().SetBackgroundVolumeID(block[0].GetID())
        widget.resize(300, 200)
        widget.sliceLogic().FitSliceToBackground()
        picture = pixels(headless.grab_view(tmp_path / "extra.png", "Extra"))
        assert picture.shape == (200, 300, 3)
        assert greenish(picture).sum() > 100
    finally:
        manager.setLayout(before)
    with pytest.raises(ValueError, match="no slice view 'None'"):
        headless.grab_view(tmp_path / "none.png", "None")


def test_coronal_picture_shows_image_and_outline_in_their_places(block, tmp_path):
    picture = pixels(
        headless.grab_slice_view(tmp_path / "c.png", "Coronal", point=(0, 0, 0), size=(400, 400))
    )
    assert picture.shape == (400, 400, 3)
    rows, columns = np.nonzero(greenish(picture))
    assert rows.size > 300
    assert rows.mean() < 200  # towards the head: up
    assert columns.mean() < 200  # the patient's right is on the left
    upper, lower = picture[150, 300].mean(), picture[350, 300].mean()
    assert upper > lower + 100


def test_slice_outside_the_sphere_has_no_outline(block, tmp_path):
    picture = pixels(headless.grab_slice_view(tmp_path / "c.png", "Coronal", point=(0, 30, 0)))
    assert not greenish(picture).any()


def test_field_of_view_zooms(block, tmp_path):
    wide = pixels(headless.grab_slice_view(tmp_path / "a.png", "Axial", point=(12, 0, 20), field_of_view=120))
    near = pixels(headless.grab_slice_view(tmp_path / "b.png", "Axial", point=(12, 0, 20), field_of_view=60))
    assert 3.4 < greenish(near).sum() / greenish(wide).sum() < 4.6


def test_unknown_view_is_named(slicer_app, tmp_path):
    with pytest.raises(ValueError, match="Oblique"):
        headless.grab_slice_view(tmp_path / "x.png", "Oblique")
    with pytest.raises(ValueError, match="above"):
        headless.grab_3d_view(tmp_path / "x.png", "above")


def test_3d_picture_shows_the_surface(block, tmp_path):
    empty = pixels(headless.grab_3d_view(tmp_path / "empty.png"))
    assert not greenish(empty).any()
    block[1].CreateClosedSurfaceRepresentation()
    assert greenish(pixels(headless.grab_3d_view(tmp_path / "3d.png"))).mean() > 0.05


def test_3d_picture_shows_what_is_half_transparent(block, tmp_path):
    segmentation = block[1]
    segmentation.CreateClosedSurfaceRepresentation()
    solid = pixels(headless.grab_3d_view(tmp_path / "solid.png")).astype(float)
    segment = segmentation.GetSegmentation().GetNthSegmentID(0)
    segmentation.GetDisplayNode().SetSegmentOpacity3D(segment, 0.5)
    half = pixels(headless.grab_3d_view(tmp_path / "half.png")).astype(float)
    segmentation.GetDisplayNode().SetSegmentOpacity3D(segment, 0.0)
    none = pixels(headless.grab_3d_view(tmp_path / "none.png")).astype(float)
    shown = np.abs(solid - none).sum(axis=-1) > 60
    share = np.abs(half - none)[shown].sum() / np.abs(solid - none)[shown].sum()
    assert 0.3 < share < 0.8


@pytest.fixture
def curve(scene):
    """A chart, and its green series that is not yet in it."""
    import slicer

    table = scene.AddNewNodeByClass("vtkMRMLTableNode")
    slicer.util.updateTableFromArray(
        table, [np.array([0.0, 60.0]), np.array([1.0, 0.5])], ["months", "share"]
    )
    series = scene.AddNewNodeByClass("vtkMRMLPlotSeriesNode", "curve")
    series.SetAndObserveTableNodeID(table.GetID())
    series.SetXColumnName("months")
    series.SetYColumnName("share")
    series.SetPlotType(series.PlotTypeScatter)
    series.SetColor(0, 0.8, 0)
    return scene.AddNewNodeByClass("vtkMRMLPlotChartNode"), series


def test_plot_picture_has_the_series_colour(curve, tmp_path):
    chart, series = curve
    before = pixels(headless.grab_plot(tmp_path / "empty.png", chart))
    chart.AddAndObservePlotSeriesNodeID(series.GetID())
    after = pixels(headless.grab_plot(tmp_path / "plot.png", chart, size=(640, 480)))
    assert after.shape == (480, 640, 3)
    assert not greenish(before).any()
    assert greenish(after).sum() > 400


READ = """
import json, sys
sys.path.insert(0, sys.argv[1])
import headless
headless.start()
import slicer
slicer.util.loadScene(sys.argv[2])
get, hierarchy = slicer.util.getNode, slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
volume, segmentation, table, chart = get("T1"), get("T1 segments"), get("Measurements"), get("ROC")
segment = segmentation.GetSegmentation().GetSegment("ball")
columns = [table.GetTable().GetColumn(i) for i in range(table.GetTable().GetNumberOfColumns())]
parents = {hierarchy.GetItemName(hierarchy.GetItemParent(hierarchy.GetItemByDataNode(n)))
           for n in (volume, segmentation, table, chart)}
angle = get("Arc A")
print(json.dumps({
    "mean": float(slicer.util.arrayFromVolume(volume).mean()), "origin": volume.GetOrigin(),
    "segment": segment.GetName(), "voxels": int(slicer.util.arrayFromSegmentBinaryLabelmap(
        segmentation, "ball", volume).sum()),
    "columns": [c.GetClassName() for c in columns], "values": slicer.util.arrayFromTableColumn(table, "volume").tolist(),
    "unit": table.GetColumnUnitLabel("volume"), "attribute": table.GetAttribute("MyExtension.preset"),
    "text": get("Report").GetText(), "series": chart.GetNthPlotSeriesNode(0).GetTableNode().GetName(),
    "roi": get("Box").GetSize(), "angle": angle.GetAngleDegrees(), "parents": sorted(parents),
    "parameter": get("Settings").GetParameter("ratio"),
    "reference": get("Settings").GetNodeReference("vol").GetName(),
}))
"""


def test_bundle_comes_back_whole_in_a_new_process(block, scene, tmp_path):
    import slicer

    volume, segmentation, voxels = block
    table = scene.AddNewNodeByClass("vtkMRMLTableNode", "Measurements")
    slicer.util.updateTableFromArray(table, [np.array([1.5, 1 / 3]), np.array([3, 4])], ["volume", "slices"])
    table.SetColumnUnitLabel("volume", "ml")
    table.SetAttribute("MyExtension.preset", "small")
    scene.AddNewNodeByClass("vtkMRMLTextNode", "Report").SetText("Größe\nzwei Zeilen")
    series = scene.AddNewNodeByClass("vtkMRMLPlotSeriesNode", "test")
    series.SetAndObserveTableNodeID(table.GetID())
    chart = scene.AddNewNodeByClass("vtkMRMLPlotChartNode", "ROC")
    chart.AddAndObservePlotSeriesNodeID(series.GetID())
    box = scene.AddNewNodeByClass("vtkMRMLMarkupsROINode", "Box")
    box.SetSize(10, 20, 30)
    angle = scene.AddNewNodeByClass("vtkMRMLMarkupsAngleNode", "Arc A")
    for point in ((0, 0, 10), (0, 0, 0), (10, 0, 0)):
        angle.AddControlPoint(*point)
    settings = scene.AddNewNodeByClass("vtkMRMLScriptedModuleNode", "Settings")
    settings.SetParameter("ratio", "2.5")
    settings.SetNodeReferenceID("vol", volume.GetID())
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
    patient = hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), "P1")
    study = hierarchy.CreateStudyItem(patient, "Leg MRI")
    for node in (volume, segmentation, table, chart):
        hierarchy.SetItemParent(hierarchy.GetItemByDataNode(node), study)
    path = tmp_path / "case.mrb"
    assert slicer.util.saveScene(str(path))

    command = [sys.executable, "-c", READ, str(HEADLESS), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
    found = json.loads(result.stdout)
    assert found == {
        "mean": pytest.approx(float(slicer.util.arrayFromVolume(volume).mean())),
        "origin": pytest.approx([29, 39, -49]),
        "segment": "Ball", "voxels": voxels,
        "columns": ["vtkTypeFloat64Array", "vtkTypeInt64Array"], "values": pytest.approx([1.5, 1 / 3]),
        "unit": "ml", "attribute": "small", "text": "Größe\nzwei Zeilen", "series": "Measurements",
        "roi": [10, 20, 30], "angle": pytest.approx(90.0), "parents": ["Leg MRI"],
        "parameter": "2.5", "reference": "T1",
    }  # fmt: skip


def test_scene_can_be_closed_and_opened_while_a_script_holds_its_nodes(block, scene, tmp_path):
    import slicer

    held = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
    box = scene.AddNewNodeByClass("vtkMRMLMarkupsROINode", "box")
    held.SetItemParent(held.GetItemByDataNode(box), held.CreateSubjectItem(held.GetSceneItemID(), "P1"))
    path = tmp_path / "case.mrb"
    assert slicer.util.saveScene(str(path))
    slicer.util.loadScene(str(path), {"clear": True})
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
    again = slicer.util.getNode("box")
    assert hierarchy.GetItemName(hierarchy.GetItemParent(hierarchy.GetItemByDataNode(again))) == "P1"
    assert scene.GetNumberOfNodesByClass("vtkMRMLScalarVolumeNode") == 1


@pytest.mark.parametrize("suffix", [".nrrd", ".nii.gz"])
def test_volume_is_written_and_read(block, scene, tmp_path, suffix):
    import slicer

    path = tmp_path / f"t1{suffix}"
    assert slicer.util.saveNode(block[0], str(path))
    node = slicer.util.loadVolume(str(path), {"name": "again"})
    assert node.GetName() == "again"
    assert np.array_equal(slicer.util.arrayFromVolume(node), slicer.util.arrayFromVolume(block[0]))
    assert node.GetOrigin() == pytest.approx(block[0].GetOrigin())


def test_segmentation_markups_table_and_text_are_written_and_read(block, scene, tmp_path):
    import slicer

    assert slicer.util.saveNode(block[1], str(tmp_path / "a.seg.nrrd"))
    segmentation = slicer.util.loadSegmentation(str(tmp_path / "a.seg.nrrd"))
    assert slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, "ball", block[0]).sum() == block[2]
    points = scene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode", "rim")
    points.AddControlPoint(1, 2, 3)
    assert slicer.util.saveNode(points, str(tmp_path / "a.mrk.json"))
    assert slicer.util.loadMarkups(str(tmp_path / "a.mrk.json")).GetNthControlPointPosition(0) == (1, 2, 3)
    (tmp_path / "t.csv").write_text("case,volume\na,1.5\n")
    assert slicer.util.loadTable(str(tmp_path / "t.csv")).GetNumberOfRows() == 1
    (tmp_path / "t.txt").write_text("hello")
    assert slicer.util.loadText(str(tmp_path / "t.txt")).GetText() == "hello"


def test_missing_file_is_a_runtime_error(scene, tmp_path):
    import slicer

    with pytest.raises(RuntimeError, match=r"none\.nrrd"):
        slicer.util.loadVolume(str(tmp_path / "none.nrrd"))


@pytest.mark.parametrize("name", ["Inferno", "Viridis", "Magma", "Plasma"])
def test_colour_files_are_those_of_matplotlib(scene, name):
    import slicer
    from matplotlib import colormaps

    node = slicer.mrmlScene.GetNodeByID(f"vtkMRMLColorTableNodeFile{name}.txt")
    shown = np.array([node.GetLookupTable().GetTableValue(i) for i in range(256)])
    assert np.abs(shown - colormaps[name.lower()](range(256))).max() < 0.021
